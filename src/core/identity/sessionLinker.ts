import { parseArn } from '../events/arn';
import { ByTime } from './byTime';
import type { Pause } from '../slices';
import { type Grant, compareGrants, copiesOf } from './grant';
import type { Confidence, Evidence, Link, Reason } from './session';
import { SessionState, compareTimes, least } from './sessionState';
import { Texts } from './uses';

/** A creationDate is written when the credentials are made, the eventTime when the call came in: they differ by a few seconds. */
const NEAR_MS = 60_000;
/** Signing in ends some time after the page was sent, with a code from a device in between. */
const SIGN_IN_NEAR_MS = 5 * 60_000;
/** Calls looked at on either side of a session's creationDate: the nearest one counts. */
const CANDIDATES = 32;

const RESERVED_ROLE = /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/i;
const SIGN_INS: ReadonlySet<string> = new Set(['ConsoleLogin', 'CreateOAuth2Token']);

interface Candidate {
  readonly copies: readonly Grant[];
  readonly evidence: readonly Evidence[];
  readonly confidence: Confidence;
  /** Between the call and the creationDate, in ms; infinite when unknown. */
  readonly distance: number;
}

/** Finds the call that issued each session: by the access key, else by names, with time to choose between candidates. */
export class SessionLinker {
  private readonly byKey = new Map<string, Grant[]>();
  /** By the issued session's principalId and ARN. */
  private readonly byPrincipal = new Map<string, ByTime<Grant>>();
  /** The same of calls that do not tell the key they gave out: they count however far away. */
  private readonly withoutKey = new Map<string, ByTime<Grant>>();
  private readonly bySignIn = new Map<string, Grant[]>();
  /** Identity Center, by account and permission set. */
  private readonly byPermissionSet = new Map<string, ByTime<Grant>>();
  /** Copies of calls by sharedEventID, also those that do not tell the key. */
  private readonly byShared = new Map<string, Grant[]>();
  /** Names of Identity Center users by id: their sessions of reserved roles are named after them. */
  private readonly userNames = new Map<string, string>();
  /** Sessions of callers that other accounts' records name by principalId alone, and of whom somebody switched role. */
  private readonly wanted = new Map<string, ByTime<SessionState>>();

  constructor(
    /** The time of the first record of each account's trail. */
    private readonly begins: ReadonlyMap<string, number>,
    private readonly keyed: (key: string) => readonly SessionState[],
  ) {}

  addGrant(grant: Grant): void {
    const { issued, caller, sharedEventID } = grant;
    push(this.byKey, issued.accessKeyId, grant);
    for (const name of new Set([issued.principalId, issued.arn])) {
      addByTime(this.byPrincipal, name, grant);
      if (issued.accessKeyId === undefined) addByTime(this.withoutKey, name, grant);
    }
    push(this.byShared, sharedEventID, grant);
    if (SIGN_INS.has(issued.way)) push(this.bySignIn, issued.signInSession, grant);
    if (issued.target !== undefined)
      addByTime(this.byPermissionSet, `${issued.target.account}\n${issued.target.permissionSet}`, grant);
    if (caller.type === 'AWSAccount') this.want(caller.principalId);
    this.want(issued.switchedFrom);
  }

  /** Sets the link of every session that has one, or the reason why it has none. */
  async link(states: readonly SessionState[], pause: Pause): Promise<void> {
    for (const state of states) {
      if (state.type === 'AWSAccount') this.want(state.principalId);
      await pause();
    }
    for (const state of states) {
      if (state.type !== 'AWSAccount') {
        if (state.principalId !== undefined) this.wanted.get(state.principalId)?.add(state);
        if (state.arn !== undefined) this.wanted.get(state.arn)?.add(state);
      }
      this.noteUser(state);
      await pause();
    }
    const lists = [this.byPrincipal, this.withoutKey, this.byPermissionSet, this.wanted];
    for (const list of lists.flatMap((map) => [...map.values()])) await list.sort(pause);
    for (const state of states) {
      if (state.type === 'AWSAccount') this.findAlias(state);
      await pause();
    }
    for (const state of states) {
      if (state.kind !== 'identity') {
        state.link = this.linkOf(state);
        if (state.link === undefined) state.reason = this.reasonFor(state);
      }
      await pause();
    }
  }

