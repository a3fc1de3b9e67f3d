import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Bitset } from '../../../src/core/table/bitset';
import { scanCodes } from '../../../src/core/table/columnScan';
import type { Codes } from '../../../src/core/table/columns';

describe('the rows of codes that hold', () => {
  const types = [Uint8Array, Uint16Array, Uint32Array] as const;
  const codes = fc.array(fc.constantFrom<number>(0, 1, 2, 127, 128, 129, 254, 255), { maxLength: 200 });

  test('are found at any width and place in memory, whether one code holds or several', () => {
    fc.assert(
      fc.property(
        codes,
        fc.uniqueArray(fc.constantFrom<number>(0, 1, 127, 128, 255), { maxLength: 3 }),
        fc.constantFrom(...types),
        fc.integer({ min: 0, max: 3 }),
        fc.option(fc.array(fc.boolean(), { minLength: 200, maxLength: 200 }), { nil: undefined }),
        (values, wanted, type, shift, kept) => {
          const whole = type.from([...Array<number>(shift).fill(0), ...values]) as Codes;
          const column = whole.subarray(shift);
          const holds = new Uint8Array(256);
          for (const code of wanted) holds[code] = 1;
          const within = kept && new Bitset(values.length);
          values.forEach((_, row) => kept?.[row] === true && within!.add(row));
          const expected = values.flatMap((code, row) =>
            wanted.includes(code) && (kept === undefined || kept[row] === true) ? [row] : [],
          );
          const found = scanCodes(column, holds, within);
          expect([...found.rows()]).toEqual(expected);
          expect(found.first()).toBe(expected[0]);
          for (const end of [0, 31, 32, 33, values.length, values.length + 40]) {
            expect(found.lastBefore(end)).toBe(expected.findLast((row) => row < end));
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
