import { hashToken, sameBytes } from '../../../json/wasm/tokens';

/**
 * The entries of a column's dictionaries, one dictionary behind the other, each with one more that tells where its last token ends. The token of
 * entry `e` stands from `starts[e]` to `starts[e + 1]`.
 */
let starts: usize = 0;
let spellings: usize = 0;
/** By entry: 1 and its new code, 0 as long as no row had it. */
let numbers: usize = 0;
/** By new code: the entry. */
let used: usize = 0;
export let usedCount: u32 = 0;
/** Open addressing: an entry and 1, 0 for none, and the hash. 0 when no entry can be the like of another. */
let table: usize = 0;
let mask: u32 = 0;
let seed: u64 = 0;
/** How many bytes were copied last. */
export let copied: u32 = 0;

/**
 * Begins to number entries anew. Memory at `numberTable` and `hashTable` is 0 but for the entries "none" of each dictionary, which have number 1.
 * `places`: of the hash table, 8 bytes each; a power of two. `seedLow`, `seedHigh`: different each time: what a log holds must not decide what
 * collides.
 */
export function beginEntries(
  startTable: usize,
  spellingTable: usize,
  numberTable: usize,
  usedTable: usize,
  hashTable: usize,
  places: u32,
  seedLow: u32,
  seedHigh: u32,
): void {
  starts = startTable;
  spellings = spellingTable;
  numbers = numberTable;
  used = usedTable;
  table = hashTable;
  mask = places - 1;
  seed = ((seedHigh as u64) << 32) | (seedLow as u64);
  store<u32>(used, 0);
  usedCount = 1;
}

/** The number of an entry that has none yet: that of its like, or the next one. */
export function newNumber(entry: u32): u32 {
  if (table != 0) {
    const like = likeOf(entry);
    if (like != entry) {
      const known = load<u32>(numbers + (like << 2));
      store<u32>(numbers + (entry << 2), known);
      return known;
    }
  }
  store<u32>(used + (usedCount << 2), entry);
  const number = ++usedCount;
  store<u32>(numbers + (entry << 2), number);
  return number;
}

/** The entry that was met first of those with the same spelling and token. */
function likeOf(entry: u32): u32 {
  const start = load<u32>(starts + (entry << 2));
  const length = load<u32>(starts + (entry << 2), 4) - start;
  const spelling = load<u8>(spellings + entry);
  const hash = hashToken(start, length, spelling, seed);
  let place = hash & mask;
  while (true) {
    const slot = table + (place << 3);
    const other = load<u32>(slot);
    if (other == 0) {
      store<u32>(slot, entry + 1);
      store<u32>(slot, hash, 4);
      return entry;
    }
    if (load<u32>(slot, 4) == hash && isSame(other - 1, start, length, spelling)) return other - 1;
    place = (place + 1) & mask;
  }
}

function isSame(other: u32, start: u32, length: u32, spelling: u32): bool {
  const from = load<u32>(starts + (other << 2));
  if (load<u32>(starts + (other << 2), 4) - from != length || load<u8>(spellings + other) != spelling) return false;
  return sameBytes(from, start, length);
}

/**
 * Finds among the `count` rows at `order` those with a value: their numbers, counted from `first`, go to `rows`, and their entries are used, one
 * for each of them. Answers how many there are.
 */
export function gatherExceptions(codes: usize, order: usize, count: u32, first: u32, rows: usize): u32 {
  let found: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const entry = load<u32>(codes + ((load<u32>(order + (i << 2)) as usize) << 2));
    if (load<u32>(numbers + (entry << 2)) != 0) continue;
    store<u32>(rows + (found << 2), first + i);
    store<u32>(used + (usedCount << 2), entry);
    usedCount++;
    found++;
  }
  return found;
}

/** Writes the spellings of the used entries and where their tokens begin and the last one ends. */
export function measureEntries(offsets: usize, usedSpellings: usize): void {
  let at: u32 = 0;
  for (let i: u32 = 0; i < usedCount; i++) {
    const entry = load<u32>(used + (i << 2));
    store<u32>(offsets + (i << 2), at);
    store<u8>(usedSpellings + i, load<u8>(spellings + entry));
    at += load<u32>(starts + (entry << 2), 4) - load<u32>(starts + (entry << 2));
  }
  store<u32>(offsets + (usedCount << 2), at);
}

/**
 * Copies tokens of the used entries from `first` on to `to`, as many as fit into `room` bytes; up to 16 bytes behind them are written over. Answers
 * the entry to go on with.
 */
export function copyTokens(first: u32, to: usize, room: u32): u32 {
  let at = to;
  let i = first;
  for (; i < usedCount; i++) {
    const entry = load<u32>(used + (i << 2));
    let from = load<u32>(starts + (entry << 2)) as usize;
    const next = at + ((load<u32>(starts + (entry << 2), 4) as usize) - from);
    if (next - to > room) break;
    for (; at < next; at += 16, from += 16) v128.store(at, v128.load(from));
    at = next;
  }
  copied = (at - to) as u32;
  return i;
}
