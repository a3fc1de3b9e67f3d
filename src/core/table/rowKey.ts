import type { DictionaryField } from './columns';
import type { Table } from './table';

/** What tells rows apart by their codes in some columns: a number, where it is exact for all of them. */
export function rowKeys(table: Table, fields: readonly DictionaryField[]): (row: number) => number | string {
  const columns = fields.map((field) => table.data.columns[field]);
  const cells = columns.reduce((product, { dictionary }) => product * dictionary.size, 1);
  if (cells >= Number.MAX_SAFE_INTEGER) return (row) => columns.map(({ codes }) => codes[row]!).join(' ');
  return (row) => {
    let key = 0;
    for (const { codes, dictionary } of columns) key = key * dictionary.size + codes[row]!;
    return key;
  };
}
