import type { Codes } from './columns';
import type { Selection } from './selection';
import { datedRows, timeRange } from './timeRange';
import type { ViewField, Views } from './views';

export interface HistogramRequest {
  /** What bars are stacked by; undefined for none. */
  readonly by?: ViewField;
  /** How many bars at most, 1 or more. */
  readonly bins: number;
  /** Epoch milliseconds: `[from, to)`; by default from the first selected event to the last. */
  readonly from?: number;
  readonly to?: number;
}

export interface Histogram {
  /** Epoch milliseconds: where bar 0 begins. */
  readonly start: number;
  /** Milliseconds; a whole number of seconds. */
  readonly width: number;
  readonly bins: number;
  /** Events per bar. */
  readonly totals: Uint32Array;
  /** What the bars are stacked of: null for events that have none. Only values that occur. */
  readonly series: readonly { readonly text: string | null; readonly counts: Uint32Array }[];
  /** Selected events without a time: in no bar. */
  readonly undated: number;
}

const EMPTY: Histogram = { start: 0, width: 1000, bins: 0, totals: new Uint32Array(0), series: [], undated: 0 };

/** Counts the selected events over time. An event with several values (a finding's tactics) counts once in the total and once in each. */
export function histogram(views: Views, selection: Selection, request: HistogramRequest): Histogram {
  const { time } = views.table.data;
  const rows = selection.isAll ? undefined : selection.ascending;
  const last = datedRows(time);
  const dated = rows === undefined ? last : firstAtOrAfter(rows, last);
  const undated = selection.count - dated;
  const rowAt = (i: number): number => (rows === undefined ? i : rows[i]!);
  const from = request.from ?? (dated === 0 ? undefined : time[rowAt(0)]);
  const to = request.to ?? (dated === 0 ? undefined : time[rowAt(dated - 1)]! + 1);
  if (from === undefined || to === undefined || to <= from) return { ...EMPTY, undated };
  const { start, width, bins } = scale(from, to, Math.max(1, request.bins));
  const column = request.by === undefined ? undefined : views.column(request.by);
  const totals = new Uint32Array(bins);
  const groups = column?.values.length ?? 0;
  const counts = new Uint32Array(groups * bins);
  const byCode = new Uint32Array(column?.size ?? 0);
  const end = timeRange(time, from, to);
  let at = rows === undefined ? end.from : firstAtOrAfter(rows, end.from);
  for (let bin = 0; bin < bins; bin++) {
    const limit = Math.min(end.to, timeRange(time, start, start + (bin + 1) * width).to);
    const next = rows === undefined ? Math.max(at, limit) : firstAtOrAfter(rows, limit);
    totals[bin] = next - at;
    if (column !== undefined && next > at) {
      if (rows === undefined) countRange(column.codes, at, next, byCode);
      else countRows(column.codes, rows, at, next, byCode);
      spread(column.groupsOf, byCode, counts, bin, bins);
    }
    at = next;
  }
  const series = (column?.values ?? []).map(({ text }, group) => {
    return { text: text ?? null, counts: counts.slice(group * bins, (group + 1) * bins) };
  });
  return { start, width, bins, totals, undated, series: series.filter((each) => each.counts.some((n) => n > 0)) };
}

/** Adds a bar's counts by code to its groups, and clears them. */
function spread(
  groupsOf: readonly (readonly number[])[] | Uint32Array,
  byCode: Uint32Array,
  counts: Uint32Array,
  bin: number,
  bins: number,
): void {
  for (let code = 0; code < byCode.length; code++) {
    const count = byCode[code]!;
    if (count === 0) continue;
    byCode[code] = 0;
    const groups = groupsOf[code]!;
    if (typeof groups === 'number') counts[groups * bins + bin]! += count;
    else for (const group of groups) counts[group * bins + bin]! += count;
  }
}

/** Widths that people read easily, in seconds. */
const WIDTHS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200];
const DAY = 86_400;

/** Bars of an easy width that begin at a multiple of it, UTC, and cover `[from, to)`. */
function scale(from: number, to: number, most: number): { start: number; width: number; bins: number } {
  const barsOf = (width: number): number => Math.ceil(to / width) - Math.floor(from / width);
  let width = WIDTHS.map((seconds) => seconds * 1000).find((each) => barsOf(each) <= most) ?? DAY * 1000;
  while (barsOf(width) > most && barsOf(width) > 2) width *= 2;
  return { start: Math.floor(from / width) * width, width, bins: barsOf(width) };
}

function countRange(codes: Codes, from: number, to: number, counts: Uint32Array): void {
  for (let row = from; row < to; row++) counts[codes[row]!]!++;
}

function countRows(codes: Codes, rows: Uint32Array, from: number, to: number, counts: Uint32Array): void {
  for (let i = from; i < to; i++) counts[codes[rows[i]!]!]!++;
}

function firstAtOrAfter(rows: Uint32Array, row: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rows[middle]! < row) low = middle + 1;
    else high = middle;
  }
  return low;
}
