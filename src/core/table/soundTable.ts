import {
  type Codes,
  DICTIONARY_FIELDS,
  type Dictionary,
  type Exceptions,
  ID_FIELDS,
  type IdColumn,
  type TableData,
  newCodes,
} from './columns';
import { popcount } from './popcount';

/**
 * Whether all that a table's arrays say of one another holds, so that nothing that asks it can run astray: codes have entries, entries have bytes, rows
 * have files. What the values are is not looked at.
 */
export function isSoundTable({
  rowCount,
  files,
  time,
  eventTime,
  file,
  offset,
  length,
  columns,
  ids,
}: TableData): boolean {
  const lengths = [time, file, offset, length].every((each) => each.length === rowCount);
  return (
    lengths &&
    areBelow(file, files.length) &&
    DICTIONARY_FIELDS.every((field) => isSoundColumn(columns[field].codes, columns[field].dictionary, rowCount)) &&
    ID_FIELDS.every((field) => isSoundIds(ids[field], rowCount)) &&
    areSoundExceptions(eventTime, rowCount)
  );
}

function isSoundColumn(codes: Codes, dictionary: Dictionary, rowCount: number): boolean {
  const { size } = dictionary;
  const isNarrow = codes.BYTES_PER_ELEMENT === newCodes(0, size).BYTES_PER_ELEMENT;
  return isNarrow && codes.length === rowCount && isSoundDictionary(dictionary) && areBelow(codes, size);
}

function isSoundDictionary({ size, spellings, offsets, bytes }: Dictionary): boolean {
  if (size < 1 || spellings.length !== size || offsets.length !== size + 1 || offsets[0] !== 0) return false;
  for (let code = 0; code < size; code++) if (offsets[code]! > offsets[code + 1]!) return false;
  return offsets[1] === 0 && offsets[size] === bytes.length;
}

function areBelow(codes: Codes, size: number): boolean {
  let most = 0;
  for (let row = 0; row < codes.length; row++) if (codes[row]! > most) most = codes[row]!;
  return most < size || codes.length === 0;
}

function isSoundIds({ present, ranks, packed, exceptions }: IdColumn, rowCount: number): boolean {
  const words = Math.ceil(rowCount / 32);
  if (present.length !== words || ranks.length !== words) return false;
  let count = 0;
  for (let word = 0; word < words; word++) {
    if (ranks[word] !== count) return false;
    count += popcount(present[word]!);
  }
  const beyond = rowCount % 32 === 0 ? 0 : present[words - 1]! >>> (rowCount % 32);
  return beyond === 0 && packed.length === count * 16 && areSoundExceptions(exceptions, rowCount);
}

function areSoundExceptions({ rows, dictionary }: Exceptions, rowCount: number): boolean {
  if (!isSoundDictionary(dictionary) || dictionary.size !== rows.length + 1) return false;
  for (let i = 0; i < rows.length; i++) if (rows[i]! >= rowCount || (i > 0 && rows[i]! <= rows[i - 1]!)) return false;
  return true;
}
