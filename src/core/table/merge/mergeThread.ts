import type { Pause } from '../../slices';
import type { Arrays } from '../arrays';
import type { DictionaryColumn, Exceptions, IdColumn } from '../columns';
import { COLUMNS, TIME_COLUMN } from '../intake/columns';
import { CompiledColumns } from './compiledColumns';
import { CompiledIds } from './compiledIds';
import { CompiledPlaces } from './compiledPlaces';
import { FlatRows, type MergePart } from './flatRows';
import { Gathering } from './gather';
import type { MergeMemory } from './mergeModule';
import { type PlaceColumns, PlainPlaces, type Places } from './places';
import { sameEvents } from './sameEvents';
import { EVENT_ID, EVENT_ID_COLUMN, type MergeTask } from './tasks';

/** What a thread finds out before there are tables: rows of the same event (see `sameEvents`), the order of rows (see `Places`), or both. */
export interface MergeSearch {
  readonly same: boolean;
  readonly order: boolean;
}

export interface MergeFound {
  readonly same: Uint32Array | undefined;
  readonly order: Uint32Array | undefined;
}

/** The columns of one table that one thread made. */
export interface GatheredShare {
  /** From the thread that found the order. */
  readonly places: PlaceColumns | undefined;
  readonly columns: readonly (readonly [column: number, DictionaryColumn])[];
  /** By column of the values that a compact form cannot hold. */
  readonly exceptions: readonly (readonly [column: number, Exceptions])[];
  readonly ids: readonly (readonly [id: number, Omit<IdColumn, 'exceptions'>])[];
}

/** Makes columns of some tables, one of each. */
interface Gatherer {
  column(column: number): DictionaryColumn[];
  exceptions(column: number): Exceptions[];
  ids(id: number): Omit<IdColumn, 'exceptions'>[];
}

/** What one thread does of a merge. */
export class MergeThread {
  private readonly rows: FlatRows;
  private places: Places | undefined;

  /** `memory`: for the compiled loops; undefined: those in TypeScript run. `scratch`: where what is needed in between goes. */
  constructor(
    private readonly parts: readonly MergePart[],
    private readonly memory: MergeMemory | undefined,
    private readonly scratch: Arrays,
    private readonly pause: Pause,
  ) {
    this.rows = new FlatRows(parts, scratch);
  }

  async find({ same, order }: MergeSearch, fileCount: number): Promise<MergeFound> {
    const found = same ? this.same() : undefined;
    await this.pause();
    if (!order) return { same: found, order: undefined };
    const { parts, rows, memory, scratch } = this;
    this.places =
      memory === undefined
        ? new PlainPlaces(rows, fileCount, scratch)
        : new CompiledPlaces(parts, fileCount, memory, scratch);
    return { same: found, order: await this.places.order(this.pause) };
  }

  private same(): Uint32Array {
    const { parts, rows, scratch, memory } = this;
    const isCompact = parts.every(({ part }) => part.dictionaries[EVENT_ID_COLUMN]!.size <= 1);
    if (memory !== undefined && isCompact) {
      return new CompiledIds(parts, memory, scratch).same(EVENT_ID, rows.hasDropped ? rows.file() : undefined);
    }
    return sameEvents(rows, rows.ids(EVENT_ID), rows.column(EVENT_ID_COLUMN), scratch);
  }

  /** Does tasks as long as there are some, for each of several tables, by the rows they have; their arrays are in `arrays`. */
  async gather(
    orders: readonly Uint32Array[],
    arrays: Arrays,
    take: () => MergeTask | undefined,
  ): Promise<GatheredShare[]> {
    const places = orders.map((order) => this.places?.gather(order, arrays));
    await this.pause();
    const gatherer = this.gatherer(orders, arrays);
    const columns: (readonly [number, DictionaryColumn])[][] = orders.map(() => []);
    const exceptions: (readonly [number, Exceptions])[][] = orders.map(() => []);
    const ids: (readonly [number, Omit<IdColumn, 'exceptions'>])[][] = orders.map(() => []);
    const put = <Made>(to: (readonly [number, Made])[][], key: number, made: readonly Made[]): void =>
      made.forEach((each, i) => to[i]!.push([key, each]));
    for (let task = take(); task !== undefined; task = take()) {
      if (task >= COLUMNS) put(ids, task - COLUMNS, gatherer.ids(task - COLUMNS));
      else if (task < TIME_COLUMN) put(columns, task, gatherer.column(task));
      else put(exceptions, task, gatherer.exceptions(task));
      await this.pause();
    }
    return orders.map((_, i) => ({
      places: places[i],
      columns: columns[i]!,
      exceptions: exceptions[i]!,
      ids: ids[i]!,
    }));
  }

  private gatherer(orders: readonly Uint32Array[], arrays: Arrays): Gatherer {
    const { parts, rows, memory, scratch } = this;
    if (memory === undefined) {
      const gatherings = orders.map((order) => new Gathering(order, arrays, scratch));
      const ofEach = <Flat, Made>(flat: Flat, make: (gathering: Gathering, flat: Flat) => Made): Made[] =>
        gatherings.map((gathering) => make(gathering, flat));
      return {
        column: (column) => ofEach(rows.column(column), (gathering, flat) => gathering.column(flat)),
        exceptions: (column) => ofEach(rows.column(column), (gathering, flat) => gathering.exceptions(flat)),
        ids: (id) => ofEach(rows.ids(id), (gathering, flat) => gathering.ids(flat)),
      };
    }
    const placed = orders.map((order) => ({ count: order.length, at: memory.add(order) }));
    const columns = new CompiledColumns(parts, memory, arrays);
    const ids = new CompiledIds(parts, memory, arrays);
    return {
      column: (column) => columns.column(column, placed),
      exceptions: (column) => columns.exceptions(column, placed),
      ids: (id) => ids.ids(id, placed),
    };
  }
}
