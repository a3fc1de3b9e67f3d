import type { IssuedCredentials } from './issuedCredentials';
import type { Issue, RecordPlace } from './session';
import { type SessionState, comparePlaces, compareTimes } from './sessionState';

/** A call that handed out credentials, with whoever made it. It is kept as long as the sessions are. */
export interface Grant extends Issue {
  readonly issued: IssuedCredentials;
  caller: SessionState;
  readonly sharedEventID: string | undefined;
  /** The same record may come again from another file. */
  place: RecordPlace;
}

/** What makes two grants the same record. The key is in it because ids of events can be placeholders. */
export function grantId({ eventID, time, issued }: Pick<Grant, 'eventID' | 'time' | 'issued'>): string {
  return [eventID ?? '', time ?? '', issued.accessKeyId ?? issued.arn ?? ''].join('\n');
}

/** An order of grants that does not depend on which was read first. */
export function compareGrants(a: Grant, b: Grant): number {
  return compareTimes(a.time, b.time) || compareTexts(a.eventID, b.eventID) || comparePlaces(a.place, b.place);
}

/**
 * Copies of one call: the caller's account and the role's each have one, under one `sharedEventID`. The copy that names the caller best
 * comes first.
 */
export function copiesOf(grants: readonly Grant[]): Grant[][] {
  const byCall = new Map<string, Grant[]>();
  for (const grant of grants) {
    const id = grant.sharedEventID ?? `\n${grantId(grant)}`;
    const copies = byCall.get(id);
    if (copies === undefined) byCall.set(id, [grant]);
    else copies.push(grant);
  }
  return [...byCall.values()].map((copies) =>
    copies.sort((a, b) => callerRank(a) - callerRank(b) || compareGrants(a, b)),
  );
}

function callerRank({ caller }: Grant): number {
  if (caller.type === 'AWSAccount') return 2;
  return caller.accessKeyId === undefined ? 1 : 0;
}

function compareTexts(a = '', b = ''): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
