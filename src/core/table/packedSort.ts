import type { IdColumn } from './columns';
import { packedAt } from './table';

const RADIX = 0x10000;

/** Sorts rows that have a UUID by its bytes; those with the same stay as they stand. */
export function sortPacked(column: IdColumn, rows: Uint32Array, descending: boolean): Uint32Array {
  const { packed } = column;
  const keys = new Uint32Array(rows.length);
  const invert = descending ? 0xffffffff : 0;
  for (let i = 0; i < rows.length; i++) keys[i] = head(packed, packedAt(column, rows[i]!)) ^ invert;
  const order = radixOrder(keys);
  const sorted = new Uint32Array(rows.length);
  for (let i = 0; i < sorted.length; i++) sorted[i] = rows[order[i]!]!;
  for (let from = 0; from < sorted.length;) {
    let to = from + 1;
    while (to < sorted.length && keys[order[to]!] === keys[order[from]!]) to++;
    if (to - from > 1) sortTies(column, sorted.subarray(from, to), descending);
    from = to;
  }
  return sorted;
}

/** The first four bytes as a number. */
function head(bytes: Uint8Array, at: number): number {
  return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;
}

/** The indexes of 32-bit keys in ascending order, equal ones as they stand: two passes of 16 bits. */
function radixOrder(keys: Uint32Array): Uint32Array {
  let order = new Uint32Array(keys.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  for (const shift of [0, 16]) {
    const next = new Uint32Array(RADIX + 1);
    for (let i = 0; i < keys.length; i++) next[((keys[i]! >>> shift) & 0xffff) + 1]!++;
    for (let digit = 0; digit < RADIX; digit++) next[digit + 1]! += next[digit]!;
    const moved = new Uint32Array(keys.length);
    for (let i = 0; i < order.length; i++) moved[next[(keys[order[i]!]! >>> shift) & 0xffff]!++] = order[i]!;
    order = moved;
  }
  return order;
}

function sortTies(column: IdColumn, rows: Uint32Array, descending: boolean): void {
  const { packed } = column;
  const direction = descending ? -1 : 1;
  rows.sort((a, b) => {
    const [one, two] = [packedAt(column, a), packedAt(column, b)];
    for (let i = 4; i < 16; i++) {
      const difference = packed[one + i]! - packed[two + i]!;
      if (difference !== 0) return difference * direction;
    }
    return a - b;
  });
}
