import { END_OF_BLOCK, LITERAL, SECOND_LEVEL, buildTable, pairLiterals } from './huffman';

/** Inflates deflate streams (RFC 1951) from one place in memory to another, without a window or a copy in between. */

const LITERAL_BITS: u32 = 11;
/** Each second level belongs to two codes at least. */
const LITERAL_SIZE: u32 = 2048 + 144 * 16;
const DISTANCE_BITS: u32 = 8;
const DISTANCE_SIZE: u32 = 256 + 16 * 128;
const LENGTH_BITS: u32 = 7;

const literals: usize = heap.alloc(LITERAL_SIZE * 4);
const distances: usize = heap.alloc(DISTANCE_SIZE * 4);
const lengthCodes: usize = heap.alloc(128 * 4);
/** What each symbol means: see `huffman.ts`. */
const literalMeanings: usize = heap.alloc(288 * 4);
const distanceMeanings: usize = heap.alloc(32 * 4);
const lengthMeanings: usize = heap.alloc(19 * 4);
/** The code lengths of a block, with room for a run that goes too far. */
const codeLengths: usize = heap.alloc(320 + 144);
/** The order in which the lengths of length codes come. */
const LENGTH_ORDER: usize = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);

let areMeaningsSet: bool = false;
/** Whether the tables are those of the fixed codes: a stream can have a block of them every ten bits. */
let areFixed: bool = false;

/** Bits that were loaded and not yet taken, how many of them count, and where the next ones are. */
let bits: u64 = 0;
let bitCount: u32 = 0;
let next: usize = 0;

/** Where the stream ended in the packed bytes. */
export let packedEnd: usize = 0;

/**
 * Inflates the stream at `packed`, which ends before `end`, to `into`, where there is room for `room` bytes; behind both is INFLATE_SLACK
 * of `scannerLayout.ts`. Answers how many bytes it gave, or -1 when it is damaged, cut off, larger than the room or of a form that nobody writes.
 */
export function inflateRaw(packed: usize, end: usize, into: usize, room: u32): i32 {
  if (!areMeaningsSet) setMeanings();
  bits = 0;
  bitCount = 0;
  next = packed;
  const outEnd = into + room;
  let out = into;
  while (true) {
    refill();
    const isLast = (bits & 1) != 0;
    const type = ((bits >> 1) as u32) & 3;
    take(3);
    if (type == 0) out = stored(out, outEnd, end);
    else {
      if (type == 3 || !(type == 1 ? fixedTables() : readTables(end))) return -1;
      out = block(into, out, outEnd, end);
    }
    if (out == 0) return -1;
    if (isLast) break;
  }
  packedEnd = next - (bitCount >> 3);
  return packedEnd > end || out > outEnd ? -1 : ((out - into) as i32);
}

function refill(): void {
  bits |= load<u64>(next) << bitCount;
  next += (63 - bitCount) >> 3;
  bitCount |= 56;
}

function take(count: u32): void {
  bits >>= count;
  bitCount -= count;
}

function stored(out: usize, outEnd: usize, end: usize): usize {
  // What is left of the byte is passed over, and whole bytes are given back.
  const from = next - (bitCount >> 3);
  const length: u32 = load<u16>(from);
  if (((length ^ load<u16>(from, 2)) as u32) != 0xffff) return 0;
  if (from + 4 + length > end || out + length > outEnd) return 0;
  memory.copy(out, from + 4, length);
  next = from + 4 + length;
  bits = 0;
  bitCount = 0;
  return out + length;
}

