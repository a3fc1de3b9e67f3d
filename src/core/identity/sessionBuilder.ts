import type { Pause } from '../slices';
import { EventIds } from '../events/eventIds';
import { FirstSeen } from './firstSeen';
import { type Grant, grantId } from './grant';
import type { IssuedCredentials } from './issuedCredentials';
import { resolveOrigins } from './origins';
import { SessionGraph } from './sessionGraph';
import { SessionLinker } from './sessionLinker';
import type { SessionRecord } from './sessionRecord';
import { type SessionState, comparePlaces, least } from './sessionState';
import { SessionStore } from './sessionStore';

export interface SessionLimits {
  /** Sessions beyond these many are not kept; their records are counted as left out. */
  readonly mostSessions: number;
}

const LIMITS: SessionLimits = { mostSessions: 4_000_000 };
/** Steps between two looks at the clock. */
const STEPS_PER_PAUSE = 16;

/**
 * Makes sessions out of records in any order, delivered once or more often. What it keeps grows with sessions and issuing calls; of other
 * records it keeps counts, and a few bytes each to tell repeats.
 */
export class SessionBuilder {
  private readonly store: SessionStore;
  private readonly seen = new EventIds();
  private readonly firstSeen = new FirstSeen();
  /** The time of the first record of each account's trail, epoch milliseconds. */
  private readonly begins = new Map<string, number>();
  private readonly grants = new Map<string, Grant>();
  private leftOut = 0;

  constructor({ mostSessions }: SessionLimits = LIMITS) {
    this.store = new SessionStore(mostSessions);
  }

  /** Takes a record. It is not kept; some texts of it are. */
  add(record: SessionRecord): void {
    const { event, place } = record;
    const state = this.store.findOrMake(record);
    if (state === undefined) {
      this.leftOut++;
      return;
    }
    state.locate(event.time, place);
    state.describe(record);
    this.noteAccount(record);
    if (record.issued !== undefined) this.grant(record, record.issued, state);
    if (this.isRepeat(record)) return;
    state.count(record);
    this.firstSeen.note(this.store.texts, state, event);
  }

  /** Ties sessions to the calls that issued them. The builder is used up by it. Awaits `pause` between short steps. */
  async build(pause: Pause): Promise<SessionGraph> {
    const steps = stepper(pause);
    const replaced = await this.store.foldWeakNames(steps);
    this.firstSeen.replace(replaced);
    const linker = new SessionLinker(this.begins, (key) => this.store.keyed(key));
    for (const grant of this.grants.values()) {
      grant.caller = replaced.get(grant.caller) ?? grant.caller;
      this.ensureIssued(grant);
      linker.addGrant(grant);
      await steps();
    }
    const states = [...this.store.all()];
    await linker.link(states, steps);
    await resolveOrigins(states, linker, steps);
    const limits = { leftOut: this.leftOut, countsRepeats: this.seen.isFull };
    return SessionGraph.of(states, this.store, this.firstSeen, limits, steps);
  }

  private isRepeat({ event }: SessionRecord): boolean {
    if (event.eventID === undefined) return false;
    // Anonymised logs may give every event the same id.
    return !this.seen.add(`${event.eventID}\n${event.time ?? ''}\n${event.eventName ?? ''}`);
  }

  private grant(record: SessionRecord, issued: IssuedCredentials, caller: SessionState): void {
    const { event, place } = record;
    const { eventID, time, sharedEventID, eventName = '' } = event;
    const grant: Grant = { way: issued.way, eventID, eventName, time, place, issued, caller, sharedEventID };
    const id = grantId(grant);
    const known = this.grants.get(id);
    if (known === undefined) this.grants.set(id, grant);
    else if (comparePlaces(place, known.place) < 0) known.place = place;
  }

  private noteAccount({ event: { accountId, time } }: SessionRecord): void {
    if (accountId === undefined || time === undefined) return;
    const begin = this.begins.get(accountId);
    if (begin === undefined || time < begin) this.begins.set(accountId, time);
  }

  /** Credentials that were handed out and never used are sessions too. */
  private ensureIssued({ issued, caller }: Grant): void {
    const key = issued.accessKeyId;
    const held = key === undefined ? [] : this.store.keyed(key);
    if (key === undefined || held.some(({ events }) => events > 0)) return;
    const name = issued.arn ?? issued.principalId ?? issued.userName;
    const known = held.find(({ arn, principalId, userName }) => (arn ?? principalId ?? userName) === name);
    const type = TYPE_OF_WAY[issued.way] ?? (issued.way === 'GetSessionToken' ? caller.type : 'AssumedRole');
    const state = known ?? this.store.makeIssued(key, type);
    if (state === undefined) return;
    state.type = least(known?.type, type) ?? type;
    state.arn = issued.arn;
    state.principalId = least(state.principalId, issued.principalId);
    state.userName = least(state.userName, issued.userName);
    state.accountId = least(state.accountId, issued.accountId);
    state.issuerArn = least(state.issuerArn, issued.roleArn);
  }
}

const TYPE_OF_WAY: Readonly<Record<string, string>> = {
  GetFederationToken: 'FederatedUser',
  AssumeRoot: 'Root',
  CreateAccessKey: 'IAMUser',
};

/** Pauses now and then: asking the clock at every step would cost more than the steps. */
function stepper(pause: Pause): Pause {
  let step = 0;
  const now = Promise.resolve();
  return () => (++step % STEPS_PER_PAUSE === 0 ? pause() : now);
}
