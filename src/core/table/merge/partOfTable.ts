import type { Arrays } from '../arrays';
import { type Codes, DICTIONARY_FIELDS, type Exceptions, ID_FIELDS, type TableData, newCodes } from '../columns';
import type { TablePart } from '../intake/columns';

/** A table as a part to be merged with others; its files are the readings. The table itself stays as it is; what is made is in `arrays`. */
export function partOfTable(table: TableData, arrays: Arrays): TablePart {
  const { rowCount, time, eventTime, file, offset, length, columns, ids } = table;
  const others = [eventTime, ...ID_FIELDS.map((field) => ids[field].exceptions)];
  const chunk = {
    rowCount,
    reading: widened(arrays.make(Uint32Array, rowCount), file),
    offset: widened(arrays.make(Float64Array, rowCount), offset),
    length,
    time,
    codes: [
      ...DICTIONARY_FIELDS.map((field) => columns[field].codes),
      ...others.map((each) => codesOf(each, rowCount, arrays)),
    ],
    ids: ID_FIELDS.map((field) => ({ present: ids[field].present, packed: ids[field].packed })),
  };
  const dictionaries = [
    ...DICTIONARY_FIELDS.map((field) => columns[field].dictionary),
    ...others.map(({ dictionary }) => dictionary),
  ];
  return { chunks: [chunk], dictionaries };
}

function widened<A extends Uint32Array | Float64Array>(wide: A, numbers: Codes | Float64Array): A {
  wide.set(numbers);
  return wide;
}

function codesOf({ rows, dictionary }: Exceptions, rowCount: number, arrays: Arrays): Codes {
  const codes = newCodes(rowCount, dictionary.size, arrays);
  rows.forEach((row, i) => (codes[row] = i + 1));
  return codes;
}
