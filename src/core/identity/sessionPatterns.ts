import { formatTime } from '../events/time';
import { MAX_PATTERN_CHARACTERS } from '../patterns/limits';
import { quoteText } from '../patterns/print';
import type { Session } from './session';
import type { SessionGraph } from './sessionGraph';
import { originKey } from './sessionTree';

/** A filter pattern, and how many sessions it had no room for: AWS allows 1,024 characters. */
export interface SessionPattern {
  readonly text: string;
  readonly leftOut: number;
}

/** A pattern for the records of some sessions, whatever they did. */
export function patternOfSessions(sessions: readonly Session[]): SessionPattern {
  return joinTests(unique(sessions.map(testOf)));
}

/** A pattern for all that the person or workload behind a session did, in their own name and through every role. */
export function patternOfPerson(graph: SessionGraph, session: Session): SessionPattern {
  const key = originKey(session.origin);
  const all = graph.sessions.filter(({ origin, events }) => events > 0 && originKey(origin) === key);
  // One test for the user stands for all of the user's own keys.
  const own = all.filter(({ type }) => type === 'IAMUser' || type === 'Root').flatMap(({ arn }) => arn ?? []);
  const others = all.filter(({ type, arn }) => !((type === 'IAMUser' || type === 'Root') && arn !== undefined));
  return joinTests([...unique(own.map((arn) => equals('userIdentity.arn', arn))), ...unique(others.map(testOf))]);
}

function testOf({ accessKeyId, principalId, arn, userName, type, creationTime }: Session): string {
  if (accessKeyId !== undefined) return equals('userIdentity.accessKeyId', accessKeyId);
  const who =
    principalId !== undefined
      ? equals('userIdentity.principalId', principalId)
      : arn !== undefined
        ? equals('userIdentity.arn', arn)
        : userName !== undefined
          ? equals('userIdentity.userName', userName)
          : equals('userIdentity.type', type);
  if (creationTime === undefined) return who;
  const made = equals('userIdentity.sessionContext.attributes.creationDate', formatTime(creationTime));
  return `(${who}) && (${made})`;
}

function equals(path: string, value: string): string {
  return `$.${path} = ${quoteText(value)}`;
}

function unique(tests: readonly string[]): string[] {
  return [...new Set(tests)];
}

function joinTests(tests: readonly string[]): SessionPattern {
  const [only] = tests;
  if (only !== undefined && tests.length === 1) return { text: `{ ${only} }`, leftOut: 0 };
  let text = '';
  let taken = 0;
  for (const test of tests) {
    const longer = `${text}${text === '' ? '' : ' || '}(${test})`;
    if ([...longer].length + '{  }'.length > MAX_PATTERN_CHARACTERS) break;
    text = longer;
    taken++;
  }
  return { text: `{ ${text} }`, leftOut: tests.length - taken };
}