/** Decodes a block with codes; answers where its output ends, or 0. */
function block(into: usize, start: usize, outEnd: usize, end: usize): usize {
  let out = start;
  let buffer = bits;
  let count = bitCount;
  let from = next;
  const lits = literals;
  const dists = distances;
  const lastOut = outEnd;
  const lastIn = end + 8;
  while (true) {
    if (out > lastOut || from > lastIn) return 0;
    buffer |= load<u64>(from) << count;
    from += (63 - count) >> 3;
    count |= 56;
    let entry = load<u32>(lits + (((buffer as u32) & ((1 << LITERAL_BITS) - 1)) << 2));
    // One literal or two at a time, up to four times: their codes are within the first level, and 56 bits are enough for that. For a length they are not.
    if ((entry & LITERAL) != 0) {
      store<u16>(out, entry >> 16);
      out += 1 + ((entry >> 12) & 1);
      buffer >>= entry & 63;
      count -= entry & 63;
      entry = load<u32>(lits + (((buffer as u32) & ((1 << LITERAL_BITS) - 1)) << 2));
      if ((entry & LITERAL) != 0) {
        store<u16>(out, entry >> 16);
        out += 1 + ((entry >> 12) & 1);
        buffer >>= entry & 63;
        count -= entry & 63;
        entry = load<u32>(lits + (((buffer as u32) & ((1 << LITERAL_BITS) - 1)) << 2));
        if ((entry & LITERAL) != 0) {
          store<u16>(out, entry >> 16);
          out += 1 + ((entry >> 12) & 1);
          buffer >>= entry & 63;
          count -= entry & 63;
          entry = load<u32>(lits + (((buffer as u32) & ((1 << LITERAL_BITS) - 1)) << 2));
          if ((entry & LITERAL) != 0) {
            store<u16>(out, entry >> 16);
            out += 1 + ((entry >> 12) & 1);
            buffer >>= entry & 63;
            count -= entry & 63;
            continue;
          }
        }
      }
      buffer |= load<u64>(from) << count;
      from += (63 - count) >> 3;
      count |= 56;
    }
    if ((entry & SECOND_LEVEL) != 0) {
      buffer >>= LITERAL_BITS;
      count -= LITERAL_BITS;
      entry = load<u32>(lits + (((entry >> 16) + ((buffer as u32) & ((1 << (15 - LITERAL_BITS)) - 1))) << 2));
      if ((entry & LITERAL) != 0) {
        store<u8>(out++, entry >> 16);
        buffer >>= entry & 63;
        count -= entry & 63;
        continue;
      }
    }
    if (entry == 0) return 0;
    if ((entry & END_OF_BLOCK) != 0) {
      bits = buffer >> (entry & 63);
      bitCount = count - (entry & 63);
      next = from;
      return out;
    }
    if (entry >> 16 == 0) return 0;
    // Bits left: at least 56 − 15 − 5 = 36, and a distance takes 28 at most.
    let total = entry & 63;
    const length = (entry >> 16) + (((buffer as u32) & (((1 as u32) << total) - 1)) >> ((entry >> 8) & 15));
    buffer >>= total;
    count -= total;
    entry = load<u32>(dists + (((buffer as u32) & ((1 << DISTANCE_BITS) - 1)) << 2));
    if ((entry & SECOND_LEVEL) != 0) {
      buffer >>= DISTANCE_BITS;
      count -= DISTANCE_BITS;
      entry = load<u32>(dists + (((entry >> 16) + ((buffer as u32) & ((1 << (15 - DISTANCE_BITS)) - 1))) << 2));
    }
    if (entry == 0) return 0;
    total = entry & 63;
    const distance = (entry >> 16) + (((buffer as u32) & (((1 as u32) << total) - 1)) >> ((entry >> 8) & 15));
    buffer >>= total;
    count -= total;
    // 0: one of the two symbols of the fixed code that stand for no distance.
    if (distance == 0 || distance > ((out - into) as u32)) return 0;
    const copied = out + length;
    let source = out - distance;
    if (distance >= 16) {
      v128.store(out, v128.load(source));
      v128.store(out, v128.load(source, 16), 16);
      if (length > 32) {
        out += 32;
        source += 32;
        do {
          v128.store(out, v128.load(source));
          out += 16;
          source += 16;
        } while (out < copied);
      }
    } else if (distance >= 8) {
      do {
        store<u64>(out, load<u64>(source));
        out += 8;
        source += 8;
      } while (out < copied);
    } else {
      do store<u8>(out++, load<u8>(source++));
      while (out < copied);
    }
    out = copied;
  }
}

