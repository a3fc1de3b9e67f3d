import type { IdField } from './columns';
import { sortPacked } from './packedSort';
import { packedAt } from './table';
import type { ViewColumn } from './viewColumn';
import type { ViewField, Views } from './views';

export type SortField = ViewField | IdField | 'eventTime';

export interface SortOrder {
  readonly by: SortField;
  readonly descending: boolean;
}

/** The rows, given ascending, in another order; those with equal values by time, in either direction. Rows without a value stand last. */
export function sortRows(views: Views, ascending: Uint32Array, { by, descending }: SortOrder): Uint32Array {
  if (by === 'eventTime') return descending ? byTimeDescending(views.table.data.time, ascending) : ascending;
  if (by in views.table.data.ids) {
    return sortByIds(views, by as IdField, ascending, descending);
  }
  const column = views.column(by as ViewField);
  return byRank(ascending, column.codes, ranksOf(column, descending));
}

/** Undated rows stay last. */
function byTimeDescending(time: Float64Array, ascending: Uint32Array): Uint32Array {
  let dated = ascending.length;
  while (dated > 0 && Number.isNaN(time[ascending[dated - 1]!]!)) dated--;
  const sorted = ascending.slice();
  sorted.subarray(0, dated).reverse();
  return sorted;
}

/** Rank by code: its place among the values, 0 first. */
function ranksOf(column: ViewColumn, descending: boolean): { ranks: Uint32Array; count: number } {
  const { values, groupsOf, size } = column;
  const places = new Uint32Array(values.length);
  orderOf(column, descending).forEach((group, place) => (places[group] = place));
  const ranks = Uint32Array.from({ length: size }, (_, code) => {
    const groups = groupsOf[code]!;
    if (typeof groups === 'number') return places[groups]!;
    return groups.length === 0 ? values.length : Math.min(...groups.map((group) => places[group]!));
  });
  return { ranks, count: values.length + 1 };
}

/** The groups in their order, "none" last. */
function orderOf({ values, isOrdered }: ViewColumn, descending: boolean): number[] {
  const direction = descending ? -1 : 1;
  const keys = values.map(({ text, label }) => (text === undefined ? undefined : (label ?? text)));
  return values
    .map((_, group) => group)
    .sort((a, b) => {
      const [one, two] = [keys[a], keys[b]];
      if (one === undefined || two === undefined) return Number(one === undefined) - Number(two === undefined);
      return (isOrdered === true ? a - b : compareTexts(one, two)) * direction;
    });
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function byRank(
  rows: Uint32Array,
  codes: ViewColumn['codes'],
  { ranks, count }: { ranks: Uint32Array; count: number },
): Uint32Array {
  const next = new Uint32Array(count + 1);
  for (let i = 0; i < rows.length; i++) next[ranks[codes[rows[i]!]!]! + 1]!++;
  for (let rank = 0; rank < count; rank++) next[rank + 1]! += next[rank]!;
  const sorted = new Uint32Array(rows.length);
  for (let i = 0; i < rows.length; i++) sorted[next[ranks[codes[rows[i]!]!]!]!++] = rows[i]!;
  return sorted;
}

/** UUIDs by their bytes, then other ids by text, either way; last rows without one. */
function sortByIds(views: Views, field: IdField, ascending: Uint32Array, descending: boolean): Uint32Array {
  const column = views.table.data.ids[field];
  const isPacked = (row: number): boolean => packedAt(column, row) >= 0;
  const isWhole = column.packed.length === views.table.rowCount * 16;
  const packed = isWhole ? ascending : ascending.filter(isPacked);
  const rest = isWhole ? new Uint32Array(0) : ascending.filter((row) => !isPacked(row));
  const texts = new Map(Array.from(rest, (row) => [row, views.table.text(row, field)]));
  const others = rest.filter((row) => texts.get(row) !== undefined);
  const direction = descending ? -1 : 1;
  others.sort((a, b) => compareTexts(texts.get(a)!, texts.get(b)!) * direction);
  const sorted = new Uint32Array(ascending.length);
  sorted.set(sortPacked(column, packed, descending), descending ? others.length : 0);
  sorted.set(others, descending ? 0 : packed.length);
  const absent = rest.filter((row) => texts.get(row) === undefined);
  sorted.set(absent, packed.length + others.length);
  return sorted;
}
