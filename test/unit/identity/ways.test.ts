import { describe, expect, it } from 'vitest';
import type { Confidence, Evidence, Reason, Way } from '../../../src/core/identity/session';
import { chainText } from '../../../src/core/identity/identityTexts';
import { oneRecord } from '../../fixtures/oneRecord';
import type { CloudTrailRecord } from '../../fixtures/records';
import { ACCOUNT, OTHER, alice, assumeRole, call, graphOf, ofKey, roleSession } from './support';

interface WayCase {
  readonly title: string;
  readonly records: readonly CloudTrailRecord[];
  readonly key: string;
  readonly chain: string;
  readonly origin: { type: string; confidence: Confidence; userName?: string; arn?: string; workload?: string };
  readonly way?: Way;
  readonly link?: Confidence;
  readonly evidence?: readonly Evidence[];
  readonly reason?: Reason;
}

const AN_HOUR_BEFORE = oneRecord({ eventTime: '2026-03-04T04:00:00Z' });
const ROLE = { role: 'DeployRole', name: 'svc', key: 'ASIADEPLOY' };
const deploy = roleSession('DeployRole', 'svc', 'ASIADEPLOY');
const service = (invokedBy: string): CloudTrailRecord => ({ type: 'AWSService', invokedBy });
const temporaryAlice = {
  ...alice,
  accessKeyId: 'ASIAALICE',
  sessionContext: { attributes: { creationDate: '2026-03-04T05:00:00Z', mfaAuthenticated: 'true' } },
};
const behalf = {
  onBehalfOf: { userId: 'u-1', identityStoreArn: `arn:aws:identitystore::${ACCOUNT}:identitystore/d-1` },
};
const RESERVED = 'AWSReservedSSO_Admin_0123456789abcdef';
const signIn = (fields: CloudTrailRecord): CloudTrailRecord =>
  oneRecord({
    eventSource: 'signin.amazonaws.com',
    eventType: 'AwsConsoleSignIn',
    eventTime: '2026-03-04T05:00:00Z',
    ...fields,
  });
const keylessAlice: CloudTrailRecord = { ...alice, accessKeyId: '' };

