import type { HuntGroup } from '../../src/protocol/huntProtocol';

/** One line of the results. */
export type ResultLine =
  | {
      readonly kind: 'group';
      readonly group: HuntGroup;
      readonly expanded: boolean;
      readonly position: number;
      readonly siblings: number;
    }
  | {
      readonly kind: 'row';
      readonly group: string | null;
      /** Among the rows of the group, from 0. */
      readonly index: number;
      readonly position: number;
      readonly siblings: number;
    };

/** Groups and, below those that are open, their rows, as one list of lines. */
export class GroupedLines {
  readonly count: number;
  /** Line of each group. */
  private readonly starts: readonly number[];

  constructor(
    private readonly groups: readonly HuntGroup[],
    private readonly expanded: ReadonlySet<string>,
  ) {
    const starts: number[] = [];
    let line = 0;
    for (const { key, count } of groups) {
      starts.push(line);
      line += 1 + (expanded.has(key) ? count : 0);
    }
    this.starts = starts;
    this.count = line;
  }

  /** The line at `index`, from 0; undefined outside. */
  lineAt(index: number): ResultLine | undefined {
    if (index < 0 || index >= this.count) return undefined;
    let low = 0;
    let high = this.groups.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle]! <= index) low = middle;
      else high = middle - 1;
    }
    const group = this.groups[low]!;
    const within = index - this.starts[low]! - 1;
    if (within >= 0)
      return { kind: 'row', group: group.key, index: within, position: within + 1, siblings: group.count };
    const expanded = this.expanded.has(group.key);
    return { kind: 'group', group, expanded, position: low + 1, siblings: this.groups.length };
  }
}
