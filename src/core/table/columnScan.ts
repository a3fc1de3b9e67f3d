import { Bitset } from './bitset';
import type { Codes } from './columns';

/**
 * The rows of `within` (all of them, when it is undefined) whose code has a 1 in `holds`, which has one byte a code.
 */
export function scanCodes(codes: Codes, holds: Uint8Array, within: Bitset | undefined): Bitset {
  const found = new Bitset(codes.length);
  const { words } = found;
  const whole = codes.length >>> 5;
  for (let word = 0; word < whole; word++) {
    const mask = within === undefined ? -1 : within.words[word]!;
    if (mask !== 0) words[word] = scanWord(codes, holds, word << 5) & mask;
  }
  for (let row = whole << 5; row < codes.length; row++) {
    if (holds[codes[row]!] === 1 && (within === undefined || within.has(row))) found.add(row);
  }
  return found;
}

/** 32 rows from `row` on as a word. Unrolled by eight: this is where filters spend their time. */
function scanWord(codes: Codes, holds: Uint8Array, row: number): number {
  let bits = 0;
  for (let shift = 0; shift < 32; shift += 8, row += 8) {
    const eight =
      holds[codes[row]!]! |
      (holds[codes[row + 1]!]! << 1) |
      (holds[codes[row + 2]!]! << 2) |
      (holds[codes[row + 3]!]! << 3) |
      (holds[codes[row + 4]!]! << 4) |
      (holds[codes[row + 5]!]! << 5) |
      (holds[codes[row + 6]!]! << 6) |
      (holds[codes[row + 7]!]! << 7);
    bits |= eight << shift;
  }
  return bits;
}
