/** Positions `[from, to)`. */
export type Range = readonly [from: number, to: number];

/** Rows of a grid that are chosen, as ranges: a million chosen rows are one. The active row is the one the keyboard is at. */
export interface RowSelection {
  readonly active: number;
  /** Where a range that Shift extends began. */
  readonly anchor: number;
  /** Ascending, apart from each other. */
  readonly ranges: readonly Range[];
}

export const NO_ROWS: RowSelection = { active: 0, anchor: 0, ranges: [] };

/** One row alone. */
export function chooseRow(row: number): RowSelection {
  return { active: row, anchor: row, ranges: [[row, row + 1]] };
}

/** From the anchor to `row`, in place of what was chosen. */
export function extendTo({ anchor }: RowSelection, row: number): RowSelection {
  return { active: row, anchor, ranges: [[Math.min(anchor, row), Math.max(anchor, row) + 1]] };
}

/** With `row` when it was not chosen, without when it was. */
export function toggleRow({ ranges }: RowSelection, row: number): RowSelection {
  const without = ranges.flatMap(([from, to]): Range[] => {
    if (row < from || row >= to) return [[from, to]];
    return (
      [
        [from, row],
        [row + 1, to],
      ] as const
    ).filter(([start, end]) => start < end);
  });
  return { active: row, anchor: row, ranges: isChosen(ranges, row) ? without : merged([...ranges, [row, row + 1]]) };
}

export function chooseAll({ active }: RowSelection, count: number): RowSelection {
  return { active, anchor: active, ranges: count === 0 ? [] : [[0, count]] };
}

export function isChosen(ranges: readonly Range[], row: number): boolean {
  return ranges.some(([from, to]) => from <= row && row < to);
}

export function chosenCount(ranges: readonly Range[]): number {
  return ranges.reduce((sum, [from, to]) => sum + to - from, 0);
}

function merged(ranges: readonly Range[]): Range[] {
  const joined: [number, number][] = [];
  for (const [from, to] of ranges.toSorted(([a], [b]) => a - b)) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}
