import { describe, expect, test } from 'vitest';
import { Catalogue } from '../../../src/core/rules/catalogue';
import { baseEventName } from '../../../src/core/rules/ruleIndex';
import type { Rule } from '../../../src/core/rules/rule';
import { isSeverity, lowerSeverity, severityRank } from '../../../src/core/rules/severity';
import { builtIn, findIn, idsOf, ruleWith } from './support';

const rule = (id: string, given: Partial<Rule>): Rule => ruleWith({ id, ...given });

const call = { eventSource: 's3.amazonaws.com', eventName: 'PutThing' };

describe('names with an API date', () => {
  test.each([
    ['AddPermission20150331v2', 'AddPermission'],
    ['GetFunction20150331', 'GetFunction'],
    ['CreateDistribution2020_05_31', 'CreateDistribution'],
    ['PutThing', 'PutThing'],
    ['PutThing2', 'PutThing2'],
    ['PutThing2015033', 'PutThing2015033'],
    ['PutThing20150331v', 'PutThing20150331v'],
    ['PutThing20150331v12', 'PutThing'],
    ['PutThing2020_5_31', 'PutThing2020_5_31'],
    ['2020_05_31PutThing', '2020_05_31PutThing'],
    ['', ''],
  ])('%s is %s', (name, base) => expect(baseEventName(name)).toBe(base));

  test.each([
    ['lambda.amazonaws.com', 'AddPermission20150331v2', 'lambda.AddPermission'],
    ['lambda.amazonaws.com', 'AddPermission', 'lambda.AddPermission'],
    ['cloudfront.amazonaws.com', 'UpdateDistribution2020_05_31', 'cloudfront.UpdateDistribution'],
  ])('%s %s', (eventSource, eventName, id) => {
    expect(idsOf({ eventSource, eventName })).toContain(id);
    expect(builtIn.rulesOfEvent(eventSource, eventName).map((each) => each.id)).toContain(id);
  });
});

describe('several rules met by one record', () => {
  const catalogue = new Catalogue([
    rule('any', { eventSource: '*', eventName: '*', severity: 'medium', tactics: ['T4', 'T1'], techniques: ['E4'] }),
    rule('any-source', { eventSource: '*', severity: 'info', tactics: ['T5'] }),
    rule('any-name', { eventName: '*', severity: 'info', tactics: ['T3', 'T2'], techniques: ['E3', 'E1'] }),
    rule('plain', { severity: 'low', tactics: ['T2'], techniques: ['E1'] }),
    rule('mild', { condition: '{ $.a = 1 }', severity: 'info', tactics: ['T1'] }),
    rule('grave', { condition: '{ $.a = 1 }', severity: 'high', tactics: ['T1', 'T6'], techniques: ['E1', 'E2'] }),
    rule('missed', { condition: '{ $.a = 2 }', severity: 'critical', tactics: ['T9'] }),
    rule('broken', { condition: '{ $.a == 1 }', severity: 'critical', tactics: ['T9'] }),
    rule('other', { eventName: 'GetThing', severity: 'critical' }),
    rule('elsewhere', { eventSource: 'ec2.amazonaws.com', severity: 'critical' }),
  ]);

  test('the most specific first, the highest severity, the union of tactics and techniques', () => {
    const finding = findIn(catalogue, { ...call, a: 1 });
    expect(finding?.rules.map(({ id }) => id)).toEqual(['grave', 'mild', 'plain', 'any-source', 'any-name', 'any']);
    expect(finding).toMatchObject({
      severity: 'high',
      tactics: ['T1', 'T6', 'T2', 'T5', 'T3', 'T4'],
      techniques: ['E1', 'E2', 'E3', 'E4'],
    });
  });

  test.each<[Record<string, unknown>, string[]]>([
    [call, ['plain', 'any-source', 'any-name', 'any']],
    [{ ...call, eventName: 'PutThing20150331v2' }, ['plain', 'any-source', 'any-name', 'any']],
    [{ ...call, eventName: 'putthing' }, ['any-name', 'any']],
    [{ ...call, eventName: 'GetThing' }, ['other', 'any-name', 'any']],
    [{ ...call, eventSource: 'sts.amazonaws.com' }, ['any-source', 'any']],
    [{ eventSource: 'sts.amazonaws.com', eventName: 'X' }, ['any']],
    [{ eventSource: 's3.amazonaws.com' }, ['any-name', 'any']],
    [{ eventName: 'X' }, ['any']],
    [{}, ['any']],
    // A log may hold anything: a star is no name, and counts nothing twice.
    [{ eventSource: '*', eventName: '*' }, ['any']],
    [{ eventSource: 's3.amazonaws.com', eventName: '*' }, ['any-name', 'any']],
  ])('%j', (record, ids) => {
    expect(findIn(catalogue, record)?.rules.map(({ id }) => id)).toEqual(ids);
  });

  test('rules by id and by event', () => {
    expect(catalogue.rule('grave')?.severity).toBe('high');
    expect(catalogue.rule('none')).toBeUndefined();
    expect([...catalogue.rules]).toHaveLength(10);
    expect(catalogue.rulesOfEvent('s3.amazonaws.com', 'GetThing').map(({ id }) => id)).toEqual(['other']);
    expect(catalogue.rulesOfEvent('s3.amazonaws.com', 'NoSuchEvent')).toEqual([]);
    expect(catalogue.rulesOfEvent('none.amazonaws.com', 'PutThing')).toEqual([]);
  });
});

