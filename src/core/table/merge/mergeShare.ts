import type { Pause } from '../../slices';
import type { Arrays } from '../arrays';
import type { DictionaryColumn, Exceptions, IdColumn } from '../columns';
import { FIRST_ID_COLUMN, TIME_COLUMN } from '../intake/columns';
import { FlatRows, type MergePart } from './flatRows';
import { Gathering } from './gather';
import { sameEvents } from './sameEvents';

/** What one thread merges of a table: columns as in `intake/columns.ts`, and id fields by their number. */
export interface Share {
  readonly columns: readonly number[];
  readonly ids: readonly number[];
}

/** The share's columns of one table. */
export interface GatheredShare {
  readonly columns: readonly (readonly [column: number, DictionaryColumn])[];
  /** By column of the values that a compact form cannot hold. */
  readonly exceptions: readonly (readonly [column: number, Exceptions])[];
  readonly ids: readonly (readonly [id: number, Omit<IdColumn, 'exceptions'>])[];
}

/** The id field that tells events apart, and the column with its values that are not in the compact form. */
export const EVENT_ID = 0;
export const EVENT_ID_COLUMN = FIRST_ID_COLUMN + EVENT_ID;

/** Merges a share of the columns, in two steps: what does not depend on the order of rows, and then what does. */
export class MergeShare {
  private readonly rows: FlatRows;

  /** `scratch`: where what is needed in between goes. */
  constructor(
    parts: readonly MergePart[],
    private readonly share: Share,
    private readonly scratch: Arrays,
    private readonly pause: Pause,
  ) {
    this.rows = new FlatRows(parts, scratch);
  }

  /** Joins what the parts have. For the share that has the events' ids: rows of the same event; see `sameEvents`. */
  async join(): Promise<Uint32Array | undefined> {
    const { rows, share } = this;
    for (const column of share.columns) {
      rows.join(column);
      await this.pause();
    }
    if (!share.ids.includes(EVENT_ID)) return undefined;
    return sameEvents(rows, rows.ids(EVENT_ID), rows.column(EVENT_ID_COLUMN), this.scratch);
  }

  /** The share of each of several tables, by the rows they have; its arrays are in `arrays`. */
  async gather(orders: readonly Uint32Array[], arrays: Arrays): Promise<GatheredShare[]> {
    const gatherings = orders.map((order) => new Gathering(order, arrays, this.scratch));
    const columns: (readonly [number, DictionaryColumn])[][] = orders.map(() => []);
    const exceptions: (readonly [number, Exceptions])[][] = orders.map(() => []);
    const ids: (readonly [number, Omit<IdColumn, 'exceptions'>])[][] = orders.map(() => []);
    for (const column of this.share.columns) {
      const flat = this.rows.column(column);
      gatherings.forEach((gathering, i) => {
        if (column < TIME_COLUMN) columns[i]!.push([column, gathering.column(flat)]);
        else exceptions[i]!.push([column, gathering.exceptions(flat)]);
      });
      await this.pause();
    }
    for (const id of this.share.ids) {
      const flat = this.rows.ids(id);
      gatherings.forEach((gathering, i) => ids[i]!.push([id, gathering.ids(flat)]));
      await this.pause();
    }
    return orders.map((_, i) => ({ columns: columns[i]!, exceptions: exceptions[i]!, ids: ids[i]! }));
  }
}
