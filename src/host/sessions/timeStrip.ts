const CELLS = 8;

/** Where in the time from `from` to `to` something went on, as a strip of text: `▁▁▇▇▁▁▁▁`. Times in epoch milliseconds. */
export function timeStrip(first: number, last: number, from: number, to: number): string {
  const cell = (time: number): number =>
    to <= from ? 0 : Math.min(CELLS - 1, Math.max(0, Math.floor(((time - from) / (to - from)) * CELLS)));
  const [begin, end] = to <= from ? [0, CELLS - 1] : [cell(first), cell(last)];
  return '▁'.repeat(begin) + '▇'.repeat(end - begin + 1) + '▁'.repeat(CELLS - 1 - end);
}
