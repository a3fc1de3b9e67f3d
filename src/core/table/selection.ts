import { Bitset } from './bitset';
import { scanCodes } from './columnScan';
import type { Table } from './table';
import { timeRange } from './timeRange';
import type { ViewColumn } from './viewColumn';
import type { ViewField, Views } from './views';

/** Which events are asked for. All that is given has to hold. */
export interface EventQuery {
  /** A filter pattern; empty for every event. */
  readonly pattern: string;
  /** Epoch milliseconds: `[from, to)`. With either, events without a time are left out. */
  readonly from?: number;
  readonly to?: number;
  /** What patterns cannot say, or need not: severities, tactics, rules, the group of a list. */
  readonly where?: readonly FieldFilter[];
}

/** Events that have one of some values; null stands for having none. */
export interface FieldFilter {
  readonly field: ViewField;
  readonly anyOf: readonly (string | null)[];
}

/** The rows that a query leaves before its pattern is asked. */
export function withinQuery(views: Views, { from, to, where = [] }: EventQuery): Bitset {
  const start = withinTime(views.table, from, to);
  return where.reduce((rows, { field, anyOf }) => {
    const column = views.column(field);
    return scanCodes(column.codes, holding(column, anyOf), rows);
  }, start);
}

function withinTime(table: Table, from: number | undefined, to: number | undefined): Bitset {
  if (from === undefined && to === undefined) return Bitset.full(table.rowCount);
  const range = timeRange(table.data.time, from ?? -Infinity, to ?? Infinity);
  return new Bitset(table.rowCount).addRange(range.from, range.to);
}

/** One byte a code: 1 where it belongs to one of the values. */
function holding({ size, groupsOf, values }: ViewColumn, anyOf: readonly (string | null)[]): Uint8Array {
  const wanted = new Set(anyOf);
  const groups = Uint8Array.from(values, ({ text }) => Number(wanted.has(text ?? null)));
  return Uint8Array.from({ length: size }, (_, code) => {
    const own = groupsOf[code]!;
    if (typeof own === 'number') return groups[own]!;
    return Number(own.length === 0 ? wanted.has(null) : own.some((group) => groups[group] === 1));
  });
}

/** Rows that a query selects, and their count. */
export class Selection {
  private list: Uint32Array<ArrayBuffer> | undefined;
  private rest: Uint32Array<ArrayBuffer> | undefined;
  readonly count: number;

  constructor(readonly rows: Bitset) {
    this.count = rows.count();
  }

  get isAll(): boolean {
    return this.count === this.rows.length;
  }

  /** The rows, ascending: by time. */
  get ascending(): Uint32Array<ArrayBuffer> {
    return (this.list ??= this.rows.rows(this.count));
  }

  /** The rows that are not selected, ascending. */
  get others(): Uint32Array<ArrayBuffer> {
    return (this.rest ??= Bitset.full(this.rows.length).andNot(this.rows).rows());
  }
}
