import { codeOf, codeOfOne } from './dictionaries';
import {
  BATCH_ROWS,
  BATCH_STRIDE,
  KIND_ID,
  KIND_PLACE,
  KIND_SOURCE,
  KIND_TIME,
  KIND_TOKEN,
  KIND_VERSION,
  SLOT_BYTES,
  SLOT_COLUMN,
  SLOT_ID,
  SLOT_KIND,
  SLOT_SPELLING,
} from '../scannerLayout';
import { present, repeat, repeatBelow, repeatEnd, repeatStart, spans } from './record';
import { codesOfRepeat, remember, repeatColumns, repeatSlots } from './repeats';
import { readTime } from './time';
import { packUuid } from './uuid';

/** The batch of rows under way. Codes stand column by column, 4 bytes each, and are 0 until they are set. */
export let codes: usize = 0;
export let times: usize = 0;
export let offsets: usize = 0;
export let lengths: usize = 0;
/** For each id field: 16 bytes for each row that has a UUID, one after another; bits say which rows those are. */
export let packedIds: usize = 0;
export let presentIds: usize = 0;
export let idCounts: usize = 0;
export let rowCount: u32 = 0;

let columns: u32 = 0;
let ids: u32 = 0;
let slots: usize = 0;
/** A bit for each slot whose value goes into a column. */
let columnSlots: u64 = 0;

const ID_ROOM: u32 = BATCH_ROWS * 16;
const ID_WORDS: u32 = BATCH_ROWS / 32;

export function initRows(columnCount: u32, idCount: u32, slotTable: usize, slotCount: u32): void {
  columns = columnCount;
  ids = idCount;
  slots = slotTable;
  columnSlots = 0;
  for (let slot: u32 = 0; slot < slotCount; slot++) {
    if (load<u32>(slotTable + slot * SLOT_BYTES, SLOT_KIND) != KIND_PLACE) columnSlots |= (1 as u64) << slot;
  }
  codes = heap.alloc(columns * BATCH_STRIDE * 4);
  times = heap.alloc(BATCH_ROWS * 8);
  offsets = heap.alloc(BATCH_ROWS * 8);
  lengths = heap.alloc(BATCH_ROWS * 4);
  packedIds = heap.alloc(ids * ID_ROOM);
  presentIds = heap.alloc(ids * ID_WORDS * 4);
  idCounts = heap.alloc(ids * 4);
  clearRows();
}

/** Begins the next batch. */
export function clearRows(): void {
  rowCount = 0;
  memory.fill(codes, 0, columns * BATCH_STRIDE * 4);
  memory.fill(presentIds, 0, ids * ID_WORDS * 4);
  memory.fill(idCounts, 0, ids * 4);
}

/**
 * Makes the codes of a column, none of which takes more, `bytes` wide each: 1, 2 or 4. They stand where they stood, one after another;
 * answers where that is; `clearRows` has to follow.
 */
export function narrowCodes(column: u32, bytes: u32): usize {
  const start = codes + column * BATCH_STRIDE * 4;
  const end = start + (rowCount << 2);
  let to = start;
  if (bytes == 2) {
    for (let from = start; from < end; from += 32, to += 16) {
      v128.store(to, i16x8.narrow_i32x4_u(v128.load(from), v128.load(from, 16)));
    }
  } else if (bytes == 1) {
    for (let from = start; from < end; from += 64, to += 16) {
      const first = i16x8.narrow_i32x4_u(v128.load(from), v128.load(from, 16));
      const second = i16x8.narrow_i32x4_u(v128.load(from, 32), v128.load(from, 48));
      v128.store(to, i8x16.narrow_i16x8_u(first, second));
    }
  }
  return start;
}

/**
 * Adds a row for the record that `readRecord` just read; false, and nothing added, when it is no plain record: by its version and source it may be
 * none at all (see `unitShape.ts`), it has a field in two spellings, or an object or array for one, a time that is not in CloudTrail's own form, or
 * a token that may not be UTF-8.
 */