const WAYS: readonly WayCase[] = [
  {
    title: 'AssumeRole',
    records: [assumeRole({ by: alice, ...ROLE }), call(deploy)],
    key: 'ASIADEPLOY',
    chain: 'alice (IAMUser) → DeployRole',
    origin: { type: 'IAMUser', confidence: 'exact', userName: 'alice', arn: alice.arn },
    way: 'AssumeRole',
    link: 'exact',
    evidence: ['access-key'],
  },
  {
    title: 'AssumeRole, chained',
    records: [
      assumeRole({ by: alice, role: 'ExampleRole', name: 'a', key: 'ASIAEXAMPLE' }),
      assumeRole({ by: roleSession('ExampleRole', 'a', 'ASIAEXAMPLE'), ...ROLE, time: '2026-03-04T05:10:00Z' }),
      call(roleSession('DeployRole', 'svc', 'ASIADEPLOY', { created: '2026-03-04T05:10:00Z' })),
    ],
    key: 'ASIADEPLOY',
    chain: 'alice (IAMUser) → ExampleRole → DeployRole',
    origin: { type: 'IAMUser', confidence: 'exact', userName: 'alice' },
    way: 'AssumeRole',
    link: 'exact',
    evidence: ['access-key'],
  },
  {
    title: 'AssumeRoleWithSAML',
    records: [
      assumeRole({
        by: {
          type: 'SAMLUser',
          principalId: 'idp:taro@example.com',
          userName: 'taro@example.com',
          identityProvider: 'idp',
        },
        ...ROLE,
        eventName: 'AssumeRoleWithSAML',
      }),
      call(deploy),
    ],
    key: 'ASIADEPLOY',
    chain: 'taro@example.com (SAMLUser) → DeployRole',
    origin: { type: 'SAMLUser', confidence: 'exact', userName: 'taro@example.com' },
    way: 'AssumeRoleWithSAML',
    link: 'exact',
    evidence: ['access-key'],
  },
  {
    title: 'AssumeRoleWithWebIdentity',
    records: [
      assumeRole({
        by: {
          type: 'WebIdentityUser',
          principalId: 'p:aud:repo:o/r:ref:refs/heads/main',
          userName: 'repo:o/r:ref:refs/heads/main',
        },
        ...ROLE,
        eventName: 'AssumeRoleWithWebIdentity',
      }),
      call(deploy),
    ],
    key: 'ASIADEPLOY',
    chain: 'repo:o/r:ref:refs/heads/main (WebIdentityUser) → DeployRole',
    origin: { type: 'WebIdentityUser', confidence: 'exact' },
    way: 'AssumeRoleWithWebIdentity',
    link: 'exact',
    evidence: ['access-key'],
  },
  {
    title: 'AssumeRoot',
    records: [
      oneRecord({
        userIdentity: alice,
        eventSource: 'sts.amazonaws.com',
        eventName: 'AssumeRoot',
        requestParameters: {
          targetPrincipal: OTHER,
          taskPolicyArn: { arn: 'arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy' },
        },
        responseElements: { credentials: { accessKeyId: 'ASIAROOT' } },
      }),
      call({
        type: 'Root',
        principalId: OTHER,
        arn: `arn:aws:iam::${OTHER}:root`,
        accountId: OTHER,
        accessKeyId: 'ASIAROOT',
        sessionContext: { assumedRoot: 'true', attributes: { creationDate: '2026-03-04T05:08:00Z' } },
      }),
    ],
    key: 'ASIAROOT',
    chain: 'alice (IAMUser)',
    origin: { type: 'IAMUser', confidence: 'exact', userName: 'alice' },
    way: 'AssumeRoot',
    link: 'exact',
    evidence: ['access-key'],
  },
  {
    title: 'GetSessionToken',
    records: [
      oneRecord({
        userIdentity: alice,
        eventSource: 'sts.amazonaws.com',
        eventName: 'GetSessionToken',
        responseElements: { credentials: { accessKeyId: 'ASIAALICE' } },
      }),
      call(temporaryAlice),
    ],
    key: 'ASIAALICE',
    chain: 'alice (IAMUser)',
    origin: { type: 'IAMUser', confidence: 'exact', userName: 'alice' },
    way: 'GetSessionToken',
    link: 'exact',
    evidence: ['access-key'],
  },
  {
    title: 'GetFederationToken',
    records: [
      oneRecord({
        userIdentity: alice,
        eventSource: 'sts.amazonaws.com',
        eventName: 'GetFederationToken',
        responseElements: {
          credentials: { accessKeyId: 'ASIAFED' },
          federatedUser: { federatedUserId: `${ACCOUNT}:night`, arn: `arn:aws:sts::${ACCOUNT}:federated-user/night` },
        },
      }),
      call({
        type: 'FederatedUser',
        principalId: `${ACCOUNT}:night`,
        arn: `arn:aws:sts::${ACCOUNT}:federated-user/night`,
        accountId: ACCOUNT,
        accessKeyId: 'ASIAFED',
        sessionContext: { sessionIssuer: { type: 'IAMUser', arn: alice.arn, userName: 'alice' } },
      }),
    ],
    key: 'ASIAFED',
    chain: 'alice (IAMUser) → night',
    origin: { type: 'IAMUser', confidence: 'exact', userName: 'alice', arn: alice.arn },
    way: 'GetFederationToken',
    link: 'exact',
    evidence: ['access-key'],
  },
  {
    title: 'SwitchRole in the console',
    records: [
      signIn({
        userIdentity: roleSession('DeployRole', 'svc', undefined),
        eventName: 'SwitchRole',
        responseElements: { SwitchRole: 'Success' },
        additionalEventData: { SwitchFrom: alice.arn, RedirectTo: 'https://console.aws.amazon.com/' },
      }),
      call(deploy),
    ],
    key: 'ASIADEPLOY',
    chain: 'alice (IAMUser) → DeployRole',
    origin: { type: 'IAMUser', confidence: 'likely', arn: alice.arn },
    way: 'SwitchRole',
    link: 'likely',
    evidence: ['session-name', 'switch-from', 'creation-time'],
  },
  {
    title: 'a sign-in to the console',
    records: [
      signIn({ userIdentity: keylessAlice, eventName: 'ConsoleLogin', responseElements: { ConsoleLogin: 'Success' } }),
      call(temporaryAlice),
    ],
    key: 'ASIAALICE',
    chain: 'alice (IAMUser)',
    origin: { type: 'IAMUser', confidence: 'exact', userName: 'alice' },
    way: 'ConsoleLogin',
    link: 'likely',
    evidence: ['session-name', 'creation-time'],
  },
  {
    title: 'a sign-in session that AWS names',
    records: [
      signIn({
        userIdentity: {
          ...keylessAlice,
          sessionContext: { signInSessionArn: 'arn:aws:signin:us-east-1:1:session/s-1' },
        },
        eventName: 'ConsoleLogin',
        eventTime: '2026-03-04T01:00:00Z',
        responseElements: { ConsoleLogin: 'Success' },
      }),
      call({
        ...temporaryAlice,
        sessionContext: {
          ...temporaryAlice.sessionContext,
          signInSessionArn: 'arn:aws:signin:us-east-1:1:session/s-1',
        },
      }),
    ],
    key: 'ASIAALICE',
    chain: 'alice (IAMUser)',
    origin: { type: 'IAMUser', confidence: 'exact', userName: 'alice' },
    way: 'ConsoleLogin',
    link: 'exact',
    evidence: ['sign-in-session'],
  },
  {
    title: 'Identity Center',
    records: [
      oneRecord({
        userIdentity: { type: 'IdentityCenterUser', accountId: ACCOUNT, ...behalf, credentialId: 'token-1' },
        eventSource: 'sso.amazonaws.com',
        eventName: 'GetRoleCredentials',
        eventTime: '2026-03-04T05:00:01Z',
        serviceEventDetails: { role_name: 'Admin', account_id: OTHER },
      }),
      call(roleSession(RESERVED, 'rin@example.com', 'ASIASSO', { account: OTHER, ...behalf })),
    ],
    key: 'ASIASSO',
    chain: `rin@example.com (IdentityCenterUser) → ${RESERVED}`,
    origin: { type: 'IdentityCenterUser', confidence: 'exact', userName: 'rin@example.com' },
    way: 'GetRoleCredentials',
    link: 'likely',
    evidence: ['on-behalf-of', 'creation-time'],
  },
  {
    title: 'Identity Center, without onBehalfOf and without the call',
    records: [AN_HOUR_BEFORE, call(roleSession(RESERVED, 'rin@example.com', 'ASIASSO'))],
    key: 'ASIASSO',
    chain: `rin@example.com (IdentityCenterUser) → ${RESERVED}`,
    origin: { type: 'IdentityCenterUser', confidence: 'likely', userName: 'rin@example.com' },
    reason: 'not-recorded',
  },
  {
    title: 'an instance, with the call of EC2, which leaves assumedRoleUser out',
    records: [
      assumeRole({
        by: service('ec2.amazonaws.com'),
        role: 'WebRole',
        name: 'i-0123456789abcdef0',
        more: { responseElements: { credentials: { accessKeyId: 'ASIAEC2' } } },
      }),
      call(roleSession('WebRole', 'i-0123456789abcdef0', 'ASIAEC2')),
    ],
    key: 'ASIAEC2',
    chain: 'i-0123456789abcdef0 (AWSService) → WebRole',
    origin: { type: 'AWSService', confidence: 'exact', userName: 'ec2.amazonaws.com', workload: 'i-0123456789abcdef0' },
    way: 'AssumeRole',
    link: 'exact',
    evidence: ['access-key'],
  },
  {
    title: 'an instance that AWS names, without the call',
    records: [
      call(roleSession('WebRole', 'i-0123456789abcdef0', 'ASIAEC2', { context: { ec2RoleDelivery: '2.0' } }), {
        eventTime: '2026-03-04T05:08:00Z',
      }),
    ],
    key: 'ASIAEC2',
    chain: 'i-0123456789abcdef0 (AWSService) → WebRole',
    origin: { type: 'AWSService', confidence: 'exact', workload: 'i-0123456789abcdef0' },
    reason: 'before-logs',
  },
  {
    title: 'a session that is only named like an instance',
    records: [AN_HOUR_BEFORE, call(roleSession('WebRole', 'i-0123456789abcdef0', 'ASIAEC2'))],
    key: 'ASIAEC2',
    chain: 'i-0123456789abcdef0 (AWSService) → WebRole',
    origin: { type: 'AWSService', confidence: 'likely', workload: 'i-0123456789abcdef0' },
    reason: 'not-recorded',
  },
  {
    title: 'a function',
    records: [
      call(
        roleSession('FnRole', 'thumbs', 'ASIAFN', {
          inScopeOf: {
            issuerType: 'AWS::Lambda::Function',
            credentialsIssuedTo: `arn:aws:lambda:us-east-1:${ACCOUNT}:function:thumbs`,
          },
        }),
      ),
    ],
    key: 'ASIAFN',
    chain: 'thumbs (AWSService) → FnRole',
    origin: { type: 'AWSService', confidence: 'exact', userName: 'lambda.amazonaws.com' },
    reason: 'before-logs',
  },
  {
    title: 'a container, by its user agent',
    records: [
      AN_HOUR_BEFORE,
      call(roleSession('TaskRole', 'abc', 'ASIAECS'), { userAgent: 'Boto3/1.40 exec-env/AWS_ECS_FARGATE' }),
    ],
    key: 'ASIAECS',
    chain: 'abc (AWSService) → TaskRole',
    origin: { type: 'AWSService', confidence: 'likely', userName: 'ecs-tasks.amazonaws.com', workload: 'abc' },
    reason: 'not-recorded',
  },
  {
    title: 'a service-linked role',
    records: [
      call(
        roleSession('AWSServiceRoleForConfig', 'describe', 'ASIASLR', {
          path: 'aws-service-role/config.amazonaws.com/',
        }),
      ),
    ],
    key: 'ASIASLR',
    chain: 'config.amazonaws.com (AWSService) → AWSServiceRoleForConfig',
    origin: { type: 'AWSService', confidence: 'exact', userName: 'config.amazonaws.com' },
    reason: 'before-logs',
  },
  {
    title: 'a call that a service makes for a user',
    records: [AN_HOUR_BEFORE, call({ ...temporaryAlice, invokedBy: 'secretsmanager.amazonaws.com' })],
    key: 'ASIAALICE',
    chain: 'alice (IAMUser)',
    origin: { type: 'IAMUser', confidence: 'exact', userName: 'alice' },
    reason: 'made-by-aws',
  },
  {
    title: 'sourceIdentity, when nothing else tells',
    records: [
      AN_HOUR_BEFORE,
      call(roleSession('DeployRole', 'svc', 'ASIADEPLOY', { context: { sourceIdentity: 'hanako' } })),
    ],
    key: 'ASIADEPLOY',
    chain: 'hanako (Unknown) → DeployRole',
    origin: { type: 'Unknown', confidence: 'likely', userName: 'hanako' },
    reason: 'not-recorded',
  },
  {
    title: 'a token of which only the provider is known',
    records: [
      AN_HOUR_BEFORE,
      call(
        roleSession('CiRole', 'job', 'ASIACI', {
          context: { webIdFederationData: { federatedProvider: 'arn:aws:iam::1:oidc-provider/ci' } },
        }),
      ),
    ],
    key: 'ASIACI',
    chain: '? → CiRole',
    origin: { type: 'WebIdentityUser', confidence: 'unknown', arn: 'arn:aws:iam::1:oidc-provider/ci' },
    reason: 'not-recorded',
  },
  {
    title: 'a key of a user, made in the logs',
    records: [
      oneRecord({
        userIdentity: alice,
        eventSource: 'iam.amazonaws.com',
        eventName: 'CreateAccessKey',
        responseElements: { accessKey: { userName: 'bob', accessKeyId: 'AKIABOB', status: 'Active' } },
      }),
      call({
        ...alice,
        principalId: 'AIDABOB',
        arn: `arn:aws:iam::${ACCOUNT}:user/bob`,
        userName: 'bob',
        accessKeyId: 'AKIABOB',
      }),
    ],
    key: 'AKIABOB',
    chain: 'bob (IAMUser)',
    origin: { type: 'IAMUser', confidence: 'exact', userName: 'bob' },
    way: 'CreateAccessKey',
    link: 'exact',
    evidence: ['access-key'],
  },
  {
    title: 'Roles Anywhere',
    records: [
      oneRecord({
        userIdentity: { type: 'Unknown', principalId: '', userName: 'CN=host-1' },
        eventSource: 'rolesanywhere.amazonaws.com',
        eventName: 'CreateSession',
        responseElements: {
          credentialSet: [
            {
              assumedRoleUser: {
                assumedRoleId: 'AROADEPLOYROLE:svc',
                arn: `arn:aws:sts::${ACCOUNT}:assumed-role/DeployRole/svc`,
              },
              credentials: { accessKeyId: 'ASIADEPLOY' },
            },
          ],
        },
      }),
      call(deploy),
    ],
    key: 'ASIADEPLOY',
    chain: 'CN=host-1 (Unknown) → DeployRole',
    origin: { type: 'Unknown', confidence: 'likely', userName: 'CN=host-1' },
    way: 'other',
    link: 'exact',
    evidence: ['access-key'],
  },
];

