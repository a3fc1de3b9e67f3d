import { fail } from './failure';
import { skipString } from './strings';

const QUOTE: u32 = 0x22;
const COMMA: u32 = 0x2c;
const MINUS: u32 = 0x2d;
const COLON: u32 = 0x3a;
const OPEN_BRACKET: u32 = 0x5b;
const CLOSE_BRACKET: u32 = 0x5d;
const OPEN_BRACE: u32 = 0x7b;
const CLOSE_BRACE: u32 = 0x7d;
/** Values nested deeper are left to a reader that does not recurse. */
const DEEPEST: i32 = 128;

/** The first byte from `p` on that is not JSON white space. */
export function skipBlanks(p: usize): usize {
  while (true) {
    const byte: u32 = load<u8>(p);
    if (byte > 0x20 || (byte != 0x20 && byte != 0x0a && byte != 0x0d && byte != 0x09)) return p;
    p++;
  }
}

/** The place just after the value at `p`, which is checked to be JSON (RFC 8259); 0 when it is not, or goes on beyond the input. */
export function skipValue(p: usize, depth: i32): usize {
  const byte: u32 = load<u8>(p);
  if (byte == QUOTE) return skipString(p);
  if (byte == OPEN_BRACE) return skipObject(p, depth);
  if (byte == OPEN_BRACKET) return skipArray(p, depth);
  return skipScalar(p);
}

function skipObject(p: usize, depth: i32): usize {
  if (depth == DEEPEST) return fail(p);
  let byte: u32 = load<u8>(++p);
  if (byte <= 0x20) byte = load<u8>((p = skipBlanks(p)));
  if (byte == CLOSE_BRACE) return p + 1;
  while (true) {
    if (byte != QUOTE) return fail(p);
    p = skipString(p);
    if (p == 0) return 0;
    byte = load<u8>(p);
    if (byte <= 0x20) byte = load<u8>((p = skipBlanks(p)));
    if (byte != COLON) return fail(p);
    byte = load<u8>(++p);
    if (byte <= 0x20) byte = load<u8>((p = skipBlanks(p)));
    p = byte == QUOTE ? skipString(p) : skipValue(p, depth + 1);
    if (p == 0) return 0;
    byte = load<u8>(p);
    if (byte <= 0x20) byte = load<u8>((p = skipBlanks(p)));
    if (byte == CLOSE_BRACE) return p + 1;
    if (byte != COMMA) return fail(p);
    byte = load<u8>(++p);
    if (byte <= 0x20) byte = load<u8>((p = skipBlanks(p)));
  }
}

function skipArray(p: usize, depth: i32): usize {
  if (depth == DEEPEST) return fail(p);
  let byte: u32 = load<u8>(++p);
  if (byte <= 0x20) byte = load<u8>((p = skipBlanks(p)));
  if (byte == CLOSE_BRACKET) return p + 1;
  while (true) {
    p = skipValue(p, depth + 1);
    if (p == 0) return 0;
    byte = load<u8>(p);
    if (byte <= 0x20) byte = load<u8>((p = skipBlanks(p)));
    if (byte == CLOSE_BRACKET) return p + 1;
    if (byte != COMMA) return fail(p);
    byte = load<u8>(++p);
    if (byte <= 0x20) byte = load<u8>((p = skipBlanks(p)));
  }
}

function skipScalar(p: usize): usize {
  const word = load<u32>(p);
  if (word == 0x65757274 || word == 0x6c6c756e) return p + 4; // true, null
  if (word == 0x736c6166) return load<u8>(p, 4) == 0x65 ? p + 5 : fail(p); // false
  return skipNumber(p);
}

function skipNumber(p: usize): usize {
  if (load<u8>(p) == MINUS) p++;
  if (load<u8>(p) == 0x30) p++;
  else {
    p = skipDigits(p);
    if (p == 0) return 0;
  }
  if (load<u8>(p) == 0x2e) {
    p = skipDigits(p + 1);
    if (p == 0) return 0;
  }
  if ((load<u8>(p) | 0x20) != 0x65) return p;
  const sign: u32 = load<u8>(++p);
  return skipDigits(sign == MINUS || sign == 0x2b ? p + 1 : p);
}

/** At least one digit. */
function skipDigits(p: usize): usize {
  if (!isDigit(load<u8>(p))) return fail(p);
  do p++;
  while (isDigit(load<u8>(p)));
  return p;
}

function isDigit(byte: u32): bool {
  return byte - 0x30 < 10;
}
