import { SEVERITIES } from '../rules/severity';

import { SPELLED_FIELDS, newCodes } from './columns';
import { pairCodes } from './pairCodes';
import { principalColumn } from './principalColumn';
import type { Table } from './table';
import type { TableFindings } from './tableFindings';
import { type ValueConditions, conditionsFor } from './valueConditions';
import { type ViewColumn, type ViewValue, fieldColumn } from './viewColumn';

/** What can be counted, and sorted by beside the ids and the time. `accountId`: the account delivered to, the caller's where a record does not say. */
export const VIEW_FIELDS = [...SPELLED_FIELDS, 'principal', 'accountId', 'severity', 'tactic', 'rule'] as const;
export type ViewField = (typeof VIEW_FIELDS)[number];

const OF_FINDINGS: ReadonlySet<ViewField> = new Set(['severity', 'tactic', 'rule']);

/** The view columns of a table, each made when first asked for. */
export class Views {
  private readonly columns = new Map<ViewField, ViewColumn>();

  constructor(
    readonly table: Table,
    readonly findings: TableFindings,
  ) {}

  /** The same table with other findings. */
  withFindings(findings: TableFindings): Views {
    const views = new Views(this.table, findings);
    for (const [field, column] of this.columns) if (!OF_FINDINGS.has(field)) views.columns.set(field, column);
    return views;
  }

  column(field: ViewField): ViewColumn {
    let known = this.columns.get(field);
    if (known === undefined) {
      known = this.make(field);
      this.columns.set(field, known);
    }
    return known;
  }

  private make(field: ViewField): ViewColumn {
    switch (field) {
      case 'principal':
        return principalColumn(this.table);
      case 'accountId':
        return accountColumn(this.table);
      case 'severity':
        return severityColumn(this.findings);
      case 'tactic':
        return namesColumn(this.findings, (code) => this.findings.findings[code]?.tactics ?? []);
      case 'rule':
        return namesColumn(this.findings, (code) => this.findings.findings[code]?.rules.map(({ id }) => id) ?? []);
      default:
        return fieldColumn(field, this.table.data.columns[field].codes, this.table.dictionary(field));
    }
  }
}

function accountColumn(table: Table): ViewColumn {
  if (haveText(table, 'recipientAccountId')) {
    const { codes } = table.data.columns.recipientAccountId;
    return fieldColumn('recipientAccountId', codes, table.dictionary('recipientAccountId'));
  }
  const { recipientAccountId: recipient, callerAccountId: caller } = table.data.columns;
  const pairs = pairCodes(recipient.codes, recipient.dictionary.size, caller.codes, caller.dictionary.size);
  const values: ViewValue[] = [];
  const groups = new Map<string | undefined, number>();
  const groupsOf = Uint32Array.from(pairs.first, (code, i) => {
    const own = table.dictionary('recipientAccountId').text(code);
    const text = own ?? table.dictionary('callerAccountId').text(pairs.second[i]!);
    let group = groups.get(text);
    if (group === undefined) {
      group = values.push({ text }) - 1;
      groups.set(text, group);
    }
    return group;
  });
  const conditions = (group: number): ValueConditions => accountConditions(table, values[group]!.text);
  const codes = newCodes(pairs.codes.length, pairs.first.length);
  codes.set(pairs.codes);
  return { codes, size: pairs.first.length, groupsOf, values, conditions };
}

/** Whether every row has a text in a column. */
function haveText(table: Table, field: 'recipientAccountId'): boolean {
  const dictionary = table.dictionary(field);
  return table.frequencies(field).every((count, code) => count === 0 || dictionary.text(code) !== undefined);
}

/** Where all records say whom they were delivered to, which is nearly always, the caller's account does not matter. */
function accountConditions(table: Table, text: string | undefined): ValueConditions {
  const dictionary = table.dictionary('recipientAccountId');
  const codes = codesOf(dictionary.size, (code) => dictionary.text(code) === text);
  const own = conditionsFor('recipientAccountId', dictionary, codes);
  if ((table.frequencies('recipientAccountId')[0] ?? 0) === 0) return own;
  const callers = table.dictionary('callerAccountId');
  const callerCodes = codesOf(callers.size, (code) => callers.text(code) === text);
  const caller = conditionsFor('callerAccountId', callers, callerCodes);
  const none = conditionsFor('recipientAccountId', dictionary, [0]);
  const both = (a: string | undefined, sign: string, b: string | undefined): string | undefined =>
    a === undefined || b === undefined ? undefined : `(${a}) ${sign} (${b})`;
  const delegated = both(none.include, '&&', caller.include);
  const others = both(none.exclude, '||', caller.exclude);
  if (text === undefined) return { include: delegated, exclude: others };
  return {
    include: both(own.include, '||', delegated) ?? own.include ?? delegated,
    exclude: both(own.exclude, '&&', others) ?? own.exclude ?? others,
  };
}

function codesOf(size: number, holds: (code: number) => boolean): number[] {
  return Array.from({ length: size }, (_, code) => code).filter(holds);
}

/** Groups are severities from `info` up, after "none". */
function severityColumn({ codes, findings, severities }: TableFindings): ViewColumn {
  const values: ViewValue[] = [{ text: undefined }, ...SEVERITIES.map((text) => ({ text }))];
  const groupsOf = Uint32Array.from(severities);
  return { codes, size: findings.length, groupsOf, values, isOrdered: true, conditions: () => undefined };
}

/** Groups are names of which a finding may have several; rows without a finding are in none. */
function namesColumn({ codes, findings }: TableFindings, namesOf: (code: number) => readonly string[]): ViewColumn {
  const values: ViewValue[] = [];
  const groups = new Map<string, number>();
  const groupsOf = findings.map((_, code) =>
    namesOf(code).map((text) => {
      let group = groups.get(text);
      if (group === undefined) {
        group = values.push({ text }) - 1;
        groups.set(text, group);
      }
      return group;
    }),
  );
  return { codes, size: findings.length, groupsOf, values, conditions: () => undefined };
}
