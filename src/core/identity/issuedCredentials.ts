import { parseArn, resourceName } from '../events/arn';
import type { CloudTrailEvent } from '../events/event';
import type { RecordView } from '../events/recordView';
import { FieldPlan } from '../json/fieldPlan';
import { findValue, stepsOf } from '../json/find';
import { readValue } from '../json/foundValue';
import type { Way } from './session';

/** What a call handed out: as much as its record tells of the session that began with it. */
export interface IssuedCredentials {
  readonly way: Way;
  readonly accessKeyId: string | undefined;
  /** The new session's `userIdentity.principalId`. */
  readonly principalId: string | undefined;
  /** The new session's `userIdentity.arn`. */
  readonly arn: string | undefined;
  readonly accountId: string | undefined;
  /** The role that was taken, with its path. */
  readonly roleArn: string | undefined;
  /** Whom a long-term key was made for. */
  readonly userName: string | undefined;
  /** Who switched role in the console, as an ARN. */
  readonly switchedFrom: string | undefined;
  /** Identity Center: the account and permission set that the credentials are for. */
  readonly target: { readonly account: string; readonly permissionSet: string } | undefined;
  readonly signInSession: string | undefined;
}

/** Services whose calls hand out credentials. */
const SERVICES: ReadonlySet<string | undefined> = new Set([
  'sts.amazonaws.com',
  'iam.amazonaws.com',
  'signin.amazonaws.com',
  'sso.amazonaws.com',
  'rolesanywhere.amazonaws.com',
  'cognito-identity.amazonaws.com',
  'eks-auth.amazonaws.com',
]);

const WAYS: ReadonlyMap<string | undefined, Way> = new Map(
  (
    [
      'AssumeRole',
      'AssumeRoleWithSAML',
      'AssumeRoleWithWebIdentity',
      'AssumeRoot',
      'GetSessionToken',
      'GetFederationToken',
      'SwitchRole',
      'ConsoleLogin',
      'CreateOAuth2Token',
      'GetRoleCredentials',
      'Federate',
      'CreateAccessKey',
    ] as const
  ).map((way) => [way, way]),
);

const PATHS = {
  key: 'responseElements.credentials.accessKeyId',
  longTermKey: 'responseElements.accessKey.accessKeyId',
  keyUser: 'responseElements.accessKey.userName',
  roleId: 'responseElements.assumedRoleUser.assumedRoleId',
  roleSessionArn: 'responseElements.assumedRoleUser.arn',
  federatedId: 'responseElements.federatedUser.federatedUserId',
  federatedArn: 'responseElements.federatedUser.arn',
  consoleLogin: 'responseElements.ConsoleLogin',
  switchRole: 'responseElements.SwitchRole',
  roleArn: 'requestParameters.roleArn',
  sessionName: 'requestParameters.roleSessionName',
  targetPrincipal: 'requestParameters.targetPrincipal',
  switchFrom: 'additionalEventData.SwitchFrom',
  permissionSet: 'serviceEventDetails.role_name',
  account: 'serviceEventDetails.account_id',
  requestedPermissionSet: 'requestParameters.roleName',
  requestedAccount: 'requestParameters.accountId',
  signInSession: 'userIdentity.sessionContext.signInSessionArn',
} as const;

const plan = new FieldPlan(Object.values(PATHS).map((path) => path.split('.')));
const SLOT = Object.fromEntries(Object.keys(PATHS).map((name, slot) => [name, slot])) as Record<
  keyof typeof PATHS,
  number
>;
/** Roles Anywhere answers a set of one. */
const CREDENTIAL_SET = (path: readonly string[]): ReturnType<typeof stepsOf> =>
  stepsOf(['responseElements', 'credentialSet', 0, ...path]);
const ANYWHERE = {
  key: CREDENTIAL_SET(['credentials', 'accessKeyId']),
  roleId: CREDENTIAL_SET(['assumedRoleUser', 'assumedRoleId']),
  roleSessionArn: CREDENTIAL_SET(['assumedRoleUser', 'arn']),
};