describe('a call made by a service counts one level less', () => {
  test.each<[Rule['severity'], unknown, string]>([
    ['high', { type: 'IAMUser' }, 'high'],
    ['high', { type: 'AWSService' }, 'medium'],
    ['high', { type: 'AssumedRole', invokedBy: 'cloudformation.amazonaws.com' }, 'medium'],
    ['high', { type: 'AssumedRole', invokedBy: 'AWS Internal' }, 'medium'],
    ['critical', { type: 'AWSService' }, 'high'],
    ['info', { type: 'AWSService' }, 'info'],
  ])('%s, called by %j: %s', (severity, userIdentity, shown) => {
    const catalogue = new Catalogue([rule('x', { severity })]);
    expect(findIn(catalogue, { ...call, userIdentity })?.severity).toBe(shown);
  });

  test('its rules stay', () => {
    const catalogue = new Catalogue([rule('x', { severity: 'info' })]);
    expect(findIn(catalogue, { ...call, userIdentity: { type: 'AWSService' } })?.rules).toHaveLength(1);
  });
});

describe('the built-in rules', () => {
  test.each<[string, Record<string, unknown>, string[]]>([
    ['nothing is known of it', { eventSource: 's3.amazonaws.com', eventName: 'NoSuchEvent' }, []],
    ['nor of its service', { eventSource: 'none.amazonaws.com', eventName: 'X' }, []],
    ['nothing in it at all', {}, []],
    [
      'a denied call without parameters',
      {
        eventSource: 'lambda.amazonaws.com',
        eventName: 'AddPermission20150331v2',
        errorCode: 'AccessDenied',
        requestParameters: null,
      },
      ['lambda.AddPermission', 'any.any.unauthorized'],
    ],
    [
      'a star as principal',
      {
        eventSource: 'lambda.amazonaws.com',
        eventName: 'AddPermission20150331v2',
        requestParameters: { principal: '*' },
      },
      ['lambda.AddPermission.public', 'lambda.AddPermission'],
    ],
    [
      'a principal that only contains a star',
      { eventSource: 'lambda.amazonaws.com', eventName: 'AddPermission', requestParameters: { principal: 'x*' } },
      ['lambda.AddPermission'],
    ],
    [
      'root, by hand',
      { eventSource: 'none.amazonaws.com', eventName: 'X', eventType: 'AwsApiCall', userIdentity: { type: 'Root' } },
      ['any.any.root-activity'],
    ],
    [
      'IAM, of an unknown event, from CloudShell',
      { eventSource: 'iam.amazonaws.com', eventName: 'NoSuchEvent', userAgent: 'x CloudShell y', readOnly: false },
      ['iam.any.cloudshell-write'],
    ],
  ])('%s', (_, record, ids) => expect(idsOf(record)).toEqual(ids));
});

describe('severities', () => {
  test.each([
    ['info', 0, 'info'],
    ['low', 1, 'info'],
    ['medium', 2, 'low'],
    ['high', 3, 'medium'],
    ['critical', 4, 'high'],
  ] as const)('%s', (severity, rank, lower) => {
    expect(isSeverity(severity)).toBe(true);
    expect(severityRank(severity)).toBe(rank);
    expect(lowerSeverity(severity)).toBe(lower);
  });

  test.each(['', 'High', 'none', 'constructor'])('%j is none', (text) => expect(isSeverity(text)).toBe(false));
});
