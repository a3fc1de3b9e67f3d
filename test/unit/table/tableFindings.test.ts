import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readEvent } from '../../../src/core/events/event';
import { RecordView } from '../../../src/core/events/recordView';
import { parsePattern } from '../../../src/core/patterns/parse';
import { compilePattern } from '../../../src/core/patterns/match';
import { Catalogue } from '../../../src/core/rules/catalogue';
import { Mutes } from '../../../src/core/rules/mutes';
import type { Rule } from '../../../src/core/rules/rule';
import { Bitset } from '../../../src/core/table/bitset';
import { RuleProbe, needsRecords } from '../../../src/core/table/ruleProbe';
import { Table } from '../../../src/core/table/table';
import { TableBuilder } from '../../../src/core/table/tableBuilder';
import { findRules } from '../../../src/core/table/findRules';
import { utf8 } from '../../fixtures/bytes';
import { oneRecord } from '../../fixtures/oneRecord';
import { rules as RULES, ruleWith } from '../rules/support';
import { counterexamples, witnesses } from '../rules/witness';
import { recordJson } from './arbitraries';
import { FILE } from './support';

/** Asks every rule of the records through a table, and of each record directly. */
async function expectSame(catalogue: Catalogue, jsons: readonly string[]): Promise<void> {
  // Indexes know nothing of rules of one's own.
  const probe = new RuleProbe([...catalogue.rules].filter(({ origin }) => origin === 'built-in'));
  const builder = new TableBuilder();
  const records = jsons.map((json) => new RecordView(utf8(json)));
  records.forEach((record, i) => builder.add(record, { file: 0, offset: i, length: 1 }, stored(probe, record)));
  const table = new Table(builder.build([FILE]));
  const context = { mutes: catalogue.mutes, found: askedOfRecords(catalogue, table, records) };
  const { codes, findings, severities, counts } = await findRules(
    table,
    catalogue.standing,
    () => Promise.resolve(),
    context,
  );
  for (let row = 0; row < table.rowCount; row++) {
    const record = records[table.data.offset[row]!]!;
    const finding = findings[codes[row]!];
    expect(finding, jsons[table.data.offset[row]!]).toEqual(catalogue.find(readEvent(record), record));
    expect(severities[codes[row]!]! > 0).toBe(finding !== undefined);
  }
  const counted = new Uint32Array(findings.length);
  for (const code of codes) counted[code]!++;
  expect(counts).toEqual(counted);
}

/** The rows of the rules of one's own that need records. */
function askedOfRecords(catalogue: Catalogue, table: Table, records: readonly RecordView[]): Map<string, Bitset> {
  const found = new Map<string, Bitset>();
  for (const { id, origin, condition } of catalogue.rules) {
    const { pattern } = parsePattern(condition ?? '');
    if (origin !== 'own' || pattern === undefined || !needsRecords(pattern)) continue;
    const holds = compilePattern(pattern);
    const rows = new Bitset(table.rowCount);
    table.data.offset.forEach((record, row) => holds(records[record]!) && rows.add(row));
    found.set(id, rows);
  }
  return found;
}

/** As the index workers do: only records that the probe wants are asked about. */
function stored(probe: RuleProbe, record: RecordView): string | undefined {
  const { eventSource = '', eventName = '' } = readEvent(record);
  const present = new TableBuilder();
  present.add(record, { file: 0, offset: 0, length: 1 });
  const { columns } = present.build([FILE]);
  const guarded = probe.whenPresent?.some((field) => columns[field].codes[0] !== 0) ?? true;
  return guarded || probe.concerns(eventSource, eventName) ? probe.ask(record) : undefined;
}

