import { EVENT_COLUMNS, eventColumns } from '../core/events/eventColumns';
import { type CloudTrailEvent, readEvent } from '../core/events/event';
import { principalName, serviceName } from '../core/events/principal';
import { RecordView } from '../core/events/recordView';
import { formatTime } from '../core/events/time';
import { csvLine } from '../core/export/csv';
import { compactJson } from '../core/json/compact';
import { compilePattern } from '../core/patterns/match';
import { shorten, visibleText } from '../core/text';
import { EXIT, type ExitCode } from './exitCodes';
import { jsonText } from './jsonText';
import type { Output } from './output';
import { readPattern, tellNotes } from './patternArgument';
import { readPaths } from './readPaths';
import { oneOf, parseArguments, requirePaths } from './usage';

const LINE_BREAK = new Uint8Array([0x0a]);

/** `events PATH…`: the events in the order they stand in the files, all of them or those that a filter pattern matches. */
export async function events(args: readonly string[], output: Output): Promise<ExitCode> {
  const parsed = parseArguments(args, {
    format: { type: 'string' },
    unique: { type: 'boolean' },
    pattern: { type: 'string' },
    json: { type: 'boolean' },
  });
  const asked = parsed.text('pattern');
  const usual = asked === undefined ? 'table' : 'ndjson';
  const format = oneOf('format', parsed.text('format'), ['table', 'ndjson', 'csv', 'json'], usual);
  requirePaths(parsed.paths);
  const read = asked === undefined ? undefined : readPattern(asked, parsed.flag('json'));
  if (asked !== undefined && read === undefined) return EXIT.usage;
  if (read !== undefined && !parsed.flag('json')) tellNotes(read);
  const matches = read && compilePattern(read.pattern);
  const writer = WRITERS[format](output);
  const repeated = new Repeated(parsed.flag('unique'));
  let count = 0;
  const unreadable = await readPaths(parsed.paths, {
    onRecord: ({ bytes }, path) => {
      if (matches?.(new RecordView(bytes)) === false || repeated.drops(bytes)) return;
      writer.record(bytes, path, count++);
    },
    afterChunk: () => output.flush(),
  });
  writer.end?.(count);
  repeated.tell();
  if (unreadable) return EXIT.unreadable;
  return count > 0 ? EXIT.found : EXIT.nothing;
}

interface Writer {
  record(bytes: Uint8Array, path: string, index: number): void;
  end?(count: number): void;
}

const WRITERS: Readonly<Record<'table' | 'ndjson' | 'csv' | 'json', (output: Output) => Writer>> = {
  ndjson: (output) => ({
    record: (bytes) => {
      // A copy: the bytes are a view into the reader's window. Records that were laid out over lines are put on one.
      output.write(bytes.includes(0x0a) || bytes.includes(0x0d) ? compactJson(bytes) : bytes.slice());
      output.write(LINE_BREAK);
    },
  }),
  csv: (output) => ({
    record: (bytes, path, index) => {
      if (index === 0) output.line(csvLine([...EVENT_COLUMNS, 'file']));
      const columns = eventColumns(readEvent(new RecordView(bytes)));
      output.line(csvLine([...EVENT_COLUMNS.map((name) => columns[name]), path]));
    },
  }),
  json: (output) => ({
    record: (bytes, path, index) => {
      const row = { ...eventColumns(readEvent(new RecordView(bytes))), file: path };
      output.write(`${index === 0 ? '[\n' : ',\n'}${jsonText(row)}`);
    },
    end: (count) => output.write(count === 0 ? '[]\n' : '\n]\n'),
  }),
  table: (output) => ({
    record: (bytes, _path, index) => {
      if (index === 0) output.line(tableLine(['TIME', 'EVENT', 'PRINCIPAL', 'SOURCE', 'REGION', 'ACCOUNT', 'OUTCOME']));
      output.line(tableLine(tableCells(readEvent(new RecordView(bytes)))));
    },
  }),
};

const WIDTHS = [20, 40, 36, 24, 14, 12];

function tableCells(event: CloudTrailEvent): string[] {
  const name = `${serviceName(event.eventSource ?? '')}:${event.eventName ?? event.eventCategory}`;
  return [
    event.time === undefined ? (event.eventTime ?? '-') : formatTime(event.time),
    name,
    principalName(event) ?? '-',
    event.sourceIPAddress ?? '-',
    event.awsRegion ?? '-',
    event.accountId ?? '-',
    event.errorCode ?? event.errorMessage ?? 'ok',
  ];
}

function tableLine(cells: readonly string[]): string {
  return cells
    .map((cell, i) => {
      const width = WIDTHS[i];
      const text = visibleText(cell);
      return width === undefined ? text : shorten(text, width).padEnd(width);
    })
    .join('  ');
}

/** Records whose eventID was seen before: trails overlap, folders are copied. They are dropped on request only, and said. */
class Repeated {
  private readonly ids = new Set<string>();
  private count = 0;

  constructor(private readonly dropping: boolean) {}

  drops(bytes: Uint8Array): boolean {
    if (!this.dropping) return false;
    const { eventID } = readEvent(new RecordView(bytes));
    if (eventID === undefined) return false;
    const again = this.ids.has(eventID);
    if (again) this.count++;
    else this.ids.add(eventID);
    return again;
  }

  tell(): void {
    if (this.count > 0)
      process.stderr.write(`${this.count} records were delivered more than once and are printed once.\n`);
  }
}
