import { describe, expect, it } from 'vitest';
import { chainText } from '../../../src/core/identity/identityTexts';
import { oneRecord } from '../../fixtures/oneRecord';
import { ACCOUNT, OTHER, alice, assumeRole, call, graphOf, ofKey, roleSession } from './support';

const BEFORE = oneRecord({ eventTime: '2026-03-04T04:00:00Z' });
const BEFORE_THERE = oneRecord({ eventTime: '2026-03-04T04:00:00Z', recipientAccountId: OTHER });
const deploy = roleSession('DeployRole', 'svc', 'ASIADEPLOY');
const dataRead = roleSession('DataRead', 'svc', 'ASIADATA', { account: OTHER });
const there = { recipientAccountId: OTHER };
/** What the other account sees of the caller. */
const foreignDeploy = { type: 'AWSAccount', principalId: 'AROADEPLOYROLE:svc', accountId: ACCOUNT };

describe('a step between accounts', () => {
  const taken = assumeRole({ by: alice, role: 'DeployRole', name: 'svc', key: 'ASIADEPLOY' });
  const step = { role: 'DataRead', name: 'svc', key: 'ASIADATA', account: OTHER };
  const shared = { sharedEventID: 'shared-1' };

  it('joins both copies, and takes the caller from the one that names it', async () => {
    const graph = await graphOf([
      assumeRole({ by: foreignDeploy, ...step, more: { ...shared, ...there, eventID: 'a-there' } }),
      assumeRole({ by: deploy, ...step, more: { ...shared, eventID: 'z-here' } }),
      taken,
      call(dataRead, there),
    ]);
    const session = ofKey(graph, 'ASIADATA');
    expect(chainText(graph, session)).toBe('alice (IAMUser) → DeployRole → DataRead');
    expect(session.link).toMatchObject({ confidence: 'exact', evidence: ['access-key', 'shared-event'] });
    expect(session.link?.issue.eventID).toBe('z-here');
    expect(session.origin.confidence).toBe('exact');
  });

  it('joins a copy that does not tell the key', async () => {
    const graph = await graphOf([
      assumeRole({ by: foreignDeploy, ...step, more: { ...shared, ...there } }),
      assumeRole({ by: deploy, ...step, more: { ...shared, responseElements: null, eventID: 'z-here' } }),
      taken,
      call(dataRead, there),
    ]);
    expect(ofKey(graph, 'ASIADATA').link?.issue.eventID).toBe('z-here');
    expect(chainText(graph, ofKey(graph, 'ASIADATA'))).toBe('alice (IAMUser) → DeployRole → DataRead');
  });

  it('finds the caller by its id when only the other account’s copy is there', async () => {
    const graph = await graphOf([
      taken,
      call(deploy),
      assumeRole({ by: foreignDeploy, ...step, more: { ...shared, ...there }, time: '2026-03-04T05:09:00Z' }),
      call(dataRead, there),
    ]);
    const session = ofKey(graph, 'ASIADATA');
    expect(chainText(graph, session)).toBe('alice (IAMUser) → DeployRole → DataRead');
    expect(session.link).toMatchObject({ confidence: 'likely', evidence: ['access-key', 'session-name'] });
    expect(session.origin.confidence).toBe('likely');
  });

  it('is sure of a user, whose id is unique', async () => {
    const foreignAlice = { type: 'AWSAccount', principalId: alice.principalId, accountId: ACCOUNT };
    const graph = await graphOf([
      call(alice),
      assumeRole({ by: foreignAlice, ...step, more: there }),
      call(dataRead, there),
    ]);
    expect(ofKey(graph, 'ASIADATA').origin).toMatchObject({ type: 'IAMUser', userName: 'alice', confidence: 'exact' });
  });

  it('says when the caller’s account has no logs here', async () => {
    const graph = await graphOf([
      BEFORE_THERE,
      assumeRole({ by: foreignDeploy, ...step, more: { ...shared, ...there } }),
      call(dataRead, there),
    ]);
    const session = ofKey(graph, 'ASIADATA');
    expect(session.link?.confidence).toBe('exact');
    expect(session.origin).toMatchObject({ type: 'AWSAccount', confidence: 'unknown', reason: 'other-account' });
  });

  it('finds the session of a record that names its caller by an id alone', async () => {
    const graph = await graphOf([taken, call(deploy), assumeRole({ by: foreignDeploy, ...step, more: there })]);
    const foreign = graph.sessions.find(({ type }) => type === 'AWSAccount');
    expect(foreign?.origin).toMatchObject({ userName: 'alice', confidence: 'likely' });
  });
});

