import type { Grouping, HuntGroup, HuntRow } from '../../protocol/huntProtocol';

/** A row with what it can be grouped by that it does not show. */
export type GroupableRow = HuntRow & { readonly accountId: string };

/** Rows of a run in the order in which they were found, and the same rows in groups. */
export class RowList {
  private readonly rows: GroupableRow[] = [];
  private grouped: { readonly grouping: Grouping; readonly groups: Map<string, GroupableRow[]> } | undefined;

  get length(): number {
    return this.rows.length;
  }

  add(row: GroupableRow): void {
    this.rows.push(row);
    this.grouped = undefined;
  }

  /** Puts the rows in order of time; those without one come last. A row keeps its id. */
  sortByTime(): void {
    this.rows.sort((a, b) => (a.time ?? Infinity) - (b.time ?? Infinity) || a.id - b.id);
    this.grouped = undefined;
  }

  /** Rows `[from, to)` of a group, or of all when `group` is null. */
  slice(grouping: Grouping, group: string | null, from: number, to: number): readonly HuntRow[] {
    const rows = group === null ? this.rows : (this.groupsBy(grouping).get(group) ?? []);
    return rows.slice(from, to);
  }

  /** The most frequent first; groups of a size by name. */
  groups(grouping: Grouping): HuntGroup[] {
    const groups = [...this.groupsBy(grouping)].map(([key, { length }]) => ({ key, count: length }));
    return groups.sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));
  }

  private groupsBy(grouping: Grouping): Map<string, GroupableRow[]> {
    if (this.grouped?.grouping === grouping) return this.grouped.groups;
    const groups = new Map<string, GroupableRow[]>();
    for (const row of this.rows) {
      const key = grouping === 'none' ? '' : row[grouping];
      const members = groups.get(key);
      if (members === undefined) groups.set(key, [row]);
      else members.push(row);
    }
    this.grouped = { grouping, groups };
    return groups;
  }
}
