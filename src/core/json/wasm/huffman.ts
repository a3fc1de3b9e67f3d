/** Tables that decode the codes of deflate (RFC 1951, section 3.2.2), as many bits at a time as their first level has. */

/**
 * An entry: bits 0–7 say how many bits it takes, extra ones included; 8–11 the bits of the code alone; 12–15 are the flags below; 16–31 the
 * literal, or what the extra bits are added to. 0 is no code.
 */
export const LITERAL: u32 = 0x8000;
export const END_OF_BLOCK: u32 = 0x4000;
/** A second level follows: bits 16–31 are its start in the table, 8–11 how many bits it has; bits 0–7 are those of the first level. */
export const SECOND_LEVEL: u32 = 0x2000;

/** Of a literal: the upper byte of bits 16–31 is a second one, which follows. */
export const PAIR: u32 = 0x1000;

const LONGEST: u32 = 15;
const FIRST_CODES: usize = memory.data(16 * 4);
const COUNTS: usize = memory.data(16 * 4);

/**
 * Fills `table`, of which the first level has `bits` bits, for the `count` code lengths (a byte each) at `lengths`; `meanings` has the entry of each
 * symbol but for its code's bits, which are added to bits 0–7 and 8–11. False when the lengths are those of no complete code; a single code of
 * one bit, or none, pass with `mayBeShort`.
 */
export function buildTable(
  table: usize,
  bits: u32,
  size: u32,
  lengths: usize,
  count: u32,
  meanings: usize,
  mayBeShort: bool,
): bool {
  memory.fill(COUNTS, 0, 64);
  let used: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const length: u32 = load<u8>(lengths + i);
    if (length == 0) continue;
    used++;
    store<u32>(COUNTS + (length << 2), load<u32>(COUNTS + (length << 2)) + 1);
  }
  let code: u32 = 0;
  for (let length: u32 = 1; length <= LONGEST; length++) {
    code = (code + (length > 1 ? load<u32>(COUNTS + ((length - 1) << 2)) : 0)) << 1;
    store<u32>(FIRST_CODES + (length << 2), code);
    if (code + load<u32>(COUNTS + (length << 2)) > (1 as u32) << length) return false;
  }
  const isComplete = code + load<u32>(COUNTS + (LONGEST << 2)) == (1 as u32) << LONGEST;
  const isShort = used == 0 || (used == 1 && load<u32>(COUNTS + 4) == 1);
  if (!isComplete && !(mayBeShort && isShort)) return false;
  // 0 stands for no code.
  memory.fill(table, 0, (size as usize) << 2);
  let end: u32 = (1 as u32) << bits;
  for (let symbol: u32 = 0; symbol < count; symbol++) {
    const length: u32 = load<u8>(lengths + symbol);
    if (length == 0) continue;
    const next = load<u32>(FIRST_CODES + (length << 2));
    store<u32>(FIRST_CODES + (length << 2), next + 1);
    const reversed = reverse(next, length);
    const meaning = load<u32>(meanings + (symbol << 2));
    if (length <= bits) {
      const entry = meaning + (length << 8) + length;
      const step: u32 = (1 as u32) << length;
      for (let at = reversed, to: u32 = (1 as u32) << bits; at < to; at += step) store<u32>(table + (at << 2), entry);
      continue;
    }
    const first = table + ((reversed & (((1 as u32) << bits) - 1)) << 2);
    const deeper = LONGEST - bits;
    let second = load<u32>(first);
    if (second == 0) {
      if (end + ((1 as u32) << deeper) > size) return false;
      second = SECOND_LEVEL | (end << 16) | (deeper << 8) | bits;
      store<u32>(first, second);
      end += (1 as u32) << deeper;
    }
    const start = table + ((second >> 16) << 2);
    const left = length - bits;
    const entry = meaning + (left << 8) + left;
    const step: u32 = (1 as u32) << left;
    for (let at = reversed >> bits, to: u32 = (1 as u32) << deeper; at < to; at += step)
      store<u32>(start + (at << 2), entry);
  }
  return true;
}

/**
 * Makes the first level of a table give two literals at a time wherever the codes of both are in its `bits`. Backwards: what comes behind a literal stands
 * further ahead, and is read as it was.
 */
export function pairLiterals(table: usize, bits: u32): void {
  for (let at: i32 = (1 << bits) - 1; at >= 0; at--) {
    const place = table + ((at as usize) << 2);
    const first = load<u32>(place);
    const second = load<u32>(table + (((at as u32) >> (first & 15)) << 2));
    const taken = (first & 63) + (second & 63);
    const pair = (first & 0x00ff0000) | ((second & 0x00ff0000) << 8) | LITERAL | PAIR | taken;
    const isPair = (first & second & LITERAL) != 0 && taken <= bits;
    store<u32>(place, select<u32>(pair, first, isPair));
  }
}

function reverse(code: u32, length: u32): u32 {
  let reversed: u32 = 0;
  for (let i: u32 = 0; i < length; i++) {
    reversed = (reversed << 1) | (code & 1);
    code >>= 1;
  }
  return reversed;
}
