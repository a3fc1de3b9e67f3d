import { assumedRoleOf, parseArn } from '../events/arn';
import { parseTime } from '../events/time';
import { SEVERITIES, type Severity } from '../rules/severity';
import { oddities } from './oddities';
import type { Link, Oddity, Origin, Reason, RecordPlace, Session, SessionKind, Use } from './session';
import { NO_CONTEXT, type SessionContext, type SessionEvent, type SessionRecord } from './sessionRecord';
import { type Texts, Uses } from './uses';

/** What is said of a session in one place. */
interface Names extends Pick<SessionState, 'arn' | 'principalId' | 'userName' | 'accountId' | 'issuerArn' | 'context'> {
  readonly service: string | undefined;
}

/** A session while records come in, and afterwards. What is asked for rarely is worked out when it is asked for. */
export class SessionState implements Session {
  type: string;
  arn: string | undefined;
  principalId: string | undefined;
  userName: string | undefined;
  accountId: string | undefined;
  issuerArn: string | undefined;
  context = NO_CONTEXT;
  creationTime: number | undefined;
  events = 0;
  errors = 0;
  firstTime: number | undefined;
  lastTime: number | undefined;
  firstPlace: RecordPlace | undefined;
  link: Link | undefined;
  reason: Reason | undefined;
  /** The same session or user, met in another account's records with its key. */
  alias: { readonly session: SessionState; readonly exact: boolean } | undefined;
  foundOrigin: Origin | undefined;
  isKeyReused = false;
  private service: string | undefined;
  private serviceCalls = 0;
  private readonly uses = new Uses();
  /** Findings by the rank of their severity; most sessions have none. */
  private severities: number[] | undefined;

  constructor(
    readonly accessKeyId: string | undefined,
    type: string,
    private readonly texts: Texts,
  ) {
    this.type = type;
  }

  get kind(): SessionKind {
    const { accessKeyId, type, creationTime, context } = this;
    const isTemporary = creationTime !== undefined || type === 'AssumedRole' || type === 'FederatedUser';
    if (isTemporary || context.credentialId !== undefined) return 'session';
    if (accessKeyId === undefined) return 'identity';
    return accessKeyId.startsWith('ASIA') ? 'session' : 'long-term-key';
  }

  get origin(): Origin {
    return this.foundOrigin!;
  }

  get invokedBy(): string | undefined {
    return this.serviceCalls === this.events ? this.service : undefined;
  }

  /** The service that is named, by whichever call. */
  get invokedByAny(): string | undefined {
    return this.service;
  }

  get findings(): ReadonlyMap<Severity, number> {
    const counts = SEVERITIES.map((severity, rank): [Severity, number] => [severity, this.severities?.[rank] ?? 0]);
    return new Map(counts.filter(([, count]) => count > 0).reverse());
  }

  get regions(): Use[] {
    return this.uses.list(this.texts, 'region');
  }

  get addresses(): Use[] {
    return this.uses.list(this.texts, 'address');
  }

  get agents(): Use[] {
    return this.uses.list(this.texts, 'agent');
  }

  get services(): Use[] {
    return this.uses.list(this.texts, 'service');
  }

  get errorCodes(): Use[] {
    return this.uses.list(this.texts, 'error');
  }

  get oddities(): Oddity[] {
    return oddities(this, this.isKeyReused);
  }

  /** The name that whoever took the role gave the session. */
  get sessionName(): string | undefined {
    const arn = this.arn === undefined ? undefined : parseArn(this.arn);
    const named = arn && assumedRoleOf(arn)?.session;
    const colon = this.principalId?.indexOf(':') ?? -1;
    return named ?? (colon < 0 || this.type !== 'AssumedRole' ? undefined : this.principalId!.slice(colon + 1));
  }

  /** Takes over what a record says of who made the call. */
  describe({ event, context }: Pick<SessionRecord, 'event' | 'context'>): void {
    const { identityType = 'Unknown' } = event;
    if (this.type === 'Unknown' || (identityType !== 'Unknown' && identityType < this.type)) this.type = identityType;
    const { arn, principalId, userName, callerAccountId, sessionIssuerArn, invokedBy } = event;
    const [accountId, issuerArn, service] = [callerAccountId, sessionIssuerArn, invokedBy];
    this.takeNames({ arn, principalId, userName, accountId, issuerArn, service, context });
    this.created(event.sessionCreationDate === undefined ? null : parseTime(event.sessionCreationDate));
  }

