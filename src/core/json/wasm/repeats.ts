import { mixed, sameBytes } from './tokens';

/**
 * Objects that were read before, with what was found in them: nine records of ten have the identity of one of the last hundred sessions, byte by byte
 * the same, and it is a third of their bytes.
 */

/** What is known of an object: its length, 0 for none, its slots and columns as bits, spans and codes, and its bytes. */
const LENGTH: usize = 0;
const SLOTS: usize = 8;
const COLUMNS: usize = 16;
/** By slot, the lowest first, in one number: where the value begins and, in the upper half, ends. */
const SPANS: usize = 24;
const MOST_SPANS: u32 = 24;
/** The codes, by column, the lowest first. */
const CODES: usize = SPANS + (MOST_SPANS as usize) * 4;
const MOST_CODES: u32 = 24;
const TEXT: usize = CODES + (MOST_CODES as usize) * 4;
/** Longer objects are read each time. */
const MOST_BYTES: u32 = 1024;
const REPEAT_BYTES: usize = TEXT + (MOST_BYTES as usize) + 16;

/** Each object has one place, by some of its bytes; the last one stays there. */
const PLACES: u64 = 256;
/** `AWSServi`, which stands after `{"type":"`. */
const SERVICE: u64 = 0x6976726553535741;
const repeats: usize = heap.alloc((PLACES as usize) * REPEAT_BYTES);
memory.fill(repeats, 0, (PLACES as usize) * REPEAT_BYTES);

/** By bytes in which sessions differ: of the principal, which follows the type. What a service does by itself is told by the service alone. */
function placeOf(p: usize): usize {
  const session = load<u64>(p, 9) == SERVICE ? 0 : load<u64>(p, 48) ^ (load<u64>(p, 64) << 1);
  const hash = mixed(load<u64>(p, 24) ^ (load<u64>(p, 32) << 1), session);
  return repeats + (((hash >> 32) as usize) % (PLACES as usize)) * REPEAT_BYTES;
}

/** What is known of the object at `p`; 0 when it was not read lately. */
export function findRepeat(p: usize): usize {
  const repeat = placeOf(p);
  const length = load<u32>(repeat, LENGTH);
  return length != 0 && sameBytes(repeat + TEXT, p, length) ? repeat : 0;
}

export function repeatLength(repeat: usize): usize {
  return load<u32>(repeat, LENGTH);
}

/** A bit for each slot whose value it has. */
export function repeatSlots(repeat: usize): u64 {
  return load<u64>(repeat, SLOTS);
}

/** A bit for each column that it gives a code. */
export function repeatColumns(repeat: usize): u64 {
  return load<u64>(repeat, COLUMNS);
}

/** Writes where its values stand when it stands at `p`. */
export function spansOfRepeat(repeat: usize, p: usize, spans: usize): void {
  let at = repeat + SPANS;
  for (let left = load<u64>(repeat, SLOTS); left != 0; left &= left - 1, at += 4) {
    const span = load<u32>(at);
    store<u64>(
      spans + ((ctz(left) as usize) << 3),
      ((p + (span & 0xffff)) as u64) | (((p + (span >> 16)) as u64) << 32),
    );
  }
}

/** Gives a row its codes. `stride`: the bytes from a code of a column to that of the next. */
export function codesOfRepeat(repeat: usize, row: usize, stride: usize): void {
  let at = repeat + CODES;
  for (let left = load<u64>(repeat, COLUMNS); left != 0; left &= left - 1, at += 4) {
    store<u32>(row + (ctz(left) as usize) * stride, load<u32>(at));
  }
}

/** Remembers the object from `p` to `end`: the values of `slots` stand at their `spans`, and gave the row its codes in `columns`. */
export function remember(
  p: usize,
  end: usize,
  slots: u64,
  spans: usize,
  columns: u64,
  row: usize,
  stride: usize,
): void {
  const length = (end - p) as u32;
  if (length > MOST_BYTES || popcnt(slots) > MOST_SPANS || popcnt(columns) > MOST_CODES) return;
  const repeat = placeOf(p);
  store<u32>(repeat, length, LENGTH);
  store<u64>(repeat, slots, SLOTS);
  store<u64>(repeat, columns, COLUMNS);
  let at = repeat + SPANS;
  for (let left = slots; left != 0; left &= left - 1, at += 4) {
    const span = spans + ((ctz(left) as usize) << 3);
    store<u32>(at, (load<u32>(span) - (p as u32)) | ((load<u32>(span, 4) - (p as u32)) << 16));
  }
  at = repeat + CODES;
  for (let left = columns; left != 0; left &= left - 1, at += 4) {
    store<u32>(at, load<u32>(row + (ctz(left) as usize) * stride));
  }
  memory.copy(repeat + TEXT, p, length);
}
