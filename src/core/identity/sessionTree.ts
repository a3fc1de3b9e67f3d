import type { Origin, Session } from './session';
import type { Pause } from '../slices';
import type { SessionGraph } from './sessionGraph';

/** Sessions that are shown as one: the keys of one sign-in to the console, or those that services made for one principal. */
export interface SessionNode {
  readonly kind: 'single' | 'sign-in' | 'forwarded';
  /** One or more, in order of time. */
  readonly sessions: readonly [Session, ...Session[]];
  /** Sessions that these issued. */
  readonly children: readonly SessionNode[];
}

/** A person or workload with all that was done in its name. */
export interface PrincipalNode {
  readonly origin: Origin;
  readonly nodes: readonly SessionNode[];
}

/** Chains are followed this far; deeper sessions stand at the top again. */
const MOST_LEVELS = 32;

interface OpenNode {
  readonly kind: SessionNode['kind'];
  readonly sessions: [Session, ...Session[]];
  readonly children: OpenNode[];
  readonly byGroup: Map<string, OpenNode>;
}

/**
 * Principal → session → sessions that it issued, all in order of time. `keeps` leaves sessions out that have none below them that it keeps.
 * Awaits `pause` between short steps.
 */
export async function sessionTree(
  graph: SessionGraph,
  pause: Pause,
  keeps: (session: Session) => boolean = () => true,
): Promise<PrincipalNode[]> {
  const principals = new Map<string, { origin: Origin; nodes: OpenNode[]; byGroup: Map<string, OpenNode> }>();
  const placed = new Set<Session>();
  // What is no top and was not placed goes round in circles, or lies deeper than is shown.
  for (const mayStand of [isTop, () => true]) {
    for (const session of graph.sessions) {
      if (session.kind !== 'identity' && !placed.has(session) && mayStand(session)) {
        const key = originKey(session.origin);
        const principal = principals.get(key) ?? { origin: session.origin, nodes: [], byGroup: new Map() };
        principals.set(key, principal);
        await place(graph, session, principal, placed, pause);
      }
      await pause();
    }
  }
  const tree: PrincipalNode[] = [];
  for (const { origin, nodes } of principals.values()) {
    const shown: SessionNode[] = [];
    for (const node of nodes) {
      shown.push(...kept(node, keeps));
      await pause();
    }
    if (shown.length > 0) tree.push({ origin, nodes: shown });
  }
  return tree;
}

/** What makes two origins the same person or workload. */
export function originKey({ type, id, arn, userName, workload, reason }: Origin): string {
  return [reason === undefined ? type : '?', id ?? arn ?? userName ?? '', workload ?? ''].join('\n');
}

function isTop({ link }: Session): boolean {
  return link?.parent === undefined || link.parent.kind === 'identity';
}

async function place(
  graph: SessionGraph,
  top: Session,
  under: { nodes: OpenNode[]; byGroup: Map<string, OpenNode> },
  placed: Set<Session>,
  pause: Pause,
): Promise<void> {
  const waiting = [{ session: top, nodes: under.nodes, byGroup: under.byGroup, level: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { session, nodes, byGroup, level } = next;
    if (placed.has(session)) continue;
    placed.add(session);
    const node = join(session, nodes, byGroup);
    await pause();
    if (level >= MOST_LEVELS) continue;
    for (const child of graph.childrenOf(session).toReversed())
      waiting.push({ session: child, nodes: node.children, byGroup: node.byGroup, level: level + 1 });
  }
}

/** The node that a session goes to among `nodes`: its group's, or one of its own. */
function join(session: Session, nodes: OpenNode[], byGroup: Map<string, OpenNode>): OpenNode {
  const [kind, group] = groupOf(session);
  const known = group === undefined ? undefined : byGroup.get(group);
  if (known !== undefined) {
    known.sessions.push(session);
    return known;
  }
  const node: OpenNode = { kind, sessions: [session], children: [], byGroup: new Map() };
  if (group !== undefined) byGroup.set(group, node);
  nodes.push(node);
  return node;
}

function groupOf(session: Session): [SessionNode['kind'], string?] {
  const { kind, arn, principalId, creationTime, invokedBy, link, type } = session;
  if (kind !== 'session' || link?.evidence.includes('access-key') === true) return ['single'];
  const name = arn ?? principalId ?? '';
  if (invokedBy !== undefined && type === 'IAMUser') return ['forwarded', `forwarded\n${name}`];
  return creationTime === undefined ? ['single'] : ['sign-in', `${creationTime}\n${name}`];
}

function kept(node: OpenNode, keeps: (session: Session) => boolean): SessionNode[] {
  const children = node.children.flatMap((child) => kept(child, keeps));
  const own = node.sessions.filter(keeps);
  // What led to a session that is kept stays, or the chain would have a gap.
  const [first, ...rest] = own.length > 0 || children.length === 0 ? own : node.sessions;
  if (first === undefined) return [];
  return [{ kind: rest.length === 0 ? 'single' : node.kind, sessions: [first, ...rest], children }];
}
