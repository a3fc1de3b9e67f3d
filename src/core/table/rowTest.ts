import type { Condition, SelectorTest, Test } from '../patterns/ast';
import { isJoined } from '../patterns/logic';
import { printCondition } from '../patterns/print';
import type { Bitset } from './bitset';
import { type CodeTest, codeTest } from './codeTest';
import { columnOf } from './columnPath';
import { testColumn } from './columnTest';
import type { Codes, DictionaryField } from './columns';
import { KnownCodes, bothCodes } from './knownCodes';
import { type Table, isDictionaryField } from './table';

/** A condition on columns, to be asked of lists of rows. `share`: a guess at the part of all rows that meet it. */
export type RowTest =
  | { readonly kind: 'none' | 'all'; readonly share: number }
  | ColumnTest
  | { readonly kind: 'each'; readonly holds: (row: number) => boolean; readonly share: number }
  /** Operands that few rows meet stand first in an `and`. */
  | { readonly kind: 'and' | 'or'; readonly operands: readonly RowTest[]; readonly share: number };

interface ColumnTest {
  readonly kind: 'codes';
  readonly codes: Codes;
  readonly test: KnownCodes;
  readonly share: number;
}

const NONE: RowTest = { kind: 'none', share: 0 };
const ALL: RowTest = { kind: 'all', share: 1 };
/** Dictionaries up to this size are asked as a whole at once. */
const SMALL = 1000;
/** Rows that tell how many meet a test. */
const SAMPLE = 256;

/** The test of a column's codes: `holds` has one byte for each. */
export function codesTest(codes: Codes, holds: Uint8Array): RowTest {
  let held = 0;
  for (let code = 0; code < holds.length; code++) held += holds[code]!;
  if (held === 0) return NONE;
  if (held === holds.length) return ALL;
  return { kind: 'codes', codes, test: KnownCodes.of(holds), share: sampledShare(codes, holds) };
}

/** The part of some rows, spread over all, that meet a test of their codes. */
function sampledShare(codes: Codes, holds: Uint8Array): number {
  const step = Math.max(1, Math.floor(codes.length / SAMPLE));
  let looked = 1;
  let met = 0;
  for (let row = 0; row < codes.length; row += step) {
    looked++;
    met += holds[codes[row]!]!;
  }
  return met / looked;
}

/** Makes tests of the conditions that one table is asked; what occurs in several is asked of its dictionaries once. */
export class RowTests {
  private readonly known = new Map<string, RowTest>();

  constructor(private readonly table: Table) {}

  /** The test of a condition, all of whose fields have columns. */
  of(condition: Condition): RowTest {
    if (isJoined(condition)) {
      return joinedTest(
        condition.kind,
        condition.operands.map((operand) => this.of(operand)),
      );
    }
    const key = printCondition(condition);
    let known = this.known.get(key);
    if (known === undefined) this.known.set(key, (known = this.leaf(condition)));
    return known;
  }

  private leaf({ selector, test }: SelectorTest): RowTest {
    const path = columnOf(selector)!;
    const { field, spelling } = path;
    if (!isDictionaryField(field)) return rowSetTest(testColumn(this.table, path, test, undefined));
    return columnTest(this.table, field, codeTest(this.table.dictionary(field), spelling, test), shareOf(test));
  }
}

/** The test of a column by its dictionary; `share` is a guess for a large one. */
export function columnTest(table: Table, field: DictionaryField, test: CodeTest, share: number): RowTest {
  const { codes, dictionary } = table.data.columns[field];
  if (dictionary.size <= SMALL) return codesTest(codes, test.all());
  return { kind: 'codes', codes, test: new KnownCodes(dictionary.size, test), share };
}

/** The test for rows that are known. */
export function rowSetTest(rows: Bitset): RowTest {
  return { kind: 'each', holds: (row) => rows.has(row), share: 0.5 };
}

/** A guess at how many of many different values meet a test. */
function shareOf(test: Test): number {
  if (test.kind !== 'equals') return 0.5;
  return test.negated ? 0.99 : 0.1;
}

/** Tests joined: those of one column become one, and what decides alone stands alone. */
export function joinedTest(kind: 'and' | 'or', tests: readonly RowTest[]): RowTest {
  const [deciding, idle] = kind === 'and' ? [NONE, ALL] : [ALL, NONE];
  const byColumn = new Map<Codes, RowTest>();
  const others: RowTest[] = [];
  for (const test of tests.flatMap((each) => (each.kind === kind ? each.operands : each))) {
    if (test.kind !== 'codes') others.push(test);
    else byColumn.set(test.codes, withSame(kind, test, byColumn.get(test.codes)));
  }
  const operands = [...byColumn.values(), ...others].filter((test) => test !== idle);
  if (operands.includes(deciding)) return deciding;
  if (operands.length < 2) return operands[0] ?? idle;
  operands.sort((a, b) => a.share - b.share);
  return { kind, operands, share: joinedShare(kind, operands) };
}

function joinedShare(kind: 'and' | 'or', operands: readonly RowTest[]): number {
  const shares = operands.map(({ share }) => share);
  return kind === 'and'
    ? Math.min(...shares)
    : Math.min(
        1,
        shares.reduce((sum, share) => sum + share, 0),
      );
}

/** `known`: of the same column, or what decides by itself. */
function withSame(kind: 'and' | 'or', test: ColumnTest, known: RowTest | undefined): RowTest {
  if (known?.kind !== 'codes') return known ?? test;
  const both = bothCodes(kind, known.test, test.test);
  if (known.test.isWhole && test.test.isWhole) return codesTest(test.codes, both.all());
  const share = joinedShare(kind, [known, test]);
  return { kind: 'codes', codes: test.codes, test: new KnownCodes(test.test.size, both), share };
}
