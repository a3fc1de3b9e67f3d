import { Bitset } from './bitset';
import type { Codes } from './columns';

/**
 * The rows of `within` (all of them, when it is undefined) whose code has a 1 in `holds`, which has one byte a code.
 */
export function scanCodes(codes: Codes, holds: Uint8Array, within: Bitset | undefined): Bitset {
  const found = new Bitset(codes.length);
  const { words } = found;
  const whole = codes.length >>> 5;
  const only = codes instanceof Uint8Array && codes.byteOffset % 4 === 0 ? onlyCode(holds) : -1;
  const fours = only < 0 ? undefined : new Uint32Array(codes.buffer, codes.byteOffset, whole * 8);
  for (let word = 0; word < whole; word++) {
    const mask = within === undefined ? -1 : within.words[word]!;
    if (mask === 0) continue;
    const bits = fours === undefined ? scanWord(codes, holds, word << 5) : scanFours(fours, only, word << 3);
    words[word] = bits & mask;
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

/** The code that holds, when there is one alone; else -1. */
function onlyCode(holds: Uint8Array): number {
  const code = holds.indexOf(1);
  return IS_LITTLE_ENDIAN && holds.indexOf(1, code + 1) < 0 ? code : -1;
}

const IS_LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/** 32 rows of one byte as a word: four at a time are compared with the code. `at`: where they begin, in fours. */
function scanFours(fours: Uint32Array, code: number, at: number): number {
  const wanted = Math.imul(code, 0x01010101);
  let bits = 0;
  for (let i = 0; i < 8; i++) {
    const other = fours[at + i]! ^ wanted;
    // The upper bit of each byte that is 0: no byte carries into the next.
    const same = ~(((other & 0x7f7f7f7f) + 0x7f7f7f7f) | other) & 0x80808080;
    bits |= (((same >>> 7) | (same >>> 14) | (same >>> 21) | (same >>> 28)) & 15) << (i << 2);
  }
  return bits;
}
