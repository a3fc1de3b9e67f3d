import { message } from '../message';
import { type Problem, problem } from '../problem';
import { type CsvRow, CsvRows } from './csvRows';
import { type FormatId, MAX_RECORD_BYTES } from './formats';
import type { RecordSink } from './rawRecord';
import { type Place, RecordFinder } from './recordFinder';
import { namesRecordFields, recordFromColumns } from './tabular';
import { formatTime, parseTime } from './time';

const HISTORY_COLUMNS = ['User name', 'AWS access key', 'Event time', 'Event source', 'Event name', 'AWS region'];
const LEGACY_COLUMNS = ['Event ID', 'Event time', 'User name', 'Event name', 'Resource type', 'Resources'];

/** A first line longer than this is no header of a table. */
const LONGEST_HEADER = 64 * 1024;

/** Where the columns of the console's CSV go in a record. */
const HISTORY_FIELDS: Readonly<Record<string, string>> = {
  'Event time': 'eventTime',
  'Event source': 'eventSource',
  'Event name': 'eventName',
  'AWS region': 'awsRegion',
  'Source IP address': 'sourceIPAddress',
  'User agent': 'userAgent',
  'Error code': 'errorCode',
  'Request ID': 'requestID',
  'Event ID': 'eventID',
  'Read-only': 'readOnly',
  'Event type': 'eventType',
  'Recipient Account Id': 'recipientAccountId',
  'Event category': 'eventCategory',
  'User name': 'userIdentity.userName',
  'AWS access key': 'userIdentity.accessKeyId',
};

type CsvKind =
  'event-history-csv' | 'event-history-csv-legacy' | 'athena-csv' | 'lake-csv' | 'cloudwatch-insights' | 'splunk-csv';

/** Finds the records in CSV of the known tables. Feed it UTF-8, chunk by chunk. */
export class CsvRecords {
  private readonly rows = new CsvRows(MAX_RECORD_BYTES, (row) => this.row(row));
  private readonly finder: RecordFinder;
  private header: readonly string[] | undefined;
  private kind: CsvKind | undefined;

  constructor(private readonly sink: RecordSink) {
    this.finder = new RecordFinder(sink);
  }

  get records(): number {
    return this.finder.records;
  }

  push(chunk: Uint8Array): void {
    if (!this.isHopeless) this.rows.push(chunk);
  }

  /** Ends the stream and answers the table's format. */
  end(): FormatId {
    this.rows.end();
    return this.kind ?? 'unknown';
  }

  /** True when the first row was seen and is no header of a known table. */
  get isHopeless(): boolean {
    return this.header === undefined ? this.rows.pendingBytes > LONGEST_HEADER : this.kind === undefined;
  }

  private row(row: CsvRow): void {
    if (row.cells.length === 1 && row.cells[0]!.trim() === '') return;
    if (this.header === undefined) this.headerRow(row);
    else if (this.kind !== undefined) this.dataRow(row, this.kind, this.header);
  }

  private headerRow({ cells, start, end }: CsvRow): void {
    this.header = cells.map((cell) => cell.trim());
    this.kind = end - start > LONGEST_HEADER ? undefined : kindOf(this.header);
    this.explain();
  }

  /** What a table lacks is said once, before its first record. */
  private explain(): void {
    if (this.kind === 'event-history-csv' || this.kind === 'event-history-csv-legacy') {
      const text = message('The console’s CSV has a few columns only: no request, response, session or identity type.');
      this.sink.problem(problem('few-columns', 'note', null, text));
    } else if (this.kind === 'athena-csv' || this.kind === 'lake-csv') {
      const text = message(
        'Query results print structures without quotes: userIdentity and others are read as well as their text allows.',
      );
      this.sink.problem(problem('best-effort', 'note', null, text));
    }
    if (this.kind === 'event-history-csv-legacy') {
      const text = message(
        'This old CSV writes times in the zone of the browser that saved it; they are shown as if they were UTC.',
      );
      this.sink.problem(problem('local-times', 'warning', null, text));
    }
  }

  private dataRow(row: CsvRow, kind: CsvKind, header: readonly string[]): void {
    const { start, end, cells } = row;
    const damage = damageOf(row, header.length, this.records);
    if (damage !== undefined) return this.sink.problem(damage);
    const named = header.map((name, i) => [name, cells[i] ?? ''] as const);
    const place: Place = { start, end, embedded: false, container: '', depth: 0, quiet: false };
    if (kind === 'splunk-csv') this.finder.text(cellOf(named, '_raw'), kind, place);
    else if (kind === 'cloudwatch-insights')
      this.finder.text(cellOf(named, '@message'), kind, { ...place, quiet: true });
    else
      this.finder.made(kind.startsWith('event-history') ? historyRecord(named) : recordFromColumns(named), kind, place);
  }
}

/** What is wrong with a row of a table with `columns` columns; undefined for a good one. */
function damageOf({ state, start, cells, ended }: CsvRow, columns: number, records: number): Problem | undefined {
  if (state === 'whole' && cells.length === columns) return undefined;
  if (state === 'too-large') {
    const text = message('The row that begins at byte {0} is too large and was passed over.', start);
    return problem('record-too-large', 'error', start, text);
  }
  if (state === 'cut-off' || (!ended && cells.length < columns)) {
    const text = message(
      'The file ends in the middle of the row that begins at byte {0}; {1} whole records come before it.',
      start,
      records,
    );
    return problem('truncated', 'error', start, text);
  }
  const text = message(
    'The row that begins at byte {0} does not fit the columns of the table; it was passed over.',
    start,
  );
  return problem('malformed-row', 'error', start, text);
}

function cellOf(cells: readonly (readonly [string, string])[], name: string): string {
  return cells.find(([column]) => column === name)?.[1] ?? '';
}

function kindOf(header: readonly string[]): CsvKind | undefined {
  if (HISTORY_COLUMNS.every((name) => header.includes(name))) return 'event-history-csv';
  if (LEGACY_COLUMNS.every((name) => header.includes(name))) return 'event-history-csv-legacy';
  if (header.includes('_raw')) return 'splunk-csv';
  if (header.includes('@message')) return 'cloudwatch-insights';
  if (!namesRecordFields(header)) return undefined;
  return header.every((name) => name === name.toLowerCase()) ? 'athena-csv' : 'lake-csv';
}

/** The console's columns as a record: empty cells left out, `Resources` opened, booleans made booleans. */
function historyRecord(cells: readonly (readonly [string, string])[]): object | undefined {
  const columns = cells.flatMap(([name, text]): [string, string][] => {
    const field = HISTORY_FIELDS[name];
    if (field === undefined) return [];
    const time = field === 'eventTime' ? parseTime(text) : null;
    return [[field, time === null ? text : formatTime(time)]];
  });
  const record = recordFromColumns(columns);
  const resources = historyResources(cellOf(cells, 'Resources'));
  return record === undefined || resources === undefined ? record : { ...record, resources };
}

function historyResources(text: string): object[] | undefined {
  try {
    const list = JSON.parse(text) as unknown;
    if (!Array.isArray(list)) return undefined;
    return list.map((each: { resourceType?: unknown; resourceName?: unknown } | null) => ({
      type: each?.resourceType,
      ARN: each?.resourceName,
    }));
  } catch {
    return undefined;
  }
}
