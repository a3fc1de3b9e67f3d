/**
 * Writes the UUID that the 38 bytes at `token` (with quotes) spell as 16 bytes to `into`; false when they are no UUID in lower case in the form
 * 8-4-4-4-12 (RFC 9562, section 4).
 */
export function packUuid(token: usize, into: usize): bool {
  const hyphens =
    load<u8>(token, 9) == 0x2d &&
    load<u8>(token, 14) == 0x2d &&
    load<u8>(token, 19) == 0x2d &&
    load<u8>(token, 24) == 0x2d;
  if (!hyphens || load<u8>(token, 37) != 0x22) return false;
  const a = v128.load(token, 1);
  const b = v128.load(token, 17);
  const c = v128.load(token, 21);
  // The digits without the hyphens: characters 0–7, 9–12, 14–15 of `a` and 16–17 of the text; then 19–22, 24–35.
  const first = v128.shuffle<u8>(a, b, 0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 14, 15, 16, 17);
  const second = v128.shuffle<u8>(b, c, 3, 4, 5, 6, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31);
  if (!areHexDigits(first) || !areHexDigits(second)) return false;
  v128.store(into, i8x16.narrow_i16x8_u(joined(nibbles(first)), joined(nibbles(second))));
  return true;
}

/** Whether all 16 bytes are `0`–`9` or `a`–`f`. */
function areHexDigits(text: v128): bool {
  const digits = i8x16.lt_u(i8x16.sub(text, i8x16.splat(0x30)), i8x16.splat(10));
  const letters = i8x16.lt_u(i8x16.sub(text, i8x16.splat(0x61)), i8x16.splat(6));
  return i8x16.all_true(v128.or(digits, letters));
}

/** The value of each hex digit: a letter's low bits are 9 less than it. */
function nibbles(text: v128): v128 {
  const letters = i8x16.gt_u(text, i8x16.splat(0x39));
  return i8x16.add(v128.and(text, i8x16.splat(0x0f)), v128.and(letters, i8x16.splat(9)));
}

/** Each pair of nibbles as one byte in a 16-bit lane. */
function joined(nibble: v128): v128 {
  const high = v128.and(i16x8.shl(nibble, 4), i16x8.splat(0xf0));
  return v128.or(high, i16x8.shr_u(nibble, 8));
}
