import { describe, expect, it } from 'vitest';
import type { Oddity } from '../../../src/core/identity/session';
import { MOST_VALUES } from '../../../src/core/identity/uses';
import type { CloudTrailRecord } from '../../fixtures/records';
import { alice, call, graphOf, graphOfTaken, ofKey, roleSession, taken } from './support';

const minute = (number: number): string => `2026-03-04T05:${String(number).padStart(2, '0')}:00Z`;

describe('what a session did', () => {
  it('counts time span, regions, addresses, clients, services and errors', async () => {
    const graph = await graphOf([
      call(alice, { eventTime: minute(5), awsRegion: 'eu-west-1', errorCode: 'AccessDenied' }),
      call(alice, { eventTime: minute(1), sourceIPAddress: '198.51.100.1' }),
      call(alice, { eventTime: minute(3), eventSource: 'iam.amazonaws.com' }),
    ]);
    const session = ofKey(graph, 'AKIAALICE');
    expect(session).toMatchObject({
      events: 3,
      errors: 1,
      firstTime: Date.UTC(2026, 2, 4, 5, 1),
      lastTime: Date.UTC(2026, 2, 4, 5, 5),
    });
    expect(session.firstPlace).toEqual({ file: 'a.json', index: 1, offset: 100 });
    expect(session.regions.map(({ value, count }) => [value, count])).toEqual([
      ['eu-west-1', 1],
      ['us-east-1', 2],
    ]);
    expect(session.addresses).toMatchObject([
      { value: '198.51.100.1', count: 1 },
      { value: '203.0.113.24', count: 2, first: Date.UTC(2026, 2, 4, 5, 3), last: Date.UTC(2026, 2, 4, 5, 5) },
    ]);
    expect(session.services.map(({ value }) => value)).toEqual(['ec2.amazonaws.com', 'iam.amazonaws.com']);
    expect(session.errorCodes).toMatchObject([{ value: 'AccessDenied', count: 1 }]);
    expect(session.agents).toHaveLength(1);
  });

  it('counts findings by severity, and an event that came twice once', async () => {
    const record = call(alice);
    const graph = await graphOfTaken([
      taken(record, 0, 'b.json', 'high'),
      taken(record, 7, 'a.json', 'high'),
      taken(call(alice), 1, 'b.json', 'low'),
    ]);
    const session = ofKey(graph, 'AKIAALICE');
    expect(session.events).toBe(2);
    expect([...session.findings]).toEqual([
      ['high', 1],
      ['low', 1],
    ]);
    expect(session.firstPlace).toMatchObject({ file: 'a.json', index: 7 });
  });

  it('keeps a bounded number of values, the same whatever their order', async () => {
    const records = Array.from({ length: MOST_VALUES * 3 }, (_, i) =>
      call(alice, { sourceIPAddress: `203.0.113.${i}` }),
    );
    const there = ofKey(await graphOf(records), 'AKIAALICE').addresses;
    const back = ofKey(await graphOf(records.toReversed()), 'AKIAALICE').addresses;
    expect(there).toHaveLength(MOST_VALUES);
    expect(back).toEqual(there);
  });

  it('tells what the principal had not done before', async () => {
    const first = roleSession('R', 'one', 'ASIAONE');
    const second = roleSession('R', 'two', 'ASIATWO');
    const graph = await graphOf([
      call(second, { eventTime: minute(9), eventName: 'DescribeInstances' }),
      call(second, { eventTime: minute(8), eventName: 'StopLogging', eventSource: 'cloudtrail.amazonaws.com' }),
      call(first, { eventTime: minute(1), eventName: 'DescribeInstances' }),
    ]);
    expect(graph.newCalls(ofKey(graph, 'ASIATWO'))).toEqual([
      { source: 'cloudtrail.amazonaws.com', name: 'StopLogging', time: Date.UTC(2026, 2, 4, 5, 8) },
    ]);
    expect(graph.newCalls(ofKey(graph, 'ASIAONE'))).toEqual([]);
  });
});

describe('oddities', () => {
  const from = (sourceIPAddress: string, time: number, userAgent = 'aws-cli/2.31.1'): CloudTrailRecord => ({
    sourceIPAddress,
    eventTime: minute(time),
    userAgent,
  });
  const instance = roleSession('WebRole', 'i-0123456789abcdef0', 'ASIAEC2');
  const CASES: readonly [string, CloudTrailRecord, readonly CloudTrailRecord[], readonly Oddity[]][] = [
    ['one address', alice, [from('203.0.113.1', 1), from('203.0.113.1', 9)], []],
    [
      'two addresses by turns',
      alice,
      [from('203.0.113.1', 1), from('203.0.113.9', 2), from('203.0.113.1', 3)],
      ['two-places'],
    ],
    ['one address after the other', alice, [from('203.0.113.1', 1), from('203.0.113.9', 2)], ['address-changed']],
    ['a service of AWS is no place', alice, [from('203.0.113.1', 1), from('ssm.amazonaws.com', 2)], []],
    ['nor is a VPC endpoint', alice, [from('203.0.113.1', 1), from('10.0.0.1', 2)], []],
    [
      'an instance has one address',
      instance,
      [from('203.0.113.1', 1), from('203.0.113.9', 5)],
      ['instance-elsewhere', 'address-changed'],
    ],
    ['an attack tool', alice, [from('203.0.113.1', 1, 'stratus-red-team_1')], ['attack-tool']],
    [
      'a browser and the console are one client',
      alice,
      [from('203.0.113.1', 1, 'Mozilla/5.0 Firefox/137.0'), from('203.0.113.1', 2, '[S3Console/0.4, aws-internal/3]')],
      [],
    ],
    [
      'a browser and the CLI are two',
      alice,
      [from('203.0.113.1', 1, 'Mozilla/5.0 Firefox/137.0'), from('203.0.113.1', 2)],
      ['client-changed'],
    ],
  ];

  it.each(CASES)('%s', async (_title, identity, calls, expected) => {
    const graph = await graphOf(calls.map((fields) => call(identity, fields)));
    const [session] = graph.sessions;
    expect(session?.oddities).toEqual(expected);
  });
});
