import type { TableData, TableFile } from './columns';
import type { Table } from './table';

/** Where records stand in one file: what is needed to have their bytes again. */
export interface FileRecords {
  readonly file: TableFile;
  /** The table's numbers of the rows, in the order of {@link offsets}. */
  readonly rows: Uint32Array;
  /** See `TableData.offset` and `length`; ascending. */
  readonly offsets: Float64Array;
  readonly lengths: Uint32Array;
}

/** Groups rows by their files, the file of the first row first; within a file by place. */
export function recordsByFile(table: Table, rows: Uint32Array): FileRecords[] {
  const { file, offset, length, files } = table.data;
  const counts = new Uint32Array(files.length);
  const order: number[] = [];
  for (let i = 0; i < rows.length; i++) {
    const index = file[rows[i]!]!;
    if (counts[index]!++ === 0) order.push(index);
  }
  const ends = new Uint32Array(files.length);
  let end = 0;
  for (const index of order) {
    ends[index] = end;
    end += counts[index]!;
  }
  const grouped = new Uint32Array(rows.length);
  for (let i = 0; i < rows.length; i++) grouped[ends[file[rows[i]!]!]!++] = rows[i]!;
  return order.map((index) => {
    const own = grouped.slice(ends[index]! - counts[index]!, ends[index]);
    sortByOffset(own, offset);
    const offsets = new Float64Array(own.length);
    const lengths = new Uint32Array(own.length);
    for (let i = 0; i < own.length; i++) {
      offsets[i] = offset[own[i]!]!;
      lengths[i] = length[own[i]!]!;
    }
    return { file: files[index]!, rows: own, offsets, lengths };
  });
}

/** Sorts rows by their offsets: as numbers of both, which sort natively, where these are exact. */
function sortByOffset(rows: Uint32Array, offset: TableData['offset']): void {
  const count = rows.length;
  let isSorted = true;
  let most = 0;
  for (let i = 0; i < count; i++) {
    const at = offset[rows[i]!]!;
    isSorted &&= at >= most;
    if (at > most) most = at;
  }
  if (isSorted) return;
  if (most >= Number.MAX_SAFE_INTEGER / count - 1) {
    rows.sort((a, b) => offset[a]! - offset[b]!);
    return;
  }
  const keys = new Float64Array(count);
  for (let i = 0; i < count; i++) keys[i] = offset[rows[i]!]! * count + i;
  keys.sort();
  const before = rows.slice();
  for (let i = 0; i < count; i++) rows[i] = before[keys[i]! % count]!;
}