export function addRecord(offset: f64, length: u32): bool {
  const row = rowCount;
  let hasVersion = false;
  let hasTime = false;
  let filled: u64 = 0;
  let left = present & columnSlots;
  const firstCode = codes + (row << 2);
  if (repeat != 0) {
    codesOfRepeat(repeat, firstCode, BATCH_STRIDE * 4);
    filled = repeatColumns(repeat);
    left &= ~repeatSlots(repeat);
  }
  store<f64>(times + (row << 3), NaN);
  for (; left != 0; left &= left - 1) {
    const index = ctz(left) as u32;
    const slot = slots + index * SLOT_BYTES;
    const span = spans + (index << 3);
    const token = load<u32>(span) as usize;
    const kind = load<u32>(slot, SLOT_KIND);
    const tokenLength = load<u32>(span, 4) - (token as u32);
    const column = load<u32>(slot, SLOT_COLUMN);
    const first: u32 = load<u8>(token);
    const bit = (1 as u64) << column;
    if ((filled & bit) != 0 || first == 0x7b || first == 0x5b) return undo(row);
    filled |= bit;
    if (kind == KIND_TIME) {
      const time = readTime(token, tokenLength);
      if (time < 0) return undo(row);
      store<f64>(times + (row << 3), time);
      hasTime = true;
      continue;
    }
    if (kind == KIND_ID && tokenLength == 38 && addId(load<u32>(slot, SLOT_ID), row, token)) continue;
    if (kind == KIND_VERSION) {
      if (!isVersion(token)) return undo(row);
      hasVersion = true;
    } else if (kind == KIND_SOURCE && mayBeForeign(token)) return undo(row);
    const field = (column << 8) | load<u32>(slot, SLOT_SPELLING);
    const code = kind == KIND_ID ? codeOfOne(field, token, tokenLength) : codeOf(field, token, tokenLength, false);
    if (code == 0) return undo(row);
    store<u32>(codes + ((column * BATCH_STRIDE + row) << 2), code);
  }
  // A time in another spelling than the first went the way of other tokens, and has still to be understood.
  if (!hasVersion || !hasTime) return undo(row);
  store<f64>(offsets + (row << 3), offset);
  store<u32>(lengths + (row << 2), length);
  rowCount = row + 1;
  if (repeat == 0 && repeatStart != 0) rememberRepeat(firstCode);
  return true;
}

/** Remembers the object of the record that others may repeat. */
function rememberRepeat(firstCode: usize): void {
  let below: u64 = 0;
  let filled: u64 = 0;
  for (let left = present & repeatBelow; left != 0; left &= left - 1) {
    const index = ctz(left) as u32;
    const slot = slots + index * SLOT_BYTES;
    const kind = load<u32>(slot, SLOT_KIND);
    below |= (1 as u64) << index;
    if (kind == KIND_PLACE) continue;
    // Ids and times have no codes.
    if (kind != KIND_TOKEN) return;
    filled |= (1 as u64) << load<u32>(slot, SLOT_COLUMN);
  }
  remember(repeatStart, repeatEnd, below, spans, filled, firstCode, BATCH_STRIDE * 4);
}

/** Takes back what was written of a row. */
function undo(row: u32): bool {
  for (let column: u32 = 0; column < columns; column++) store<u32>(codes + ((column * BATCH_STRIDE + row) << 2), 0);
  for (let id: u32 = 0; id < ids; id++) {
    const word = presentIds + ((id * ID_WORDS + (row >> 5)) << 2);
    const bit: u32 = 1 << (row & 31);
    if ((load<u32>(word) & bit) == 0) continue;
    store<u32>(word, load<u32>(word) ^ bit);
    store<u32>(idCounts + (id << 2), load<u32>(idCounts + (id << 2)) - 1);
  }
  return false;
}

function addId(id: u32, row: u32, token: usize): bool {
  const count = load<u32>(idCounts + (id << 2));
  if (!packUuid(token, packedIds + id * ID_ROOM + (count << 4))) return false;
  store<u32>(idCounts + (id << 2), count + 1);
  const word = presentIds + ((id * ID_WORDS + (row >> 5)) << 2);
  store<u32>(word, load<u32>(word) | (1 << (row & 31)));
  return true;
}

/** Whether the token is `"1."` and digits: a record's version. */
function isVersion(token: usize): bool {
  if ((load<u32>(token) & 0xffffff) != 0x2e3122) return false;
  let p = token + 3;
  while ((load<u8>(p) as u32) - 0x30 < 10) p++;
  return p > token + 3 && load<u8>(p) == 0x22;
}

/** Whether the token may spell a source that begins with `aws:`: an S3 notification's record looks like CloudTrail's. */
function mayBeForeign(token: usize): bool {
  const head = load<u32>(token, 1);
  if (head == 0x3a737761) return true;
  for (let i: usize = 1; i <= 4; i++) if (load<u8>(token + i) == 0x5c) return true;
  return false;
}

/** Adds a row whose values the caller fills in; answers which. */
export function addRow(offset: f64, length: u32, time: f64): u32 {
  store<f64>(times + (rowCount << 3), time);
  store<f64>(offsets + (rowCount << 3), offset);
  store<u32>(lengths + (rowCount << 2), length);
  return rowCount++;
}

/** Gives the row added last the UUID whose token stands at `token`; false when it is none. */
export function setId(id: u32, token: usize, length: u32): bool {
  return length == 38 && addId(id, rowCount - 1, token);
}
