import type { Test } from '../patterns/ast';
import { compileTest } from '../patterns/valueTest';
import { Bitset } from './bitset';
import { codeTest } from './codeTest';
import type { ColumnPath } from './columnPath';
import { scanCodes } from './columnScan';
import type { DictionaryField } from './columns';
import { testIds } from './idTest';
import { type Table, isDictionaryField } from './table';
import { testEventTime } from './timeTest';

/** A column with this many matching rows at most is answered by its posting lists. */
const FEW = 0.02;

/** The rows of `within` that meet a test of a field with a column: what `compilePattern` answers for their records. */
export function testColumn(table: Table, path: ColumnPath, test: Test, within: Bitset | undefined): Bitset {
  const { field, spelling } = path;
  if (!isDictionaryField(field)) {
    const meets = compileTest(test);
    if (field === 'eventTime') return testEventTime(table, spelling, test, meets, within);
    return testIds(table, field, spelling, test, meets, within);
  }
  const key = `${field} ${spelling} ${JSON.stringify(test)}`;
  const holds = table.remember(key, () => codeTest(table.dictionary(field), spelling, test).all());
  return rowsOfCodes(table, field, holds, within);
}

/** The rows of `within` whose code has a 1 in `holds`. */
export function rowsOfCodes(
  table: Table,
  field: DictionaryField,
  holds: Uint8Array,
  within: Bitset | undefined,
): Bitset {
  const { codes } = table.data.columns[field];
  if (!holds.includes(1)) return new Bitset(table.rowCount);
  const frequencies = field === 'eventName' ? table.frequencies(field) : table.knownFrequencies(field);
  if (frequencies === undefined) return scanCodes(codes, holds, within);
  const total = matchingRows(frequencies, holds);
  if (total === table.rowCount) return within?.clone() ?? Bitset.full(table.rowCount);
  if (field !== 'eventName' || total > table.rowCount * FEW) return scanCodes(codes, holds, within);
  const found = new Bitset(table.rowCount);
  holds.forEach((holdsCode, code) => {
    if (holdsCode === 0) return;
    for (const row of table.eventNames.rows(code)) if (within === undefined || within.has(row)) found.add(row);
  });
  return found;
}

function matchingRows(frequencies: Uint32Array, holds: Uint8Array): number {
  let total = 0;
  for (let code = 0; code < holds.length; code++) if (holds[code] === 1) total += frequencies[code]!;
  return total;
}