describe('rules over a table', () => {
  test('say of every witness and counterexample of every built-in rule what they say of its record', async () => {
    const jsons = RULES.flatMap(({ eventSource, eventName, condition }) => {
      const fields = {
        eventSource: eventSource === '*' ? 'ec2.amazonaws.com' : eventSource,
        eventName: eventName === '*' ? 'DescribeInstances' : eventName,
      };
      const pattern = condition === null ? undefined : parsePattern(condition).pattern;
      if (pattern?.kind !== 'json') return [JSON.stringify(oneRecord(fields))];
      return [...witnesses(pattern.root), ...counterexamples(pattern.root)].map((made) =>
        JSON.stringify({ ...oneRecord(fields), ...made }),
      );
    });
    expect(jsons.length).toBeGreaterThan(RULES.length);
    await expectSame(new Catalogue(RULES), jsons);
  });

  test('say the same of generated rules and records', async () => {
    const conditions = [
      null,
      '{ $.userIdentity.type = "Root" }',
      '{ ($.errorCode NOT EXISTS) && ($.readOnly IS TRUE) }',
      '{ ($.errorCode = "a*") || ($.requestParameters.key = "*") }',
      '{ ($.requestParameters.omitted IS TRUE) && ($.a = "*") }',
      '{ $.eventTime = "2026*" }',
      '{ $.eventID NOT EXISTS }',
      '{ no pattern',
    ];
    const ownConditions = [
      '',
      'AccessDenied',
      '[a, b]',
      '{ $.eventName = "a" }',
      '{ (($.eventName = "ab") || ($.eventName = "Root")) && ($.eventSource = "a") }',
      '{ ($.eventName = "ab") && ($.requestParameters.key = "*") }',
      ...conditions,
    ];
    const name = fc.constantFrom('*', 'a', 'ab', 'Root');
    const builtIn = fc.record({
      origin: fc.constant('built-in' as const),
      eventSource: name,
      eventName: name,
      condition: fc.constantFrom(...conditions),
    });
    const own = fc.record({
      origin: fc.constant('own' as const),
      eventSource: fc.constant('*'),
      eventName: fc.constant('*'),
      condition: fc.constantFrom(...ownConditions),
    });
    const more = fc.record({
      severity: fc.constantFrom('info' as const, 'high' as const, 'critical' as const),
      tactics: fc.subarray(['TA0001', 'TA0002']),
    });
    const rule = fc.tuple(fc.oneof(builtIn, own), more).map(([one, other]) => ({ ...one, ...other }));
    const text = fc.option(fc.constantFrom('a', 'ab', '*a*', 'Root', 'true', '1', 'root*', 'é*'));
    const mute = fc.record({
      rule: fc.constantFrom('*', 'rule-*', 'rule-0', 'rule-1', 'rule-7'),
      principal: text,
      arn: text,
      reason: fc.constant(''),
      until: fc.constant(null),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(rule, { maxLength: 8 }),
        fc.array(mute, { maxLength: 2 }),
        fc.array(recordJson, { maxLength: 6 }),
        async (made, mutes, jsons) => {
          const full = made.map((each, i): Rule => {
            return ruleWith({ ...each, id: `rule-${i}` });
          });
          await expectSame(new Catalogue(full, new Mutes(mutes, 0)), jsons);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('say the same where columns have many values', async () => {
    const make = (i: number): string => {
      const userAgent = `${['aws-cli', 'kali', 'Boto3', 'k\\u0061li'][i % 4]}/${i % 1500}`;
      return JSON.stringify({
        ...oneRecord({
          eventName: ['GetThing', 'PutThing', 'ListThings20150331', 'DropThing'][i % 7 > 3 ? 0 : i % 7],
          eventSource: ['s3', 'iam'][Number(i % 5 === 0)]! + '.amazonaws.com',
          sourceIPAddress: `10.0.${i % 13}.${i % 101}`,
          errorCode: i % 11 === 0 ? 'AccessDenied' : undefined,
        }),
        userAgent,
        userIdentity: {
          type: 'IAMUser',
          arn: `arn:aws:iam::111122223333:user/user-${i % 1700}`,
          userName: `${['hanako', 'taro'][i % 2]}-${i % 1700}`,
        },
      });
    };
    const conditions = [
      '{ $.userAgent = "*kali*" }',
      '{ ($.userAgent = "kali*") || ($.userAgent = "*/14*") || ($.sourceIPAddress = "10.0.1.*") }',
      '{ ($.userAgent = "*kali*") && ($.userAgent != "*9") && ($.errorCode = "AccessDenied") }',
      '{ ($.sourceIPAddress != "10.0.1*") && (($.errorCode NOT EXISTS) || ($.userAgent = "B*")) }',
      '{ ($.userAgent NOT EXISTS) || ($.eventName = "DropThing") }',
      '{ ($.eventTime = "*") && ($.userAgent = %[27]$%) }',
    ];
    const made = conditions.flatMap((condition, i) =>
      ['*', 'PutThing', 'ListThings', 'DropThing'].map((eventName, j) =>
        ruleWith({
          id: `rule-${i}-${j}`,
          eventName,
          eventSource: ['*', 's3.amazonaws.com'][(i + j) % 2]!,
          condition,
          severity: (['low', 'high'] as const)[j % 2]!,
        }),
      ),
    );
    const jsons = Array.from({ length: 4000 }, (_, i) => make(i).replaceAll('\\\\u', '\\u'));
    const mutes = [
      { rule: 'rule-0-*', principal: 'hanako*', arn: null },
      { rule: '*-3', principal: null, arn: '*/user-1?3*' },
      { rule: 'rule-2-0', principal: null, arn: '*:user/user-99' },
    ].map((mute) => ({ ...mute, reason: '', until: null }));
    await expectSame(new Catalogue(made), jsons);
    await expectSame(new Catalogue(made, new Mutes(mutes, 0)), jsons);
  });

  test('need records of events that a built-in rule about any event needs only where a column says so', () => {
    expect(new RuleProbe(RULES).whenPresent).toEqual(['requestOmitted']);
  });
});
