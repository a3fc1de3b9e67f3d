/**
 * The scanner of delivered logs: one pass over the bytes finds the records of `{"Records":[…]}`, of arrays and of JSON lines, checks that they
 * are JSON, and encodes their fields with dictionaries. What it does not take it refuses, and is read by the general reader. Compiled with
 * AssemblyScript; see `scripts/lib/wasm.mjs`. It holds the state of one worker.
 */
import { fail, failedAt } from './failure';
import { BATCH_FULL, BATCH_ROWS, INFLATE_SLACK, NOT_PLAIN, PADDING, READ_ALL, UNUSUAL_RECORD } from '../scannerLayout';
import { initDictionaries } from './dictionaries';
import { inflateRaw } from './inflate';
import { hasEscapedKey, initRecords, isStopped, present, readRecord, spans } from './record';
import { addRecord, initRows, rowCount } from './rows';
import { clearCandidates, screen } from './screens';
import { skipBlanks } from './values';

export { columnSize, entryBlocks, heldBytes, intern } from './dictionaries';
export { addKey } from './record';
export {
  addRow,
  clearRows,
  codes,
  idCounts,
  lengths,
  narrowCodes,
  offsets,
  packedIds,
  presentIds,
  rowCount,
  setId,
  times,
} from './rows';

export { packedEnd } from './inflate';
export { holdsAnchors } from './search';
export { candidateCount, candidates, initScreens, setEvents } from './screens';

/** Between top-level values. */
const TOP: u32 = 0;
/** Inside an array: before its first element or its end, after an element, after a comma. */
const FIRST_ELEMENT: u32 = 1;
const AFTER_ELEMENT: u32 = 2;
const NEXT_ELEMENT: u32 = 3;
/** After the array of an object. */
const AFTER_ARRAY: u32 = 4;

/** So near the end of the input bytes may only seem to make no sense: the longest thing that is compared as a whole. */
const UNSURE: usize = 16;

let packed: usize = 0;
let packedRoom: u32 = 0;
let input: usize = 0;
let room: u32 = 0;
let rootObject: usize = 0;
let slots: u32 = 0;
let state: u32 = TOP;
let inObject: bool = false;
/** How far the input was read, and where the record begins that was read last. */
export let consumed: usize = 0;
export let recordStart: usize = 0;

/** Sets the module up for one plan: its tables were written to memory that `allocate` gave. */
export function init(
  root: usize,
  slotTable: usize,
  slotCount: u32,
  columns: u32,
  ids: u32,
  seedLow: u32,
  seedHigh: u32,
): void {
  rootObject = root;
  slots = slotCount;
  initDictionaries(columns, ((seedHigh as u64) << 32) | (seedLow as u64));
  initRecords(slotCount);
  initRows(columns, ids, slotTable, slotCount);
}

/** Memory that stays. */
export function allocate(bytes: u32): usize {
  const address = heap.alloc(bytes);
  memory.fill(address, 0, bytes);
  return address;
}

/** Makes room for `bytes` of input and answers where they begin. What was there is kept. */
export function reserveInput(bytes: u32): usize {
  if (bytes > room) {
    const wider = heap.alloc(bytes + PADDING);
    if (input != 0) {
      memory.copy(wider, input, room);
      heap.free(input);
    }
    input = wider;
    room = bytes;
  }
  return input;
}

/** Makes room for `bytes` of packed data and answers where they begin. What was there is gone. */
export function reservePacked(bytes: u32): usize {
  if (bytes > packedRoom) {
    if (packed != 0) heap.free(packed);
    packed = heap.alloc(bytes + INFLATE_SLACK);
    packedRoom = bytes;
  }
  return packed;
}

/**
 * Inflates the deflate stream in the packed data, from byte `from` to `to`, into the input; no more than `most` bytes, for which with
 * INFLATE_SLACK there is room. Answers how many they are, or -1: see `inflateRaw`. `packedEnd` is where it ended.
 */
export function inflate(from: u32, to: u32, most: u32): i32 {
  return inflateRaw(packed + from, packed + to, input, most);
}

