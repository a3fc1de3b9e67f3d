import type { Pause } from '../slices';
import type { Confidence, Evidence, Origin, Reason } from './session';
import { roleNameOf, weaker } from './sessionLinker';
import type { SessionState } from './sessionState';

const SERVICE_LINKED = /:role\/aws-service-role\/([^/]+)\//;
const INSTANCE_NAME = /^i-[0-9a-f]+$/;
/** What the run time of a function or container puts into the user agents of its clients. */
const RUNS_IN = /exec-env\/(AWS_Lambda|AWS_ECS)/;
const NOBODY = { id: undefined, arn: undefined, userName: undefined, workload: undefined, reason: undefined };

/** What is asked about sessions while origins are sought. */
export interface OriginFacts {
  reasonFor(state: SessionState): Reason;
  /** The name of an Identity Center user, by id. */
  nameOfUser(id: string): string | undefined;
}

/** Sets the origin of every session: who is behind it, through however many others. */
export async function resolveOrigins(states: readonly SessionState[], facts: OriginFacts, pause: Pause): Promise<void> {
  for (const state of states) {
    resolve(state, facts);
    await pause();
  }
}

/** Walks up to a session whose origin is known, or that has no parent, and down again: no recursion, every session once. */
function resolve(state: SessionState, facts: OriginFacts): void {
  const path: SessionState[] = [];
  const onPath = new Map<SessionState, number>();
  for (let at: SessionState | undefined = state; at !== undefined && at.foundOrigin === undefined; at = parentOf(at)) {
    const before = onPath.get(at);
    if (before !== undefined) {
      for (const each of path.slice(before)) each.foundOrigin = unknown(each, 'circular');
      break;
    }
    onPath.set(at, path.length);
    path.push(at);
  }
  for (const each of path.reverse()) each.foundOrigin ??= originOf(each, facts);
}

/** The session that issued this one; for one that another account names by an id alone, the session itself. */
export function parentOf(state: SessionState): SessionState | undefined {
  return (state.link?.parent as SessionState | undefined) ?? state.alias?.session;
}

function originOf(state: SessionState, facts: OriginFacts): Origin {
  const own = ownOrigin(state, facts);
  if (own?.confidence === 'exact') return own;
  const parent = parentOf(state);
  const inherited = parent?.foundOrigin && inheritedOrigin(state, parent.foundOrigin);
  if (inherited !== undefined && inherited.confidence !== 'unknown') return inherited;
  return own ?? inherited ?? unknown(state, state.reason ?? facts.reasonFor(state));
}

/** What the session's own records tell of who is behind it. */
function ownOrigin(state: SessionState, facts: OriginFacts): Origin | undefined {
  switch (state.type) {
    case 'AWSAccount':
      return undefined;
    case 'AWSService':
      return origin('AWSService', 'exact', 'own-identity', { userName: state.invokedByAny ?? state.principalId });
    case 'AssumedRole':
    case 'Role':
      return roleOrigin(state, facts);
    case 'FederatedUser':
      return federatedOrigin(state);
    case 'Root':
      if (state.context.assumedRoot === 'true' || isIssuedByAssumeRoot(state)) return undefined;
      return origin('Root', 'exact', 'own-identity', { arn: state.arn, userName: state.userName });
    case 'Unknown':
      if (state.userName === undefined && state.principalId === undefined) return undefined;
      return origin('Unknown', 'likely', 'own-identity', {
        arn: state.arn,
        userName: state.userName ?? state.principalId,
      });
    case 'IdentityCenterUser': {
      const id = state.context.behalfOfUser ?? state.principalId;
      return origin(state.type, 'exact', 'own-identity', identityCenterUser(id, state.userName, facts));
    }
    default:
      return origin(state.type, 'exact', 'own-identity', {
        arn: state.arn,
        userName: state.userName ?? state.principalId,
      });
  }
}

function identityCenterUser(
  id: string | undefined,
  userName: string | undefined,
  facts: OriginFacts,
): Pick<Origin, 'id' | 'userName'> {
  return { id, userName: userName ?? (id === undefined ? undefined : (facts.nameOfUser(id) ?? id)) };
}

