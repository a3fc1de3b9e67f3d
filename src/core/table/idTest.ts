import type { FoundValue } from '../json/foundValue';
import type { Test } from '../patterns/ast';
import type { ValueTest } from '../patterns/valueTest';
import { Bitset } from './bitset';
import type { IdColumn, IdField } from './columns';
import { valueOf } from './decodedDictionary';
import type { Table } from './table';
import { isUuid, packUuid, unpackUuid } from './uuid';

/** The rows of `within` whose id, in one of its spellings, meets a test. */
export function testIds(
  table: Table,
  field: IdField,
  spelling: number,
  test: Test,
  meets: ValueTest,
  within: Bitset | undefined,
): Bitset {
  const column = table.data.ids[field];
  const found = new Bitset(table.rowCount);
  if (meets(undefined)) found.addRange(0, table.rowCount);
  if (spelling === 0) testPacked(column, test, meets, found, within);
  const { rows, dictionary } = column.exceptions;
  rows.forEach((row, i) => {
    if (meets(valueOf(dictionary, i + 1, spelling))) found.add(row);
    else found.remove(row);
  });
  return within === undefined ? found : found.and(within);
}

function testPacked(column: IdColumn, test: Test, meets: ValueTest, found: Bitset, within: Bitset | undefined): void {
  const present = new Bitset(found.length, column.present);
  const known = answerForAll(test, meets);
  if (known === true) found.or(present);
  else found.andNot(present);
  if (known !== undefined) return;
  const wanted = test.kind === 'equals' && !test.negated && test.value.kind === 'text' ? test.value.text : undefined;
  if (wanted !== undefined && !wanted.includes('*')) {
    if (isUuid(wanted)) for (const row of rowsOfUuid(column, wanted)) found.add(row);
    return;
  }
  const { packed } = column;
  let at = 0;
  eachRow(present, (row) => {
    if (within === undefined || within.has(row)) {
      if (meets({ type: 'string', text: unpackUuid(packed, at) })) found.add(row);
    }
    at += 16;
  });
}

/** The answer that is the same for every UUID, if there is one. */
function answerForAll(test: Test, meets: ValueTest): boolean | undefined {
  const some: FoundValue = { type: 'string', text: '00000000-0000-4000-8000-000000000000' };
  return test.kind === 'equals' ? undefined : meets(some);
}

/** The rows, ascending, that have this UUID packed. */
export function rowsOfUuid(column: IdColumn, uuid: string): number[] {
  const wanted = new Uint8Array(16);
  packUuid(uuid, wanted, 0);
  const { packed } = column;
  const places: number[] = [];
  const [first, second] = wanted;
  for (let at = 0; at < packed.length; at += 16) {
    if (packed[at] !== first || packed[at + 1] !== second) continue;
    let i = 2;
    while (i < 16 && packed[at + i] === wanted[i]) i++;
    if (i === 16) places.push(at / 16);
  }
  return places.map((place) => rowOfPlace(column, place));
}

/** The row whose id is the one at `place` among those packed. */
function rowOfPlace({ present, ranks }: IdColumn, place: number): number {
  let low = 0;
  let high = ranks.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (ranks[middle]! <= place) low = middle;
    else high = middle - 1;
  }
  let word = present[low]!;
  for (let skip = place - ranks[low]!; skip > 0; skip--) word &= word - 1;
  return (low << 5) + 31 - Math.clz32(word & -word);
}

function eachRow(set: Bitset, visit: (row: number) => void): void {
  set.words.forEach((bits, i) => {
    for (let word = bits; word !== 0; word &= word - 1) visit((i << 5) + 31 - Math.clz32(word & -word));
  });
}
