import type { Pause } from '../../slices';
import { type Arrays, mapped } from '../arrays';

/** Bits sorted in one pass: the counts of a pass stay in the processor's nearest cache. */
const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;

/** Rows under way, all of them, in the order of arrival. */
export interface FlatPlaces {
  readonly time: Float64Array;
  /** Index of the row's file; {@link DROPPED} for rows that are not to be kept. */
  readonly file: Uint32Array;
  readonly offset: Float64Array;
}

export const DROPPED = 0xffffffff;

/**
 * The rows that are kept by time, those without one last; among equals by file, then offset, then arrival. What it makes is in `arrays`; `pause` is
 * awaited after each pass over the rows.
 */
export async function rowOrder(
  places: FlatPlaces,
  fileCount: number,
  arrays: Arrays,
  pause: Pause,
): Promise<Uint32Array> {
  const order = byFile(places, fileCount, arrays);
  await pause();
  sortOffsets(order, places);
  await pause();
  return byTime(order, places.time, arrays, pause);
}

function byFile({ file }: FlatPlaces, fileCount: number, arrays: Arrays): Uint32Array {
  const starts = new Uint32Array(fileCount + 1);
  for (const each of file) if (each !== DROPPED) starts[each + 1]!++;
  for (let i = 1; i <= fileCount; i++) starts[i]! += starts[i - 1]!;
  const order = arrays.make(Uint32Array, starts[fileCount]!);
  for (let row = 0; row < file.length; row++) {
    const each = file[row]!;
    if (each !== DROPPED) order[starts[each]!++] = row;
  }
  return order;
}

/** Rows arrive in the order of their file, but for those that were made from texts and tables: only where they do not, there is work. */
function sortOffsets(order: Uint32Array, { file, offset }: FlatPlaces): void {
  let start = 0;
  let sorted = true;
  for (let i = 1; i <= order.length; i++) {
    if (i < order.length && file[order[i]!] === file[order[start]!]) {
      sorted &&= offset[order[i - 1]!]! <= offset[order[i]!]!;
      continue;
    }
    if (!sorted) order.subarray(start, i).sort((a, b) => offset[a]! - offset[b]! || a - b);
    start = i;
    sorted = true;
  }
}

/** A stable sort, digit by digit, of the lower half of the keys and then of the upper one. `rows` is used up. */
async function byTime(rows: Uint32Array, time: Float64Array, arrays: Arrays, pause: Pause): Promise<Uint32Array> {
  const { low, high, bits } = timeKeys(rows, time, arrays);
  await pause();
  if (high === undefined) return sortDigits(rows, low, bits, arrays, pause);
  // Each key stands where its row stood among `rows`: the upper halves have to follow the sort of the lower ones.
  const places = await sortDigits(
    mapped(arrays, rows, (_, i) => i),
    low,
    32,
    arrays,
    pause,
  );
  const byLow = mapped(arrays, places, (place) => rows[place]!);
  const upper = mapped(arrays, places, (place) => high[place]!);
  return sortDigits(byLow, upper, bits - 32, arrays, pause);
}

/** `rows` in the order of their `keys`, of which so many bits are in use; both are used up. */
async function sortDigits(
  rows: Uint32Array,
  keys: Uint32Array,
  bits: number,
  arrays: Arrays,
  pause: Pause,
): Promise<Uint32Array> {
  let from = rows;
  let to: Uint32Array = arrays.make(Uint32Array, rows.length);
  let keysFrom = keys;
  let keysTo: Uint32Array = arrays.make(Uint32Array, rows.length);
  for (let shift = 0; shift < bits; shift += DIGIT_BITS) {
    moveByDigit(from, keysFrom, to, keysTo, shift);
    [from, to] = [to, from];
    [keysFrom, keysTo] = [keysTo, keysFrom];
    await pause();
  }
  return from;
}

function moveByDigit(from: Uint32Array, keys: Uint32Array, to: Uint32Array, keysTo: Uint32Array, shift: number): void {
  const starts = digitStarts(keys, shift);
  for (let i = 0; i < from.length; i++) {
    const key = keys[i]!;
    const place = starts[(key >>> shift) & (DIGITS - 1)]!++;
    to[place] = from[i]!;
    keysTo[place] = key;
  }
}

function digitStarts(keys: Uint32Array, shift: number): Uint32Array {
  const starts = new Uint32Array(DIGITS);
  for (let i = 0; i < keys.length; i++) starts[(keys[i]! >>> shift) & (DIGITS - 1)]!++;
  let sum = 0;
  for (let digit = 0; digit < DIGITS; digit++) {
    const count = starts[digit]!;
    starts[digit] = sum;
    sum += count;
  }
  return starts;
}

interface TimeKeys {
  /** The lower 32 bits of each row's key. */
  readonly low: Uint32Array;
  /** The bits above them, where any row has some. */
  readonly high: Uint32Array | undefined;
  /** How many bits the keys have. */
  readonly bits: number;
}

/**
 * What keys of times between `first` and `last` are: in so many milliseconds, `none` for no time, in so many bits. Both are infinite where no row
 * has a time.
 */
export function keySpan(first: number, last: number, inSeconds: boolean): { unit: number; none: number; bits: number } {
  const unit = inSeconds ? 1000 : 1;
  const none = last >= first ? (last - first) / unit + 1 : 0;
  return { unit, none, bits: Math.floor(Math.log2(none + 1)) + 1 };
}

/** Times as numbers from 0, in seconds where all are whole ones; no time is the highest. */
function timeKeys(rows: Uint32Array, time: Float64Array, arrays: Arrays): TimeKeys {
  let first = Infinity;
  let last = -Infinity;
  for (let i = 0; i < rows.length; i++) {
    const each = time[rows[i]!]!;
    if (each < first) first = each;
    if (each > last) last = each;
  }
  const { unit, none, bits } = keySpan(first, last, isInSeconds(rows, time, first));
  const low = arrays.make(Uint32Array, rows.length);
  const high = bits > 32 ? arrays.make(Uint32Array, rows.length) : undefined;
  for (let i = 0; i < rows.length; i++) {
    const each = time[rows[i]!]!;
    const key = each >= first ? (each - first) / unit : none;
    // What does not fit is cut off above.
    low[i] = key;
    if (high !== undefined) high[i] = key / 2 ** 32;
  }
  return { low, high, bits };
}

function isInSeconds(rows: Uint32Array, time: Float64Array, first: number): boolean {
  for (let i = 0; i < rows.length; i++) {
    const seconds = (time[rows[i]!]! - first) / 1000;
    if (seconds > Math.floor(seconds)) return false;
  }
  return true;
}
