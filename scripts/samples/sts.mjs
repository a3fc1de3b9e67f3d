// Sessions: the record that issues temporary credentials, and the caller that they make.
import { byService, fromOtherAccount, roleSession, sessionArn } from './identities.mjs';
import { accessKeyId } from './ids.mjs';
import { lettersFor, uuidFor } from './seeded.mjs';
import { at, spoken } from './time.mjs';
import { HOME_REGION, WORKLOADS } from './world.mjs';

const HOUR = 3600;
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
export const GITHUB = `arn:aws:iam::${WORKLOADS}:oidc-provider/token.actions.githubusercontent.com`;

/** `actor` takes the role; in another account than his own, both accounts get a record, with one sharedEventID. */
export function assumeRole(timeline, actor, clock, { role, session, region = HOME_REGION, seconds = HOUR }) {
  const issued = issue(role, session, clock, seconds);
  const crossAccount = role.account !== actor.account;
  const call = {
    region,
    request: { roleArn: role.arn, roleSessionName: session, durationSeconds: seconds },
    response: { credentials: issued.credentials, assumedRoleUser: assumedRoleUser(role, session) },
    additional: { RequestDetails: { awsServingRegion: region, endpointType: 'regional' } },
    resources: roleResource(role),
    touched: [
      ['AWS::STS::AssumedRole', sessionArn(role, session)],
      ['AWS::IAM::Role', role.arn],
    ],
    ...(crossAccount && { sharedId: uuidFor(`shared ${clock} ${role.arn}`), requestId: uuidFor(`request ${clock} ${role.arn}`) }),
  };
  timeline.call(actor, clock, 'sts.AssumeRole', call);
  if (crossAccount) {
    const seenFromThere = { ...actor, identity: fromOtherAccount(actor.identity) };
    timeline.call(seenFromThere, clock, 'sts.AssumeRole', { ...call, account: role.account });
  }
  const identity = roleSession(role, { name: session, accessKeyId: issued.key, issuedAt: at(clock) });
  return { account: role.account, identity, ip: actor.ip, agent: actor.agent };
}

/** A service takes a role for a workload. It leaves out assumedRoleUser unless the role is its own. */
export function assumeRoleByService(timeline, service, clock, { role, session, region = HOME_REGION, linked = false, ...options }) {
  const issued = issue(role, session, clock, HOUR);
  timeline.call({ identity: byService(service), ip: service, agent: service, service: true }, clock, 'sts.AssumeRole', {
    account: role.account,
    region,
    request: { roleArn: role.arn, roleSessionName: session },
    response: { credentials: issued.credentials, ...(linked && { assumedRoleUser: assumedRoleUser(role, session) }) },
    resources: roleResource(role),
    sharedId: uuidFor(`shared ${clock} ${region} ${role.arn}`),
  });
  const identity = roleSession(role, { name: session, accessKeyId: issued.key, issuedAt: at(clock), ...options });
  return { account: role.account, identity };
}

/** A job of GitHub Actions takes the role with the token that GitHub signed for it. */
export function assumeRoleWithGitHubToken(timeline, clock, { role, subject, ip, agent }) {
  const session = 'GitHubActions';
  const issued = issue(role, session, clock, HOUR);
  const audience = 'sts.amazonaws.com';
  const identity = { type: 'WebIdentityUser', principalId: `${GITHUB}:${audience}:${subject}`, userName: subject, identityProvider: GITHUB };
  timeline.call({ account: role.account, identity, ip, agent }, clock, 'sts.AssumeRoleWithWebIdentity', {
    request: { roleArn: role.arn, roleSessionName: session, durationSeconds: HOUR },
    response: {
      credentials: issued.credentials,
      subjectFromWebIdentityToken: subject,
      assumedRoleUser: assumedRoleUser(role, session),
      provider: GITHUB,
      audience,
    },
    additional: { identityProviderConnectionVerificationMethod: 'IAMTrustStore' },
    resources: roleResource(role),
  });
  const caller = roleSession(role, { name: session, accessKeyId: issued.key, issuedAt: at(clock), web: GITHUB });
  return { account: role.account, identity: caller, ip };
}

/** The key of a session. It belongs to the account of the role. */
export function sessionKey(role, session, clock) {
  return accessKeyId('ASIA', role.account, `${role.arn} ${session} ${clock}`);
}

function issue(role, session, clock, seconds) {
  const key = sessionKey(role, session, clock);
  // Invented; a real one is some 700 letters.
  const sessionToken = `IQoJb3JpZ2luX2VjEXAMPLE${lettersFor(`token ${key}`, 24, BASE64)}==`;
  return { key, credentials: { accessKeyId: key, sessionToken, expiration: spoken(at(clock) + seconds) } };
}

function assumedRoleUser(role, session) {
  return { assumedRoleId: `${role.principalId}:${session}`, arn: sessionArn(role, session) };
}

function roleResource(role) {
  return [{ accountId: role.account, type: 'AWS::IAM::Role', ARN: role.arn }];
}
