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
} from '../columns';
import { FIRST_ID_COLUMN, TIME_COLUMN } from '../intake/columns';
import { countOnce } from './duplicates';
import type { MergePart } from './flatRows';
import type { MergeMemory } from './mergeModule';
import { type GatheredShare, type MergeFound, type MergeSearch, MergeThread } from './mergeThread';
import { mergeTasks } from './tasks';

export interface MergedTable {
  /** Each event once. */
  readonly table: TableData;
  /** The records of events that the table has from another place: kept, for that place may vanish. */
  readonly duplicates: TableData;
}

/** A thread that merges: a {@link MergeThread}, wherever it is. */
export interface Merger {
  /** `fileCount`: how many files the parts' `fileOf` counts. */
  find(search: MergeSearch, fileCount: number): Promise<MergeFound>;
  /** Does tasks of those that all mergers share, until none is left. */
  gather(orders: readonly Uint32Array[]): Promise<readonly GatheredShare[]>;
}

/** Who merges. */
export interface Merging {
  readonly mergers: readonly Merger[];
  /** For what is needed in between; all of them have to see it. */
  readonly scratch: Arrays;
}

/** This thread merges alone. `memory`: for the compiled loops; undefined: those in TypeScript run. */
export function mergingHere(parts: readonly MergePart[], memory: MergeMemory | undefined, pause: Pause): Merging {
  const thread = new MergeThread(parts, memory, PLAIN_ARRAYS, pause);
  const tasks = mergeTasks(parts).values();
  const merger: Merger = {
    find: (search, fileCount) => thread.find(search, fileCount),
    gather: (orders) => thread.gather(orders, PLAIN_ARRAYS, () => tasks.next().value),
  };
  return { mergers: [merger], scratch: PLAIN_ARRAYS };
}

/** Makes one table of the rows of the parts that are merged. `files`: those that the parts' `fileOf` counts. */
export async function mergeParts(files: readonly TableFile[], { mergers, scratch }: Merging): Promise<MergedTable> {
  const last = mergers.length - 1;
  const found = await Promise.all(
    mergers.map((merger, i) => merger.find({ same: i === 0, order: i === last }, files.length)),
  );
  const counted = countOnce(found[last]!.order!, found[0]!.same!, scratch);
  const orders = [counted.rows, counted.duplicates];
  const gathered = await Promise.all(mergers.map((merger) => merger.gather(orders)));
  const [table, duplicates] = orders.map((_, i): TableData => {
    const shares = gathered.map((each) => each[i]!);
    return { ...shares[last]!.places!, files, ...columnsOf(shares) };
  });
  return { table: table!, duplicates: duplicates! };
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
