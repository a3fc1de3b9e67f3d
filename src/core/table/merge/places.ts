import type { Pause } from '../../slices';
import type { Arrays } from '../arrays';
import { type TableData, newCodes } from '../columns';
import type { FlatRows } from './flatRows';
import { type FlatPlaces, rowOrder } from './rowOrder';

/** Offsets beyond it do not fit into 32 bits. */
export const MOST_SHORT_OFFSET = 0xffffffff;

/** The columns of a table that tell when an event was and where its record stands. */
export type PlaceColumns = Omit<TableData, 'files' | 'columns' | 'ids' | 'eventTime'>;

/** When the events of all rows were, and where their records stand. */
export interface Places {
  /** The rows that are kept, in the order of a table; see `rowOrder`. */
  order(pause: Pause): Promise<Uint32Array>;
  /** The columns of a table with these rows, in `arrays`. */
  gather(order: Uint32Array, arrays: Arrays): PlaceColumns;
}

/** The same in TypeScript. */
export class PlainPlaces implements Places {
  private readonly places: FlatPlaces & { readonly length: Uint32Array };

  constructor(
    rows: FlatRows,
    private readonly fileCount: number,
    private readonly scratch: Arrays,
  ) {
    this.places = { time: rows.time(), file: rows.file(), offset: rows.offset(), length: rows.length() };
  }

  order(pause: Pause): Promise<Uint32Array> {
    return rowOrder(this.places, this.fileCount, this.scratch, pause);
  }

  gather(order: Uint32Array, arrays: Arrays): PlaceColumns {
    const { places, fileCount } = this;
    const count = order.length;
    const file = newCodes(count, fileCount, arrays);
    const time = arrays.make(Float64Array, count);
    const length = arrays.make(Uint32Array, count);
    let furthest = 0;
    for (let row = 0; row < count; row++) {
      const from = order[row]!;
      file[row] = places.file[from]!;
      time[row] = places.time[from]!;
      length[row] = places.length[from]!;
      furthest = Math.max(furthest, places.offset[from]!);
    }
    const offset = arrays.make<Uint32Array | Float64Array>(
      furthest > MOST_SHORT_OFFSET ? Float64Array : Uint32Array,
      count,
    );
    for (let row = 0; row < count; row++) offset[row] = places.offset[order[row]!]!;
    return { rowCount: count, time, file, offset, length };
  }
}
