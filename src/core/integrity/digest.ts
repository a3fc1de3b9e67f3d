import { parseTime } from '../events/time';
import { OPEN_BRACE, QUOTE, skipWhiteSpace } from '../json/bytes';
import { FieldPlan } from '../json/fieldPlan';
import { type Span, eachElement, stringValue, typeOfValue } from '../json/tokens';
import { ValueScanner } from '../json/valueScanner';

/** Without one of these the AWS CLI calls a digest's format invalid. */
const REQUIRED = [
  'digestPublicKeyFingerprint',
  'digestS3Bucket',
  'digestS3Object',
  'previousDigestSignature',
  'digestEndTime',
  'digestStartTime',
] as const;
const OPTIONAL = [
  'awsAccountId',
  'digestSignatureAlgorithm',
  'newestEventTime',
  'oldestEventTime',
  'previousDigestS3Bucket',
  'previousDigestS3Object',
  'previousDigestHashValue',
  'previousDigestHashAlgorithm',
  'logFiles',
] as const;
const FIELDS = [...REQUIRED, ...OPTIONAL] as const;
type Field = (typeof FIELDS)[number];

const LOG_FIELDS = ['s3Bucket', 's3Object', 'hashValue', 'hashAlgorithm'] as const;

/** A log file as its digest names it. */
export interface DigestLogEntry {
  readonly bucket: string;
  readonly key: string;
  /** SHA-256 of the unpacked log, hex. */
  readonly hash: string;
  readonly hashAlgorithm: string | null;
}

/** The content of a digest file, as far as validation needs it. */
export interface Digest {
  readonly bucket: string;
  readonly key: string;
  readonly fingerprint: string;
  /** Verbatim: it is part of what was signed. */
  readonly endTimeText: string;
  /** Epoch ms. */
  readonly startTime: number;
  readonly endTime: number;
  readonly signatureAlgorithm: string | null;
  /** All null in a digest that starts a chain. */
  readonly previous: {
    readonly bucket: string | null;
    readonly key: string | null;
    readonly hash: string | null;
    /** Hex; verbatim, for it is part of what was signed. */
    readonly signature: string | null;
  };
  readonly logs: readonly DigestLogEntry[];
}

const plan = new FieldPlan(FIELDS.map((field) => [field]));
const logPlan = new FieldPlan(LOG_FIELDS.map((field) => [field]));

/** Reads the unpacked bytes of a digest file; undefined when they are not JSON or lack what a digest must have. */
export function parseDigest(bytes: Uint8Array): Digest | undefined {
  const start = skipWhiteSpace(bytes, 0, bytes.length);
  const end = new ValueScanner().scan(bytes, start, bytes.length);
  if (end < 0 || bytes[start] !== OPEN_BRACE || skipWhiteSpace(bytes, end, bytes.length) !== bytes.length) {
    return undefined;
  }
  plan.read(bytes, start);
  const spans = new Map(FIELDS.map((field, slot) => [field, spanAt(plan, slot)]));
  if (REQUIRED.some((field) => spans.get(field) === undefined)) return undefined;
  const text = (field: Field): string | null => textAt(bytes, spans.get(field));
  const [bucket, key, fingerprint] = [
    text('digestS3Bucket'),
    text('digestS3Object'),
    text('digestPublicKeyFingerprint'),
  ];
  const endTimeText = text('digestEndTime');
  const startTime = parseTime(text('digestStartTime') ?? '');
  const endTime = parseTime(endTimeText ?? '');
  if (bucket === null || key === null || fingerprint === null || endTimeText === null) return undefined;
  if (startTime === null || endTime === null) return undefined;
  const logs = logEntries(bytes, spans.get('logFiles'));
  if (logs === undefined) return undefined;
  return {
    ...{ bucket, key, fingerprint, endTimeText, startTime, endTime, logs },
    signatureAlgorithm: text('digestSignatureAlgorithm'),
    previous: {
      bucket: text('previousDigestS3Bucket'),
      key: text('previousDigestS3Object'),
      hash: text('previousDigestHashValue'),
      signature: text('previousDigestSignature'),
    },
  };
}

/** What was signed with the digest: the reference's four lines. `sha256`: of the unpacked digest, lower-case hex. */
export function stringToSign(digest: Digest, sha256: string): string {
  const { endTimeText, bucket, key, previous } = digest;
  return [endTimeText, `${bucket}/${key}`, sha256, previous.signature ?? 'null'].join('\n');
}

function logEntries(bytes: Uint8Array, span: Span | undefined): DigestLogEntry[] | undefined {
  if (span === undefined || typeOfValue(bytes[span.start]) === 'null') return [];
  if (typeOfValue(bytes[span.start]) !== 'array') return undefined;
  const entries: DigestLogEntry[] = [];
  let elements = 0;
  eachElement(bytes, span.start, (start) => {
    const entry = logEntry(bytes, start);
    elements++;
    if (entry !== undefined) entries.push(entry);
    return entry === undefined;
  });
  return entries.length === elements ? entries : undefined;
}

function logEntry(bytes: Uint8Array, start: number): DigestLogEntry | undefined {
  logPlan.read(bytes, start);
  const text = (field: (typeof LOG_FIELDS)[number]): string | null =>
    textAt(bytes, spanAt(logPlan, LOG_FIELDS.indexOf(field)));
  const [bucket, key, hash] = [text('s3Bucket'), text('s3Object'), text('hashValue')];
  if (bucket === null || key === null || hash === null) return undefined;
  return { bucket, key, hash, hashAlgorithm: text('hashAlgorithm') };
}

function spanAt({ spans }: FieldPlan, slot: number): Span | undefined {
  const start = spans[slot * 2]!;
  return start < 0 ? undefined : { start, end: spans[slot * 2 + 1]! };
}

function textAt(bytes: Uint8Array, span: Span | undefined): string | null {
  return span !== undefined && bytes[span.start] === QUOTE ? stringValue(bytes, span.start, span.end) : null;
}