  /** Why nothing is known of where a session comes from. */
  reasonFor(state: SessionState): Reason {
    if (state.kind === 'session' && state.type === 'IAMUser' && state.invokedBy !== undefined) return 'made-by-aws';
    const begin = state.accountId === undefined ? undefined : this.begins.get(state.accountId);
    if (begin === undefined) return 'other-account';
    const { creationTime, kind } = state;
    if (kind === 'long-term-key' || (creationTime !== undefined && creationTime < begin)) return 'before-logs';
    return 'not-recorded';
  }

  nameOfUser(id: string): string | undefined {
    return this.userNames.get(id);
  }

  private noteUser(state: SessionState): void {
    const { behalfOfUser } = state.context;
    if (behalfOfUser === undefined || !RESERVED_ROLE.test(roleNameOf(state) ?? '')) return;
    const name = least(this.userNames.get(behalfOfUser), state.sessionName);
    if (name !== undefined) this.userNames.set(behalfOfUser, name);
  }

  private linkOf(state: SessionState): Link | undefined {
    const best = this.byAccessKey(state) ?? this.byName(state);
    if (best === undefined) return undefined;
    const [issue] = best.copies as [Grant, ...Grant[]];
    const { parent, evidence, confidence } = this.callerOf(issue, state);
    const all = [...best.evidence, ...evidence];
    if (best.copies.length > 1) all.push('shared-event');
    return { issue, parent, confidence: weaker(best.confidence, confidence), evidence: [...new Set(all)] };
  }

  private byAccessKey(state: SessionState): Candidate | undefined {
    const key = state.accessKeyId;
    const grants = key === undefined ? undefined : this.byKey.get(key);
    if (key === undefined || grants === undefined) return undefined;
    const sameName = grants.filter((grant) => fits(grant, state));
    const isOnlyOne = this.keyed(key).length === 1;
    const calls = copiesOf(this.withSharedCopies(sameName.length > 0 ? sameName : isOnlyOne ? grants : []));
    if (calls.length > 1) state.isKeyReused = true;
    const isSure = sameName.length > 0 && calls.length === 1;
    return closest(
      calls.map((copies) => ({
        copies,
        evidence: ['access-key'],
        confidence: isSure ? 'exact' : 'likely',
        distance: distance(copies[0]!, state),
      })),
    );
  }

  /** A copy in the caller's account may not tell the key, but names the caller. */
  private withSharedCopies(grants: readonly Grant[]): Grant[] {
    const all = new Set(grants);
    for (const { sharedEventID } of grants) {
      const copies = sharedEventID === undefined ? [] : (this.byShared.get(sharedEventID) ?? []);
      for (const copy of copies) if (copy.issued.accessKeyId === undefined) all.add(copy);
    }
    return [...all];
  }

  private byName(state: SessionState): Candidate | undefined {
    const { signInSession } = state.context;
    const signIns = signInSession === undefined ? undefined : this.bySignIn.get(signInSession);
    if (signIns !== undefined) {
      return closest(
        copiesOf(signIns).map((copies) => ({
          copies,
          evidence: ['sign-in-session'],
          confidence: 'exact',
          distance: distance(copies[0]!, state),
        })),
      );
    }
    return closest([...this.ofPrincipal(state), ...this.ofPermissionSet(state)]);
  }

  private ofPrincipal(state: SessionState): Candidate[] {
    if (state.kind === 'long-term-key') return [];
    const { creationTime } = state;
    const grants = [state.principalId, state.arn].flatMap((name) => [
      ...(this.byPrincipal.get(name ?? '')?.around(creationTime, CANDIDATES) ?? []),
      ...(this.withoutKey.get(name ?? '')?.around(creationTime, CANDIDATES) ?? []),
    ]);
    const calls = copiesOf([...new Set(grants)].filter((grant) => mayHaveIssued(grant, state)));
    return calls.map((copies) => {
      const gap = distance(copies[0]!, state);
      const named: Evidence[] = copies[0]!.way === 'SwitchRole' ? ['session-name', 'switch-from'] : ['session-name'];
      const evidence: Evidence[] = gap <= SIGN_IN_NEAR_MS ? [...named, 'creation-time'] : named;
      return { copies, evidence, confidence: 'likely', distance: gap };
    });
  }

