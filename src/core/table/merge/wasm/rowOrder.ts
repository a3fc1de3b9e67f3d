/** As in `../rowOrder.ts`. */
const DROPPED: u32 = 0xffffffff;

/** Writes the kept rows by file. `starts`: `files + 1` numbers of 4 bytes, all 0. Answers how many rows there are. */
export function byFile(file: usize, count: u32, starts: usize, files: u32, order: usize): u32 {
  for (let row: usize = 0; row < count; row++) {
    const each = load<u32>(file + (row << 2));
    if (each == DROPPED) continue;
    const start = starts + (each << 2);
    store<u32>(start, load<u32>(start, 4) + 1, 4);
  }
  for (let i: u32 = 1; i <= files; i++) {
    const start = starts + (i << 2);
    store<u32>(start, load<u32>(start) + load<u32>(start - 4));
  }
  const kept = load<u32>(starts + (files << 2));
  for (let row: u32 = 0; row < count; row++) {
    const each = load<u32>(file + (row << 2));
    if (each == DROPPED) continue;
    const start = starts + (each << 2);
    const place = load<u32>(start);
    store<u32>(start, place + 1);
    store<u32>(order + (place << 2), row);
  }
  return kept;
}

/** Where the rows end that were found last. */
export let rangeEnd: u32 = 0;

/** Looks for rows of one file whose offsets do not ascend; answers where they begin, `count` if there are none. */
export function unsortedFrom(order: usize, from: u32, count: u32, file: usize, offset: usize): u32 {
  let start = from;
  let sorted = true;
  let last: f64 = -1;
  let current: u32 = DROPPED;
  for (let i = from; i < count; i++) {
    const row: usize = load<u32>(order + (i << 2));
    const each = load<u32>(file + (row << 2));
    const at = load<f64>(offset + (row << 3));
    if (each != current) {
      if (!sorted) {
        rangeEnd = i;
        return start;
      }
      current = each;
      start = i;
    } else if (at < last) sorted = false;
    last = at;
  }
  rangeEnd = count;
  return sorted ? count : start;
}

/** The first and the last time of the kept rows, Infinity and -Infinity for none, and whether all lie whole seconds apart. */
export let firstTime: f64 = 0;
export let lastTime: f64 = 0;
export let inSeconds: bool = false;

export function timeBounds(time: usize, file: usize, count: u32): void {
  firstTime = Infinity;
  lastTime = -Infinity;
  for (let row: usize = 0; row < count; row++) {
    const each = load<f64>(time + (row << 3));
    if (load<u32>(file + (row << 2)) == DROPPED) continue;
    if (each < firstTime) firstTime = each;
    if (each > lastTime) lastTime = each;
  }
  inSeconds = true;
  for (let row: usize = 0; row < count; row++) {
    const seconds = (load<f64>(time + (row << 3)) - firstTime) / 1000;
    if (seconds > Math.floor(seconds) && load<u32>(file + (row << 2)) != DROPPED) {
      inSeconds = false;
      return;
    }
  }
}

/** Keys of rows as whole numbers: `none` for those without a time. `high`: for the bits above 32, 0 when none has some. */
export function timeKeys(time: usize, count: u32, first: f64, unit: f64, none: f64, low: usize, high: usize): void {
  for (let row: usize = 0; row < count; row++) {
    const each = load<f64>(time + (row << 3));
    const key = (each >= first ? (each - first) / unit : none) as u64;
    store<u32>(low + (row << 2), key as u32);
    if (high != 0) store<u32>(high + (row << 2), (key >> 32) as u32);
  }
}

/** Sorts `count` rows by `bits` bits of their keys, those above `shift`, and leaves them otherwise as they were. `starts`: 4 bytes for each digit. */
export function sortByDigit(
  from: usize,
  count: u32,
  keys: usize,
  shift: u32,
  bits: u32,
  starts: usize,
  to: usize,
): void {
  const mask: u32 = (1 << bits) - 1;
  memory.fill(starts, 0, 4 << bits);
  for (let i: usize = 0; i < count; i++) {
    const row: usize = load<u32>(from + (i << 2));
    const start = starts + (((load<u32>(keys + (row << 2)) >> shift) & mask) << 2);
    store<u32>(start, load<u32>(start) + 1);
  }
  let sum: u32 = 0;
  for (let digit: u32 = 0; digit <= mask; digit++) {
    const start = starts + (digit << 2);
    const each = load<u32>(start);
    store<u32>(start, sum);
    sum += each;
  }
  for (let i: usize = 0; i < count; i++) {
    const row: usize = load<u32>(from + (i << 2));
    const start = starts + (((load<u32>(keys + (row << 2)) >> shift) & mask) << 2);
    const place = load<u32>(start);
    store<u32>(start, place + 1);
    store<u32>(to + (place << 2), row as u32);
  }
}
