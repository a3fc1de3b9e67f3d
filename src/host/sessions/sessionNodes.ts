import { originKey, type PrincipalNode, type SessionNode } from '../../core/identity/sessionTree';
import type { Origin, Session } from '../../core/identity/session';
import type { SessionGraph } from '../../core/identity/sessionGraph';

/** More rows than these under one parent are not looked through; a pattern finds what is meant. */
export const MOST_ROWS = 1000;

/** A row of the Sessions view. */
export type SessionRow = PrincipalRow | GroupRow | KeyRow | MoreRow;

interface RowBase {
  readonly id: string;
  readonly parent: SessionRow | undefined;
  readonly rows: readonly SessionRow[];
}

/** A person or workload. */
export interface PrincipalRow extends RowBase {
  readonly kind: 'principal';
  readonly graph: SessionGraph;
  readonly origin: Origin;
  /** All sessions below, however deep. */
  readonly sessions: readonly [Session, ...Session[]];
}

/** A session, or several that are shown as one. */
export interface GroupRow extends RowBase {
  readonly kind: 'session';
  readonly graph: SessionGraph;
  readonly node: SessionNode;
  readonly sessions: readonly [Session, ...Session[]];
}

/** One key of several. */
export interface KeyRow extends RowBase {
  readonly kind: 'key';
  readonly graph: SessionGraph;
  readonly sessions: readonly [Session];
}

/** Stands for rows that are not shown. */
export interface MoreRow extends RowBase {
  readonly kind: 'more';
  readonly count: number;
}

/** The tree as rows with parents, and the row of each session. */
export class SessionRows {
  readonly top: readonly SessionRow[];
  private readonly rowOfSession = new Map<Session, SessionRow>();

  constructor(graph: SessionGraph, tree: readonly PrincipalNode[]) {
    this.top = limited(undefined, tree, (principal) => this.principalRow(graph, principal));
  }

  rowOf(session: Session): SessionRow | undefined {
    return this.rowOfSession.get(session);
  }

  private principalRow(graph: SessionGraph, { origin, nodes }: PrincipalNode): PrincipalRow {
    const rows: SessionRow[] = [];
    const sessions = nodes.flatMap(sessionsBelow) as [Session, ...Session[]];
    const row: PrincipalRow = {
      kind: 'principal',
      id: originKey(origin),
      parent: undefined,
      rows,
      graph,
      origin,
      sessions,
    };
    rows.push(...limited(row, nodes, (node) => this.nodeRow(graph, node, row)));
    return row;
  }

  private nodeRow(graph: SessionGraph, node: SessionNode, parent: SessionRow): GroupRow {
    const rows: SessionRow[] = [];
    const { sessions, children } = node;
    const id = `${parent.id}\n${sessionId(sessions[0])}`;
    const row: GroupRow = { kind: 'session', id, parent, rows, graph, node, sessions };
    rows.push(...limited(row, children, (child) => this.nodeRow(graph, child, row)));
    if (sessions.length > 1) rows.push(...limited(row, sessions, (session) => this.keyRow(graph, session, row)));
    else this.rowOfSession.set(sessions[0], row);
    return row;
  }

  private keyRow(graph: SessionGraph, session: Session, parent: SessionRow): KeyRow {
    const row: KeyRow = {
      kind: 'key',
      id: `${parent.id}\nkey\n${sessionId(session)}`,
      parent,
      rows: [],
      graph,
      sessions: [session],
    };
    this.rowOfSession.set(session, row);
    return row;
  }
}

function sessionsBelow({ sessions, children }: SessionNode): Session[] {
  return [...sessions, ...children.flatMap(sessionsBelow)];
}

function limited<Item>(
  parent: SessionRow | undefined,
  items: readonly Item[],
  rowOf: (item: Item) => SessionRow,
): SessionRow[] {
  const rows = items.slice(0, MOST_ROWS).map(rowOf);
  const count = items.length - rows.length;
  if (count > 0) rows.push({ kind: 'more', id: `${parent?.id ?? ''}\nmore`, parent, rows: [], count });
  return rows;
}

function sessionId({ accessKeyId, arn, principalId, creationTime, type }: Session): string {
  return [accessKeyId ?? '', arn ?? principalId ?? type, creationTime ?? ''].join(' ');
}
