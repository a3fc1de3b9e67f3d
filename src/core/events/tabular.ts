import { type StructValue, parseStructText } from './structText';

/** Top-level record fields, by their lower-case names: tables and query results change the case. */
const RECORD_FIELDS = new Map(
  [
    ...[
      'eventVersion',
      'userIdentity',
      'eventTime',
      'eventSource',
      'eventName',
      'awsRegion',
      'sourceIPAddress',
      'userAgent',
    ],
    ...[
      'errorCode',
      'errorMessage',
      'requestParameters',
      'responseElements',
      'additionalEventData',
      'requestID',
      'eventID',
    ],
    ...[
      'eventType',
      'apiVersion',
      'managementEvent',
      'readOnly',
      'resources',
      'recipientAccountId',
      'serviceEventDetails',
    ],
    ...[
      'sharedEventID',
      'vpcEndpointId',
      'vpcEndpointAccountId',
      'eventCategory',
      'addendum',
      'sessionCredentialFromConsole',
    ],
    ...['edgeDeviceDetails', 'tlsDetails', 'insightDetails', 'annotation', 'eventContext'],
  ].map((name) => [name.toLowerCase(), name]),
);
const BOOLEANS = new Set(['managementEvent', 'readOnly']);

type Json = StructValue | boolean | number | { [name: string]: Json } | Json[];

/** True when a table's header (in any case) names at least a few fields of a record. */
export function namesRecordFields(header: readonly string[]): boolean {
  return header.filter((name) => RECORD_FIELDS.has(fieldName(name))).length >= 2;
}

/**
 * A record from the columns of a query result: names in any case, paths with dots, values as text. Structs are read as well as
 * their text allows; an empty text or the word `null` leaves the field out. Undefined when no column is a record's.
 */
export function recordFromColumns(columns: Iterable<readonly [name: string, value: string]>): object | undefined {
  const record: { [name: string]: Json } = {};
  let known = 0;
  for (const [name, text] of columns) {
    if (text === '' || text === 'null') continue;
    const path = fieldPath(name);
    if (path === undefined) continue;
    if (assign(record, path, columnValue(path, text))) known++;
  }
  return known > 0 ? record : undefined;
}

function fieldName(column: string): string {
  return (column.split('.')[0] ?? '').trim().toLowerCase();
}

function fieldPath(column: string): string[] | undefined {
  const [, ...rest] = column.trim().split('.');
  const top = RECORD_FIELDS.get(fieldName(column));
  const safe = rest.every((key) => key !== '' && key !== '__proto__');
  return top !== undefined && safe ? [top, ...rest] : undefined;
}

function columnValue(path: readonly string[], text: string): Json {
  if (path.length === 1 && BOOLEANS.has(path[0]!)) return text.toLowerCase() === 'true';
  if (!/^[{[]/.test(text)) return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return parseStructText(text);
  }
}

function assign(record: { [name: string]: Json }, path: readonly string[], value: Json): boolean {
  let object = record;
  for (const key of path.slice(0, -1)) {
    const next = (object[key] ??= {});
    if (typeof next !== 'object' || Array.isArray(next)) return false;
    object = next;
  }
  object[path.at(-1)!] = value;
  return true;
}
