/** As in `../rowOrder.ts`. */
const DROPPED: u32 = 0xffffffff;

const FACTOR: u64 = 0x9e3779b97f4a7c15;

/** Rows and their ids: `places` is 0 where the id of each row stands in its place, `files` where no row is dropped. */
let ids: usize = 0;
let places: usize = 0;
let files: usize = 0;
let hashes: usize = 0;

function hashOf(id: usize, seed: u64): u32 {
  let hash = (load<u64>(id) ^ seed) * FACTOR;
  hash = (hash ^ (hash >> 32) ^ load<u64>(id, 8)) * 0xff51afd7ed558ccd;
  hash = (hash ^ (hash >> 29)) * 0xd6e8feb86659fd93;
  return (hash >> 32) as u32;
}

function placeOf(row: usize): usize {
  return places == 0 ? row : (load<u32>(places + (row << 2)) as usize);
}

function isKept(row: usize): bool {
  return (
    (places == 0 || load<i32>(places + (row << 2)) >= 0) && (files == 0 || load<u32>(files + (row << 2)) != DROPPED)
  );
}

/** Hashes the ids of `count` rows; they are the ones that are asked about from now on. */
export function hashIds(
  idTable: usize,
  placeTable: usize,
  fileTable: usize,
  hashTable: usize,
  count: u32,
  seedLow: u32,
  seedHigh: u32,
): void {
  ids = idTable;
  places = placeTable;
  files = fileTable;
  hashes = hashTable;
  const seed = ((seedHigh as u64) << 32) | (seedLow as u64);
  for (let row: usize = 0; row < count; row++) {
    if (isKept(row)) store<u32>(hashes + (row << 2), hashOf(ids + (placeOf(row) << 4), seed));
  }
}

/** Writes the hashes of ids that share one of 2^`bits` bits with an earlier one; `met` has room for these, all 0. Answers how many there are. */
export function suspectIds(count: u32, met: usize, bits: u32, suspects: usize): u32 {
  let found: u32 = 0;
  for (let row: usize = 0; row < count; row++) {
    if (!isKept(row)) continue;
    const hash = load<u32>(hashes + (row << 2));
    const at = hash >> (32 - bits);
    const word = met + ((at >> 5) << 2);
    const bit: u32 = 1 << (at & 31);
    const known = load<u32>(word);
    store<u32>(suspects + (found << 2), hash);
    found += (known >> (at & 31)) & 1;
    store<u32>(word, known | bit);
  }
  return found;
}

function otherBit(hash: u32, bits: u32): u32 {
  return (hash * 0x9e3779b1) >> (32 - bits);
}

/** Writes the rows whose hashes seem to be among the suspect ones; `among` has room for 2^`bits` bits, all 0. Answers how many there are. */
export function likelyIds(count: u32, suspects: usize, suspectCount: u32, among: usize, bits: u32, rows: usize): u32 {
  for (let i: u32 = 0; i < suspectCount; i++) {
    const at = otherBit(load<u32>(suspects + (i << 2)), bits);
    const word = among + ((at >> 5) << 2);
    store<u32>(word, load<u32>(word) | (1 << (at & 31)));
  }
  let found: u32 = 0;
  for (let row: usize = 0; row < count; row++) {
    const at = otherBit(load<u32>(hashes + (row << 2)), bits);
    if (((load<u32>(among + ((at >> 5) << 2)) >> (at & 31)) & 1) == 0 || !isKept(row)) continue;
    store<u32>(rows + (found << 2), row as u32);
    found++;
  }
  return found;
}

/**
 * Writes, for those of `count` rows whose id an earlier one has, too, the row and the first of them. `table`: a row and 1 in each of so many
 * places, a power of two, all 0. Answers how many pairs there are.
 */
export function samePairs(rows: usize, count: u32, table: usize, tablePlaces: u32, pairs: usize): u32 {
  const mask = tablePlaces - 1;
  let found: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const row = load<u32>(rows + (i << 2));
    const id = v128.load(ids + (placeOf(row) << 4));
    let place = load<u32>(hashes + (row << 2)) & mask;
    while (true) {
      const slot = table + (place << 2);
      const other = load<u32>(slot);
      if (other == 0) {
        store<u32>(slot, row + 1);
        break;
      }
      if (!v128.any_true(v128.xor(v128.load(ids + (placeOf(other - 1) << 4)), id))) {
        store<u32>(pairs + (found << 3), row);
        store<u32>(pairs + (found << 3), other - 1, 4);
        found++;
        break;
      }
      place = (place + 1) & mask;
    }
  }
  return found;
}
