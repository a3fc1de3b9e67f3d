import { crc32 } from 'node:zlib';

const FLAG_HEADER_CRC = 2;
const FLAG_EXTRA = 4;
const FLAG_NAME = 8;
const FLAG_COMMENT = 16;
const RESERVED_FLAGS = 0xe0;
const DEFLATE = 8;

/** Length of the gzip header (RFC 1952) at the front of `bytes`; `cut` when they end in it; `invalid` where zlib refuses it. */
export function gzipHeaderLength(bytes: Uint8Array): number | 'cut' | 'invalid' {
  if (bytes.length >= 2 && (bytes[0] !== 0x1f || bytes[1] !== 0x8b)) return 'invalid';
  if (bytes.length >= 4 && (bytes[2] !== DEFLATE || (bytes[3]! & RESERVED_FLAGS) !== 0)) return 'invalid';
  if (bytes.length < 10) return 'cut';
  const flags = bytes[3]!;
  let at = 10;
  if (flags & FLAG_EXTRA) {
    if (bytes.length < at + 2) return 'cut';
    at += 2 + (bytes[at]! | (bytes[at + 1]! << 8));
  }
  for (const flag of [FLAG_NAME, FLAG_COMMENT]) {
    if (!(flags & flag)) continue;
    const end = at < bytes.length ? bytes.indexOf(0, at) : -1;
    if (end < 0) return 'cut';
    at = end + 1;
  }
  if (flags & FLAG_HEADER_CRC) {
    if (bytes.length < at + 2) return 'cut';
    if ((crc32(bytes.subarray(0, at)) & 0xffff) !== (bytes[at]! | (bytes[at + 1]! << 8))) return 'invalid';
    at += 2;
  }
  return at <= bytes.length ? at : 'cut';
}
