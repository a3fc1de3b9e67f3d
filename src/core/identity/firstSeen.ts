import type { SessionEvent } from './sessionRecord';
import { type SessionState, compareTimes } from './sessionState';
import type { Texts } from './uses';

/** Texts have ids below this: a principal's and an event's id make one number. */
const IDS = 2 ** 23;
/** What comes after these many pairs is not noted. */
const MOST_PAIRS = 2_000_000;

interface First {
  time: number;
  state: SessionState;
}

/** In which session each principal made each kind of call for the first time. */
export class FirstSeen {
  private readonly firsts = new Map<number, First>();

  /** Notes a record of `state`. Records without a time tell nothing. */
  note(texts: Texts, state: SessionState, event: SessionEvent): void {
    const { time, eventSource, eventName } = event;
    const principal = event.sessionIssuerArn ?? event.arn ?? event.principalId;
    if (principal === undefined || time === undefined || eventName === undefined) return;
    const pair = texts.id(principal) * IDS + texts.id(`${eventSource ?? ''}\n${eventName}`);
    const first = this.firsts.get(pair);
    if (first === undefined) {
      if (this.firsts.size < MOST_PAIRS) this.firsts.set(pair, { time, state });
    } else if (time < first.time || (time === first.time && comesFirst(state, first.state))) {
      first.time = time;
      first.state = state;
    }
  }

  /** Follows sessions that turned out to be others. */
  replace(replaced: ReadonlyMap<SessionState, SessionState>): void {
    for (const first of this.firsts.values()) first.state = replaced.get(first.state) ?? first.state;
  }

  /** The calls that the session's principal had not made before it, as `source` and `name`; empty for its very first session. */
  of(texts: Texts, session: SessionState): { source: string; name: string; time: number }[] {
    const principal = persistentName(session);
    if (principal === undefined) return [];
    const id = texts.id(principal);
    const own: { source: string; name: string; time: number }[] = [];
    let hadSessions = false;
    for (const [pair, { time, state }] of this.firsts) {
      if (Math.floor(pair / IDS) !== id) continue;
      if (state !== session) hadSessions ||= compareTimes(time, session.firstTime) < 0;
      else {
        const [source = '', name = ''] = texts.text(pair % IDS).split('\n');
        own.push({ source, name, time });
      }
    }
    return hadSessions ? own.sort((a, b) => a.time - b.time || (a.name < b.name ? -1 : 1)) : [];
  }
}

/** What outlives a session: the role or the user. */
export function persistentName({ issuerArn, arn, principalId }: SessionState): string | undefined {
  return issuerArn ?? arn ?? principalId;
}

function comesFirst(a: SessionState, b: SessionState): boolean {
  const [keyA, keyB] = [a.accessKeyId ?? '', b.accessKeyId ?? ''];
  return keyA === keyB ? (a.arn ?? '') < (b.arn ?? '') : keyA < keyB;
}