  private ofPermissionSet(state: SessionState): Candidate[] {
    const permissionSet = RESERVED_ROLE.exec(roleNameOf(state) ?? '')?.[1];
    if (permissionSet === undefined || state.accountId === undefined) return [];
    const named = this.byPermissionSet.get(`${state.accountId}\n${permissionSet}`);
    const grants = named?.around(state.creationTime, CANDIDATES) ?? [];
    const ofUser = grants.filter(({ caller }) => isSameUser(caller, state));
    return copiesOf(ofUser)
      .map((copies): Candidate => {
        const evidence: Evidence[] = [
          state.context.behalfOfUser === undefined ? 'reserved-role' : 'on-behalf-of',
          'creation-time',
        ];
        return { copies, evidence, confidence: 'likely', distance: distance(copies[0]!, state) };
      })
      .filter((candidate) => candidate.distance <= NEAR_MS);
  }

  /** Who made the call: where another account's copy names somebody by an id alone, the session or user with that id. */
  private callerOf(
    { caller, issued, time }: Grant,
    issuedTo: SessionState,
  ): { parent: SessionState | undefined; evidence: Evidence[]; confidence: Confidence } {
    if (issued.way === 'SwitchRole') {
      const from = this.sessionBefore(issued.switchedFrom, time) ?? switcher(issued.switchedFrom);
      return { parent: from, evidence: [], confidence: 'likely' };
    }
    // A sign-in is made by whoever signs in: the session has no other parent.
    if (SIGN_INS.has(issued.way)) return { parent: undefined, evidence: [], confidence: 'exact' };
    if (caller === issuedTo) return { parent: undefined, evidence: [], confidence: 'likely' };
    if (caller.type !== 'AWSAccount') return { parent: caller, evidence: [], confidence: 'exact' };
    const session = this.sessionBefore(caller.principalId, time);
    if (session === undefined) return { parent: caller, evidence: [], confidence: 'exact' };
    const isUser = session.type === 'IAMUser' || session.type === 'Root';
    return isUser
      ? { parent: session, evidence: ['principal-id'], confidence: 'exact' }
      : { parent: session, evidence: ['session-name'], confidence: 'likely' };
  }

  /** Of the sessions with a name, the one that was made or first used last before `time`; else the first after it. */
  private sessionBefore(name: string | undefined, time: number | undefined): SessionState | undefined {
    return name === undefined ? undefined : this.wanted.get(name)?.lastUntil(time);
  }

  private want(name: string | undefined): void {
    if (name !== undefined && !this.wanted.has(name)) this.wanted.set(name, new ByTime(beginOf, compareStates));
  }

  private findAlias(state: SessionState): void {
    const session = this.sessionBefore(state.principalId, state.firstTime);
    if (session !== undefined) state.alias = { session, exact: session.type === 'IAMUser' || session.type === 'Root' };
  }
}

/** Orders sessions by what they are, never by when they were read. */
export function compareStates(a: SessionState, b: SessionState): number {
  return (
    compareTimes(a.firstTime ?? a.creationTime, b.firstTime ?? b.creationTime) ||
    compareTexts(a.arn ?? a.principalId, b.arn ?? b.principalId) ||
    compareTexts(a.accessKeyId, b.accessKeyId) ||
    compareTexts(a.userName, b.userName) ||
    compareTexts(a.type, b.type) ||
    compareTexts(a.accountId, b.accountId) ||
    compareTimes(a.creationTime, b.creationTime)
  );
}

