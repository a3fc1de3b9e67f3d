import { OPEN_BRACE, OPEN_BRACKET, QUOTE, encodeUtf8, skipWhiteSpace } from '../json/bytes';
import { FieldPlan } from '../json/fieldPlan';
import { type Span, eachMember, stringEquals, stringValue, typeOfValue } from '../json/tokens';
import type { ExplainedFormat } from './formats';
import { parseLogFileName } from './logFileName';

const KEYS = [
  'eventVersion',
  'eventSource',
  'eventName',
  'eventTime',
  'userIdentity',
  'CloudTrailEvent',
  'detail-type',
  'detail',
  '_source',
  'result',
  'preview',
  'message',
  'Message',
  'log',
  '@message',
  'body',
  'class_uid',
  'logFiles',
  'digestStartTime',
  'PublicKeyList',
  'publicKeyList',
  'hashSignature',
  'files',
  's3Bucket',
  's3ObjectKey',
  'Records',
  'Events',
  'events',
  'logEvents',
] as const;
type Key = (typeof KEYS)[number];

const SLOTS = new Map<Key, number>(KEYS.map((key, slot) => [key, slot]));
const plan = new FieldPlan(KEYS.map((key) => [key]));

/** What a JSON value is, as far as finding records in it goes. */
export type Shape =
  | { readonly kind: 'record' }
  /** The record is the object, or is inside the text, at `span`. */
  | { readonly kind: 'wrapped'; readonly by: Wrapper; readonly span: Span }
  | { readonly kind: 'container' }
  | { readonly kind: 'row' }
  | { readonly kind: 'ocsf' }
  | { readonly kind: 'skip' }
  | { readonly kind: 'explained'; readonly format: ExplainedFormat }
  | { readonly kind: 'other' };

export type Wrapper = 'lookup-events' | 'eventbridge' | 'elastic' | 'splunk-json' | 'message-wrapper' | 'text';

const OTHER: Shape = { kind: 'other' };

/** Tells what the validated JSON value that fills `bytes` is. It looks at the top-level keys only. */
export function shapeOf(bytes: Uint8Array): Shape {
  if (bytes[0] === QUOTE) return { kind: 'wrapped', by: 'text', span: { start: 0, end: bytes.length } };
  if (bytes[0] === OPEN_BRACKET) return { kind: isRow(bytes) ? 'row' : 'container' };
  if (bytes[0] !== OPEN_BRACE) return OTHER;
  plan.read(bytes, 0);
  return recordShape(bytes) ?? wrappedShape(bytes) ?? explainedShape(bytes) ?? OTHER;
}

const FIELD = encodeUtf8('field');

/** True for a row of a query result: its first cell is an object with one text, or with a `field` and its `value`. */
function isRow(bytes: Uint8Array): boolean {
  const first = skipWhiteSpace(bytes, 1, bytes.length);
  if (bytes[first] !== OPEN_BRACE) return false;
  let members = 0;
  let texts = 0;
  let named = false;
  eachMember(bytes, first, (keyStart, keyEnd, valueStart) => {
    members++;
    if (bytes[valueStart] === QUOTE) texts++;
    named ||= stringEquals(bytes, keyStart, keyEnd, 'field', FIELD);
    return members > 2;
  });
  return members === 1 ? texts === 1 : members === 2 && named;
}

/** The span of a key that {@link shapeOf} just found in the same bytes. */
function spanOf(key: Key): Span | undefined {
  const slot = SLOTS.get(key)!;
  const start = plan.spans[slot * 2]!;
  return start < 0 ? undefined : { start, end: plan.spans[slot * 2 + 1]! };
}

function has(...keys: Key[]): boolean {
  return keys.every((key) => spanOf(key) !== undefined);
}

function textOf(bytes: Uint8Array, key: Key): string | undefined {
  const span = spanOf(key);
  return span !== undefined && bytes[span.start] === QUOTE ? stringValue(bytes, span.start, span.end) : undefined;
}

function recordShape(bytes: Uint8Array): Shape | undefined {
  const source = textOf(bytes, 'eventSource');
  if (source === 'aws:s3') return { kind: 'explained', format: 's3-event-notification' };
  // Other notices in the same shape: from SQS they may hold a record in their body.
  if (source?.startsWith('aws:')) return undefined;
  const version = textOf(bytes, 'eventVersion');
  if (version !== undefined && /^1\.\d+$/.test(version)) return { kind: 'record' };
  const complete =
    version === undefined && source !== undefined && has('eventName') && (has('eventTime') || has('userIdentity'));
  return complete ? { kind: 'record' } : undefined;
}

function wrappedShape(bytes: Uint8Array): Shape | undefined {
  const record = spanOf('CloudTrailEvent');
  if (record !== undefined) return { kind: 'wrapped', by: 'lookup-events', span: record };
  const detail = spanOf('detail');
  if (detail !== undefined && textOf(bytes, 'detail-type')?.endsWith('via CloudTrail')) {
    return { kind: 'wrapped', by: 'eventbridge', span: detail };
  }
  const source = spanOf('_source');
  if (source !== undefined) return { kind: 'wrapped', by: 'elastic', span: source };
  const result = spanOf('result');
  if (result !== undefined) return splunkShape(bytes, result);
  if (has('class_uid')) return { kind: 'ocsf' };
  if (has('Records') || has('Events') || has('events') || has('logEvents')) return { kind: 'container' };
  for (const key of ['message', '@message', 'log', 'body', 'Message'] as const) {
    const span = spanOf(key);
    if (span !== undefined && bytes[span.start] === QUOTE) return { kind: 'wrapped', by: 'message-wrapper', span };
  }
  return undefined;
}

function splunkShape(bytes: Uint8Array, result: Span): Shape {
  const preview = spanOf('preview');
  if (preview !== undefined && typeOfValue(bytes[preview.start]) === 'true') return { kind: 'skip' };
  return { kind: 'wrapped', by: 'splunk-json', span: result };
}

function explainedShape(bytes: Uint8Array): Shape | undefined {
  if (has('digestStartTime', 'logFiles')) return { kind: 'explained', format: 'digest' };
  if (has('PublicKeyList') || has('publicKeyList')) return { kind: 'explained', format: 'public-keys' };
  if (has('hashSignature', 'files')) return { kind: 'explained', format: 'lake-sign' };
  if (has('s3Bucket', 's3ObjectKey')) return { kind: 'explained', format: 'trail-notification' };
  return isSignatureFile(bytes) ? { kind: 'explained', format: 'digest-signatures' } : undefined;
}

/** Saved signatures have the keys of digests as their keys. */
function isSignatureFile(bytes: Uint8Array): boolean {
  let isDigestKey = false;
  eachMember(bytes, 0, (keyStart, keyEnd, valueStart) => {
    const isObject = bytes[valueStart] === OPEN_BRACE;
    isDigestKey = isObject && parseLogFileName(baseName(stringValue(bytes, keyStart, keyEnd)))?.kind === 'Digest';
    return true;
  });
  return isDigestKey;
}

function baseName(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1);
}
