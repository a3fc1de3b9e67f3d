import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Session } from '../../../src/core/identity/session';
import type { SessionGraph } from '../../../src/core/identity/sessionGraph';
import type { SessionRecord } from '../../../src/core/identity/sessionRecord';
import { type SessionNode, sessionTree } from '../../../src/core/identity/sessionTree';
import { oneRecord } from '../../fixtures/oneRecord';
import type { CloudTrailRecord } from '../../fixtures/records';
import { ACCOUNT, NOW, OTHER, alice, assumeRole, graphOfTaken, roleSession, taken } from './support';

const KEYS = ['ASIA1', 'ASIA2', 'ASIA3', 'ASIA4'];
const ROLES = ['A', 'B', 'C'];
const time = fc.integer({ min: 0, max: 59 }).map((second) => `2026-03-04T05:00:${String(second).padStart(2, '0')}Z`);
const key = fc.constantFrom(...KEYS);
const session = fc
  .record({
    role: fc.constantFrom(...ROLES),
    key: fc.option(key, { nil: undefined }),
    created: time,
    account: fc.constantFrom(ACCOUNT, OTHER),
  })
  .map(({ role, key: accessKeyId, created, account }) => roleSession(role, 'x', accessKeyId, { created, account }));
const identity = fc.oneof(
  session,
  fc.constant(alice as CloudTrailRecord),
  fc.constant<CloudTrailRecord>({ type: 'AWSService', invokedBy: 'ec2.amazonaws.com' }),
  fc.constantFrom(...ROLES).map((role) => ({ type: 'AWSAccount', principalId: `AROA${role}:x`, accountId: OTHER })),
);
const issue = fc
  .record({
    by: identity,
    role: fc.constantFrom(...ROLES),
    key: fc.option(key, { nil: undefined }),
    time,
    shared: fc.constantFrom('s1', 's2', undefined),
    account: fc.constantFrom(ACCOUNT, OTHER),
  })
  .map(({ key: issued, shared, ...rest }) =>
    assumeRole({
      ...rest,
      name: 'x',
      ...(issued !== undefined && { key: issued }),
      more: shared === undefined ? {} : { sharedEventID: shared },
    }),
  );
const use = fc
  .record({ userIdentity: identity, eventTime: time, sourceIPAddress: fc.constantFrom('203.0.113.1', '203.0.113.2') })
  .map((fields) => oneRecord(fields));
/** A few keys and roles only, so that sessions issue one another in every way, circles among them. */
const records = fc
  .array(fc.oneof(issue, use), { maxLength: 24 })
  .map((all) => all.map((record, index) => taken(record, index, `f${index % 3}`)));

/** A session as data, its parent by name. */
function plain(graph: SessionGraph, each: Session): unknown {
  const { link, origin, regions, addresses, agents, services, errorCodes, findings, firstPlace } = each;
  const name = (other: Session | undefined): unknown =>
    other && [other.accessKeyId, other.arn ?? other.principalId, other.creationTime];
  return {
    name: name(each),
    type: each.type,
    counts: [each.events, each.errors, each.firstTime, each.lastTime, firstPlace],
    link: link && [link.issue.eventID, link.issue.place, link.confidence, link.evidence, name(link.parent)],
    reason: each.reason,
    origin,
    uses: [regions, addresses, agents, services, errorCodes, [...findings]],
    oddities: each.oddities,
    via: graph.via(each).map(name),
    children: graph.childrenOf(each).map(name),
    newCalls: graph.newCalls(each),
  };
}

async function plainGraph(all: Iterable<SessionRecord>): Promise<unknown[]> {
  const graph = await graphOfTaken(all);
  return graph.sessions.map((each) => plain(graph, each));
}

describe('a session graph', () => {
  it('does not depend on the order of records', async () => {
    const shuffled = records.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    await fc.assert(
      fc.asyncProperty(shuffled, async ([all, other]) => {
        expect(await plainGraph(other)).toEqual(await plainGraph(all));
      }),
      { numRuns: 400 },
    );
  });

  it('does not change when records come twice', async () => {
    await fc.assert(
      fc.asyncProperty(records, fc.infiniteStream(fc.boolean()), async (all, again) => {
        const twice = all.flatMap((record) => (again.next().value === true ? [record, record] : [record]));
        expect(await plainGraph([...twice, ...all])).toEqual(await plainGraph(all));
      }),
      { numRuns: 200 },
    );
  });

  it('ends, with every session in the tree once and every chain free of repeats', async () => {
    await fc.assert(
      fc.asyncProperty(records, async (all) => {
        const graph = await graphOfTaken(all);
        const shown: Session[] = [];
        const visit = (nodes: readonly SessionNode[]): void => {
          for (const node of nodes) {
            shown.push(...node.sessions);
            visit(node.children);
          }
        };
        for (const principal of await sessionTree(graph, NOW)) visit(principal.nodes);
        expect(new Set(shown).size).toBe(shown.length);
        expect(new Set(shown)).toEqual(new Set(graph.sessions.filter(({ kind }) => kind !== 'identity')));
        for (const each of graph.sessions) {
          const chain = graph.chainTo(each);
          expect(new Set([...chain, each]).size).toBe(chain.length + 1);
          expect(each.origin.confidence === 'unknown').toBe(each.origin.reason !== undefined);
        }
      }),
      { numRuns: 200 },
    );
  });
});
