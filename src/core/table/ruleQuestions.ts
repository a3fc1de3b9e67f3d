import { parsePattern } from '../patterns/parse';
import { type Finding, asServices, findingOf } from '../rules/catalogue';
import type { CompiledMute, Mutes } from '../rules/mutes';
import type { Rule } from '../rules/rule';
import { severityRank } from '../rules/severity';
import type { Bitset } from './bitset';
import { type Codes, newCodes } from './columns';
import { type KeyCounts, MetRules } from './metRules';
import { MuteTests } from './muteTest';
import { needsRecords } from './ruleProbe';
import { type RowTest, RowTests, codesTest, joinedTest, rowSetTest } from './rowTest';
import { EventSources, type NamedRules, namesOf, servicesOf } from './ruleSubjects';
import { gatherRows, splitRows } from './splitRows';
import type { Table } from './table';
import type { TableFindings } from './tableFindings';

/** What rules are asked by beside the columns. */
export interface RuleContext {
  readonly mutes: Mutes;
  /** By id: the rows of rules whose conditions were asked of the records after the table was made. */
  readonly found: ReadonlyMap<string, Bitset>;
}

/** Rules that can only be met by rows with some codes of a column. */
interface RulesOfColumn {
  readonly codes: Codes;
  readonly holds: Uint8Array;
  readonly rules: (readonly [index: number, test: RowTest])[];
}

/** Rules about events that do not occur are not even parsed. */
export class RuleQuestions {
  readonly names: readonly NamedRules[];
  readonly aboutAnyEvent: readonly number[];
  private readonly met: MetRules;
  private readonly tests: RowTests;
  private readonly muteTests: MuteTests;
  private readonly sources: EventSources;
  private readonly byColumn = new Map<Codes, RulesOfColumn>();
  private counts: KeyCounts = new Uint32Array(0);
  /** Rows at hand, in any order. */
  private readonly rows: Uint32Array;

  constructor(
    private readonly table: Table,
    private readonly rules: readonly Rule[],
    private readonly context: RuleContext,
  ) {
    this.tests = new RowTests(table);
    this.muteTests = new MuteTests(table);
    this.sources = new EventSources(table);
    this.met = new MetRules(table.rowCount);
    this.rows = new Uint32Array(table.rowCount);
    const byName = namesOf(table);
    const any: number[] = [];
    rules.forEach((rule, index) => {
      const { eventName, condition } = rule;
      const isPlain = condition === null && this.mutesOf(rule).length === 0;
      if (eventName === '*') any.push(index);
      else byName.get(eventName)?.[isPlain ? 'plain' : 'conditional'].push(index);
    });
    this.names = [...byName.values()].filter(({ plain, conditional }) => plain.length + conditional.length > 0);
    this.aboutAnyEvent = any;
  }

  /** Notes the rules that need nothing but a name and a source: the first to be asked. */
  plainRules({ codes, plain }: NamedRules): void {
    if (plain.length === 0) return;
    const { eventSource } = this.table.data.columns;
    const bySource = new Uint32Array(eventSource.dictionary.size);
    for (const index of plain) {
      const holds = this.sources.are(this.rules[index]!.eventSource);
      holds.forEach((held, source) => {
        if (held === 1) bySource[source] = this.met.with(bySource[source]!, index);
      });
    }
    for (const code of codes) this.met.put(this.table.eventNames.rows(code), eventSource.codes, bySource);
  }

  /** Takes over what was found in the records while the table was made. */
  storedTests(): void {
    const { codes } = this.table.data.columns.ruleTests;
    const dictionary = this.table.dictionary('ruleTests');
    const holdsById = new Map<string, Uint8Array>();
    for (let code = 1; code < dictionary.size; code++) {
      for (const id of dictionary.text(code)?.split(' ') ?? []) {
        let holds = holdsById.get(id);
        if (holds === undefined) holdsById.set(id, (holds = new Uint8Array(dictionary.size)));
        holds[code] = 1;
      }
    }
    const any = new Uint8Array(dictionary.size).fill(1, 1);
    const count = gatherRows(codesTest(codes, any), this.table, this.rows);
    this.rules.forEach(({ id }, index) => {
      const holds = holdsById.get(id);
      if (holds !== undefined) this.add(index, splitRows(codesTest(codes, holds), this.rows, 0, count));
    });
  }