  /** Counts a record. */
  count({ event, severity }: Pick<SessionRecord, 'event' | 'severity'>): void {
    this.events++;
    if (event.errorCode !== undefined) this.errors++;
    if (event.invokedBy !== undefined) this.serviceCalls++;
    if (severity !== undefined) {
      this.severities ??= SEVERITIES.map(() => 0);
      this.severities[SEVERITIES.indexOf(severity)]!++;
    }
    this.use(event);
  }

  /** Notes when and where a record stands; a repeat counts here too, as another place of the same record. */
  locate(time: number | undefined, place: RecordPlace): void {
    const order = compareTimes(time, this.firstTime);
    const isFirst = this.firstPlace === undefined || order < 0;
    if (isFirst || (order === 0 && comparePlaces(place, this.firstPlace!) < 0)) this.firstPlace = place;
    if (time === undefined) return;
    this.firstTime = Math.min(this.firstTime ?? time, time);
    this.lastTime = Math.max(this.lastTime ?? time, time);
  }

  /** Adds what was counted under another name for the same session. */
  merge(other: SessionState): void {
    const { arn, principalId, userName, accountId, issuerArn, service, context } = other;
    this.takeNames({ arn, principalId, userName, accountId, issuerArn, service, context });
    this.created(other.creationTime ?? null);
    this.isKeyReused ||= other.isKeyReused;
    this.events += other.events;
    this.errors += other.errors;
    this.serviceCalls += other.serviceCalls;
    if (other.severities !== undefined)
      this.severities = other.severities.map((count, rank) => count + (this.severities?.[rank] ?? 0));
    this.uses.merge(this.texts, other.uses);
    if (other.firstPlace !== undefined) this.locate(other.firstTime, other.firstPlace);
    if (other.lastTime !== undefined) this.lastTime = Math.max(this.lastTime ?? other.lastTime, other.lastTime);
  }

  /** Of values that differ the lowest is kept, so that the order of records does not matter. */
  private takeNames({ arn, principalId, userName, accountId, issuerArn, service, context }: Names): void {
    this.arn = least(this.arn, arn);
    this.principalId = least(this.principalId, principalId);
    this.userName = least(this.userName, userName);
    this.accountId = least(this.accountId, accountId);
    this.issuerArn = least(this.issuerArn, issuerArn);
    this.service = least(this.service, service);
    this.context = mergeContexts(this.context, context);
  }

  private created(time: number | null): void {
    if (time === null) return;
    if (this.creationTime !== undefined && this.creationTime !== time) this.isKeyReused = true;
    this.creationTime = Math.min(this.creationTime ?? time, time);
  }

  private use(event: SessionEvent): void {
    const { uses, texts } = this;
    const time = event.time ?? NaN;
    if (event.awsRegion !== undefined) uses.add(texts, 'region', event.awsRegion, time);
    if (event.sourceIPAddress !== undefined) uses.add(texts, 'address', event.sourceIPAddress, time);
    if (event.userAgent !== undefined) uses.add(texts, 'agent', event.userAgent, time);
    if (event.eventSource !== undefined) uses.add(texts, 'service', event.eventSource, time);
    if (event.errorCode !== undefined) uses.add(texts, 'error', event.errorCode, time);
  }
}

/** The lower of two texts in code unit order; undefined gives way. */
export function least(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || a === '') return b === '' ? undefined : b;
  return b === undefined || b === '' || a <= b ? a : b;
}

/** Records without a time come after all others. */
export function compareTimes(a: number | undefined, b: number | undefined): number {
  if (a === b) return 0;
  return a === undefined ? 1 : b === undefined || a < b ? -1 : 1;
}

/** An order of places that is the same whichever was read first. */
export function comparePlaces(a: RecordPlace, b: RecordPlace): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.index - b.index;
}

function mergeContexts(a: SessionContext, b: SessionContext): SessionContext {
  if (a === b || a === NO_CONTEXT) return b;
  if (b === NO_CONTEXT) return a;
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])] as (keyof SessionContext)[];
  if (names.every((name) => a[name] === least(a[name], b[name]))) return a;
  const pairs = names.map((name) => [name, least(a[name], b[name])]);
  return Object.fromEntries(pairs) as SessionContext;
}
