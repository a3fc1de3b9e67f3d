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
import { CompiledPlaces } from './compiledPlaces';
import { countOnce } from './duplicates';
import { FlatRows, type MergePart } from './flatRows';
import type { MergeMemory } from './mergeModule';
import { type GatheredShare, MergeThread } from './mergeThread';
import { PlainPlaces, type Places } from './places';
import { mergeTasks } from './tasks';

export interface MergedTable {
  /** Each event once. */
  readonly table: TableData;
  /** The records of events that the table has from another place: kept, for that place may vanish. */
  readonly duplicates: TableData;
}

/** A thread that merges: a {@link MergeThread}, wherever it is. */
export interface Merger {
  same(): Promise<Uint32Array>;
  /** Does tasks of those that all mergers share, until none is left. */
  gather(orders: readonly Uint32Array[]): Promise<readonly GatheredShare[]>;
}

/** Who merges, and where what comes out goes. */
export interface Merging {
  readonly mergers: readonly Merger[];
  /** For the tables. */
  readonly arrays: Arrays;
  /** For what is needed in between; the mergers have to see it, too. */
  readonly scratch: Arrays;
  /** For the compiled loops, in this thread; undefined: those in TypeScript run. */
  readonly memory: MergeMemory | undefined;
  /** Awaited after each piece of work. */
  readonly pause: Pause;
}

/** This thread merges alone. */
export function mergingHere(parts: readonly MergePart[], memory: MergeMemory | undefined, pause: Pause): Merging {
  const thread = new MergeThread(parts, memory, PLAIN_ARRAYS, pause);
  const tasks = mergeTasks(parts).values();
  const merger: Merger = {
    same: () => Promise.resolve(thread.same()),
    gather: (orders) => thread.gather(orders, PLAIN_ARRAYS, () => tasks.next().value),
  };
  return { mergers: [merger], arrays: PLAIN_ARRAYS, scratch: PLAIN_ARRAYS, memory, pause };
}

/** Makes one table of the rows of several parts. `files`: those that the parts' `fileOf` counts. */
export async function mergeParts(
  parts: readonly MergePart[],
  files: readonly TableFile[],
  { mergers, arrays, scratch, memory, pause }: Merging,
): Promise<MergedTable> {
  const finding = awaitedLater(mergers.slice(0, 1).map((merger) => merger.same()));
  const places: Places =
    memory === undefined
      ? new PlainPlaces(new FlatRows(parts, scratch), files.length, scratch)
      : new CompiledPlaces(parts, files.length, memory, scratch);
  await pause();
  const order = await places.order(pause);
  const [same] = await finding;
  const counted = countOnce(order, same ?? new Uint32Array(0), scratch);
  const orders = [counted.rows, counted.duplicates];
  const gathering = awaitedLater(mergers.map((merger) => merger.gather(orders)));
  await pause();
  const placed = orders.map((each) => places.gather(each, files, arrays));
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
