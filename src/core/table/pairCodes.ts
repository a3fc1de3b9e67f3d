import type { Codes } from './columns';

/** The pairs that two columns make, numbered in the order of their first rows. */
export interface Pairs {
  readonly codes: Uint32Array;
  /** By number: the code in the one column and in the other. */
  readonly first: number[];
  readonly second: number[];
}

/** A table of all pairs is made up to this size: 16 MB. */
const MOST_CELLS = 4 * 1024 * 1024;

/** Numbers the pairs of codes in each row; `sizes` are those of the dictionaries. */
export function pairCodes(a: Codes, sizeA: number, b: Codes, sizeB: number): Pairs {
  const codes = new Uint32Array(a.length);
  const first: number[] = [];
  const second: number[] = [];
  const cells = sizeA * sizeB <= MOST_CELLS ? new Int32Array(sizeA * sizeB) : undefined;
  const map = new Map<number, number>();
  for (let row = 0; row < a.length; row++) {
    const key = a[row]! * sizeB + b[row]!;
    let number = cells === undefined ? (map.get(key) ?? 0) : cells[key]!;
    if (number === 0) {
      first.push(a[row]!);
      number = second.push(b[row]!);
      if (cells === undefined) map.set(key, number);
      else cells[key] = number;
    }
    codes[row] = number - 1;
  }
  return { codes, first, second };
}