function roleOrigin(state: SessionState, facts: OriginFacts): Origin | undefined {
  const { context, issuerArn } = state;
  const service = SERVICE_LINKED.exec(issuerArn ?? '')?.[1];
  if (service !== undefined) return origin('AWSService', 'exact', 'service-linked-role', { userName: service });
  const isReserved = roleNameOf(state)?.startsWith('AWSReservedSSO_') ?? false;
  if (context.behalfOfUser !== undefined) {
    const named = identityCenterUser(context.behalfOfUser, isReserved ? state.sessionName : undefined, facts);
    return origin('IdentityCenterUser', 'exact', 'on-behalf-of', named);
  }
  const workload = workloadOf(state);
  if (workload !== undefined) return workload;
  if (isReserved && state.sessionName !== undefined)
    return origin('IdentityCenterUser', 'likely', 'reserved-role', { userName: state.sessionName });
  if (context.sourceIdentity !== undefined)
    return origin('Unknown', 'likely', 'source-identity', { userName: context.sourceIdentity });
  return undefined;
}

/** Instances, functions and containers: AWS tells them apart by fields of its own; names and agents are the client's word. */
function workloadOf(state: SessionState): Origin | undefined {
  const { context, sessionName } = state;
  const isInstance = INSTANCE_NAME.test(sessionName ?? '');
  const ec2 = { userName: 'ec2.amazonaws.com', workload: sessionName };
  if (context.ec2RoleDelivery !== undefined) return origin('AWSService', 'exact', 'workload', ec2);
  if (context.workload !== undefined) {
    const service = context.workload.split(':')[2] ?? '';
    const userName = `${service === 'ecs' ? 'ecs-tasks' : service}.amazonaws.com`;
    return origin('AWSService', 'exact', 'workload', { userName, arn: context.workload, workload: context.workload });
  }
  // A grant by the service itself says it better.
  if (parentOf(state) !== undefined) return undefined;
  if (isInstance) return origin('AWSService', 'likely', 'workload-name', ec2);
  const runsIn = state.agents.map(({ value }) => RUNS_IN.exec(value)?.[1]).find((found) => found !== undefined);
  if (runsIn === undefined) return undefined;
  const userName = runsIn === 'AWS_Lambda' ? 'lambda.amazonaws.com' : 'ecs-tasks.amazonaws.com';
  return origin('AWSService', 'likely', 'workload-name', { userName, workload: sessionName });
}

function federatedOrigin(state: SessionState): Origin | undefined {
  const { issuerArn } = state;
  if (issuerArn === undefined) return undefined;
  const isRoot = issuerArn.endsWith(':root');
  const userName = isRoot ? undefined : issuerArn.slice(issuerArn.lastIndexOf('/') + 1);
  return origin(isRoot ? 'Root' : 'IAMUser', 'exact', 'session-issuer', { arn: issuerArn, userName });
}

function isIssuedByAssumeRoot({ link }: SessionState): boolean {
  return link?.issue.way === 'AssumeRoot';
}

function inheritedOrigin(state: SessionState, parent: Origin): Origin {
  const { link, alias, sessionName, type } = state;
  const confidence = link?.confidence ?? (alias?.exact === true ? 'exact' : 'likely');
  const evidence: readonly Evidence[] = link?.evidence ?? [alias?.exact === true ? 'principal-id' : 'session-name'];
  const isWorkload = parent.type === 'AWSService' && type === 'AssumedRole' && parent.workload === undefined;
  return {
    ...parent,
    ...(isWorkload && { workload: sessionName }),
    confidence: weaker(confidence, parent.confidence),
    evidence: [...new Set([...evidence, ...parent.evidence])],
  };
}

/** The best that can be said: the role, the token's provider, or the other account. */
function unknown(state: SessionState, reason: Reason): Origin {
  const { context, type, issuerArn, arn, principalId, accountId } = state;
  const base = { ...NOBODY, confidence: 'unknown' as Confidence, reason };
  if (context.webProvider !== undefined) {
    const evidence: Evidence[] = ['web-identity-provider'];
    return { ...base, type: 'WebIdentityUser', arn: context.webProvider, evidence };
  }
  if (type === 'AssumedRole')
    return { ...base, type: 'Role', arn: issuerArn ?? arn, userName: roleNameOf(state), evidence: [] };
  return { ...base, type, arn, userName: state.userName ?? principalId ?? accountId, evidence: [] };
}

function origin(
  type: string,
  confidence: Confidence,
  evidence: Evidence,
  facts: Partial<Pick<Origin, 'id' | 'arn' | 'userName' | 'workload'>>,
): Origin {
  return { ...NOBODY, ...facts, type, confidence, evidence: [evidence] };
}