/** Begins a file. */
export function begin(): void {
  state = TOP;
  inObject = false;
}

/** True between top-level values: where a file may end. */
export function mayEnd(): bool {
  return state == TOP;
}

/**
 * Reads the records in the input from byte `from` to `to`; `base` is the offset of the input's first byte in the file, `atEnd` says that nothing
 * follows. Answers why it ended; `consumed` says where to go on.
 */
export function scan(from: u32, to: u32, base: f64, atEnd: bool): u32 {
  const end = input + to;
  memory.fill(end, 0, PADDING);
  let p = input + from;
  clearCandidates();
  while (true) {
    p = skipBlanks(p);
    consumed = p - input;
    if (p >= end) return READ_ALL;
    if (state != TOP || load<u8>(p) != 0x7b || isContainer(p)) {
      const next = step(p);
      if (next == 0) return failure(end, atEnd);
      if (next != p) {
        p = next;
        continue;
      }
    } else if (failedAt >= end - UNSURE && !atEnd) return READ_ALL;
    if (rowCount == BATCH_ROWS) return BATCH_FULL;
    const next = readRecord(p, rootObject);
    if (next == 0) return failure(end, atEnd);
    recordStart = p - input;
    consumed = next - input;
    if (state == TOP) {
      if (isStopped) return NOT_PLAIN;
    } else state = AFTER_ELEMENT;
    if (hasEscapedKey || !addRecord((base + (p - input)) as f64, (next - p) as u32)) return UNUSUAL_RECORD;
    screen(rowCount - 1, p, (next - p) as u32);
    p = next;
  }
}

/** Finds the fields of a record that was read before; answers where their spans stand, in the order of slots: start and end, 0 where there is no value. */
export function findFields(record: usize): usize {
  readRecord(record, rootObject);
  for (let slot: u32 = 0; slot < slots; slot++) if (((present >> slot) & 1) == 0) store<u64>(spans + (slot << 3), 0);
  return spans;
}

/** Bytes that seem to make no sense may only lack those that follow. */
function failure(end: usize, atEnd: bool): u32 {
  return !atEnd && failedAt + UNSURE >= end ? READ_ALL : NOT_PLAIN;
}

/** Takes the punctuation at `p`; answers where to go on, `p` itself when a record begins there, 0 for anything else. */
function step(p: usize): usize {
  const byte: u32 = load<u8>(p);
  switch (state) {
    case TOP:
      if (byte == 0x5b) {
        state = FIRST_ELEMENT;
        inObject = false;
        return p + 1;
      }
      if (byte == 0x7b) {
        state = FIRST_ELEMENT;
        inObject = true;
        return arrayStart(p);
      }
      return fail(p);
    case FIRST_ELEMENT:
    case AFTER_ELEMENT:
      if (byte == 0x5d) {
        state = inObject ? AFTER_ARRAY : TOP;
        return p + 1;
      }
      if (state == FIRST_ELEMENT) return byte == 0x7b ? p : fail(p);
      if (byte != 0x2c) return fail(p);
      state = NEXT_ELEMENT;
      return p + 1;
    case NEXT_ELEMENT:
      return byte == 0x7b ? p : fail(p);
    default:
      if (byte != 0x7d) return fail(p);
      state = TOP;
      return p + 1;
  }
}

/** Whether the object at `p` begins with `"Records":[`. */
function isContainer(p: usize): bool {
  return arrayStart(p) != 0;
}

/** The place just after `{"Records":[` at `p`, blanks aside; 0 when something else stands there. */
function arrayStart(p: usize): usize {
  p = skipBlanks(p + 1);
  // `"Records"`, 9 bytes.
  if (load<u64>(p) != 0x7364726f63655222) return fail(p);
  if (load<u8>(p, 8) != 0x22) return fail(p);
  p = skipBlanks(p + 9);
  if (load<u8>(p) != 0x3a) return fail(p);
  p = skipBlanks(p + 1);
  return load<u8>(p) == 0x5b ? p + 1 : fail(p);
}
