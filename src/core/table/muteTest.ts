import { eventOf } from '../events/event';
import { principalName } from '../events/principal';
import type { CompiledMute } from '../rules/mutes';
import type { DictionaryField } from './columns';
import { rowKeys } from './rowKey';
import { type RowTest, columnTest, joinedTest } from './rowTest';
import type { Table } from './table';

type TextTest = (text: string) => boolean;

/** What `principalName` reads. */
const TELLING: readonly DictionaryField[] = [
  ...(['identityType', 'arn', 'userName', 'principalId', 'invokedBy', 'callerAccountId'] as const),
];

/** Which rows mutes silence: what `Mutes.of` says of their events. */
export class MuteTests {
  private readonly known = new Map<CompiledMute, RowTest>();
  private names: ((row: number) => string | undefined) | undefined;

  constructor(private readonly table: Table) {}

  /** The test for rows that one of the mutes is about. */
  of(mutes: readonly CompiledMute[]): RowTest {
    const tests = mutes.map((mute) => {
      let known = this.known.get(mute);
      if (known === undefined) {
        known = joinedTest('and', [...this.ofPrincipal(mute.principal), ...this.ofArn(mute.arn)]);
        this.known.set(mute, known);
      }
      return known;
    });
    return joinedTest('or', tests);
  }

  private ofPrincipal(holds: TextTest | undefined): RowTest[] {
    if (holds === undefined) return [];
    const isCalled = (row: number): boolean => {
      const name = (this.names ??= principalNames(this.table))(row);
      return name !== undefined && holds(name);
    };
    const named: RowTest = { kind: 'each', holds: isCalled, share: 1 };
    return [joinedTest('or', [this.ofText('userName', holds), this.ofText('sessionIssuerUserName', holds), named])];
  }

  private ofArn(holds: TextTest | undefined): RowTest[] {
    if (holds === undefined) return [];
    return [joinedTest('or', [this.ofText('arn', holds), this.ofText('sessionIssuerArn', holds)])];
  }

  private ofText(field: DictionaryField, holds: TextTest): RowTest {
    const dictionary = this.table.dictionary(field);
    const of = (code: number): boolean => {
      const text = dictionary.text(code);
      return text !== undefined && holds(text);
    };
    const all = (): Uint8Array => {
      const held = new Uint8Array(dictionary.size);
      for (let code = 0; code < held.length; code++) held[code] = Number(of(code));
      return held;
    };
    return columnTest(this.table, field, { of, all }, 0.1);
  }
}

/** `principalName` of rows, each combination of what it reads asked once. */
function principalNames(table: Table): (row: number) => string | undefined {
  const keyOf = rowKeys(table, TELLING);
  const known = new Map<number | string, string | undefined>();
  const isTelling: ReadonlySet<string> = new Set(TELLING);
  const nameOf = (row: number): string | undefined =>
    principalName(eventOf((field) => (isTelling.has(field) ? table.text(row, field) : undefined), undefined));
  return (row) => {
    const key = keyOf(row);
    if (!known.has(key)) known.set(key, nameOf(row));
    return known.get(key);
  };
}
