import { encodeUtf8 } from '../json/bytes';
import { message } from '../message';
import { problem } from '../problem';
import { type CsvRow, CsvRows } from './csvRows';
import { type FormatId, MAX_RECORD_BYTES } from './formats';
import { JsonRecords } from './jsonRecords';
import type { RecordSink } from './rawRecord';
import { namesRecordFields, recordFromColumns } from './tabular';
import { formatTime, parseTime } from './time';

const HISTORY_COLUMNS = ['User name', 'AWS access key', 'Event time', 'Event source', 'Event name', 'AWS region'];
const LEGACY_COLUMNS = ['Event ID', 'Event time', 'User name', 'Event name', 'Resource type', 'Resources'];

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

type CsvKind = 'event-history-csv' | 'event-history-csv-legacy' | 'athena-csv' | 'lake-csv' | 'cloudwatch-insights' | 'splunk-csv';

/** Finds the records in CSV of the known tables. Feed it UTF-8, chunk by chunk. */
export class CsvRecords {
  private readonly rows = new CsvRows(MAX_RECORD_BYTES, (row) => this.row(row));
  private header: readonly string[] | undefined;
  private kind: CsvKind | undefined;
  records = 0;

  constructor(private readonly sink: RecordSink) {}

  push(chunk: Uint8Array): void {
    this.rows.push(chunk);
  }

  /** Ends the stream and answers the table's format. */
  end(): FormatId {
    if (this.rows.end() && this.kind !== undefined) {
      const text = message('The file ends inside a quoted field: its last row is cut off.');
      this.sink.problem(problem('truncated', 'error', null, text));
    }
    return this.kind ?? 'unknown';
  }

  /** True when the first row was seen and is no header of a known table. */
  get foundNothing(): boolean {
    return this.header !== undefined && this.kind === undefined;
  }

  private row(row: CsvRow): void {
    if (this.header === undefined) {
      this.header = row.cells.map((cell) => cell.trim());
      this.kind = kindOf(this.header);
      this.explain();
    } else if (this.kind !== undefined) this.dataRow(row, this.kind, this.header);
  }

  /** What a table lacks is said once, before its first record. */
  private explain(): void {
    if (this.kind === 'event-history-csv' || this.kind === 'event-history-csv-legacy') {
      const text = message('The console’s CSV has a few columns only: no request, response, session or identity type.');
      this.sink.problem(problem('few-columns', 'note', null, text));
    } else if (this.kind === 'athena-csv' || this.kind === 'lake-csv') {
      const text = message('Query results print structures without quotes: userIdentity and others are read as well as their text allows.');
      this.sink.problem(problem('best-effort', 'note', null, text));
    }
    if (this.kind === 'event-history-csv-legacy') {
      const text = message('This old CSV writes times in the zone of the browser that saved it; they are shown as if they were UTC.');
      this.sink.problem(problem('local-times', 'warning', null, text));
    }
  }

  private dataRow(row: CsvRow, kind: CsvKind, header: readonly string[]): void {
    if (row.cells.length === 0) {
      const text = message('The row that begins at byte {0} is too large and was passed over.', row.start);
      this.sink.problem(problem('record-too-large', 'error', row.start, text));
      return;
    }
    const cells = header.map((name, i) => [name, row.cells[i] ?? ''] as const);
    if (kind === 'splunk-csv') this.text(row, cellOf(cells, '_raw'));
    else if (kind === 'cloudwatch-insights') this.text(row, cellOf(cells, '@message'));
    else this.made(row, kind.startsWith('event-history') ? historyRecord(cells) : recordFromColumns(cells));
  }

  private text(row: CsvRow, text: string): void {
    const place = { start: row.start, end: row.end, embedded: false };
    const inner = new JsonRecords({
      record: (record) => this.emit({ ...place, bytes: record.bytes }),
      problem: (each) => this.sink.problem({ ...each, at: row.start }),
    });
    inner.push(encodeUtf8(text));
    inner.end();
  }

  private made(row: CsvRow, record: object | undefined): void {
    if (record === undefined) return;
    this.emit({ bytes: encodeUtf8(JSON.stringify(record)), start: row.start, end: row.end, embedded: false });
  }

  private emit(record: Parameters<RecordSink['record']>[0]): void {
    this.records++;
    this.sink.record(record);
  }
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
