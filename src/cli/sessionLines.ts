import { formatTime } from '../core/events/time';
import {
  confidenceText,
  evidenceText,
  oddityText,
  originName,
  reasonText,
  sessionLabel,
} from '../core/identity/identityTexts';
import type { Origin, Session } from '../core/identity/session';
import type { SessionGraph } from '../core/identity/sessionGraph';
import { type PrincipalNode, type SessionNode, sessionTree } from '../core/identity/sessionTree';
import { type Message, english } from '../core/message';
import { shorten, visibleText } from '../core/text';
import { pacer } from '../node/pacer';

const MOST_ADDRESSES = 3;
const LONGEST = 96;

/** The sessions as a tree for a terminal: principals, their sessions, the sessions that those issued; what each did and how sure that is. */
export async function* sessionLines(graph: SessionGraph): AsyncIterable<string> {
  for (const principal of await sessionTree(graph, pacer())) {
    yield principalLine(principal);
    yield* nodeLines(principal.nodes, '');
  }
}

function principalLine({ origin, nodes }: PrincipalNode): string {
  const name = shown(origin.confidence === 'unknown' ? (origin.userName ?? origin.arn ?? '?') : originName(origin));
  const arn = origin.arn === undefined ? '' : `  ${shown(origin.arn)}`;
  const known = origin.confidence === 'unknown' ? `who is behind it is not known: ${tell(reasonOf(origin))}` : '';
  return [`${name}${arn}`, known || basis(origin), counted(nodes.length, 'session')].join('  ·  ');
}

function reasonOf({ reason }: Origin): Message {
  return reasonText(reason ?? 'not-recorded');
}

function basis({ confidence, evidence }: Origin): string {
  const because = evidence.map((each) => tell(evidenceText(each))).join('; ');
  return confidence === 'exact' ? 'certain' : `${tell(confidenceText(confidence))}: ${because}`;
}

function* nodeLines(nodes: readonly SessionNode[], indent: string): Iterable<string> {
  for (const [i, node] of nodes.entries()) {
    const isLast = i === nodes.length - 1;
    const below = `${indent}${isLast ? '   ' : '│  '}`;
    yield `${indent}${isLast ? '└─ ' : '├─ '}${headLine(node)}`;
    const bar = node.children.length > 0 ? '│' : ' ';
    for (const line of detailLines(node.sessions)) yield `${below}${bar}    ${line}`;
    yield* nodeLines(node.children, below);
  }
}

function headLine({ kind, sessions }: SessionNode): string {
  const [first] = sessions;
  const keys =
    sessions.length === 1
      ? shown(first.accessKeyId ?? 'no access key')
      : `${sessions.length} keys of ${kind === 'sign-in' ? 'one sign-in' : 'calls that services made'}`;
  const label =
    first.kind === 'long-term-key' ? `${shown(sessionLabel(first))} (long-term key)` : shown(sessionLabel(first));
  const events = sessions.reduce((sum, session) => sum + session.events, 0);
  return [label, keys, counted(events, 'event'), span(sessions)].filter((part) => part !== '').join('  ');
}

function* detailLines(sessions: readonly [Session, ...Session[]]): Iterable<string> {
  yield issuedLine(sessions[0]);
  const did = [
    findings(sessions),
    errors(sessions),
    `from ${addresses(sessions)}`,
    [...new Set(sessions.flatMap(({ regions }) => regions.map(({ value }) => shown(value))))].join(', '),
  ];
  if (sum(sessions, ({ events }) => events) > 0) yield did.filter((part) => part !== '').join(', ');
  const odd = [...new Set(sessions.flatMap((session) => session.oddities))];
  if (odd.length > 0) yield `! ${odd.map((each) => tell(oddityText(each))).join('; ')}`;
}

function issuedLine({ link, reason, kind }: Session): string {
  if (link === undefined) {
    return kind === 'long-term-key' && reason === 'before-logs'
      ? 'key made before the logs begin'
      : `not tied to a call: ${tell(reasonText(reason ?? 'not-recorded'))}`;
  }
  const { issue, confidence, evidence } = link;
  const time = issue.time === undefined ? '' : ` at ${formatTime(issue.time)}`;
  const because = evidence.map((each) => tell(evidenceText(each))).join('; ');
  return `${shown(issue.eventName)}${time}, ${tell(confidenceText(confidence))}: ${because}`;
}

function findings(sessions: readonly Session[]): string {
  const counts = new Map<string, number>();
  for (const session of sessions)
    for (const [severity, count] of session.findings) counts.set(severity, (counts.get(severity) ?? 0) + count);
  const parts = ['critical', 'high', 'medium', 'low'].flatMap((severity) => {
    const count = counts.get(severity);
    return count === undefined ? [] : [`${count} ${severity}`];
  });
  return parts.length === 0 ? '' : `findings: ${parts.join(', ')}`;
}

function errors(sessions: readonly Session[]): string {
  const count = sum(sessions, (session) => session.errors);
  return count === 0 ? '' : counted(count, 'error');
}

function addresses(sessions: readonly Session[]): string {
  const all = [...new Set(sessions.flatMap((session) => session.addresses.map(({ value }) => shown(value))))];
  const more = all.length - MOST_ADDRESSES;
  return `${all.slice(0, MOST_ADDRESSES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function span(sessions: readonly Session[]): string {
  const first = Math.min(...sessions.map(({ firstTime }) => firstTime ?? Infinity));
  const last = Math.max(...sessions.map(({ lastTime }) => lastTime ?? -Infinity));
  if (!Number.isFinite(first)) return 'never used';
  return first === last ? formatTime(first) : `${formatTime(first)} – ${formatTime(last)}`;
}

function sum(sessions: readonly Session[], count: (session: Session) => number): number {
  return sessions.reduce((all, session) => all + count(session), 0);
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function tell(message: Message): string {
  return english(message);
}

function shown(text: string): string {
  return shorten(visibleText(text), LONGEST);
}
