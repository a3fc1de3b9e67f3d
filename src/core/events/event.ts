import { type RecordView, SPELLINGS, indexedSlot } from './recordView';
import { parseTime } from './time';

/**
 * The normalised row of a record: what every view, rule and export reads first. A field is undefined when the record has none; texts are as
 * delivered. Fields that some categories or exports spell another way are brought together here and nowhere else.
 */
export interface CloudTrailEvent {
  /** `eventID`; aggregated records spell it `eventId`. */
  readonly eventID: string | undefined;
  /** Epoch milliseconds, UTC. For aggregated records the beginning of their window. */
  readonly time: number | undefined;
  /** The time as the record writes it. */
  readonly eventTime: string | undefined;
  readonly eventVersion: string | undefined;
  readonly eventSource: string | undefined;
  readonly eventName: string | undefined;
  readonly eventType: string | undefined;
  /** `Management`, `Data`, `NetworkActivity`, `Insight`, `Aggregated` …; records before 1.07 have none and count as management. */
  readonly eventCategory: string;
  readonly awsRegion: string | undefined;
  /** The account the record was delivered to; the caller's own where the record does not say. */
  readonly accountId: string | undefined;
  /** `userIdentity.accountId`. */
  readonly callerAccountId: string | undefined;
  readonly identityType: string | undefined;
  readonly principalId: string | undefined;
  readonly arn: string | undefined;
  readonly userName: string | undefined;
  readonly accessKeyId: string | undefined;
  readonly invokedBy: string | undefined;
  readonly sessionIssuerArn: string | undefined;
  readonly sessionIssuerUserName: string | undefined;
  readonly sessionCreationDate: string | undefined;
  /** `mfaAuthenticated` of the session: the text `true` or `false`. */
  readonly mfaAuthenticated: string | undefined;
  readonly sourceIPAddress: string | undefined;
  readonly userAgent: string | undefined;
  readonly errorCode: string | undefined;
  readonly errorMessage: string | undefined;
  /** JSON true or false; undefined when the record does not say. */
  readonly readOnly: boolean | undefined;
  readonly managementEvent: boolean | undefined;
  readonly requestID: string | undefined;
  readonly sharedEventID: string | undefined;
  readonly vpcEndpointId: string | undefined;
}

type Field = keyof typeof SPELLINGS;

const SLOTS = Object.fromEntries(
  Object.entries(SPELLINGS).map(([field, spellings]) => [field, spellings.map((path) => indexedSlot(path)!)]),
) as Record<Field, number[]>;

/** Reads the row of a record. */
export function readEvent(record: RecordView): CloudTrailEvent {
  const eventTime = fieldText(record, SLOTS.eventTime);
  const time = eventTime === undefined ? undefined : (parseTime(eventTime) ?? undefined);
  return eventOf((field) => fieldText(record, SLOTS[field]), time);
}

/** The row whose fields have the texts that `text` answers: scalars only, of several spellings the first. `time` in epoch milliseconds. */
export function eventOf(text: (field: Field) => string | undefined, time: number | undefined): CloudTrailEvent {
  const callerAccountId = text('callerAccountId');
  return {
    eventID: text('eventID'),
    time,
    eventTime: text('eventTime'),
    eventVersion: text('eventVersion'),
    eventSource: text('eventSource'),
    eventName: text('eventName'),
    eventType: text('eventType'),
    eventCategory: text('eventCategory') ?? 'Management',
    awsRegion: text('awsRegion'),
    accountId: text('recipientAccountId') ?? callerAccountId,
    callerAccountId,
    identityType: text('identityType'),
    principalId: text('principalId'),
    arn: text('arn'),
    userName: text('userName'),
    accessKeyId: text('accessKeyId'),
    invokedBy: text('invokedBy'),
    sessionIssuerArn: text('sessionIssuerArn'),
    sessionIssuerUserName: text('sessionIssuerUserName'),
    sessionCreationDate: text('sessionCreationDate'),
    mfaAuthenticated: text('mfaAuthenticated'),
    sourceIPAddress: text('sourceIPAddress'),
    userAgent: text('userAgent'),
    errorCode: text('errorCode'),
    errorMessage: text('errorMessage'),
    readOnly: booleanOf(text('readOnly')),
    managementEvent: booleanOf(text('managementEvent')),
    requestID: text('requestID'),
    sharedEventID: text('sharedEventID'),
    vpcEndpointId: text('vpcEndpointId'),
  };
}

/** A string's value, or the token of a number or boolean; null, objects and arrays count as absent. The first spelling that is there wins. */
function fieldText(record: RecordView, slots: readonly number[]): string | undefined {
  for (const slot of slots) {
    const found = record.field(slot);
    if (found?.type === 'string' || found?.type === 'number') return found.text;
    if (found?.type === 'true' || found?.type === 'false') return found.type;
  }
  return undefined;
}

/** The console's CSV and some exports write booleans as texts. */
function booleanOf(text: string | undefined): boolean | undefined {
  return text === undefined ? undefined : text === 'true';
}
