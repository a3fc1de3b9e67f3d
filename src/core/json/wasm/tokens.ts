/** Comparing and hashing runs of bytes. All of them can be read some bytes beyond their end: input and entries are padded. */

/** 16 bytes 0xff and 16 bytes 0: a vector loaded at `16 - n` covers `n` bytes. */
const COVER: usize = memory.data<u8>([
  0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0,
]);

/** Whether the `length` bytes at `a` and at `b` are the same. */
export function sameBytes(a: usize, b: usize, length: u32): bool {
  let left = length;
  while (left >= 16) {
    if (v128.any_true(v128.xor(v128.load(a), v128.load(b)))) return false;
    a += 16;
    b += 16;
    left -= 16;
  }
  const cover = v128.load(COVER + 16 - left);
  return !v128.any_true(v128.and(v128.xor(v128.load(a), v128.load(b)), cover));
}

const FACTOR: u64 = 0x9e3779b97f4a7c15;
const OTHER_FACTOR: u64 = 0xd6e8feb86659fd93;
const FACTOR_OF_KIND: u64 = 0xff51afd7ed558ccd;

/** Two words as one, in the upper bits of which both show: for places in a small table, where a log may decide what falls together. */
export function mixed(a: u64, b: u64): u64 {
  return (a * FACTOR) ^ (b * OTHER_FACTOR);
}

/** A hash of the bytes of a token of some kind, different for each `seed`: what a log holds must not decide what collides. */
export function hashToken(p: usize, length: u32, kind: u32, seed: u64): u32 {
  let hash = seed ^ ((kind as u64) * FACTOR_OF_KIND) ^ ((length as u64) * FACTOR);
  let left = length;
  while (left >= 8) {
    hash = (hash ^ load<u64>(p)) * FACTOR;
    hash ^= hash >> 32;
    p += 8;
    left -= 8;
  }
  if (left > 0) {
    hash = (hash ^ (load<u64>(p) << ((8 - left) << 3))) * FACTOR;
    hash ^= hash >> 32;
  }
  hash *= OTHER_FACTOR;
  return (hash >> 32) as u32;
}

/** Whether all bytes are below 0x80. */
export function isAscii(p: usize, length: u32): bool {
  for (let i: u32 = 0; i < length; i++) if (load<u8>(p + i) >= 0x80) return false;
  return true;
}
