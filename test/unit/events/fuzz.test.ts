import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogLayouter } from '../../../src/core/events/laidOutLog';
import { eventColumns } from '../../../src/core/events/eventColumns';
import { readEvent } from '../../../src/core/events/event';
import { RecordView } from '../../../src/core/events/recordView';
import { cutAt, utf16, utf8 } from '../../fixtures/bytes';
import { CONTAINERS } from '../../fixtures/containers';
import { type ReadContent, readAll } from '../../fixtures/readAll';
import { fileMutations } from '../../fixtures/mutations';
import { makeRecords } from '../../fixtures/records';

/** Files of every container, and some in UTF-16. */
const FILES = CONTAINERS.flatMap(({ name, build }, i) => {
  const text = build(makeRecords(3, i));
  const bytes = utf8(text);
  return i % 5 === 0
    ? [
        { name, bytes },
        { name: `${name}, UTF-16`, bytes: utf16(text, 'le', i % 2 === 0) },
      ]
    : [{ name, bytes }];
});

const mutations = fileMutations(FILES.map(({ bytes }) => bytes));

/** Every record is whole JSON that the rest of the program can read, and stands where it says. */
function expectSound({ records }: ReadContent, length: number): void {
  let last = 0;
  for (const { json, start, end } of records) {
    const value = JSON.parse(json) as unknown;
    expect(typeof value === 'object' && value !== null && !Array.isArray(value)).toBe(true);
    eventColumns(readEvent(new RecordView(utf8(json))));
    expect(start).toBeGreaterThanOrEqual(last);
    expect(end).toBeGreaterThan(start);
    last = start;
  }
  // Converted to UTF-8, half of a UTF-16 file of other scripts may be longer than it was.
  expect(last).toBeLessThanOrEqual(length * 3);
}

describe.each(FILES)('damaged $name', ({ bytes }) => {
  it('gives sound records and no exception', () => {
    fc.assert(
      fc.property(mutations, (changes) => {
        const damaged = changes.reduce((each, change) => change(each), bytes);
        expectSound(readAll([damaged]), damaged.length);
      }),
      { numRuns: 150 },
    );
  });

  it('gives the same in any pieces', () => {
    fc.assert(
      fc.property(mutations, fc.array(fc.nat(), { maxLength: 5 }), (changes, cuts) => {
        const damaged = changes.reduce((each, change) => change(each), bytes);
        expect(readAll(cutAt(damaged, cuts))).toEqual(readAll([damaged]));
      }),
      { numRuns: 50 },
    );
  });

  it('can be laid out', async () => {
    await fc.assert(
      fc.asyncProperty(mutations, async (changes) => {
        const damaged = changes.reduce((each, change) => change(each), bytes);
        const layouter = new LogLayouter();
        layouter.push(damaged);
        const { records } = await layouter.finish(() => Promise.resolve());
        expect(records).toBe(readAll([damaged]).records.length);
      }),
      { numRuns: 20 },
    );
  });
});

it('bytes of no kind give sound records and no exception', () => {
  const bytes = fc.oneof(fc.uint8Array({ maxLength: 500 }), fc.string({ maxLength: 500 }).map(utf8));
  fc.assert(
    fc.property(bytes, (each) => {
      expectSound(readAll([each]), each.length);
    }),
    { numRuns: 2000 },
  );
});
