import { sameBytes } from './tokens';

/**
 * Whether one of the texts stands in the `length` bytes at `p`. `texts`: address and length of each, 4 bytes each; each text has two bytes at
 * least.
 */
export function holdsAny(p: usize, length: u32, texts: usize, count: u32): bool {
  for (let i: u32 = 0; i < count; i++) {
    if (holds(p, length, load<u32>(texts + (i << 3)), load<u32>(texts + (i << 3), 4))) return true;
  }
  return false;
}

/** Looks for the first and the last byte of the text at 16 places at a time, and compares where both are. */
function holds(p: usize, length: u32, text: usize, textLength: u32): bool {
  if (textLength > length) return false;
  const first = i8x16.splat(load<u8>(text));
  const last = i8x16.splat(load<u8>(text + textLength - 1));
  const end = p + length - textLength + 1;
  for (; p < end; p += 16) {
    const both = v128.and(i8x16.eq(v128.load(p), first), i8x16.eq(v128.load(p + textLength - 1), last));
    let mask = i8x16.bitmask(both);
    while (mask != 0) {
      const at = p + ctz(mask);
      if (at < end && sameBytes(at, text, textLength)) return true;
      mask &= mask - 1;
    }
  }
  return false;
}
