import { OPEN_BRACE } from '../json/bytes';
import { FieldPlan } from '../json/fieldPlan';
import { type FoundValue, readValue } from '../json/foundValue';
import type { Span } from '../json/tokens';

/** Every way a field is spelled, the usual one first. */
export const SPELLINGS = {
  eventID: ['eventID', 'eventId', 'eventData.UID'],
  eventTime: ['eventTime', 'timeWindow.windowStart', 'eventData.eventTime'],
  eventVersion: ['eventVersion'],
  eventSource: ['eventSource', 'insightDetails.eventSource', 'insightEventSource', 'eventData.eventSource'],
  eventName: ['eventName', 'insightDetails.eventName', 'insightEventName', 'eventData.eventName'],
  eventType: ['eventType'],
  eventCategory: ['eventCategory'],
  awsRegion: ['awsRegion'],
  recipientAccountId: ['recipientAccountId', 'accountId'],
  callerAccountId: ['userIdentity.accountId'],
  identityType: ['userIdentity.type', 'eventData.userIdentity.type'],
  principalId: ['userIdentity.principalId', 'eventData.userIdentity.principalId'],
  arn: ['userIdentity.arn'],
  userName: ['userIdentity.userName'],
  accessKeyId: ['userIdentity.accessKeyId'],
  invokedBy: ['userIdentity.invokedBy'],
  sessionIssuerArn: ['userIdentity.sessionContext.sessionIssuer.arn'],
  sessionIssuerUserName: ['userIdentity.sessionContext.sessionIssuer.userName'],
  sessionCreationDate: ['userIdentity.sessionContext.attributes.creationDate'],
  mfaAuthenticated: ['userIdentity.sessionContext.attributes.mfaAuthenticated'],
  sourceIPAddress: ['sourceIPAddress', 'eventData.sourceIPAddress'],
  userAgent: ['userAgent', 'eventData.userAgent'],
  errorCode: ['errorCode', 'insightDetails.errorCode', 'insightErrorCode', 'eventData.errorCode'],
  errorMessage: ['errorMessage', 'eventData.errorMessage'],
  readOnly: ['readOnly'],
  managementEvent: ['managementEvent'],
  requestID: ['requestID'],
  sharedEventID: ['sharedEventID'],
  vpcEndpointId: ['vpcEndpointId'],
  mfaUsed: ['additionalEventData.MFAUsed'],
  consoleLogin: ['responseElements.ConsoleLogin'],
  sessionCredentialFromConsole: ['sessionCredentialFromConsole'],
  requestOmitted: ['requestParameters.omitted'],
  withDecryption: ['requestParameters.withDecryption'],
} as const satisfies Record<string, readonly string[]>;

/** Objects and lists below which services write what they like: to know where they stand saves the way to what is in them. */
const CONTAINERS = [
  'requestParameters',
  'responseElements',
  'additionalEventData',
  'serviceEventDetails',
  'resources',
  'userIdentity',
];

/** The paths of the indexed fields, by slot. */
export const INDEXED_PATHS: readonly string[] = [
  ...new Set<string>([...Object.values(SPELLINGS).flat(), ...CONTAINERS]),
];
const SLOT_OF_PATH = new Map<string, number>(INDEXED_PATHS.map((path, slot) => [path, slot]));
const plan = new FieldPlan(INDEXED_PATHS.map((path) => path.split('.')));

/** The slot of an indexed field by its path, e.g. `userIdentity.type`; undefined when the field has to be sought in the bytes. */
export function indexedSlot(path: string | undefined): number | undefined {
  return path === undefined ? undefined : SLOT_OF_PATH.get(path);
}

/**
 * One record, with the fields that nearly everything asks for found in one walk over its bytes when the first is asked for, and each decoded
 * when it is asked for itself. It keeps the bytes: copy them first when they are a view that will not last.
 */
export class RecordView {
  private readonly found: (FoundValue | undefined)[] = [];

  /** `bytes` is the record's valid JSON object and nothing else. `spans`: where its indexed fields stand, where that is known: see `FieldPlan`. */
  constructor(
    readonly bytes: Uint8Array,
    private spans?: Int32Array,
  ) {}

  get isObject(): boolean {
    return this.bytes[0] === OPEN_BRACE;
  }

  /** The indexed field in `slot`; undefined when the record has none. */
  field(slot: number): FoundValue | undefined {
    const known = this.found[slot];
    if (known !== undefined) return known;
    const span = this.spanOf(slot);
    return span && (this.found[slot] = readValue(this.bytes, span));
  }

  /** Where the value of the indexed field in `slot` stands in {@link bytes}; undefined when the record has none. */
  spanOf(slot: number): Span | undefined {
    const spans = (this.spans ??= findSpans(this.bytes));
    const start = spans[slot * 2]!;
    return start < 0 ? undefined : { start, end: spans[slot * 2 + 1]! };
  }
}

function findSpans(bytes: Uint8Array): Int32Array {
  plan.read(bytes, 0);
  return plan.spans.slice();
}
