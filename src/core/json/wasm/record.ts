import { fail } from './failure';
import {
  BUCKETS,
  KEY_CHAIN,
  KEY_FLAGS,
  KEY_LENGTH,
  KEY_MASK,
  KEY_NEXT,
  KEY_OBJECT,
  KEY_SLOT,
  KEY_SLOTS,
  KEY_TEXT,
  OBJECT_BUCKETS,
  OBJECT_UNKNOWN,
  REPEATS,
  STOPS,
} from '../scannerLayout';
import { findRepeat, repeatLength, repeatSlots, spansOfRepeat } from './repeats';
import { clearSawEscape, sawEscape, skipString } from './strings';
import { sameBytes } from './tokens';
import { skipBlanks, skipValue } from './values';

const QUOTE: u32 = 0x22;
const COMMA: u32 = 0x2c;
const COLON: u32 = 0x3a;
const OPEN_BRACE: u32 = 0x7b;
const CLOSE_BRACE: u32 = 0x7d;

/** Spans of the last record read: 8 bytes a slot, start and end of the value. Good for the slots that are `present` only. */
export let spans: usize = 0;
/** A bit for each slot whose value the last record has. */
export let present: u64 = 0;
/** Set when a key is written with escapes, so that it cannot be told by its bytes. */
export let hasEscapedKey: bool = false;
/** Set when a key came that no top-level record has. */
export let isStopped: bool = false;
/** The repeated object of the last record: what is known of it, or 0; and where it stands. */
export let repeat: usize = 0;
export let repeatStart: usize = 0;
export let repeatEnd: usize = 0;
/** A bit for each slot below it. */
export let repeatBelow: u64 = 0;

/** Makes room for the spans of `slots` slots. */
export function initRecords(slots: u32): void {
  spans = heap.alloc(slots * 8);
}

/**
 * Reads the record whose `{` is at `p`: checks that it is JSON and notes the spans of the values that are sought. Answers the place just after it; 0
 * when it is malformed or goes on beyond the input.
 */
export function readRecord(p: usize, root: usize): usize {
  present = 0;
  forgetRepeat();
  hasEscapedKey = false;
  isStopped = false;
  return readObject(p, root);
}

function readObject(p: usize, object: usize): usize {
  let byte: u32 = load<u8>(++p);
  if (byte <= 0x20) byte = load<u8>((p = skipBlanks(p)));
  if (byte == CLOSE_BRACE) return p + 1;
  // Where the address of the key is kept that followed last time: records name their fields in the same order.
  let expected = object;
  while (true) {
    let key = load<u32>(expected) as usize;
    if (isKey(p, key)) p += load<u32>(key, KEY_LENGTH);
    else {
      if (byte != QUOTE) return fail(p);
      clearSawEscape();
      const end = skipString(p);
      if (end == 0) return 0;
      hasEscapedKey = hasEscapedKey || sawEscape;
      key = findKey(object, p, (end - p) as u32);
      store<u32>(expected, key as u32);
      p = end;
      if (load<u8>(p) <= 0x20) p = skipBlanks(p);
      if (load<u8>(p) != COLON) return fail(p);
      p++;
    }
    byte = load<u8>(p);
    if (byte <= 0x20) byte = load<u8>((p = skipBlanks(p)));
    p = readMember(p, byte, key);
    if (p == 0) return 0;
    byte = load<u8>(p);
    if (byte <= 0x20) byte = load<u8>((p = skipBlanks(p)));
    if (byte == CLOSE_BRACE) return p + 1;
    if (byte != COMMA) return fail(p);
    byte = load<u8>(++p);
    if (byte <= 0x20) byte = load<u8>((p = skipBlanks(p)));
    expected = key + KEY_NEXT;
  }
}

/** Reads the value at `p`, which begins with `byte`. Of duplicate keys the last one wins, with all that is below it. */
function readMember(p: usize, byte: u32, key: usize): usize {
  const object = load<u32>(key, KEY_OBJECT) as usize;
  if (object != 0) {
    present &= ~load<u64>(key, KEY_SLOTS);
    const isRepeated = (load<u32>(key, KEY_FLAGS) & REPEATS) != 0;
    if (isRepeated) forgetRepeat();
    const end =
      byte != OPEN_BRACE ? skipValue(p, 0) : isRepeated ? readRepeated(p, object, key) : readObject(p, object);
    const slot = load<u32>(key, KEY_SLOT);
    if (slot != 0) setSpan(slot - 1, p, end);
    return end;
  }
  const end = byte == QUOTE ? skipString(p) : skipValue(p, 0);
  const slot = load<u32>(key, KEY_SLOT);
  if (slot != 0) setSpan(slot - 1, p, end);
  else if ((load<u32>(key, KEY_FLAGS) & STOPS) != 0) isStopped = true;
  return end;
}

function forgetRepeat(): void {
  repeat = 0;
  repeatStart = 0;
}

/** As `readObject`; what was read before is not read again. */
function readRepeated(p: usize, object: usize, key: usize): usize {
  repeatBelow = load<u64>(key, KEY_SLOTS);
  repeat = findRepeat(p);
  repeatStart = p;
  if (repeat == 0) return (repeatEnd = readObject(p, object));
  present |= repeatSlots(repeat);
  spansOfRepeat(repeat, p, spans);
  return (repeatEnd = p + repeatLength(repeat));
}

function setSpan(slot: u32, start: usize, end: usize): void {
  present |= (1 as u64) << slot;
  store<u32>(spans + (slot << 3), start as u32);
  store<u32>(spans + (slot << 3), end as u32, 4);
}

/** Whether the text of `key`, quotes and colon included, stands at `p`. */
function isKey(p: usize, key: usize): bool {
  const first = v128.and(v128.xor(v128.load(p), v128.load(key, KEY_TEXT)), v128.load(key, KEY_MASK));
  const second = v128.and(v128.xor(v128.load(p, 16), v128.load(key, KEY_TEXT + 16)), v128.load(key, KEY_MASK + 16));
  return !v128.any_true(v128.or(first, second));
}

/** The key whose string token, quotes included, stands at `p`; the unknown one when it is not sought in the object. */
function findKey(object: usize, p: usize, length: u32): usize {
  let key = load<u32>(object + OBJECT_BUCKETS + (keyHash(p, length) << 2)) as usize;
  while (key != 0) {
    // The text of a key has its colon.
    if (load<u32>(key, KEY_LENGTH) == length + 1 && sameBytes(key + KEY_TEXT, p, length)) return key;
    key = load<u32>(key, KEY_CHAIN);
  }
  return load<u32>(object, OBJECT_UNKNOWN);
}

/** Puts a key into the buckets of its object. */
export function addKey(object: usize, key: usize): void {
  const bucket = object + OBJECT_BUCKETS + (keyHash(key + KEY_TEXT, load<u32>(key, KEY_LENGTH) - 1) << 2);
  store<u32>(key, load<u32>(bucket), KEY_CHAIN);
  store<u32>(bucket, key as u32);
}

/** By the length, the first and the last letter of the text. */
function keyHash(token: usize, length: u32): u32 {
  const last: u32 = load<u8>(token + length - 2);
  return (length * 3 + (load<u8>(token, 1) as u32) * 5 + last * 11) & (BUCKETS - 1);
}