describe('a session without its call', () => {
  it.each([
    ['is older than the logs', [call(deploy, { eventTime: '2026-03-04T05:01:00Z' })], 'before-logs'],
    ['is younger than the logs', [BEFORE, call(deploy)], 'not-recorded'],
    ['is of an account without logs', [BEFORE_THERE, call(deploy, there)], 'other-account'],
  ])('%s', async (_title, records, reason) => {
    const session = ofKey(await graphOf(records), 'ASIADEPLOY');
    expect(session).toMatchObject({ link: undefined, reason });
    expect(session.origin).toMatchObject({ confidence: 'unknown', reason, type: 'Role', userName: 'DeployRole' });
  });
});

describe('names, when there is no key', () => {
  const by = { by: alice, role: 'DeployRole', name: 'svc' };

  it.each([
    ['at the same time', '2026-03-04T05:00:00Z', ['session-name', 'creation-time']],
    ['after the session began, as real logs have it', '2026-03-04T05:00:09Z', ['session-name', 'creation-time']],
    ['hours away: time is a hint only', '2026-03-04T09:00:00Z', ['session-name']],
  ])('tie a session to a call %s', async (_title, time, evidence) => {
    const graph = await graphOf([BEFORE, assumeRole({ ...by, time }), call(deploy)]);
    expect(ofKey(graph, 'ASIADEPLOY').link).toMatchObject({ confidence: 'likely', evidence });
    expect(ofKey(graph, 'ASIADEPLOY').origin).toMatchObject({ userName: 'alice', confidence: 'likely' });
  });

  it('choose the nearest of several calls', async () => {
    const bob = {
      ...alice,
      arn: `arn:aws:iam::${ACCOUNT}:user/bob`,
      userName: 'bob',
      accessKeyId: 'AKIABOB',
      principalId: 'AIDABOB',
    };
    const graph = await graphOf([
      assumeRole({ ...by, by: bob, time: '2026-03-04T04:59:00Z' }),
      assumeRole({ ...by, time: '2026-03-04T05:00:02Z' }),
      call(deploy),
    ]);
    expect(ofKey(graph, 'ASIADEPLOY').origin.userName).toBe('alice');
  });

  it('do not tie it to a call that gave out another key at another time', async () => {
    const graph = await graphOf([
      BEFORE,
      assumeRole({ ...by, key: 'ASIAOTHER', time: '2026-03-04T04:30:00Z' }),
      call(deploy),
    ]);
    expect(ofKey(graph, 'ASIADEPLOY')).toMatchObject({ link: undefined, reason: 'not-recorded' });
  });

  it('tie a session whose key no record tells', async () => {
    const keyless = roleSession('DeployRole', 'svc', undefined);
    const graph = await graphOf([assumeRole({ ...by, key: 'ASIADEPLOY' }), call(keyless)]);
    const session = graph.sessions.find(({ accessKeyId, kind }) => kind === 'session' && accessKeyId === undefined);
    expect(session?.link).toMatchObject({ confidence: 'likely', evidence: ['session-name', 'creation-time'] });
    expect(session?.origin.userName).toBe('alice');
  });
});