  /** Puts a rule about any event to those that a look at the same column narrows, so that there is one look at all rows for all of them. */
  narrow(index: number): void {
    const test = this.testOf(index);
    const first = test?.kind === 'and' ? test.operands[0]! : test;
    if (test === undefined || first === undefined || first.kind === 'none') return;
    const { eventName } = this.table.data.columns;
    const isNarrow = first.kind === 'codes';
    const { codes } = isNarrow ? first : eventName;
    const holds = isNarrow ? first.test.all() : new Uint8Array(eventName.dictionary.size).fill(1);
    const known = this.byColumn.get(codes);
    if (known === undefined) this.byColumn.set(codes, { codes, holds: holds.slice(), rules: [[index, test]] });
    else {
      known.rules.push([index, test]);
      for (let code = 0; code < holds.length; code++) known.holds[code]! |= holds[code]!;
    }
  }

  get narrowed(): Iterable<RulesOfColumn> {
    return this.byColumn.values();
  }

  /** Asks rules about any event. */
  everyRow({ codes, holds, rules }: RulesOfColumn): void {
    const count = gatherRows(codesTest(codes, holds), this.table, this.rows);
    for (const [index, test] of rules) this.add(index, splitRows(test, this.rows, 0, count));
  }

  /** Asks the rules with conditions about an event name of the rows that have it. */
  conditionalRules({ codes, conditional }: NamedRules): void {
    if (conditional.length === 0) return;
    let count = 0;
    for (const code of codes) {
      const rows = this.table.eventNames.rows(code);
      this.rows.set(rows, count);
      count += rows.length;
    }
    for (const index of conditional) {
      const test = this.testOf(index);
      if (test !== undefined) this.add(index, splitRows(test, this.rows, 0, count));
    }
  }

  /** Tells the rows apart whose calls services made: the last thing to be asked. */
  splitByCaller(): void {
    const { identityType, invokedBy } = this.table.data.columns;
    const [types, invokers] = [servicesOf(this.table, 'identityType'), servicesOf(this.table, 'invokedBy')];
    this.counts = this.met.countKeys(identityType.codes, types, invokedBy.codes, invokers);
  }

  answer(): TableFindings {
    const findings: (Finding | undefined)[] = [undefined];
    const counts = [this.table.rowCount];
    const numbers = new Uint32Array(this.counts.length);
    const number = (key: number, finding: Finding): void => {
      numbers[key] = findings.push(finding) - 1;
      counts[0]! -= counts[counts.push(this.counts[key]!) - 1]!;
    };
    for (let set = 1; set < this.met.size; set++) {
      const [key, servicesKey] = [set * 2, set * 2 + 1];
      if (this.counts[key]! + this.counts[servicesKey]! === 0) continue;
      const rules = this.met.of(set).map((index) => this.rules[index]!);
      const finding = findingOf(rules, false)!;
      if (this.counts[key]! > 0) number(key, finding);
      if (this.counts[servicesKey]! > 0) number(servicesKey, asServices(finding));
    }
    const codes = newCodes(this.table.rowCount, findings.length);
    this.met.number(numbers, codes);
    const severities = Uint8Array.from(findings, (finding) =>
      finding === undefined ? 0 : severityRank(finding.severity) + 1,
    );
    return { codes, findings, severities, counts: Uint32Array.from(counts) };
  }

  /** The test of a rule's source and condition; undefined for one that never holds here, or was asked of the records. */
  private testOf(index: number): RowTest | undefined {
    const { id, eventSource, condition } = this.rules[index]!;
    const source = codesTest(this.table.data.columns.eventSource.codes, this.sources.are(eventSource));
    if (source.kind === 'none') return undefined;
    if (condition === null) return source;
    const found = this.context.found.get(id);
    if (found !== undefined) return joinedTest('and', [source, rowSetTest(found)]);
    const { pattern } = parsePattern(condition);
    // What does not parse never holds.
    if (pattern === undefined || needsRecords(pattern)) return undefined;
    return pattern.kind === 'json' ? joinedTest('and', [source, this.tests.of(pattern.root)]) : source;
  }

  /** Notes a rule for the first rows at hand, but for those that it is muted for. */
  private add(index: number, count: number): void {
    const mutes = this.mutesOf(this.rules[index]!);
    const muted = mutes.length === 0 ? 0 : splitRows(this.muteTests.of(mutes), this.rows, 0, count);
    if (count > muted) this.met.add(this.rows.subarray(muted, count), index);
  }

  private mutesOf(rule: Rule): readonly CompiledMute[] {
    const { mutes } = this.context;
    return mutes.isEmpty ? [] : mutes.about(rule);
  }
}
