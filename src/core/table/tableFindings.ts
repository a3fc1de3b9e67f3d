import { isServiceCall } from '../events/principal';
import type { Condition } from '../patterns/ast';
import { isJoined } from '../patterns/logic';
import { parsePattern } from '../patterns/parse';
import { printCondition } from '../patterns/print';
import { type Finding, findingOf } from '../rules/catalogue';
import type { Rule } from '../rules/rule';
import { baseEventName } from '../rules/ruleIndex';
import { severityRank } from '../rules/severity';
import type { Pause } from '../slices';
import { Bitset } from './bitset';
import { columnOf } from './columnPath';
import { rowsOfCodes, testColumn, testDictionary } from './columnTest';
import { type Codes, newCodes } from './columns';
import { Combinations } from './combinations';
import { conditionBounds } from './patternBounds';
import { isRaw } from './ruleProbe';
import { type Table, isDictionaryField } from './table';

/** What the rows of a table deserve attention for. */
export interface TableFindings {
  /** Per row: index in {@link findings}; 0 for a row that meets no rule. */
  readonly codes: Codes;
  /** The findings that occur, `undefined` at 0. */
  readonly findings: readonly (Finding | undefined)[];
  /** Per code: 0 none, 1 `info` … 5 `critical`. */
  readonly severities: Uint8Array;
}

type RowTest = (row: number) => boolean;

/** The rules of a catalogue, asked of the columns of a table: for each row what `Catalogue.find` says of its record. */
export async function findRules(table: Table, rules: Iterable<Rule>, pause: Pause): Promise<TableFindings> {
  const asked = new RuleQuestions(table, [...rules]);
  asked.storedTests();
  await pause();
  for (const index of asked.aboutAnyEvent()) {
    asked.everyRow(index);
    await pause();
  }
  for (const code of asked.eventNameCodes()) {
    asked.rowsOfName(code);
    await pause();
  }
  return asked.answer();
}

class RuleQuestions {
  private readonly combinations = new Combinations();
  private readonly sets: Uint32Array;
  private readonly byName = new Map<string, number[]>();
  private readonly isRaw: readonly boolean[];
  private readonly conditions: readonly (Condition | undefined)[];
  private readonly sourceTests = new Map<string, Uint8Array>();
  private readonly rowTests = new Map<string, RowTest>();

  constructor(
    private readonly table: Table,
    private readonly rules: readonly Rule[],
  ) {
    this.sets = new Uint32Array(table.rowCount);
    this.conditions = rules.map(({ condition }) => conditionOf(condition));
    this.isRaw = this.conditions.map((condition) => condition !== undefined && isRaw(condition));
    rules.forEach(({ eventName, condition }, index) => {
      // What does not parse never holds; what needs records was asked of them.
      if (this.isRaw[index] || (condition !== null && this.conditions[index] === undefined)) return;
      const list = this.byName.get(eventName);
      if (list === undefined) this.byName.set(eventName, [index]);
      else list.push(index);
    });
  }

  /** Takes over what was found in the records while the table was made. */
  storedTests(): void {
    const { codes } = this.table.data.columns.ruleTests;
    const dictionary = this.table.dictionary('ruleTests');
    if (dictionary.size <= 1) return;
    const indexes = new Map(this.rules.map(({ id }, index) => [id, index]));
    const sets = Uint32Array.from({ length: dictionary.size }, (_, code) => {
      const ids = dictionary.text(code)?.split(' ') ?? [];
      return ids.reduce((set, id) => {
        const index = indexes.get(id);
        return index === undefined ? set : this.combinations.with(set, index);
      }, 0);
    });
    for (let row = 0; row < codes.length; row++) this.sets[row] = sets[codes[row]!]!;
  }

  aboutAnyEvent(): readonly number[] {
    return this.byName.get('*') ?? [];
  }

  eventNameCodes(): number[] {
    return Array.from({ length: this.table.dictionary('eventName').size }, (_, code) => code);
  }

  /** Asks a rule about any event name of all rows. */
  everyRow(index: number): void {
    const { eventSource } = this.rules[index]!;
    const condition = this.conditions[index];
    const within =
      eventSource === '*'
        ? Bitset.full(this.table.rowCount)
        : rowsOfCodes(this.table, 'eventSource', this.sourceTest(eventSource), undefined);
    const met = condition === undefined ? within : conditionBounds(this.table, condition, within).must;
    const step = this.combinations.step(index);
    for (const row of met.rows()) this.add(row, index, step);
  }

