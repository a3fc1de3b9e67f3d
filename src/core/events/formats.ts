import { UnitPlan } from '../json/unitPlan';

/**
 * The containers CloudTrail records come in, by the ids of `data/input-formats.json`. This is the one place that knows
 * them by name: `jsonRecords.ts` and `csvRecords.ts` know how to open them.
 */
export type FormatId =
  | 'records'
  | 'lookup-events'
  | 'lookup-events-strings'
  | 'single-record'
  | 'record-array'
  | 'ndjson'
  | 'concatenated'
  | 'cloudwatch-export'
  | 'cloudwatch-events'
  | 'cloudwatch-insights'
  | 'cloudwatch-subscription'
  | 'eventbridge'
  | 'event-history-csv'
  | 'event-history-csv-legacy'
  | 'athena-csv'
  | 'lake-csv'
  | 'lake-query-results'
  | 'elastic'
  | 'splunk-json'
  | 'splunk-csv'
  | 'message-wrapper'
  | 'ocsf'
  | ExplainedFormat
  | 'empty'
  | 'unknown';

/** Files that come with CloudTrail or look like it and hold no events: they are named, not read. */
export type ExplainedFormat =
  | 'parquet'
  | 'digest'
  | 'public-keys'
  | 'digest-signatures'
  | 'lake-sign'
  | 'trail-notification'
  | 's3-event-notification';

/** Arrays whose elements are records or hold one, as paths from the top-level object. */
const CONTAINER_PATHS = [
  'Records',
  'Events',
  'events',
  'logEvents',
  'results',
  'QueryResultRows',
  'hits.hits',
] as const;

const FORMAT_OF_CONTAINER: Readonly<Record<(typeof CONTAINER_PATHS)[number] | '[]' | '', FormatId>> = {
  Records: 'records',
  Events: 'lookup-events',
  events: 'cloudwatch-events',
  logEvents: 'cloudwatch-subscription',
  results: 'cloudwatch-insights',
  QueryResultRows: 'lake-query-results',
  'hits.hits': 'elastic',
  '[]': 'record-array',
  '': 'single-record',
};

/** The format of a file whose records are the elements of `container`: a container path, `[]` a bare array, `''` none. */
export function formatOfContainer(container: string): FormatId {
  return (FORMAT_OF_CONTAINER as Readonly<Record<string, FormatId>>)[container] ?? 'records';
}

/** Keys that records begin with: as CloudTrail writes them, and the first ones where a tool sorted the keys. */
const FIRST_KEYS = [
  'eventVersion',
  'addendum',
  'additionalEventData',
  'annotation',
  'apiVersion',
  'awsRegion',
] as const;

/** A value longer than this is passed over: CloudTrail's own limit is 1 MB an event, exports may hold whole files in a text. */
export const MAX_RECORD_BYTES = 64 * 1024 * 1024;

/** What is looked for in JSON of any kind. */
export const RECORD_UNITS = new UnitPlan({
  containers: CONTAINER_PATHS,
  members: ['NextToken', 'nextToken'],
  firstKeys: FIRST_KEYS,
  maxUnitBytes: MAX_RECORD_BYTES,
});
