import { encodeUtf8 } from '../json/bytes';
import type { SelectorTest, Test } from '../patterns/ast';
import { compileTest } from '../patterns/valueTest';
import { Bitset } from './bitset';
import type { ColumnPath } from './columnPath';
import { scanCodes } from './columnScan';
import { type Dictionary, type DictionaryField, SEVERAL } from './columns';
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
  const holds = table.remember(key, () => testDictionary(table, field, spelling, test));
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

/** One byte for each code of a dictionary: 1 where its entry meets a test in a spelling. */
export function testDictionary(
  table: Table,
  field: DictionaryField,
  spelling: number,
  test: SelectorTest['test'],
): Uint8Array {
  const decoded = table.dictionary(field);
  const holds = new Uint8Array(decoded.size);
  const exact = exactToken(test);
  const meets = compileTest(test);
  if (exact !== undefined)
    return testExactly(decoded.dictionary, spelling, exact, (code) => meets(decoded.value(code, spelling)));
  for (let code = 0; code < holds.length; code++) if (meets(decoded.value(code, spelling))) holds[code] = 1;
  return holds;
}

/** The bytes of the one token without escapes that an equality without wildcards holds for. */
function exactToken(test: Test): Uint8Array | undefined {
  if (test.kind !== 'equals' || test.negated || test.value.kind !== 'text') return undefined;
  const { text } = test.value;
  // A number's token may equal a text too.
  if (/[*"\\\u0000-\u001f\ud800-\udfff\ufffd]/.test(text) || /^[-\d]/.test(text)) return undefined;
  return encodeUtf8(`"${text}"`);
}

/** Compares bytes, and asks `slow` about the entries that bytes cannot answer for. */
function testExactly(
  { size, offsets, bytes, spellings }: Dictionary,
  spelling: number,
  token: Uint8Array,
  slow: (code: number) => boolean,
): Uint8Array {
  const holds = new Uint8Array(size);
  const { length } = token;
  for (let code = 1; code < size; code++) {
    const start = offsets[code]!;
    const entryLength = offsets[code + 1]! - start;
    if (entryLength < length || (spellings[code] !== spelling && spellings[code] !== SEVERAL)) continue;
    if (entryLength === length) {
      let i = 0;
      while (i < length && bytes[start + i] === token[i]) i++;
      if (i === length) {
        holds[code] = 1;
        continue;
      }
      // An escape is longer than what it stands for.
      continue;
    }
    if (spellings[code] === SEVERAL || bytes.subarray(start, start + entryLength).includes(0x5c)) {
      if (slow(code)) holds[code] = 1;
    }
  }
  return holds;
}
