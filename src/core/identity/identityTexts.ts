import { parseArn, resourceName } from '../events/arn';
import { type Message, message } from '../message';
import type { Confidence, Evidence, Oddity, Origin, Reason, Session } from './session';
import type { SessionGraph } from './sessionGraph';

const ARROW = ' → ';

/** Who is behind a session, for a line of text: `alice (IAMUser)`; `?` for an origin that is not known. */
export function originName({ type, arn, userName, workload, confidence }: Origin): string {
  if (confidence === 'unknown') return '?';
  const named = workload === undefined ? (userName ?? nameInArn(arn)) : (nameInArn(workload) ?? workload);
  return named === undefined ? type : `${named} (${type})`;
}

/** The name of the role, user or federated user that a session is of. */
export function principalOfSession({ type, arn, principalId, userName, accountId, origin }: Session): string {
  const parsed = arn === undefined ? undefined : parseArn(arn);
  if (type === 'IdentityCenterUser') return origin.userName ?? type;
  if (parsed === undefined) return userName ?? principalId ?? accountId ?? type;
  if (type === 'Root') return `root ${parsed.account}`;
  const [, name = parsed.resource] = parsed.resource.split('/');
  return parsed.service === 'sts' ? name : resourceName(parsed);
}

/** `DeployRole/svc-backup` for a session of a role, else as {@link principalOfSession}. */
export function sessionLabel(session: Session): string {
  const parsed = session.arn === undefined ? undefined : parseArn(session.arn);
  if (session.type !== 'AssumedRole' || parsed === undefined) return principalOfSession(session);
  return parsed.resource.replace(/^assumed-role\//, '');
}

/** From whoever is behind a session to the session: `alice (IAMUser) → ExampleRole → DeployRole`. */
export function chainText(graph: SessionGraph, session: Session): string {
  const hops = [...graph.via(session), session].filter(({ type, kind }) => kind === 'session' && isRole(type));
  return [originName(session.origin), ...hops.map(principalOfSession)].join(ARROW);
}

/** Who made the access key that a user acted with: `key made by alice (IAMUser) → ExampleRole`. */
export function keyMakerText(graph: SessionGraph, maker: Session): Message {
  const known = maker.origin.confidence !== 'unknown';
  return message('key made by {0}', known ? chainText(graph, maker) : sessionLabel(maker));
}

function isRole(type: string): boolean {
  return type === 'AssumedRole' || type === 'FederatedUser';
}

function nameInArn(arn: string | undefined): string | undefined {
  const parsed = arn === undefined ? undefined : parseArn(arn);
  if (parsed === undefined) return undefined;
  const name = resourceName(parsed);
  return name.slice(name.lastIndexOf(':') + 1);
}

export function confidenceText(confidence: Confidence): Message {
  switch (confidence) {
    case 'exact':
      return message('certain');
    case 'likely':
      return message('likely');
    case 'unknown':
      return message('not known');
  }
}

/** What a link rests on, as the end of a sentence: “because …”. */
export function evidenceText(evidence: Evidence): Message {
  switch (evidence) {
    case 'access-key':
      return message('the answer of the call holds this access key');
    case 'shared-event':
      return message('both accounts have a copy of the call (sharedEventID)');
    case 'session-name':
      return message('role and session name are the same');
    case 'principal-id':
      return message('the unique id is the same');
    case 'creation-time':
      return message('the session was made at the time of the call');
    case 'sign-in-session':
      return message('the sign-in session is the same (signInSessionArn)');
    case 'switch-from':
      return message('SwitchFrom names who switched');
    case 'on-behalf-of':
      return message('onBehalfOf names the Identity Center user');
    case 'source-identity':
      return message('sourceIdentity names who took the first role');
    case 'own-identity':
      return message('the record itself names the caller');
    case 'session-issuer':
      return message('sessionIssuer names the user');
    case 'service-linked-role':
      return message('the role is a service’s own');
    case 'workload':
      return message('AWS wrote the workload into the record');
    case 'workload-name':
      return message('the session or its client is named like a workload, which anyone can do');
    case 'reserved-role':
      return message('Identity Center names the sessions of this role after their users');
    case 'web-identity-provider':
      return message('the provider of the token is named, its subject is not');
  }
}

/** Why the call that issued a session is not known. */
export function reasonText(reason: Reason): Message {
  switch (reason) {
    case 'before-logs':
      return message('issued before the logs begin');
    case 'other-account':
      return message('issuing account’s logs are not among the sources');
    case 'not-recorded':
      return message('the call that issued it is not among the records');
    case 'made-by-aws':
      return message('made by a service of AWS for a call of this principal, without a record of it');
    case 'circular':
      return message('sessions issue one another in a circle: the keys are placeholders or forged');
  }
}

/** What is odd in how a session was used. */
export function oddityText(oddity: Oddity): Message {
  switch (oddity) {
    case 'two-places':
      return message('used from several addresses at the same time');
    case 'address-changed':
      return message('the address changed');
    case 'instance-elsewhere':
      return message('credentials of an instance used from several addresses');
    case 'client-changed':
      return message('several kinds of client');
    case 'attack-tool':
      return message('an attack or audit tool');
    case 'key-reused':
      return message('the key stands for several sessions');
  }
}
