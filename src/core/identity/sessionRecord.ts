import type { CloudTrailEvent } from '../events/event';
import type { RecordView } from '../events/recordView';
import { FieldPlan } from '../json/fieldPlan';
import { readValue } from '../json/foundValue';
import type { Severity } from '../rules/severity';
import { type IssuedCredentials, readIssuedCredentials } from './issuedCredentials';
import type { RecordPlace } from './session';

/** The fields of the row that sessions are made from: what a feed that has no records but columns must keep. */
export type SessionEvent = Pick<
  CloudTrailEvent,
  | 'eventID'
  | 'time'
  | 'eventSource'
  | 'eventName'
  | 'awsRegion'
  | 'accountId'
  | 'callerAccountId'
  | 'identityType'
  | 'principalId'
  | 'arn'
  | 'userName'
  | 'accessKeyId'
  | 'invokedBy'
  | 'sessionIssuerArn'
  | 'sessionIssuerUserName'
  | 'sessionCreationDate'
  | 'sourceIPAddress'
  | 'userAgent'
  | 'errorCode'
  | 'sharedEventID'
>;

const PATHS = {
  sourceIdentity: 'sessionContext.sourceIdentity',
  signInSession: 'sessionContext.signInSessionArn',
  ec2RoleDelivery: 'sessionContext.ec2RoleDelivery',
  assumedRoot: 'sessionContext.assumedRoot',
  webProvider: 'sessionContext.webIdFederationData.federatedProvider',
  issuerType: 'sessionContext.sessionIssuer.type',
  behalfOfUser: 'onBehalfOf.userId',
  credentialId: 'credentialId',
  workload: 'inScopeOf.credentialsIssuedTo',
} as const;

/** What else `userIdentity` tells of a session. The paths are below `userIdentity`. */
export type SessionContext = { readonly [Name in keyof typeof PATHS]?: string };

/** One record as sessions see it. */
export interface SessionRecord {
  readonly event: SessionEvent;
  readonly context: SessionContext;
  /** What the call handed out, if it did. */
  readonly issued: IssuedCredentials | undefined;
  readonly place: RecordPlace;
  /** Of what the rules find in the record. */
  readonly severity?: Severity | undefined;
}

const NAMES = Object.keys(PATHS) as (keyof typeof PATHS)[];
const plan = new FieldPlan(Object.values(PATHS).map((path) => ['userIdentity', ...path.split('.')]));
/** Of records that tell nothing more. */
export const NO_CONTEXT: SessionContext = {};
/** Their records hold nothing of {@link PATHS}. */
const WITHOUT_CONTEXT: ReadonlySet<string | undefined> = new Set(['AWSService', 'AWSAccount', undefined]);

/** Takes from a record, with its row `event`, what sessions are made from. */
export function sessionRecord(
  record: RecordView,
  event: CloudTrailEvent,
  place: RecordPlace,
  severity?: Severity,
): SessionRecord {
  return { event, context: readContext(record, event), issued: readIssuedCredentials(record, event), place, severity };
}

function readContext({ bytes }: RecordView, { identityType, sessionCreationDate }: CloudTrailEvent): SessionContext {
  const hasKeyOnly = identityType === 'IAMUser' && sessionCreationDate === undefined;
  if (hasKeyOnly || WITHOUT_CONTEXT.has(identityType)) return NO_CONTEXT;
  plan.read(bytes, 0);
  let context: { -readonly [Name in keyof SessionContext]: SessionContext[Name] } | undefined;
  NAMES.forEach((name, slot) => {
    const start = plan.spans[slot * 2]!;
    if (start < 0) return;
    const { type, text } = readValue(bytes, { start, end: plan.spans[slot * 2 + 1]! });
    const value = type === 'string' ? text : type === 'true' ? 'true' : '';
    if (value !== '') (context ??= {})[name] = value;
  });
  return context ?? NO_CONTEXT;
}