  /** Asks the rules about an event name of the rows that have it. */
  rowsOfName(code: number): void {
    const name = baseEventName(this.table.dictionary('eventName').text(code) ?? '');
    if (name === '*') return;
    const codes = this.table.data.columns.eventSource.codes;
    for (const index of this.byName.get(name) ?? []) {
      const { eventSource } = this.rules[index]!;
      const condition = this.conditions[index];
      const sources = eventSource === '*' ? undefined : this.sourceTest(eventSource);
      const holds = condition === undefined ? undefined : this.rowTest(condition);
      const step = this.combinations.step(index);
      const rows = this.table.eventNames.rows(code);
      for (let i = 0; i < rows.length; i++) {
        const row = rows[i]!;
        if (sources !== undefined && sources[codes[row]!] === 0) continue;
        if (holds === undefined || holds(row)) this.add(row, index, step);
      }
    }
  }

  answer(): TableFindings {
    const { identityType, invokedBy } = this.table.data.columns;
    const types = this.serviceTest('identityType');
    const invokers = this.serviceTest('invokedBy');
    const code = new Uint32Array(this.combinations.size * 2);
    const findings: (Finding | undefined)[] = [undefined];
    const wide = new Uint32Array(this.table.rowCount);
    const { sets } = this;
    const [typeCodes, invokerCodes] = [identityType.codes, invokedBy.codes];
    for (let row = 0; row < wide.length; row++) {
      const set = sets[row]!;
      if (set === 0) continue;
      const key = set * 2 + (types[typeCodes[row]!]! | invokers[invokerCodes[row]!]!);
      wide[row] = code[key] ||= findings.push(this.findingOf(key)) - 1;
    }
    const codes = newCodes(wide.length, findings.length);
    codes.set(wide);
    const severities = Uint8Array.from(findings, (finding) =>
      finding === undefined ? 0 : severityRank(finding.severity) + 1,
    );
    return { codes, findings, severities };
  }

  /** `key`: twice the set of rules, and one for a service's call. */
  private findingOf(key: number): Finding | undefined {
    const met = this.combinations.of(key >>> 1).map((index) => this.rules[index]!);
    return findingOf(met, (key & 1) === 1);
  }

  private add(row: number, index: number, step: number[]): void {
    const set = this.sets[row]!;
    this.sets[row] = step[set] || this.combinations.with(set, index);
  }

  private sourceTest(source: string): Uint8Array {
    let known = this.sourceTests.get(source);
    if (known === undefined) {
      const dictionary = this.table.dictionary('eventSource');
      known = Uint8Array.from({ length: dictionary.size }, (_, code) =>
        Number((dictionary.text(code) ?? '') === source),
      );
      this.sourceTests.set(source, known);
    }
    return known;
  }

  private serviceTest(field: 'identityType' | 'invokedBy'): Uint8Array {
    const dictionary = this.table.dictionary(field);
    return Uint8Array.from({ length: dictionary.size }, (_, code) => {
      const text = dictionary.text(code);
      return Number(
        isServiceCall({
          identityType: field === 'identityType' ? text : undefined,
          invokedBy: field === 'invokedBy' ? text : undefined,
        }),
      );
    });
  }

  /** A condition on columns as a test of single rows; the same for conditions that read the same. */
  private rowTest(condition: Condition): RowTest {
    const key = printCondition(condition);
    let known = this.rowTests.get(key);
    if (known === undefined) {
      known = this.compile(condition);
      this.rowTests.set(key, known);
    }
    return known;
  }

  private compile(condition: Condition): RowTest {
    if (isJoined(condition)) {
      const operands = condition.operands.map((operand) => this.rowTest(operand));
      return condition.kind === 'and' ? everyOf(operands) : (row) => operands.some((holds) => holds(row));
    }
    const path = columnOf(condition.selector)!;
    if (isDictionaryField(path.field)) {
      const { codes } = this.table.data.columns[path.field];
      const holds = testDictionary(this.table, path.field, path.spelling, condition.test);
      return (row) => holds[codes[row]!] === 1;
    }
    let rows: Bitset | undefined;
    return (row) => (rows ??= testColumn(this.table, path, condition.test, undefined)).has(row);
  }
}

function everyOf(tests: readonly RowTest[]): RowTest {
  const [first, second, ...rest] = tests;
  if (rest.length > 0) return (row) => tests.every((holds) => holds(row));
  return (row) => first!(row) && second!(row);
}

function conditionOf(text: string | null): Condition | undefined {
  if (text === null) return undefined;
  const { pattern } = parsePattern(text);
  return pattern?.kind === 'json' ? pattern.root : undefined;
}
