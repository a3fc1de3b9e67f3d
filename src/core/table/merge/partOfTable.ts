import { type Codes, DICTIONARY_FIELDS, type Exceptions, ID_FIELDS, type TableData, newCodes } from '../columns';
import type { TablePart } from '../intake/columns';

/** A table as a part to be merged with others; its files are the readings. The table itself stays as it is. */
export function partOfTable({ rowCount, time, eventTime, file, offset, length, columns, ids }: TableData): TablePart {
  const others = [eventTime, ...ID_FIELDS.map((field) => ids[field].exceptions)];
  const chunk = {
    rowCount,
    reading: Uint32Array.from(file),
    offset: Float64Array.from(offset),
    length,
    time,
    codes: [
      ...DICTIONARY_FIELDS.map((field) => columns[field].codes),
      ...others.map((each) => codesOf(each, rowCount)),
    ],
    ids: ID_FIELDS.map((field) => ({ present: ids[field].present, packed: ids[field].packed })),
  };
  const dictionaries = [
    ...DICTIONARY_FIELDS.map((field) => columns[field].dictionary),
    ...others.map(({ dictionary }) => dictionary),
  ];
  return { chunks: [chunk], dictionaries };
}

function codesOf({ rows, dictionary }: Exceptions, rowCount: number): Codes {
  const codes = newCodes(rowCount, dictionary.size);
  rows.forEach((row, i) => (codes[row] = i + 1));
  return codes;
}
