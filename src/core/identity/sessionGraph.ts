import { type Pause, sortInSlices } from '../slices';
import type { FirstSeen } from './firstSeen';
import { parentOf } from './origins';
import type { Session } from './session';
import { compareStates } from './sessionLinker';
import { SessionState } from './sessionState';
import type { RecordOwner, SessionStore } from './sessionStore';

/** A chain longer than this is shown by the hops nearest to the session; real ones have a handful. */
export const MOST_HOPS = 64;

/** What was left out of a graph, so that no count is trusted too far. */
export interface GraphLimits {
  /** Records of sessions that there was no room for. */
  readonly leftOut: number;
  /** There were too many events to tell all repeats: records delivered twice may count twice. */
  readonly countsRepeats: boolean;
}

/** A call that a principal made for the first time. */
export interface NewCall {
  readonly source: string;
  readonly name: string;
  /** Epoch milliseconds. */
  readonly time: number;
}

const NONE: readonly Session[] = [];

/** Sessions, the chains they form, and what they did. It does not change. */
export class SessionGraph {
  private constructor(
    /** All of them, in an order that depends on nothing but what they are: by time, then by name. */
    readonly sessions: readonly Session[],
    private readonly children: ReadonlyMap<Session, readonly Session[]>,
    private readonly store: SessionStore,
    private readonly firstSeen: FirstSeen,
    readonly limits: GraphLimits,
  ) {}

  static async of(
    states: readonly SessionState[],
    store: SessionStore,
    firstSeen: FirstSeen,
    limits: GraphLimits,
    pause: Pause,
  ): Promise<SessionGraph> {
    const sessions = await sortInSlices(states, compareStates, pause);
    const children = new Map<Session, Session[]>();
    for (const state of sessions) {
      const parent = state.link?.parent;
      if (parent !== undefined) {
        const siblings = children.get(parent);
        if (siblings === undefined) children.set(parent, [state]);
        else siblings.push(state);
      }
      await pause();
    }
    return new SessionGraph(sessions, children, store, firstSeen, limits);
  }

  /** The session that a record belongs to. For a caller whom another account's record names by an id alone, the session with that id. */
  sessionOf(record: RecordOwner): Session | undefined {
    const state = this.store.find(record);
    return state?.alias?.session ?? state;
  }

  /** The sessions of an access key: one, unless the key is a placeholder. */
  ofAccessKey(accessKeyId: string): readonly Session[] {
    return this.store.keyed(accessKeyId);
  }

  /** The sessions that a session's calls issued, in order of time. */
  childrenOf(session: Session): readonly Session[] {
    return this.children.get(session) ?? NONE;
  }

  /**
   * The sessions that led to this one, the first of them first, itself not among them. Of more than {@link MOST_HOPS}, the last ones; a circle is gone
   * round once.
   */
  chainTo(session: Session): Session[] {
    const chain: Session[] = [];
    const met = new Set<Session>([session]);
    const start = session instanceof SessionState ? parentOf(session) : undefined;
    for (let at = start; at !== undefined && !met.has(at); at = parentOf(at)) {
      if (chain.length === MOST_HOPS) break;
      met.add(at);
      chain.unshift(at);
    }
    return chain;
  }

  /** The sets of temporary credentials between the origin and this session, the first one first. */
  via(session: Session): Session[] {
    return this.chainTo(session).filter(({ kind }) => kind === 'session');
  }

  /** What the session's principal did in it for the first time; empty when it is the principal's first session. */
  newCalls(session: Session): NewCall[] {
    return session instanceof SessionState ? this.firstSeen.of(this.store.texts, session) : [];
  }
}