describe('ways of getting a session', () => {
  it.each(WAYS)('$title', async ({ records, key, chain, origin, way, link, evidence, reason }) => {
    const graph = await graphOf(records);
    const session = ofKey(graph, key);
    expect(chainText(graph, session)).toBe(chain);
    expect(session.origin).toMatchObject(origin);
    expect(session.link?.issue.way).toBe(way);
    expect(session.link?.confidence).toBe(link);
    expect(session.link?.evidence).toEqual(evidence);
    expect(session.reason).toBe(reason);
  });

  it('gives credentials that were issued and never used a session too', async () => {
    const graph = await graphOf([assumeRole({ by: alice, ...ROLE })]);
    expect(ofKey(graph, 'ASIADEPLOY')).toMatchObject({
      events: 0,
      firstTime: undefined,
      type: 'AssumedRole',
      kind: 'session',
    });
    expect(chainText(graph, ofKey(graph, 'ASIADEPLOY'))).toBe('alice (IAMUser) → DeployRole');
  });

  it.each([
    [
      'a call that was refused',
      assumeRole({ by: alice, ...ROLE, more: { errorCode: 'AccessDenied', responseElements: null } }),
    ],
    ['a sign-in that failed', signIn({ eventName: 'ConsoleLogin', responseElements: { ConsoleLogin: 'Failure' } })],
  ])('%s issues nothing', async (_title, record) => {
    const graph = await graphOf([record]);
    expect(graph.sessions.filter(({ link }) => link !== undefined)).toEqual([]);
    expect(graph.ofAccessKey('ASIADEPLOY')).toEqual([]);
  });
});
