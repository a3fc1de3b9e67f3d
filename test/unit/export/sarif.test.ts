import { describe, expect, it } from 'vitest';
import { eventColumns } from '../../../src/core/events/eventColumns';
import { readEvent } from '../../../src/core/events/event';
import { RecordView } from '../../../src/core/events/recordView';
import type { LocatedFinding } from '../../../src/core/export/located';
import { sarifLog } from '../../../src/core/export/sarif';
import { Attack } from '../../../src/core/rules/attack';
import type { Rule } from '../../../src/core/rules/rule';
import attackData from '../../../src/core/rules/data/attack.json';
import { utf8 } from '../../fixtures/bytes';
import { ruleWith } from '../rules/support';

const STOP = ruleWith({
  id: 'cloudtrail.StopLogging',
  title: 'StopLogging',
  eventSource: 'cloudtrail.amazonaws.com',
  eventName: 'StopLogging',
  tactics: ['TA0112'],
  techniques: ['T1562.008'],
  severity: 'critical',
  why: 'Nothing is recorded any more.',
  check: 'Who stopped it?',
});
const ROOT: Rule = { ...STOP, id: 'any.any.root-activity', eventSource: '*', eventName: '*', severity: 'high' };
const INFO: Rule = { ...STOP, id: 'x.Info', severity: 'info' };

function located(record: object, rules: readonly [Rule, ...Rule[]], path = 'logs/a.json'): LocatedFinding {
  const event = eventColumns(readEvent(new RecordView(utf8(JSON.stringify(record)))));
  const [rule] = rules;
  return {
    finding: { rules, severity: rule.severity, tactics: rule.tactics, techniques: rule.techniques },
    event,
    path,
    start: 12,
    end: 112,
  };
}

const RECORD = {
  eventTime: '2026-03-04T05:08:00Z',
  eventName: 'StopLogging',
  eventID: 'e',
  userIdentity: { type: 'IAMUser', userName: 'hanako' },
};

/** As a reader sees it: what JSON keeps. */
interface Sarif {
  readonly $schema: string;
  readonly version: string;
  readonly runs: readonly {
    readonly tool: {
      readonly driver: { readonly name: string; readonly version: string; readonly rules: readonly SarifRule[] };
    };
    readonly results: readonly SarifResult[];
  }[];
}
interface SarifRule {
  readonly id: string;
  readonly shortDescription: { readonly text: string };
  readonly help: { readonly text: string };
  readonly defaultConfiguration: { readonly level: string };
  readonly properties: { readonly 'security-severity': string; readonly tags: readonly string[] };
}
interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string };
      readonly region: { readonly byteOffset: number; readonly byteLength: number };
    };
  }[];
  readonly partialFingerprints?: Readonly<Record<string, string>>;
}

function sarif(findings: readonly LocatedFinding[]): Sarif {
  return JSON.parse(JSON.stringify(sarifLog(findings, new Attack(attackData), '1.2.3'))) as Sarif;
}

describe('sarifLog', () => {
  it('has the shape of SARIF 2.1.0', () => {
    const log = sarif([located(RECORD, [STOP, ROOT])]);
    expect(log.$schema).toMatch(/sarif-2\.1\.0\.json$/);
    expect(log.version).toBe('2.1.0');
    expect(log.runs.length).toBe(1);
    const [run] = log.runs;
    expect(run!.tool.driver).toMatchObject({ name: 'CloudTrail Investigator', version: '1.2.3' });
    expect(run!.tool.driver.rules).toEqual([
      {
        id: 'cloudtrail.StopLogging',
        name: 'StopLogging',
        shortDescription: { text: STOP.why },
        help: { text: STOP.check },
        defaultConfiguration: { level: 'error' },
        properties: {
          'security-severity': '9.5',
          tags: [expect.stringMatching(/^TA0112 ./), expect.stringMatching(/^T1562\.008 ./)],
        },
      },
    ]);
    expect(run!.results).toEqual([
      {
        ruleId: 'cloudtrail.StopLogging',
        ruleIndex: 0,
        level: 'error',
        message: { text: 'StopLogging by hanako at 2026-03-04T05:08:00Z. Nothing is recorded any more.' },
        locations: [
          {
            physicalLocation: { artifactLocation: { uri: 'logs/a.json' }, region: { byteOffset: 12, byteLength: 100 } },
          },
        ],
        partialFingerprints: { eventID: 'e' },
        properties: {
          severity: 'critical',
          event: expect.objectContaining({ eventName: 'StopLogging' }) as object,
          otherRules: ['any.any.root-activity'],
        },
      },
    ]);
  });

  it('names each rule once, and each result its rule', () => {
    const [run] = sarif([located(RECORD, [STOP]), located(RECORD, [INFO]), located(RECORD, [STOP])]).runs;
    const { rules } = run!.tool.driver;
    expect(rules.map(({ id }) => id)).toEqual(['cloudtrail.StopLogging', 'x.Info']);
    for (const { ruleId, ruleIndex, level } of run!.results) {
      expect(rules[ruleIndex]!.id).toBe(ruleId);
      expect(['none', 'note', 'warning', 'error']).toContain(level);
    }
  });

  it('is a log without findings', () => {
    expect(sarif([]).runs[0]).toMatchObject({ results: [], tool: { driver: { rules: [] } } });
  });

  it('has no fingerprint of an event without an id, and says what there is to say', () => {
    const [result] = sarif([located({}, [INFO])]).runs[0]!.results;
    expect(result).not.toHaveProperty('partialFingerprints');
    expect(result!.message.text).toBe('Management by unknown. Nothing is recorded any more.');
  });

  it('lets no log make a link', () => {
    const [result] = sarif([located({ ...RECORD, eventName: '[click](https://example.org) \\' }, [STOP])]).runs[0]!
      .results;
    expect(result!.message.text).toContain('\\[click\\](https://example.org) \\\\ by hanako');
  });

  it.each([
    ['logs/a b.json.gz', 'logs/a%20b.json.gz'],
    ['../日本.json', '../%E6%97%A5%E6%9C%AC.json'],
    ['a?b#c%d', 'a%3Fb%23c%25d'],
    ['logs.zip!/x/a.json', 'logs.zip!/x/a.json'],
    ['/var/log/a.json', 'file:///var/log/a.json'],
    ['logs\\a.json', 'logs/a.json'],
    ['C:\\logs\\a.json', 'file:///C:/logs/a.json'],
    ['half \ud800 a pair', 'half%20%EF%BF%BD%20a%20pair'],
  ])('writes the path %j as %s', (path, uri) => {
    const [result] = sarif([located(RECORD, [STOP], path)]).runs[0]!.results;
    expect(result!.locations[0]!.physicalLocation.artifactLocation.uri).toBe(uri);
  });
});
