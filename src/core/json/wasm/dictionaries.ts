import {
  BLOCK_END,
  BLOCK_ENTRIES,
  BLOCK_NEXT,
  ENTRY_ALIGNMENT,
  ENTRY_CODE,
  ENTRY_FIELD,
  ENTRY_LENGTH,
  ENTRY_TOKEN,
  PADDING,
} from '../scannerLayout';
import { hashToken, isAscii, mixed, sameBytes } from './tokens';

/**
 * The dictionaries of all columns: one hash table from column, spelling and token to an entry. Entries stay where they were put until the module is
 * thrown away; what they take is told by `heldBytes`.
 */

const BLOCK: u32 = 1 << 18;
/** Entries met lately are found by a few bytes of their tokens: so many places, which stay in the processor's nearer caches. */
const RECENT_BITS: u64 = 13;
const RECENT: u32 = 1 << (RECENT_BITS as u32);

let seed: u64 = 0;
/** Open addressing: the entry's hash and, in the lower half, its address; 0 for none. A power of two of places. */
let places: usize = 0;
let placeMask: u32 = 0;
let placeCount: u32 = 0;
/** The address of an entry in each place, of one that is no token's at first. */
const recent: usize = heap.alloc(RECENT * 4);
/** How many entries each column has; code 0 is none of them. */
let sizes: usize = 0;
/** The blocks, oldest first, as a list of addresses; and how far the last one reaches. */
let firstBlock: usize = 0;
let lastBlock: usize = 0;
let blockEnd: usize = 0;

export let heldBytes: f64 = 0;

/** Makes empty dictionaries. `columns`: how many. */
export function initDictionaries(columns: u32, hashSeed: u64): void {
  seed = hashSeed;
  sizes = heap.alloc(columns * 4);
  memory.fill(sizes, 0, columns * 4);
  placeMask = (1 << 13) - 1;
  places = newPlaces(placeMask + 1);
  const noEntry = heap.alloc(ENTRY_TOKEN);
  memory.fill(noEntry, 0, ENTRY_TOKEN);
  for (let place: u32 = 0; place < RECENT; place++) store<u32>(recent + (place << 2), noEntry as u32);
  addBlock(BLOCK);
}

function newPlaces(count: u32): usize {
  const bytes = (count as usize) * 8;
  const address = heap.alloc(bytes);
  memory.fill(address, 0, bytes);
  heldBytes += bytes as f64;
  return address;
}

/** The code of a token in a column and spelling; a new one when it was not met before. */
export function intern(column: u32, spelling: u32, token: usize, length: u32): u32 {
  return codeOf((column << 8) | spelling, token, length, true);
}

/**
 * As `intern`, for a `field` as entries have it; but 0 for a new token that is not ASCII unless it `isUtf8`: bytes that are no characters have to be
 * mended first. Some bytes before the token can be read.
 */
export function codeOf(field: u32, token: usize, length: u32, isUtf8: bool): u32 {
  const place = recent + (recentPlace(field, token, length) << 2);
  const entry = load<u32>(place) as usize;
  if (isEntryOf(entry, field, token, length)) return load<u32>(entry, ENTRY_CODE);
  const found = find(field, token, length, isUtf8);
  if (found == 0) return 0;
  store<u32>(place, found as u32);
  return load<u32>(found, ENTRY_CODE);
}

/** By the last bytes of the token, those in its middle and its length: a log can be made in which all fall together, and is read without this. */
function recentPlace(field: u32, token: usize, length: u32): u32 {
  const last = load<u64>(token + length - 9);
  const middle = load<u64>(token + (length >> 1) - 4);
  const kind = ((length << 16) | field) as u64;
  return (mixed(last ^ kind, middle) >> (64 - RECENT_BITS)) as u32;
}

/** The code of a token that is not going to be met again: nobody looks for it. 0: see `codeOf`. */
export function codeOfOne(field: u32, token: usize, length: u32): u32 {
  return isAscii(token, length) ? load<u32>(newEntry(field, token, length), ENTRY_CODE) : 0;
}

function isEntryOf(entry: usize, field: u32, token: usize, length: u32): bool {
  return (
    load<u64>(entry, ENTRY_FIELD) == (((length as u64) << 32) | (field as u64)) &&
    sameBytes(entry + ENTRY_TOKEN, token, length)
  );
}

/** The entry of a token, a new one when there is none yet; 0: see `codeOf`. */
function find(field: u32, token: usize, length: u32, isUtf8: bool): usize {
  const hash = hashToken(token, length, field, seed);
  let place = hash & placeMask;
  while (true) {
    const known = load<u64>(places + (place << 3));
    if (known == 0) break;
    if (((known >> 32) as u32) == hash && isEntryOf(known as usize, field, token, length)) return known as usize;
    place = (place + 1) & placeMask;
  }
  if (!isUtf8 && !isAscii(token, length)) return 0;
  const entry = newEntry(field, token, length);
  store<u64>(places + (place << 3), ((hash as u64) << 32) | (entry as u64));
  if (++placeCount > placeMask >> 1) grow();
  return entry;
}

function newEntry(field: u32, token: usize, length: u32): usize {
  const bytes: u32 = (ENTRY_TOKEN + length + ENTRY_ALIGNMENT - 1) & ~(ENTRY_ALIGNMENT - 1);
  if ((blockEnd as u32) - load<u32>(lastBlock, BLOCK_END) < bytes) addBlock(max(BLOCK, bytes));
  const entry = load<u32>(lastBlock, BLOCK_END) as usize;
  store<u32>(lastBlock, (entry + bytes) as u32, BLOCK_END);
  const size = sizes + ((field >> 8) << 2);
  const code = load<u32>(size) + 1;
  store<u32>(size, code);
  store<u32>(entry, field, ENTRY_FIELD);
  store<u32>(entry, length, ENTRY_LENGTH);
  store<u32>(entry, code, ENTRY_CODE);
  // What is written beyond the token is overwritten by the next entry, or compared with nothing.
  for (let at: u32 = 0; at < length; at += 16) v128.store(entry + ENTRY_TOKEN + at, v128.load(token + at));
  return entry;
}

/** Adds a block with so many bytes for entries, and behind them some that can be read and written. */
function addBlock(bytes: u32): void {
  const block = heap.alloc(BLOCK_ENTRIES + bytes + PADDING);
  store<u32>(block, 0, BLOCK_NEXT);
  store<u32>(block, (block + BLOCK_ENTRIES) as u32, BLOCK_END);
  if (firstBlock == 0) firstBlock = block;
  else store<u32>(lastBlock, block as u32, BLOCK_NEXT);
  lastBlock = block;
  blockEnd = block + BLOCK_ENTRIES + bytes;
  heldBytes += bytes as f64;
}

function grow(): void {
  const old = places;
  const oldCount = placeMask + 1;
  placeMask = oldCount * 2 - 1;
  places = newPlaces(oldCount * 2);
  for (let i: u32 = 0; i < oldCount; i++) {
    const known = load<u64>(old + (i << 3));
    if (known == 0) continue;
    let place = ((known >> 32) as u32) & placeMask;
    while (load<u64>(places + (place << 3)) != 0) place = (place + 1) & placeMask;
    store<u64>(places + (place << 3), known);
  }
  heldBytes -= (oldCount * 8) as f64;
  heap.free(old);
}

/** How many entries a column has. */
export function columnSize(column: u32): u32 {
  return load<u32>(sizes + (column << 2));
}

/** Address of the first block of entries. */
export function entryBlocks(): usize {
  return firstBlock;
}
