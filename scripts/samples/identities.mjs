// userIdentity, in the shape and key order that each kind of caller has.
import { iso } from './time.mjs';

/** An IAM user with a long-term key: no session, so no MFA either. */
export function withKey({ principalId, arn, account, userName }, accessKeyId) {
  return { type: 'IAMUser', principalId, arn, accountId: account, accessKeyId, userName };
}

/** An IAM user in the console: a session, and a new key for nearly every request. */
export function inConsole({ principalId, arn, account, userName }, { accessKeyId, signedInAt, mfa }) {
  const attributes = { creationDate: iso(signedInAt), mfaAuthenticated: String(mfa) };
  return { type: 'IAMUser', principalId, arn, accountId: account, accessKeyId, userName, sessionContext: { attributes } };
}

/** An IAM user at the sign-in page. Sign-ins that fail have no ARN. */
export function atSignIn({ principalId, arn, account, userName }, succeeded) {
  return succeeded
    ? { type: 'IAMUser', principalId, arn, accountId: account, userName }
    : { type: 'IAMUser', principalId, accountId: account, accessKeyId: '', userName };
}

export function rootUser(account, session) {
  return { type: 'Root', principalId: account, arn: `arn:aws:iam::${account}:root`, accountId: account, accessKeyId: '', ...session };
}

export function roleSession(role, { name, accessKeyId, issuedAt, web, ec2, person, workload, invokedBy }) {
  return {
    type: 'AssumedRole',
    principalId: `${role.principalId}:${name}`,
    arn: sessionArn(role, name),
    accountId: role.account,
    accessKeyId,
    sessionContext: {
      sessionIssuer: { type: 'Role', principalId: role.principalId, arn: role.arn, accountId: role.account, userName: role.name },
      ...(web && { webIdFederationData: { federatedProvider: web, attributes: {} } }),
      attributes: { creationDate: iso(issuedAt), mfaAuthenticated: 'false' },
      ...(ec2 && { ec2RoleDelivery: '2.0' }),
    },
    ...(person && { onBehalfOf: person.onBehalfOf }),
    ...(workload && { inScopeOf: workload }),
    ...(invokedBy && { invokedBy }),
  };
}

/** The ARN of a session names the role without its path. */
export function sessionArn(role, name) {
  return `arn:aws:sts::${role.account}:assumed-role/${role.name}/${name}`;
}

/** What the account that owns a role sees of a caller from another account. */
export function fromOtherAccount(identity) {
  return { type: 'AWSAccount', principalId: identity.principalId, accountId: identity.accountId };
}

export function byService(service) {
  return { type: 'AWSService', invokedBy: service };
}

/** S3 writes the account of an unsigned request so. */
export const ANONYMOUS = { type: 'AWSAccount', principalId: '', accountId: 'anonymous' };
