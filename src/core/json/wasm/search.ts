import {
  ANCHOR_COUNT,
  ANCHOR_NEXT,
  ANCHOR_SLOT,
  ANCHOR_TEXTS,
  TEXT_ADDRESS,
  TEXT_BYTES,
  TEXT_DIGITS,
  TEXT_LENGTH,
} from '../scannerLayout';
import { present, spans } from './record';
import { sameBytes } from './tokens';

/**
 * Whether one text of each of the anchors stands in the `length` bytes at `p`. `anchor`: the address of the first, 0 for none; see
 * `scannerLayout.ts`.
 */
export function holdsAnchors(p: usize, length: u32, anchor: usize): bool {
  for (; anchor != 0; anchor = load<u32>(anchor, ANCHOR_NEXT)) if (!holdsAny(p, length, anchor)) return false;
  return true;
}

/** The same of the record that was read last, which stands at `p`: texts that have to stand in the value of a slot are sought there alone. */
export function recordHoldsAnchors(p: usize, length: u32, anchor: usize): bool {
  for (; anchor != 0; anchor = load<u32>(anchor, ANCHOR_NEXT)) {
    const slot = load<u32>(anchor, ANCHOR_SLOT);
    if (slot == 0) {
      if (!holdsAny(p, length, anchor)) return false;
    } else {
      if (((present >> (slot - 1)) & 1) == 0) return false;
      const span = spans + ((slot - 1) << 3);
      if (!holdsAny(load<u32>(span), load<u32>(span, 4) - load<u32>(span), anchor)) return false;
    }
  }
  return true;
}

function holdsAny(p: usize, length: u32, anchor: usize): bool {
  const end = anchor + ANCHOR_TEXTS + load<u32>(anchor, ANCHOR_COUNT) * TEXT_BYTES;
  for (let text = anchor + ANCHOR_TEXTS; text < end; text += TEXT_BYTES) {
    const digits = load<u32>(text, TEXT_DIGITS);
    if (holds(p, length, load<u32>(text, TEXT_ADDRESS), load<u32>(text, TEXT_LENGTH), digits)) return true;
  }
  return false;
}

/** Looks for the first and the last byte of the text at 16 places at a time, and compares where both are. */
function holds(p: usize, length: u32, text: usize, textLength: u32, digits: u32): bool {
  if (textLength > length) return false;
  const first = i8x16.splat(load<u8>(text));
  const last = i8x16.splat(load<u8>(text + textLength - 1));
  const end = p + length - textLength + 1;
  for (; p < end; p += 16) {
    const both = v128.and(i8x16.eq(v128.load(p), first), i8x16.eq(v128.load(p + textLength - 1), last));
    let mask = i8x16.bitmask(both);
    while (mask != 0) {
      const at = p + ctz(mask);
      if (at < end && sameBytes(at, text, textLength) && mayHaveDigits(at + textLength, digits)) return true;
      mask &= mask - 1;
    }
  }
  return false;
}

/** False when after the colon at `p` a whole number is written plainly, and with fewer digits. */
function mayHaveDigits(p: usize, digits: u32): bool {
  if (digits == 0 || load<u8>(p) != 0x3a) return true;
  let count: u32 = 0;
  while ((load<u8>(p + 1 + count) as u32) - 0x30 < 10) count++;
  const next: u32 = load<u8>(p + 1 + count);
  return count == 0 || count >= digits || (next != 0x2c && next != 0x7d);
}
