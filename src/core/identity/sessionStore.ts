import type { Pause } from '../slices';
import type { SessionRecord } from './sessionRecord';
import { SessionState } from './sessionState';
import { Texts } from './uses';

/** What tells whose a record is. */
export type RecordOwner = Pick<SessionRecord, 'event' | 'context'>;

/** The sessions, found by access key and name; without a key by what `userIdentity` tells instead. */
export class SessionStore {
  readonly texts = new Texts();
  /** By access key; nearly always one, but a placeholder stands for many. */
  private readonly byKey = new Map<string, SessionState | SessionState[]>();
  private readonly withoutKey = new Map<string, SessionState>();
  private count = 0;

  constructor(private readonly mostSessions: number) {}

  /** The session that a record belongs to; undefined when it is none that is known. */
  find({ event, context }: RecordOwner): SessionState | undefined {
    const key = event.accessKeyId;
    if (key === undefined || key === '') return this.withoutKey.get(keylessId({ event, context }));
    const held = this.keyed(key);
    const who = nameOf(event);
    return held.length === 1 && event.arn === undefined ? held[0] : held.find((state) => nameOf(state) === who);
  }

  /** The session that a record belongs to, made when it is new; undefined when there are too many. */
  findOrMake({ event, context }: RecordOwner): SessionState | undefined {
    const type = event.identityType ?? 'Unknown';
    const key = event.accessKeyId;
    if (key === undefined || key === '') {
      const id = keylessId({ event, context });
      const known = this.withoutKey.get(id);
      if (known !== undefined || this.isFull) return known;
      const state = this.make(undefined, type);
      this.withoutKey.set(id, state);
      return state;
    }
    const who = nameOf(event);
    const known = this.keyed(key).find((state) => nameOf(state) === who);
    if (known !== undefined || this.isFull) return known;
    return this.hold(key, this.make(key, type));
  }

  /** A session of a key that was issued; undefined when there are too many. */
  makeIssued(key: string, type: string): SessionState | undefined {
    return this.isFull ? undefined : this.hold(key, this.make(key, type));
  }

  keyed(key: string): readonly SessionState[] {
    const held = this.byKey.get(key);
    return held === undefined ? [] : Array.isArray(held) ? held : [held];
  }

  *all(): Iterable<SessionState> {
    for (const held of this.byKey.values()) {
      if (Array.isArray(held)) yield* held;
      else yield held;
    }
    for (const state of this.withoutKey.values()) if (state.events > 0) yield state;
  }

  /**
   * Exports leave fields out: records that name a key but not the ARN belong to the one session of that key that has it. Answers what
   * became of sessions that are no more.
   */
  async foldWeakNames(pause: Pause): Promise<Map<SessionState, SessionState>> {
    const replaced = new Map<SessionState, SessionState>();
    for (const [key, held] of this.byKey) {
      await pause();
      if (!Array.isArray(held)) continue;
      const strong = held.filter(({ arn }) => arn !== undefined);
      const [only] = strong;
      if (strong.length !== 1 || only === undefined) continue;
      for (const weak of held) {
        if (weak === only) continue;
        only.merge(weak);
        replaced.set(weak, only);
      }
      this.byKey.set(key, only);
    }
    return replaced;
  }

  private get isFull(): boolean {
    return this.count >= this.mostSessions;
  }

  private make(key: string | undefined, type: string): SessionState {
    this.count++;
    return new SessionState(key, type, this.texts);
  }

  private hold(key: string, state: SessionState): SessionState {
    const held = this.byKey.get(key);
    if (held === undefined) this.byKey.set(key, state);
    else if (Array.isArray(held)) held.push(state);
    else this.byKey.set(key, [held, state]);
    return state;
  }
}

/** What tells two sessions with the same key apart. */
function nameOf({ arn, principalId, userName }: Pick<SessionState, 'arn' | 'principalId' | 'userName'>): string {
  return arn ?? principalId ?? userName ?? '';
}

function keylessId({ event, context }: RecordOwner): string {
  const type = event.identityType ?? 'Unknown';
  if (type === 'AWSService') return [type, event.invokedBy ?? event.principalId ?? ''].join('\n');
  const name = event.arn ?? event.principalId ?? event.userName ?? context.behalfOfUser ?? event.invokedBy ?? '';
  const session = context.credentialId ?? event.sessionCreationDate ?? '';
  return [type, name, session, event.callerAccountId ?? ''].join('\n');
}
