import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { SessionBuilder } from '../../../src/core/identity/sessionBuilder';
import { MOST_HOPS } from '../../../src/core/identity/sessionGraph';
import type { SessionRecord } from '../../../src/core/identity/sessionRecord';
import { type SessionNode, sessionTree } from '../../../src/core/identity/sessionTree';
import { NOW, alice, assumeRole, call, graphOf, graphOfTaken, ofKey, roleSession, taken } from './support';

const MEGABYTE = 2 ** 20;
/** Of heap for a session that was issued by one and made a call: with its issuing call, its key and its names. */
const MOST_BYTES_PER_SESSION = 2000;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heapUsed(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

const TEMPLATE = taken(call(roleSession('R', 'x', 'ASIA')));
const ISSUED = taken(assumeRole({ by: alice, role: 'R', name: 'x', key: 'ASIA' })).issued!;

/** What only one session has, as texts of their own: a decoded record shares none with another. */
function own(prefix: string, number: number): string {
  return Buffer.from(`${prefix}${number}`).toString();
}

/** The record of session `number`, which issues the next one. */
function linkOfChain(number: number): SessionRecord {
  const name = own('session-', number);
  const next = own('session-', number + 1);
  return {
    ...TEMPLATE,
    event: {
      ...TEMPLATE.event,
      eventID: own('event-', number),
      time: 1_772_600_000_000 + number,
      accessKeyId: own('ASIAKEY', number),
      arn: `arn:aws:sts::111122223333:assumed-role/R/${name}`,
      principalId: `AROAR:${name}`,
    },
    issued: {
      ...ISSUED,
      accessKeyId: own('ASIAKEY', number + 1),
      arn: `arn:aws:sts::111122223333:assumed-role/R/${next}`,
      principalId: `AROAR:${next}`,
    },
  };
}

function* chain(length: number): Iterable<SessionRecord> {
  for (let number = 0; number < length; number++) yield linkOfChain(number);
}

describe('very many sessions', () => {
  it('a million of them, each issued by the one before, need memory in proportion and end', async () => {
    const COUNT = 1_000_000;
    const before = heapUsed();
    const graph = await graphOfTaken(chain(COUNT));
    const perSession = (heapUsed() - before) / COUNT;
    expect(graph.sessions.length).toBe(COUNT + 1);
    const last = ofKey(graph, `ASIAKEY${COUNT}`);
    expect(last.link?.issue.eventID).toBe(`event-${COUNT - 1}`);
    expect(last.origin).toMatchObject({ type: 'Role', confidence: 'unknown' });
    expect(graph.via(last)).toHaveLength(MOST_HOPS);
    expect(perSession).toBeLessThan(MOST_BYTES_PER_SESSION);
  }, 180_000);

  it('beyond the limit are left out, and counted', async () => {
    const builder = new SessionBuilder({ mostSessions: 10 });
    for (const record of chain(25)) builder.add(record);
    const graph = await builder.build(NOW);
    expect(graph.sessions).toHaveLength(10);
    expect(graph.limits.leftOut).toBe(15);
  });

  it('in a long chain stand in the tree, all of them', async () => {
    const graph = await graphOfTaken(chain(200));
    let count = 0;
    const visit = (nodes: readonly SessionNode[]): void => {
      for (const node of nodes) {
        count += node.sessions.length;
        visit(node.children);
      }
    };
    for (const { nodes } of await sessionTree(graph, NOW)) visit(nodes);
    expect(count).toBe(graph.sessions.length);
  });
});

describe('many records of few sessions', () => {
  it('need memory for their ids only', () => {
    const COUNT = 300_000;
    const builder = new SessionBuilder();
    const before = process.memoryUsage();
    collectGarbage();
    const heap = heapUsed();
    for (let i = 0; i < COUNT; i++)
      builder.add({
        ...TEMPLATE,
        event: { ...TEMPLATE.event, eventID: own('event-', i), sourceIPAddress: `203.0.113.${i % 256}` },
      });
    expect(heapUsed() - heap).toBeLessThan(MEGABYTE);
    expect(process.memoryUsage().arrayBuffers - before.arrayBuffers).toBeLessThan(16 * MEGABYTE);
  });
});

describe('texts that mean something elsewhere', () => {
  it.each(['__proto__', 'constructor', 'a\nb', '\u0000', '"', '💥'])('%j is a key like any other', async (key) => {
    const graph = await graphOf([
      assumeRole({ by: { ...alice, accessKeyId: key }, role: '__proto__', name: key, key }),
      call(roleSession('__proto__', key, key)),
    ]);
    expect(graph.ofAccessKey(key).map(({ events }) => events)).toEqual([1, 1]);
    expect(graph.ofAccessKey('toString')).toEqual([]);
  });
});
