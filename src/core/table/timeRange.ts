/**
 * The rows `[from, to)` with times in `[start, end)`, epoch milliseconds, of a table's ordered times. Rows without a time are in no range.
 */
export function timeRange(time: Float64Array, start: number, end: number): { from: number; to: number } {
  return { from: firstAtOrAfter(time, start), to: firstAtOrAfter(time, end) };
}

/** How many rows have a time: the first of a table's rows. */
export function datedRows(time: Float64Array): number {
  return firstAtOrAfter(time, Infinity);
}

/** The first row at or after `limit`; rows without a time stand after all. */
function firstAtOrAfter(time: Float64Array, limit: number): number {
  let low = 0;
  let high = time.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    // False for NaN.
    if (time[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
