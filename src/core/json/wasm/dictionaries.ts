import {
  ENTRY_BYTES,
  ENTRY_CODE,
  ENTRY_COLUMN,
  ENTRY_HASH,
  ENTRY_LENGTH,
  ENTRY_SPELLING,
  ENTRY_TOKEN,
} from '../scannerLayout';
import { hashBytes, isAscii, sameBytes } from './tokens';

/**
 * The dictionaries of all columns: one hash table from column, spelling and token to an entry. Entries and tokens stay where they were put until
 * the module is thrown away; what they take is told by `heldBytes`.
 */

const BLOCK: u32 = 1 << 18;

let seed: u64 = 0;
/** Open addressing: the entry's address, 0 for none. A power of two of places. */
let places: usize = 0;
let placeMask: u32 = 0;
let entryCount: u32 = 0;
/** How many entries each column has; code 0 is none of them. */
let sizes: usize = 0;
/** Where the next entry and the next token go, and where their blocks end. */
let nextEntry: usize = 0;
let entriesEnd: usize = 0;
let nextToken: usize = 0;
let tokensEnd: usize = 0;
/** The blocks that hold entries, oldest first, as a list of addresses. */
let firstBlock: usize = 0;
let lastBlock: usize = 0;

export let heldBytes: f64 = 0;

/** Makes empty dictionaries. `columns`: how many. */
export function initDictionaries(columns: u32, hashSeed: u64): void {
  seed = hashSeed;
  sizes = heap.alloc(columns * 4);
  memory.fill(sizes, 0, columns * 4);
  placeMask = (1 << 13) - 1;
  places = newPlaces(placeMask + 1);
}

function newPlaces(count: u32): usize {
  const bytes = (count as usize) * 4;
  const address = heap.alloc(bytes);
  memory.fill(address, 0, bytes);
  heldBytes += bytes as f64;
  return address;
}

/** The code of a token in a column and spelling; a new one when it was not met before. */
export function intern(column: u32, spelling: u32, token: usize, length: u32): u32 {
  return codeOf(column, spelling, token, length, true);
}

/** As `intern`; but 0 for a new token that is not ASCII unless it `isUtf8`: bytes that are no characters have to be mended first. */
export function codeOf(column: u32, spelling: u32, token: usize, length: u32, isUtf8: bool): u32 {
  const hash = hashBytes(token, length, seed ^ ((((column << 8) | spelling) as u64) * 0xff51afd7ed558ccd));
  let place = hash & placeMask;
  while (true) {
    const entry = load<u32>(places + (place << 2)) as usize;
    if (entry == 0) break;
    if (
      load<u32>(entry, ENTRY_HASH) == hash &&
      load<u32>(entry, ENTRY_LENGTH) == length &&
      load<u32>(entry, ENTRY_COLUMN) == column &&
      load<u32>(entry, ENTRY_SPELLING) == spelling &&
      sameBytes(load<u32>(entry, ENTRY_TOKEN), token, length)
    )
      return load<u32>(entry, ENTRY_CODE);
    place = (place + 1) & placeMask;
  }
  if (!isUtf8 && !isAscii(token, length)) return 0;
  const entry = newEntry(column, spelling, token, length, hash);
  store<u32>(places + (place << 2), entry as u32);
  if (++entryCount > placeMask >> 1) grow();
  return load<u32>(entry, ENTRY_CODE);
}

function newEntry(column: u32, spelling: u32, token: usize, length: u32, hash: u32): usize {
  if (nextEntry == entriesEnd) newEntryBlock();
  const entry = nextEntry;
  nextEntry += ENTRY_BYTES;
  const code = load<u32>(sizes + (column << 2)) + 1;
  store<u32>(sizes + (column << 2), code);
  store<u32>(entry, column, ENTRY_COLUMN);
  store<u32>(entry, spelling, ENTRY_SPELLING);
  store<u32>(entry, code, ENTRY_CODE);
  store<u32>(entry, keep(token, length) as u32, ENTRY_TOKEN);
  store<u32>(entry, length, ENTRY_LENGTH);
  store<u32>(entry, hash, ENTRY_HASH);
  return entry;
}

/** A block of entries begins with the address of the next block and its count of entries. */
function newEntryBlock(): void {
  const count = BLOCK / ENTRY_BYTES;
  const block = heap.alloc(8 + count * ENTRY_BYTES);
  heldBytes += BLOCK as f64;
  store<u32>(block, 0);
  if (firstBlock == 0) firstBlock = block;
  else store<u32>(lastBlock, block as u32);
  lastBlock = block;
  nextEntry = block + 8;
  entriesEnd = nextEntry + count * ENTRY_BYTES;
}

/** Copies a token to where it stays, with room to load a vector behind it. */
function keep(token: usize, length: u32): usize {
  const room = (length + 31) & ~15;
  if (tokensEnd - nextToken < room) {
    const size = max(BLOCK, room);
    nextToken = heap.alloc(size);
    tokensEnd = nextToken + size;
    heldBytes += size as f64;
  }
  const kept = nextToken;
  memory.copy(kept, token, length);
  memory.fill(kept + length, 0, room - length);
  nextToken += room;
  return kept;
}

function grow(): void {
  const old = places;
  const oldCount = placeMask + 1;
  placeMask = oldCount * 2 - 1;
  places = newPlaces(oldCount * 2);
  for (let i: u32 = 0; i < oldCount; i++) {
    const entry = load<u32>(old + (i << 2)) as usize;
    if (entry == 0) continue;
    let place = load<u32>(entry, ENTRY_HASH) & placeMask;
    while (load<u32>(places + (place << 2)) != 0) place = (place + 1) & placeMask;
    store<u32>(places + (place << 2), entry as u32);
  }
  heldBytes -= (oldCount * 4) as f64;
  heap.free(old);
}

/** How many entries a column has. */
export function columnSize(column: u32): u32 {
  return load<u32>(sizes + (column << 2));
}

export function totalEntries(): u32 {
  return entryCount;
}

/** Address of the first block of entries; see `newEntryBlock`. */
export function entryBlocks(): usize {
  return firstBlock;
}
