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
  const grouped = new Map(order.map((index) => [index, new Uint32Array(counts[index]!)]));
  counts.fill(0);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const index = file[row]!;
    grouped.get(index)![counts[index]!++] = row;
  }
  return order.map((index) => {
    const own = grouped.get(index)!;
    sortByOffset(own, offset);
    return {
      file: files[index]!,
      rows: own,
      offsets: Float64Array.from(own, (row) => offset[row]!),
      lengths: Uint32Array.from(own, (row) => length[row]!),
    };
  });
}

/** Sorts rows by their offsets: as numbers of both, which sort natively, where these are exact. */
function sortByOffset(rows: Uint32Array, offset: TableData['offset']): void {
  const count = rows.length;
  const isExact = rows.every((row) => offset[row]! < Number.MAX_SAFE_INTEGER / count - 1);
  if (!isExact) {
    rows.sort((a, b) => offset[a]! - offset[b]!);
    return;
  }
  const keys = new Float64Array(count);
  for (let i = 0; i < count; i++) keys[i] = offset[rows[i]!]! * count + i;
  keys.sort();
  const before = rows.slice();
  for (let i = 0; i < count; i++) rows[i] = before[keys[i]! % count]!;
}
