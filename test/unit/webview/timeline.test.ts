import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Histogram } from '../../../src/core/table/histogram';
import {
  SEVERITY_ORDER,
  barAt,
  barsOf,
  partHeights,
  partsOf,
  spanOfBars,
  widened,
} from '../../../webview/investigation/timelineBars';
import { axisMarks, barText, spanText, timeText } from '../../../webview/investigation/times';

const HOUR = 3_600_000;
const at = (text: string): number => Date.parse(`${text}Z`);
const HISTOGRAM: Histogram = {
  start: at('2026-03-04T05:00:00'),
  width: HOUR,
  bins: 3,
  totals: Uint32Array.of(10, 0, 5),
  series: [
    { text: 'high', counts: Uint32Array.of(1, 0, 0) },
    { text: null, counts: Uint32Array.of(8, 0, 5) },
    { text: 'low', counts: Uint32Array.of(1, 0, 0) },
  ],
  undated: 0,
};

describe('the bars of the timeline', () => {
  const bars = barsOf(HISTOGRAM, SEVERITY_ORDER);
  it('stand from events without a finding up to the most severe', () => {
    expect(bars.series.map(({ text, total }) => [text, total])).toEqual([
      [null, 13],
      ['low', 1],
      ['high', 1],
    ]);
    expect(bars.highest).toBe(10);
  });

  it('tell what stands in one, the most severe first', () => {
    expect(partsOf(bars, 0)).toEqual([
      { text: 'high', count: 1 },
      { text: 'low', count: 1 },
      { text: null, count: 8 },
    ]);
    expect(partsOf(bars, 1)).toEqual([]);
  });

  it('count an event with two tactics in both', () => {
    const two = { ...HISTOGRAM, series: [...HISTOGRAM.series, { text: 'TA0001', counts: Uint32Array.of(3, 0, 0) }] };
    expect(barsOf(two, []).highest).toBe(13);
  });

  it.each([
    [-5, 0],
    [0, 0],
    [99, 0],
    [100, 1],
    [299, 2],
    [500, 2],
  ])('are at %d px of 300: %d', (x, bar) => expect(barAt(bars, x, 300)).toBe(bar));

  it('are brushed in either direction', () => {
    const span = { from: at('2026-03-04T05:00:00'), to: at('2026-03-04T07:00:00') };
    expect(spanOfBars(bars, 0, 1)).toEqual(span);
    expect(spanOfBars(bars, 1, 0)).toEqual(span);
  });

  it.each([
    [
      { from: 400, to: 500 },
      { from: 350, to: 550 },
    ],
    [
      { from: 0, to: 100 },
      { from: 0, to: 150 },
    ],
    [{ from: 0, to: 900 }, null],
    [{ from: 100, to: 900 }, null],
    [{ from: 1500, to: 1600 }, null],
  ])('zoom out of %o', (span, wide) => expect(widened(span, { from: 0, to: 1000 })).toEqual(wide));

  it('show what is rare, and never grow beyond their room', () => {
    expect(partHeights([1_000_000, 1], [null, 'critical'], 1_000_001, 80)[1]).toBeGreaterThan(1.9);
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 1e6 }), { minLength: 6, maxLength: 6 }), (counts) => {
        const highest = counts.reduce((sum, n) => sum + n, 0);
        const heights = partHeights(counts, [null, ...SEVERITY_ORDER], highest, 80);
        expect(heights.reduce((sum, n) => sum + n, 0)).toBeLessThanOrEqual(80.0001);
        heights.forEach((height, i) => expect(height > 0).toBe(counts[i]! > 0));
      }),
    );
  });
});

describe('times', () => {
  const time = at('2026-03-04T05:06:07');
  it('are read as UTC', () => expect(timeText(time)).toBe('2026-03-04 05:06:07'));

  it.each([
    [1000, '2026-03-04 05:06:07'],
    [60_000, '2026-03-04 05:06'],
    [86_400_000, '2026-03-04'],
  ])('of a bar %d ms wide', (width, text) => expect(barText(time, width)).toBe(text));

  it.each([
    ['2026-03-04T05:00:00', '2026-03-04T06:00:00', '2026-03-04 05:00 – 06:00'],
    ['2026-03-04T05:00:01', '2026-03-04T05:00:02', '2026-03-04 05:00:01 – 05:00:02'],
    ['2026-03-04T23:00:00', '2026-03-05T01:00:00', '2026-03-04 23:00 – 2026-03-05 01:00'],
  ])('from %s to %s', (from, to, text) => expect(spanText(at(from), at(to))).toBe(text));

  it('mark an axis at easy places', () => {
    expect(axisMarks(at('2026-03-03T23:10:00'), at('2026-03-04T06:00:00'), 4)).toEqual([
      { time: at('2026-03-04T00:00:00'), text: '2026-03-04' },
      { time: at('2026-03-04T03:00:00'), text: '03:00' },
    ]);
  });

  it('never mark more than there is room for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e11 }), fc.integer({ min: 1, max: 20 }), (length, most) => {
        expect(axisMarks(time, time + length, most).length).toBeLessThanOrEqual(most + 1);
      }),
    );
  });
});
