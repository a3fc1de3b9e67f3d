import { fail } from './failure';

const QUOTE: u32 = 0x22;
const BACKSLASH: u32 = 0x5c;

/** Set when a string that was passed held an escape that may stand for a letter of a key: no key has quotes, backslashes or controls. */
export let sawEscape: bool = false;

export function clearSawEscape(): void {
  sawEscape = false;
}

/** The place just after the string whose opening quote is at `p`; 0 when it is malformed or goes on beyond the input. */
export function skipString(p: usize): usize {
  const quotes = i8x16.splat(0x22);
  const backslashes = i8x16.splat(0x5c);
  const lastControl = i8x16.splat(0x1f);
  p++;
  while (true) {
    const bytes = v128.load(p);
    // A byte up to 0x1f is the smaller one of itself and 0x1f: no such byte may stand in a string (RFC 8259, section 7).
    const special = v128.or(
      v128.or(i8x16.eq(bytes, quotes), i8x16.eq(bytes, backslashes)),
      i8x16.eq(i8x16.min_u(bytes, lastControl), bytes),
    );
    const mask = i8x16.bitmask(special);
    if (mask == 0) {
      p += 16;
      continue;
    }
    p += ctz(mask);
    const byte: u32 = load<u8>(p);
    if (byte == QUOTE) return p + 1;
    if (byte != BACKSLASH) return fail(p);
    p = skipEscape(p);
    if (p == 0) return 0;
  }
}

function skipEscape(p: usize): usize {
  const letter: u32 = load<u8>(p, 1);
  if (letter == 0x2f) sawEscape = true;
  if (letter == 0x75) {
    sawEscape = true;
    for (let i: usize = 2; i < 6; i++) if (!isHexDigit(load<u8>(p + i))) return fail(p + i);
    return p + 6;
  }
  return isEscapable(letter) ? p + 2 : fail(p + 1);
}

/** One of `"\/bfnrt`. */
function isEscapable(letter: u32): bool {
  switch (letter) {
    case 0x22:
    case 0x5c:
    case 0x2f:
    case 0x62:
    case 0x66:
    case 0x6e:
    case 0x72:
    case 0x74:
      return true;
    default:
      return false;
  }
}

function isHexDigit(byte: u32): bool {
  const lower = byte | 0x20;
  return byte - 0x30 < 10 || lower - 0x61 < 6;
}