/** What the record's call handed out; undefined for one that failed or hands out nothing. */
export function readIssuedCredentials(record: RecordView, event: CloudTrailEvent): IssuedCredentials | undefined {
  if (!SERVICES.has(event.eventSource) || event.errorCode !== undefined) return undefined;
  const { bytes } = record;
  plan.read(bytes, 0);
  const spans = plan.spans;
  const text = (name: keyof typeof PATHS): string | undefined => {
    const start = spans[SLOT[name] * 2]!;
    return start < 0 ? undefined : stringAt(bytes, { start, end: spans[SLOT[name] * 2 + 1]! });
  };
  const at = (steps: ReturnType<typeof stepsOf>): string | undefined => {
    const span = findValue(bytes, 0, steps);
    return span && stringAt(bytes, span);
  };
  return issued(event, text, (name) =>
    event.eventSource?.startsWith('rolesanywhere') ? at(ANYWHERE[name]) : undefined,
  );
}

function issued(
  event: CloudTrailEvent,
  text: (name: keyof typeof PATHS) => string | undefined,
  anywhere: (name: keyof typeof ANYWHERE) => string | undefined,
): IssuedCredentials | undefined {
  const way = WAYS.get(event.eventName) ?? 'other';
  const accessKeyId = text('key') ?? text('longTermKey') ?? anywhere('key');
  const permissionSet = text('permissionSet') ?? text('requestedPermissionSet');
  const account = text('account') ?? text('requestedAccount');
  const arn =
    text('roleSessionArn') ??
    text('federatedArn') ??
    anywhere('roleSessionArn') ??
    sessionArn(text('roleArn'), text('sessionName'));
  const facts = {
    way,
    accessKeyId,
    principalId: text('roleId') ?? text('federatedId') ?? anywhere('roleId'),
    arn,
    accountId: (arn === undefined ? undefined : parseArn(arn)?.account) ?? event.accountId,
    roleArn: text('roleArn'),
    userName: text('keyUser'),
    switchedFrom: undefined,
    target: undefined,
    signInSession: text('signInSession'),
  };
  switch (way) {
    case 'other':
      return accessKeyId === undefined ? undefined : facts;
    case 'AssumeRoot':
      return { ...facts, ...rootOf(text('targetPrincipal')) };
    case 'GetSessionToken':
      return { ...facts, principalId: event.principalId, arn: event.arn };
    case 'ConsoleLogin':
      if (text('consoleLogin') !== 'Success') return undefined;
      return { ...facts, principalId: event.principalId, arn: event.arn };
    case 'CreateOAuth2Token':
      return { ...facts, principalId: event.principalId, arn: event.arn };
    case 'SwitchRole':
      // The account that was left has a copy too; it does not tell the new session.
      if (text('switchRole') !== 'Success' || event.identityType !== 'AssumedRole') return undefined;
      return { ...facts, principalId: event.principalId, arn: event.arn, switchedFrom: text('switchFrom') };
    case 'GetRoleCredentials':
    case 'Federate':
      if (permissionSet === undefined || account === undefined) return undefined;
      return { ...facts, target: { account, permissionSet } };
    default:
      return (accessKeyId ?? facts.arn ?? facts.principalId) === undefined ? undefined : facts;
  }
}

/** The ARN that a session of the role has: without the role's path. */
function sessionArn(roleArn: string | undefined, sessionName: string | undefined): string | undefined {
  const arn = roleArn === undefined ? undefined : parseArn(roleArn);
  if (arn === undefined || sessionName === undefined || sessionName === '') return undefined;
  return `arn:${arn.partition}:sts::${arn.account}:assumed-role/${resourceName(arn)}/${sessionName}`;
}

/** AssumeRoot names the member account by its number or its root's ARN. */
function rootOf(target: string | undefined): Partial<IssuedCredentials> {
  const account = target === undefined ? undefined : (parseArn(target)?.account ?? target);
  return {
    principalId: account,
    accountId: account,
    arn: account === target ? account && `arn:aws:iam::${account}:root` : target,
  };
}

function stringAt(bytes: Uint8Array, span: { start: number; end: number }): string | undefined {
  const { type, text } = readValue(bytes, span);
  return (type === 'string' || type === 'number') && text !== '' ? text : undefined;
}
