import { SEVERITIES, type Severity, isSeverity, severityRank } from '../../src/core/rules/severity';
import type { Histogram } from '../../src/core/table/histogram';
import type { Span } from './narrowing';

/** One part of the bars: the events of a severity or tactic; `text` null for those without. */
export interface TimelineSeries {
  readonly text: string | null;
  readonly counts: Uint32Array;
  readonly total: number;
}

/** Bars, the parts from the bottom up. */
export interface TimelineBars {
  /** Epoch milliseconds: where bar 0 begins; and how long each is. */
  readonly start: number;
  readonly width: number;
  readonly count: number;
  readonly totals: Uint32Array;
  readonly series: readonly TimelineSeries[];
  /** The highest bar, as its parts add up: an event with two tactics stands in two, one without in none. */
  readonly highest: number;
}

/** `order`: the parts that have an order of their own, from the bottom up. Others follow by name. */
export function barsOf({ start, width, bins, totals, series }: Histogram, order: readonly string[]): TimelineBars {
  const rank = (text: string | null): number => (text === null ? -1 : order.includes(text) ? order.indexOf(text) : 1e6);
  const parts = series
    .map(({ text, counts }) => ({ text, counts, total: counts.reduce((sum, n) => sum + n, 0) }))
    .sort((a, b) => rank(a.text) - rank(b.text) || ((a.text ?? '') < (b.text ?? '') ? -1 : 1));
  let highest = 0;
  for (let bar = 0; bar < bins; bar++) {
    const stacked = parts.reduce((sum, { counts }) => sum + counts[bar]!, 0);
    highest = Math.max(highest, stacked);
  }
  return { start, width, count: bins, totals, series: parts, highest };
}

/** Parts by severity, the most severe on top. */
export const SEVERITY_ORDER: readonly string[] = SEVERITIES;

/** The bar at a place of a drawing `pixels` wide; always one of them. */
export function barAt(bars: Pick<TimelineBars, 'count'>, x: number, pixels: number): number {
  return Math.min(Math.max(Math.floor((x / pixels) * bars.count), 0), bars.count - 1);
}

/** The time of the bars from `one` to `other`, both included. */
export function spanOfBars({ start, width }: Pick<TimelineBars, 'start' | 'width'>, one: number, other: number): Span {
  return { from: start + Math.min(one, other) * width, to: start + (Math.max(one, other) + 1) * width };
}

/** A span twice as long about the same middle, no longer than `whole`; null when that is everything. */
export function widened({ from, to }: Span, whole: Span): Span | null {
  const half = (to - from) / 2;
  const wide = { from: Math.max(whole.from, from - half), to: Math.min(whole.to, to + half) };
  // The events there are may all be elsewhere.
  const isAll = wide.from <= whole.from && wide.to >= whole.to;
  return isAll || wide.from >= wide.to ? null : wide;
}

/** What stands in a bar, most severe first. */
export function partsOf({ series }: TimelineBars, bar: number): { text: string | null; count: number }[] {
  return series
    .map(({ text, counts }) => ({ text, count: counts[bar] ?? 0 }))
    .filter(({ count }) => count > 0)
    .reverse();
}

/** Heights in px from the bottom up. What is rare must be seen: a severe part is never less than a few pixels. */
export function partHeights(
  counts: readonly number[],
  texts: readonly (string | null)[],
  highest: number,
  pixels: number,
): number[] {
  const heights = counts.map((count, i) => {
    if (count === 0 || highest === 0) return 0;
    return Math.max((count / highest) * pixels, leastHeight(texts[i] ?? null));
  });
  const sum = heights.reduce((total, height) => total + height, 0);
  return sum <= pixels ? heights : heights.map((height) => (height / sum) * pixels);
}

function leastHeight(text: string | null): number {
  if (text === null || !isSeverity(text)) return 1;
  return severityRank(text satisfies Severity) >= severityRank('high') ? 2 : 1;
}
