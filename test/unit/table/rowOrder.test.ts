import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PLAIN_ARRAYS } from '../../../src/core/table/arrays';
import { DROPPED, rowOrder } from '../../../src/core/table/merge/rowOrder';

test('rows are ordered by time, file, offset and arrival, whatever the span of times', async () => {
  const seconds = fc.integer({ min: 1_700_000_000, max: 1_700_000_009 }).map((each) => each * 1000);
  const row = fc.record({
    // Spans that need seconds, milliseconds, and more than 32 bits of them.
    time: fc.oneof(seconds, fc.constantFrom(NaN, 0, 1_700_000_003_500, 32_503_680_000_000, 2 ** 32, 2 ** 32 + 1)),
    file: fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 0, max: 3 }) }, fc.constant(DROPPED)),
    offset: fc.integer({ min: 0, max: 5 }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.array(row, { maxLength: 30 }), fc.array(row.map((each) => ({ ...each, time: each.offset * 1000 })))),
      async (rows) => {
        const places = {
          time: Float64Array.from(rows, ({ time }) => time),
          file: Uint32Array.from(rows, ({ file }) => file),
          offset: Float64Array.from(rows, ({ offset }) => offset),
        };
        const late = (time: number): number => (Number.isNaN(time) ? Infinity : time);
        const compare = (a: number, b: number): number => (a < b ? -1 : Number(a > b));
        const expected = rows
          .map((each, i) => ({ ...each, i }))
          .filter(({ file }) => file !== DROPPED)
          .sort(
            (a, b) =>
              compare(late(a.time), late(b.time)) ||
              compare(a.file, b.file) ||
              compare(a.offset, b.offset) ||
              a.i - b.i,
          )
          .map(({ i }) => i);
        const order = await rowOrder(places, 4, PLAIN_ARRAYS, () => Promise.resolve());
        expect([...order]).toEqual(expected);
      },
    ),
    { numRuns: 2000 },
  );
});
