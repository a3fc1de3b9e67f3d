import type { Pause } from '../../slices';
import { type Arrays, PLAIN_ARRAYS } from '../arrays';
import {
  DICTIONARY_FIELDS,
  type DictionaryColumn,
  type DictionaryField,
  ID_FIELDS,
  type IdColumn,
  type IdField,
  type TableData,
  type TableFile,
  newCodes,
} from '../columns';
import { FIRST_ID_COLUMN, TIME_COLUMN } from '../intake/columns';
import { countOnce } from './duplicates';
import { FlatRows, type MergePart } from './flatRows';
import { type GatheredShare, MergeShare, type Share } from './mergeShare';
import { type FlatPlaces, rowOrder } from './rowOrder';
import { sharesOf } from './shares';

/** Offsets beyond it do not fit into 32 bits. */
const MOST_SHORT_OFFSET = 0xffffffff;

export interface MergedTable {
  /** Each event once. */
  readonly table: TableData;
  /** The records of events that the table has from another place: kept, for that place may vanish. */
  readonly duplicates: TableData;
}

/** A thread that merges a share of the columns: a {@link MergeShare}, wherever it is. */
export interface Merger {
  join(share: Share): Promise<Uint32Array | undefined>;
  gather(orders: readonly Uint32Array[]): Promise<readonly GatheredShare[]>;
}

/** Who merges, and where what comes out goes. */
export interface Merging {
  readonly mergers: readonly Merger[];
  /** For the tables. */
  readonly arrays: Arrays;
  /** For what is needed in between; the mergers have to see it, too. */
  readonly scratch: Arrays;
  /** Awaited after each piece of work. */
  readonly pause: Pause;
}

/** This thread merges alone. */
export function mergingHere(parts: readonly MergePart[], pause: Pause): Merging {
  let share: MergeShare | undefined;
  const merger: Merger = {
    join: (columns) => (share = new MergeShare(parts, columns, PLAIN_ARRAYS, pause)).join(),
    gather: async (orders) => (await share?.gather(orders, PLAIN_ARRAYS)) ?? [],
  };
  return { mergers: [merger], arrays: PLAIN_ARRAYS, scratch: PLAIN_ARRAYS, pause };
}

/** Makes one table of the rows of several parts. `files`: those that the parts' `fileOf` counts. */
export async function mergeParts(
  parts: readonly MergePart[],
  files: readonly TableFile[],
  { mergers, arrays, scratch, pause }: Merging,
): Promise<MergedTable> {
  const shares = sharesOf(parts, mergers.length);
  const joining = awaitedLater(mergers.map((merger, i) => merger.join(shares[i]!)));
  const rows = new FlatRows(parts, scratch);
  const places = { time: rows.time(), file: rows.file(), offset: rows.offset(), length: rows.length() };
  await pause();
  const order = await rowOrder(places, files.length, scratch, pause);
  const same = (await joining).find((each) => each !== undefined);
  const counted = countOnce(order, same ?? new Uint32Array(0), scratch);
  const orders = [counted.rows, counted.duplicates];
  const gathering = awaitedLater(mergers.map((merger) => merger.gather(orders)));
  await pause();
  const placed = orders.map((each) => gatherPlaces(each, places, files, arrays));
  const gathered = await gathering;
  const [table, duplicates] = placed.map((each, i) => ({
    ...each,
    ...columnsOf(gathered.map((shares) => shares[i]!)),
  }));
  return { table: table!, duplicates: duplicates! };
}

/** All of them. A failure is thrown where they are awaited, and waits until then: others run meanwhile. */
function awaitedLater<Answer>(answers: readonly Promise<Answer>[]): Promise<Answer[]> {
  const all = Promise.all(answers);
  all.catch(() => undefined);
  return all;
}

type Places = Omit<TableData, 'columns' | 'ids' | 'eventTime'>;

function gatherPlaces(
  order: Uint32Array,
  places: FlatPlaces & { readonly length: Uint32Array },
  files: readonly TableFile[],
  arrays: Arrays,
): Places {
  const count = order.length;
  const file = newCodes(count, files.length, arrays);
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
  return { rowCount: count, files, time, file, offset, length };
}

function columnsOf(shares: readonly GatheredShare[]): Pick<TableData, 'columns' | 'ids' | 'eventTime'> {
  const columns = new Map(shares.flatMap((share) => share.columns));
  const exceptions = new Map(shares.flatMap((share) => share.exceptions));
  const ids = new Map(shares.flatMap((share) => share.ids));
  return {
    eventTime: exceptions.get(TIME_COLUMN)!,
    columns: Object.fromEntries(DICTIONARY_FIELDS.map((field, column) => [field, columns.get(column)!])) as Record<
      DictionaryField,
      DictionaryColumn
    >,
    ids: Object.fromEntries(
      ID_FIELDS.map((field, id) => [field, { ...ids.get(id)!, exceptions: exceptions.get(FIRST_ID_COLUMN + id)! }]),
    ) as Record<IdField, IdColumn>,
  };
}
