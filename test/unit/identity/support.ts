import { readEvent } from '../../../src/core/events/event';
import { RecordView } from '../../../src/core/events/recordView';
import type { Session } from '../../../src/core/identity/session';
import { SessionBuilder } from '../../../src/core/identity/sessionBuilder';
import type { SessionGraph } from '../../../src/core/identity/sessionGraph';
import { type SessionRecord, sessionRecord } from '../../../src/core/identity/sessionRecord';
import { encodeUtf8 } from '../../../src/core/json/bytes';
import type { Severity } from '../../../src/core/rules/severity';
import type { CloudTrailRecord } from '../../fixtures/records';

export const NOW = (): Promise<void> => Promise.resolve();

/** A record as the builder takes it. */
export function taken(record: CloudTrailRecord, index = 0, file = 'a.json', severity?: Severity): SessionRecord {
  const view = new RecordView(encodeUtf8(JSON.stringify(record)));
  return sessionRecord(view, readEvent(view), { file, index, offset: index * 100 }, severity);
}

export function graphOf(records: readonly CloudTrailRecord[]): Promise<SessionGraph> {
  return graphOfTaken(records.map((record, index) => taken(record, index)));
}

export function graphOfTaken(records: Iterable<SessionRecord>): Promise<SessionGraph> {
  const builder = new SessionBuilder();
  for (const record of records) builder.add(record);
  return builder.build(NOW);
}

/** The one session of a key. */
export function ofKey(graph: SessionGraph, key: string): Session {
  const [session, ...others] = graph.ofAccessKey(key);
  if (session === undefined || others.length > 0) throw new Error(`${key} has ${others.length} sessions too many`);
  return session;
}

export { ACCOUNT, OTHER, alice, assumeRole, call, roleSession } from '../../fixtures/identities';
