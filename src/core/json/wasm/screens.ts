import {
  BATCH_ROWS,
  BATCH_STRIDE,
  EVENT_NEXT,
  EVENT_RULES,
  EVENT_SOURCE,
  RULES_COUNT,
  RULES_SCREENS,
} from '../scannerLayout';
import { codes } from './rows';
import { recordHoldsAnchors } from './search';

/**
 * Tells the rows whose records may meet a rule, by their events and by texts that have to stand in them, so that few records are looked at again.
 */

/** The rows of the last scan that have to be looked at. */
export const candidates: usize = heap.alloc(BATCH_ROWS * 4);
export let candidateCount: u32 = 0;

let isOn: bool = false;
let sourceCodes: u32 = 0;
let nameCodes: u32 = 0;
/** By name code: the first of the events with this name, 0 where none is known yet. */
let events: usize = 0;
let nameCount: u32 = 0;
/** The rules about any event, and the columns that make a record be held against them: none, all records are. */
let anyEvent: usize = 0;
let columns: usize = 0;
let columnCount: u32 = 0;

/** Turns screening on. `rules`, `columnList`: the rules about any event and the columns without which none of them is met, 4 bytes each. */
export function initScreens(source: u32, name: u32, rules: usize, columnList: usize, count: u32): void {
  isOn = true;
  sourceCodes = source * BATCH_STRIDE * 4;
  nameCodes = name * BATCH_STRIDE * 4;
  anyEvent = rules;
  columns = columnList;
  columnCount = count;
}

/** Where the events stand that are known by now, and how many names. */
export function setEvents(table: usize, names: u32): void {
  events = table;
  nameCount = names;
}

export function clearCandidates(): void {
  candidateCount = 0;
}

/** Notes the row when its record, the `length` bytes at `p` that were read last, may meet a rule, or is of an event that nobody asked about before. */
export function screen(row: u32, p: usize, length: u32): void {
  if (!isOn || !mayMeet(row, p, length)) return;
  store<u32>(candidates + (candidateCount++ << 2), row);
}

function mayMeet(row: u32, p: usize, length: u32): bool {
  const name = load<u32>(codes + nameCodes + (row << 2));
  if (name >= nameCount) return true;
  const source = load<u32>(codes + sourceCodes + (row << 2));
  let event = load<u32>(events + (name << 2)) as usize;
  while (event != 0 && load<u32>(event, EVENT_SOURCE) != source) event = load<u32>(event, EVENT_NEXT);
  if (event == 0 || meetsScreens(event + EVENT_RULES, p, length)) return true;
  return isAskedAnyway(row) && meetsScreens(anyEvent, p, length);
}

function isAskedAnyway(row: u32): bool {
  for (let i: u32 = 0; i < columnCount; i++) {
    const column = load<u32>(columns + (i << 2));
    if (load<u32>(codes + ((column * BATCH_STRIDE + row) << 2)) != 0) return true;
  }
  return columnCount == 0;
}

function meetsScreens(rules: usize, p: usize, length: u32): bool {
  const end = rules + RULES_SCREENS + (load<u32>(rules, RULES_COUNT) << 2);
  for (let screen = rules + RULES_SCREENS; screen < end; screen += 4) {
    if (recordHoldsAnchors(p, length, load<u32>(screen))) return true;
  }
  return false;
}
