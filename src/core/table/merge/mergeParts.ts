import type { Pause } from '../../slices';
import {
  type Codes,
  DICTIONARY_FIELDS,
  type Dictionary,
  type DictionaryColumn,
  type DictionaryField,
  type Exceptions,
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
import { gatherColumn, gatherExceptions, gatherIds } from './gather';
import { rowOrder } from './rowOrder';

/** Offsets beyond it do not fit into 32 bits. */
const MOST_SHORT_OFFSET = 0xffffffff;

export interface MergedTable {
  /** Each event once. */
  readonly table: TableData;
  /** The records of events that the table has from another place: kept, for that place may vanish. */
  readonly duplicates: TableData;
}

/** Makes one table of the rows of several parts, which are used up; `pause` is
 * awaited after each piece of work. `files`: those that the parts' `fileOf` counts. */
export async function mergeParts(
  parts: readonly MergePart[],
  files: readonly TableFile[],
  pause: Pause,
): Promise<MergedTable> {
  const rows = new FlatRows(parts);
  await pause();
  const order = rowOrder(rows, files.length);
  await pause();
  const ids = ID_FIELDS.map((_, id) => rows.takeIds(id));
  const others = ID_FIELDS.map((_, id) => rows.takeColumn(FIRST_ID_COLUMN + id));
  const counted = countOnce(order, ids[0]!, others[0]!);
  const tables = [counted.rows, counted.duplicates].map((each) => new TableGathering(each, rows, files));
  for (const [id, field] of ID_FIELDS.entries()) {
    await pause();
    for (const table of tables) {
      const { codes, dictionary } = others[id]!;
      table.ids[field] = {
        ...gatherIds(table.order, ids[id]!),
        exceptions: gatherExceptions(table.order, codes, dictionary),
      };
    }
    ids[id] = NO_IDS;
  }
  for (const [column, field] of DICTIONARY_FIELDS.entries()) {
    await pause();
    const { codes, dictionary } = rows.takeColumn(column);
    for (const table of tables) table.columns[field] = gatherColumn(table.order, codes, dictionary);
  }
  const times = rows.takeColumn(TIME_COLUMN);
  const [table, duplicates] = tables.map((each) => each.build(times.codes, times.dictionary));
  return { table: table!, duplicates: duplicates! };
}

const NO_IDS = { places: new Int32Array(0), words: new Uint32Array(0) };

/** A table under way. */
class TableGathering {
  readonly columns = {} as Record<DictionaryField, DictionaryColumn>;
  readonly ids = {} as Record<IdField, IdColumn>;

  constructor(
    readonly order: Uint32Array,
    private readonly rows: FlatRows,
    private readonly files: readonly TableFile[],
  ) {}

  build(timeCodes: Codes, timeTokens: Dictionary): TableData {
    const { order, rows, files } = this;
    const count = order.length;
    const file = newCodes(count, files.length);
    const time = new Float64Array(count);
    const length = new Uint32Array(count);
    let furthest = 0;
    for (let row = 0; row < count; row++) {
      const from = order[row]!;
      file[row] = rows.file[from]!;
      time[row] = rows.time[from]!;
      length[row] = rows.length[from]!;
      furthest = Math.max(furthest, rows.offset[from]!);
    }
    const offset = furthest > MOST_SHORT_OFFSET ? new Float64Array(count) : new Uint32Array(count);
    for (let row = 0; row < count; row++) offset[row] = rows.offset[order[row]!]!;
    const eventTime: Exceptions = gatherExceptions(order, timeCodes, timeTokens);
    return { rowCount: count, files, time, eventTime, file, offset, length, columns: this.columns, ids: this.ids };
  }
}
