import { readEvent } from '../../../src/core/events/event';
import { RecordView } from '../../../src/core/events/recordView';
import type { Session } from '../../../src/core/identity/session';
import { SessionBuilder } from '../../../src/core/identity/sessionBuilder';
import type { SessionGraph } from '../../../src/core/identity/sessionGraph';
import { type SessionRecord, sessionRecord } from '../../../src/core/identity/sessionRecord';
import { encodeUtf8 } from '../../../src/core/json/bytes';
import type { Severity } from '../../../src/core/rules/severity';
import { oneRecord } from '../../fixtures/oneRecord';
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

export const ACCOUNT = '111122223333';
export const OTHER = '444455556666';

/** An IAM user with a long-term key. */
export const alice = {
  type: 'IAMUser',
  principalId: 'AIDAALICE',
  arn: `arn:aws:iam::${ACCOUNT}:user/alice`,
  accountId: ACCOUNT,
  accessKeyId: 'AKIAALICE',
  userName: 'alice',
};

/** `userIdentity` of a role session. */
export function roleSession(
  role: string,
  name: string,
  key: string | undefined,
  { account = ACCOUNT, created = '2026-03-04T05:00:00Z', path = '', ...more }: Record<string, unknown> = {},
): CloudTrailRecord {
  const { context, ...identity } = more as { context?: object };
  return {
    type: 'AssumedRole',
    principalId: `AROA${role.toUpperCase()}:${name}`,
    arn: `arn:aws:sts::${String(account)}:assumed-role/${role}/${name}`,
    accountId: account,
    ...(key !== undefined && { accessKeyId: key }),
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: `AROA${role.toUpperCase()}`,
        arn: `arn:aws:iam::${String(account)}:role/${String(path)}${role}`,
        accountId: account,
        userName: role,
      },
      attributes: { creationDate: created, mfaAuthenticated: 'false' },
      ...context,
    },
    ...identity,
  };
}

interface AssumeOptions {
  readonly by: CloudTrailRecord;
  readonly role: string;
  readonly name: string;
  readonly key?: string;
  readonly account?: string;
  readonly time?: string;
  readonly eventName?: string;
  /** More of the record. */
  readonly more?: CloudTrailRecord;
}

/** The call that issues a session of a role. */
export function assumeRole({
  by,
  role,
  name,
  key,
  account = ACCOUNT,
  time,
  eventName,
  more,
}: AssumeOptions): CloudTrailRecord {
  return oneRecord({
    eventSource: 'sts.amazonaws.com',
    eventName: eventName ?? 'AssumeRole',
    eventTime: time ?? '2026-03-04T05:00:00Z',
    userIdentity: by,
    requestParameters: { roleArn: `arn:aws:iam::${account}:role/${role}`, roleSessionName: name },
    responseElements: {
      ...(key !== undefined && {
        credentials: { accessKeyId: key, sessionToken: '…', expiration: 'Mar 4, 2026, 6:00:00 AM' },
      }),
      assumedRoleUser: {
        assumedRoleId: `AROA${role.toUpperCase()}:${name}`,
        arn: `arn:aws:sts::${account}:assumed-role/${role}/${name}`,
      },
    },
    ...more,
  });
}

/** A call that a session makes. */
export function call(userIdentity: CloudTrailRecord, fields: CloudTrailRecord = {}): CloudTrailRecord {
  return oneRecord({ userIdentity, ...fields });
}