describe('placeholders and anonymised ids', () => {
  it('keeps sessions of one placeholder key apart by their names', async () => {
    const KEY = 'ASIAIOSFODNN7EXAMPLE';
    const graph = await graphOf([
      assumeRole({ by: alice, role: 'A', name: 'a', key: KEY }),
      assumeRole({ by: { type: 'AWSService', invokedBy: 'ec2.amazonaws.com' }, role: 'B', name: 'b', key: KEY }),
      call(roleSession('A', 'a', KEY)),
      call(roleSession('B', 'b', KEY)),
    ]);
    const origins = graph
      .ofAccessKey(KEY)
      .map(({ arn, origin }) => [arn?.split('/')[1], origin.userName, origin.confidence]);
    expect(origins).toEqual([
      ['A', 'alice', 'exact'],
      ['B', 'ec2.amazonaws.com', 'exact'],
    ]);
  });

  it('is not sure of a key that two calls gave to the same session name', async () => {
    const step = { by: alice, role: 'DeployRole', name: 'svc', key: 'ASIADEPLOY' };
    const graph = await graphOf([
      assumeRole({ ...step, time: '2026-03-04T03:00:00Z' }),
      assumeRole({ ...step, time: '2026-03-04T05:00:01Z', more: { eventID: 'the-near-one' } }),
      call(deploy),
    ]);
    const session = ofKey(graph, 'ASIADEPLOY');
    expect(session.link).toMatchObject({ confidence: 'likely' });
    expect(session.link?.issue.eventID).toBe('the-near-one');
    expect(session.oddities).toContain('key-reused');
  });

  it.each(['ASIA', 'x', 'ASIA-REDACTED-1', 'ASIA'.repeat(200)])(
    'links any key, whatever it looks like: %s',
    async (key) => {
      const graph = await graphOf([
        assumeRole({ by: alice, role: 'DeployRole', name: 'svc', key }),
        call(roleSession('DeployRole', 'svc', key)),
      ]);
      expect(ofKey(graph, key).link).toMatchObject({ confidence: 'exact', evidence: ['access-key'] });
    },
  );

  it('counts events of one placeholder eventID by time and name', async () => {
    const same = { eventID: 'EXAMPLE' };
    const graph = await graphOf([
      call(alice, { ...same, eventName: 'A' }),
      call(alice, { ...same, eventName: 'B' }),
      call(alice, { ...same, eventName: 'B' }),
    ]);
    expect(ofKey(graph, 'AKIAALICE').events).toBe(2);
  });

  it('adds records of an export, which leave the ARN out, to the session of the key', async () => {
    const graph = await graphOf([
      call({ type: 'IAMUser', userName: 'alice', accessKeyId: 'AKIAALICE' }, { eventTime: '2026-03-04T01:00:00Z' }),
      call(alice),
    ]);
    expect(ofKey(graph, 'AKIAALICE')).toMatchObject({ events: 2, arn: alice.arn, firstTime: Date.UTC(2026, 2, 4, 1) });
  });
});

describe('circles', () => {
  const a = roleSession('A', 'a', 'ASIAA');
  const b = roleSession('B', 'b', 'ASIAB');
  const c = roleSession('C', 'c', 'ASIAC');
  const circle = [
    assumeRole({ by: a, role: 'B', name: 'b', key: 'ASIAB' }),
    assumeRole({ by: b, role: 'A', name: 'a', key: 'ASIAA' }),
    assumeRole({ by: b, role: 'C', name: 'c', key: 'ASIAC' }),
    call(c),
  ];

  it('are said, and walked once', async () => {
    const graph = await graphOf(circle);
    for (const key of ['ASIAA', 'ASIAB', 'ASIAC'])
      expect(ofKey(graph, key).origin).toMatchObject({ confidence: 'unknown', reason: 'circular' });
    expect(graph.chainTo(ofKey(graph, 'ASIAC')).map(({ accessKeyId }) => accessKeyId)).toEqual(['ASIAA', 'ASIAB']);
  });

  it('of one session with itself', async () => {
    const graph = await graphOf([assumeRole({ by: a, role: 'A', name: 'a', key: 'ASIAA' })]);
    expect(graph.chainTo(ofKey(graph, 'ASIAA'))).toEqual([]);
    expect(ofKey(graph, 'ASIAA').origin.confidence).toBe('unknown');
  });
});