export function weaker(a: Confidence, b: Confidence): Confidence {
  const order: readonly Confidence[] = ['unknown', 'likely', 'exact'];
  return order[Math.min(order.indexOf(a), order.indexOf(b))]!;
}

/** The role that a session is of. */
export function roleNameOf({ issuerArn, arn, type }: SessionState): string | undefined {
  if (issuerArn !== undefined) return issuerArn.slice(issuerArn.lastIndexOf('/') + 1);
  const parsed = type === 'AssumedRole' && arn !== undefined ? parseArn(arn) : undefined;
  return parsed?.resource.split('/')[1];
}

function push(map: Map<string, Grant[]>, key: string | undefined, grant: Grant): void {
  if (key === undefined) return;
  const list = map.get(key);
  if (list === undefined) map.set(key, [grant]);
  else list.push(grant);
}

function addByTime(map: Map<string, ByTime<Grant>>, key: string | undefined, grant: Grant): void {
  if (key === undefined) return;
  const known = map.get(key) ?? new ByTime<Grant>(({ time }) => time ?? Infinity, compareGrants);
  known.add(grant);
  map.set(key, known);
}

function beginOf({ creationTime, firstTime }: SessionState): number {
  return creationTime ?? firstTime ?? Infinity;
}

/** The grant tells nothing that the session's own records contradict. */
function fits({ issued }: Grant, state: SessionState): boolean {
  if (issued.arn !== undefined && issued.arn === state.arn) return true;
  if (issued.principalId !== undefined && issued.principalId === state.principalId) return true;
  const differs = (a: string | undefined, b: string | undefined): boolean =>
    a !== undefined && b !== undefined && a !== b;
  return (
    !differs(issued.arn, state.arn) &&
    !differs(issued.principalId, state.principalId) &&
    !differs(issued.userName, state.userName)
  );
}

/**
 * A call that gave out another key at another time did not issue the session; one whose key is not told may have, whatever the times
 * say. Sign-ins give out no key: there the time must do.
 */
function mayHaveIssued(grant: Grant, state: SessionState): boolean {
  const { way, issued } = grant;
  const isSignIn = SIGN_INS.has(way);
  // A role or federated session that signs in to the console was issued before by another call.
  if (isSignIn && state.type !== 'IAMUser' && state.type !== 'Root') return false;
  if (grant.caller === state && !isSignIn && way !== 'SwitchRole') return false;
  const gap = distance(grant, state);
  if (isSignIn) return gap <= SIGN_IN_NEAR_MS;
  if (issued.accessKeyId === undefined || state.creationTime === undefined) return true;
  return gap <= NEAR_MS;
}

function distance({ time }: Grant, { creationTime }: SessionState): number {
  return time === undefined || creationTime === undefined ? Infinity : Math.abs(time - creationTime);
}

function closest(candidates: readonly Candidate[]): Candidate | undefined {
  return candidates.reduce<Candidate | undefined>((best, each) => {
    if (best === undefined || each.distance < best.distance) return each;
    return each.distance === best.distance && compareGrants(each.copies[0]!, best.copies[0]!) < 0 ? each : best;
  }, undefined);
}

function isSameUser(caller: SessionState, state: SessionState): boolean {
  const [theirs, own] = [caller.context.behalfOfUser ?? caller.principalId, state.context.behalfOfUser];
  if (theirs !== undefined && own !== undefined) return theirs === own;
  return caller.userName !== undefined && caller.userName === state.sessionName;
}

/** Somebody who switched role and of whom there is no other record. */
function switcher(arn: string | undefined): SessionState | undefined {
  const parsed = arn === undefined ? undefined : parseArn(arn);
  if (arn === undefined || parsed === undefined) return undefined;
  const type = parsed.service === 'sts' ? 'AssumedRole' : parsed.resource === 'root' ? 'Root' : 'IAMUser';
  const state = new SessionState(undefined, type, new Texts());
  state.arn = arn;
  state.accountId = parsed.account;
  if (type === 'IAMUser') state.userName = arn.slice(arn.lastIndexOf('/') + 1);
  return state;
}

function compareTexts(a = '', b = ''): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
