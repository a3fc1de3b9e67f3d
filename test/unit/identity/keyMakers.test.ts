import { describe, expect, it } from 'vitest';
import { chainText, keyMakerText } from '../../../src/core/identity/identityTexts';
import { keyMakers } from '../../../src/core/identity/keyMakers';
import { english } from '../../../src/core/message';
import { oneRecord } from '../../fixtures/oneRecord';
import type { CloudTrailRecord } from '../../fixtures/records';
import { ACCOUNT, alice, assumeRole, call, graphOf, ofKey, roleSession } from './support';

function user(name: string): CloudTrailRecord {
  return {
    type: 'IAMUser',
    principalId: `AIDA${name.toUpperCase()}`,
    arn: `arn:aws:iam::${ACCOUNT}:user/${name}`,
    accountId: ACCOUNT,
    accessKeyId: `AKIA${name.toUpperCase()}`,
    userName: name,
  };
}

function createKey(by: CloudTrailRecord, userName: string | undefined, accessKeyId: string): CloudTrailRecord {
  return oneRecord({
    userIdentity: by,
    eventSource: 'iam.amazonaws.com',
    eventName: 'CreateAccessKey',
    responseElements: { accessKey: { ...(userName !== undefined && { userName }), accessKeyId, status: 'Active' } },
  });
}

const admin = roleSession('AdminRole', 'a', 'ASIAADMIN');
const takenAdmin = assumeRole({ by: alice, role: 'AdminRole', name: 'a', key: 'ASIAADMIN' });
const bobInRole = assumeRole({ by: user('bob'), role: 'DeployRole', name: 'svc', key: 'ASIADEPLOY' });
const root = { type: 'Root', principalId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:root`, accountId: ACCOUNT };

describe('who made the key', () => {
  it.each<[title: string, records: CloudTrailRecord[], key: string, made: string[]]>([
    [
      'of a user, for that user',
      [createKey(alice, 'bob', 'AKIABOB'), call(user('bob'))],
      'AKIABOB',
      ['alice (IAMUser)'],
    ],
    ['that was never used', [createKey(alice, 'bob', 'AKIABOB')], 'AKIABOB', ['alice (IAMUser)']],
    [
      'is told of the roles that the user took',
      [createKey(alice, 'bob', 'AKIABOB'), bobInRole],
      'ASIADEPLOY',
      ['alice (IAMUser)'],
    ],
    [
      'acted in a role',
      [takenAdmin, createKey(admin, 'bob', 'AKIABOB'), bobInRole],
      'ASIADEPLOY',
      ['alice (IAMUser) → AdminRole'],
    ],
    [
      'acted with a key that somebody else had made: the nearest first',
      [createKey(alice, 'eve', 'AKIAEVE'), createKey(user('eve'), 'bob', 'AKIABOB'), bobInRole],
      'ASIADEPLOY',
      ['eve (IAMUser)', 'alice (IAMUser)'],
    ],
    ['is not known, but for the role', [createKey(admin, 'bob', 'AKIABOB'), bobInRole], 'ASIADEPLOY', ['AdminRole/a']],
    ['is the user', [createKey(alice, 'alice', 'AKIANEW'), call({ ...alice, accessKeyId: 'AKIANEW' })], 'AKIANEW', []],
    ['is the user, of a key never used', [createKey(alice, 'alice', 'AKIANEW')], 'AKIANEW', []],
    ['is the user in a role', [takenAdmin, createKey(admin, 'alice', 'AKIANEW')], 'AKIANEW', []],
    ['is root', [createKey({ ...root, accessKeyId: 'ASIAROOT' }, undefined, 'AKIAROOT')], 'AKIAROOT', []],
    ['is not recorded', [call(user('bob'))], 'AKIABOB', []],
  ])('%s', async (_title, records, key, made) => {
    const graph = await graphOf(records);
    const makers = keyMakers(graph, ofKey(graph, key));
    expect(makers.map(({ maker }) => english(keyMakerText(graph, maker)))).toEqual(
      made.map((each) => `key made by ${each}`),
    );
  });

  it('leaves the origin what AWS says it is', async () => {
    const graph = await graphOf([createKey(alice, 'bob', 'AKIABOB'), bobInRole]);
    expect(chainText(graph, ofKey(graph, 'ASIADEPLOY'))).toBe('bob (IAMUser) → DeployRole');
  });

  it.each<[string, CloudTrailRecord[]]>([
    ['exact', [takenAdmin]],
    ['unknown', []],
  ])('is %s', async (confidence, records) => {
    const graph = await graphOf([...records, createKey(admin, 'bob', 'AKIABOB')]);
    expect(keyMakers(graph, ofKey(graph, 'AKIABOB'))).toMatchObject([{ confidence, link: { confidence: 'exact' } }]);
  });

  it('comes to an end where keys made one another', async () => {
    const graph = await graphOf([createKey(user('bob'), 'eve', 'AKIAEVE'), createKey(user('eve'), 'bob', 'AKIABOB')]);
    expect(keyMakers(graph, ofKey(graph, 'AKIABOB')).length).toBeLessThanOrEqual(2);
  });
});