/** Reads the tables that a block begins with. */
function readTables(end: usize): bool {
  refill();
  const literalCount = ((bits as u32) & 31) + 257;
  const distanceCount = ((bits >> 5) as u32 & 31) + 1;
  const lengthCount = ((bits >> 10) as u32 & 15) + 4;
  take(14);
  if (literalCount > 286 || distanceCount > 30) return false;
  memory.fill(codeLengths, 0, 19);
  for (let i: u32 = 0; i < lengthCount; i++) {
    refill();
    store<u8>(codeLengths + (load<u8>(LENGTH_ORDER + i) as usize), (bits as u32) & 7);
    take(3);
  }
  if (!buildTable(lengthCodes, LENGTH_BITS, 128, codeLengths, 19, lengthMeanings, false)) return false;
  const count = literalCount + distanceCount;
  let last: u32 = 0;
  for (let i: u32 = 0; i < count;) {
    if (next > end + 8) return false;
    refill();
    const entry = load<u32>(lengthCodes + (((bits as u32) & 127) << 2));
    if (entry == 0) return false;
    take(entry & 63);
    const symbol = entry >> 16;
    if (symbol < 16) {
      last = symbol;
      store<u8>(codeLengths + i++, symbol);
      continue;
    }
    let times: u32 = 0;
    if (symbol == 16) {
      if (i == 0) return false;
      times = 3 + ((bits as u32) & 3);
      take(2);
    } else if (symbol == 17) {
      last = 0;
      times = 3 + ((bits as u32) & 7);
      take(3);
    } else {
      last = 0;
      times = 11 + ((bits as u32) & 127);
      take(7);
    }
    if (i + times > count) return false;
    memory.fill(codeLengths + i, last as u8, times);
    i += times;
  }
  areFixed = false;
  return bothTables(literalCount, distanceCount);
}

function fixedTables(): bool {
  if (areFixed) return true;
  memory.fill(codeLengths, 8, 144);
  memory.fill(codeLengths + 144, 9, 112);
  memory.fill(codeLengths + 256, 7, 24);
  memory.fill(codeLengths + 280, 8, 8);
  memory.fill(codeLengths + 288, 5, 32);
  areFixed = bothTables(288, 32);
  return areFixed;
}

function bothTables(literalCount: u32, distanceCount: u32): bool {
  const distanceLengths = codeLengths + literalCount;
  if (!buildTable(literals, LITERAL_BITS, LITERAL_SIZE, codeLengths, literalCount, literalMeanings, false))
    return false;
  pairLiterals(literals, LITERAL_BITS);
  return buildTable(distances, DISTANCE_BITS, DISTANCE_SIZE, distanceLengths, distanceCount, distanceMeanings, true);
}

/** RFC 1951, section 3.2.5. Symbols that the fixed codes have and no stream may use mean a length or distance of 0. */
function setMeanings(): void {
  areMeaningsSet = true;
  memory.fill(literalMeanings, 0, 288 * 4);
  memory.fill(distanceMeanings, 0, 32 * 4);
  for (let symbol: u32 = 0; symbol < 256; symbol++)
    store<u32>(literalMeanings + (symbol << 2), (symbol << 16) | LITERAL);
  store<u32>(literalMeanings + 1024, END_OF_BLOCK);
  let base: u32 = 3;
  for (let i: u32 = 0; i < 28; i++) {
    const extra: u32 = i < 8 ? 0 : (i - 4) >> 2;
    store<u32>(literalMeanings + ((257 + i) << 2), (base << 16) | extra);
    base += (1 as u32) << extra;
  }
  store<u32>(literalMeanings + (285 << 2), 258 << 16);
  base = 1;
  for (let i: u32 = 0; i < 30; i++) {
    const extra: u32 = i < 4 ? 0 : (i - 2) >> 1;
    store<u32>(distanceMeanings + (i << 2), (base << 16) | extra);
    base += (1 as u32) << extra;
  }
  for (let symbol: u32 = 0; symbol < 19; symbol++) store<u32>(lengthMeanings + (symbol << 2), symbol << 16);
}
