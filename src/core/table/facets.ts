import type { Table } from './table';
import { countCodes } from './postings';
import type { Selection } from './selection';
import { type ViewColumn, foldCounts } from './viewColumn';
import type { ViewField, Views } from './views';

/** One value of a field and how many events have it. */
export interface FacetValue {
  /** Null: the events that have none. */
  readonly text: string | null;
  /** What to show where that is more than the text: a principal's name. */
  readonly label?: string;
  readonly count: number;
  /** Conditions as they stand between the braces of a pattern; null where patterns cannot say it (severities, tactics, rules). */
  readonly include: string | null;
  readonly exclude: string | null;
}

export interface Facet {
  readonly field: ViewField;
  /** The most frequent first; ties by text. */
  readonly values: readonly FacetValue[];
  /** How many different values the events have, "none" among them; with a search, how many match it. */
  readonly distinct: number;
  /** Events in the values that are not listed. */
  readonly others: number;
}

export interface FacetRequest {
  readonly field: ViewField;
  readonly top: number;
  /** Only values (or labels) that contain this, whatever the case. */
  readonly search?: string;
}

/** The most frequent values of a field among the selected events. */
export function facet(views: Views, selection: Selection, { field, top, search }: FacetRequest): Facet {
  const column = views.column(field);
  const counts = foldCounts(column, countSelected(views.table, column, field, selection));
  const wanted = search === undefined || search === '' ? undefined : search.toLowerCase();
  const best = new Best(top, counts, column);
  let distinct = 0;
  let total = 0;
  for (let group = 0; group < counts.length; group++) {
    if (counts[group] === 0 || (wanted !== undefined && !contains(column, group, wanted))) continue;
    distinct++;
    total += counts[group]!;
    best.offer(group);
  }
  const values = best.groups.map((group): FacetValue => {
    const { text, label } = column.values[group]!;
    const conditions = column.conditions(group);
    return {
      text: text ?? null,
      ...(label !== undefined && label !== text && { label }),
      count: counts[group]!,
      include: conditions?.include ?? null,
      exclude: conditions?.exclude ?? null,
    };
  });
  const listed = values.reduce((sum, { count }) => sum + count, 0);
  return { field, values, distinct, others: total - listed };
}

/** How many of the selected rows have each code. Of a large selection the rows that are not in it are counted, and taken off. */
export function countSelected(table: Table, column: ViewColumn, field: ViewField, selection: Selection): Uint32Array {
  const { codes, size } = column;
  if (selection.count * 2 <= table.rowCount) return countRows(codes, size, selection.ascending);
  const totals = totalsOf(table, column, field).slice();
  if (selection.isAll) return totals;
  const left = countRows(codes, size, selection.others);
  for (let code = 0; code < size; code++) totals[code]! -= left[code]!;
  return totals;
}

const derivedTotals = new WeakMap<ViewColumn, Uint32Array>();

function totalsOf(table: Table, column: ViewColumn, field: ViewField): Uint32Array {
  if (field in table.data.columns) return table.frequencies(field as keyof typeof table.data.columns);
  let known = derivedTotals.get(column);
  if (known === undefined) {
    known = countCodes(column.codes, column.size);
    derivedTotals.set(column, known);
  }
  return known;
}

function countRows(codes: ViewColumn['codes'], size: number, rows: Uint32Array): Uint32Array {
  const counts = new Uint32Array(size);
  for (let i = 0; i < rows.length; i++) counts[codes[rows[i]!]!]!++;
  return counts;
}

function contains(column: ViewColumn, group: number, wanted: string): boolean {
  const { text = '', label = '' } = column.values[group]!;
  return text.toLowerCase().includes(wanted) || label.toLowerCase().includes(wanted);
}

/** The groups with the highest counts of those offered, in order. */
class Best {
  readonly groups: number[] = [];

  constructor(
    private readonly most: number,
    private readonly counts: Uint32Array,
    private readonly column: ViewColumn,
  ) {}

  offer(group: number): void {
    const { groups, most } = this;
    if (groups.length === most && (most === 0 || this.compare(groups[most - 1]!, group) <= 0)) return;
    let low = 0;
    let high = groups.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.compare(groups[middle]!, group) <= 0) low = middle + 1;
      else high = middle;
    }
    groups.splice(low, 0, group);
    if (groups.length > most) groups.pop();
  }

  private compare(a: number, b: number): number {
    const byCount = this.counts[b]! - this.counts[a]!;
    if (byCount !== 0) return byCount;
    const one = this.column.values[a]!.text ?? '';
    const two = this.column.values[b]!.text ?? '';
    return one < two ? -1 : Number(one > two);
  }
}
