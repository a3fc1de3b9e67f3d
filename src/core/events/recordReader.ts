import { OPEN_BRACE, OPEN_BRACKET, QUOTE, decodeUtf8, isWhiteSpace } from '../json/bytes';
import { type Message, message } from '../message';
import { type Problem, problem } from '../problem';
import { CsvRecords } from './csvRecords';
import { Utf8Stream } from './encoding';
import type { FormatId } from './formats';
import { JsonRecords } from './jsonRecords';
import type { RawRecord, RecordSink } from './rawRecord';

/** Content in which nothing of CloudTrail was found for so many bytes is left alone. */
const GIVE_UP_BYTES = 4 * 1024 * 1024;
/** Problems of one kind are reported singly up to here and counted beyond. */
const MOST_OF_A_KIND = 20;
const LESS_THAN = 0x3c;
const LINE_PREFIX = /^\d{4}-\d\d-\d\dT[\d:.]+Z[ \t]/;

export interface ReadResult {
  readonly format: FormatId;
  readonly records: number;
  /** True when reading stopped early because nothing looked like CloudTrail. */
  readonly gaveUp: boolean;
}

/**
 * Reads the records out of unpacked content of any known container and encoding. Feed it bytes chunk by chunk; it holds no more than the record
 * under way. A bad record costs that record and a problem.
 */
export class RecordReader {
  private readonly utf8 = new Utf8Stream();
  private readonly problems: ProblemCounter;
  private reader: JsonRecords | CsvRecords | undefined;
  private explained: FormatId | undefined;
  /** The content is XML or HTML. */
  private markup = false;
  private bytesRead = 0;

  constructor(private readonly sink: RecordSink) {
    this.problems = new ProblemCounter(sink);
  }

  /** True when the rest need not be read: nothing in the content looks like CloudTrail. */
  get isHopeless(): boolean {
    if (this.explained !== undefined || this.markup) return true;
    if (this.reader === undefined || !this.reader.foundNothing) return false;
    return this.reader instanceof CsvRecords || this.bytesRead > GIVE_UP_BYTES;
  }

  push(chunk: Uint8Array): void {
    if (this.isHopeless) return;
    this.bytesRead += chunk.length;
    this.read(this.utf8.push(chunk));
  }

  /** Ends the stream. Reports what the content is when it holds no events. */
  end(): ReadResult {
    const gaveUp = this.isHopeless;
    this.read(this.utf8.end());
    const format = this.explained ?? this.reader?.end() ?? (this.markup ? 'unknown' : 'empty');
    const records = this.reader?.records ?? 0;
    if (records === 0) this.problems.problem(this.markup ? MARKUP : explain(format));
    this.problems.flush();
    return { format, records, gaveUp };
  }

  private read(text: Uint8Array): void {
    if (this.explained !== undefined || this.markup) return;
    this.reader ??= this.choose(text);
    this.reader?.push(text);
  }

  /** Chooses by the first character that is not blank, as `data/input-formats.json`, "detectionOrder", says. */
  private choose(text: Uint8Array): JsonRecords | CsvRecords | undefined {
    let at = 0;
    while (at < text.length && isWhiteSpace(text[at])) at++;
    if (text.length === 0) return undefined;
    const first = text[at];
    const head = decodeUtf8(text, at, Math.min(text.length, at + 64));
    if (head.startsWith('PAR1')) {
      this.explained = 'parquet';
      return undefined;
    }
    const sink: RecordSink = { record: (record: RawRecord) => this.sink.record(record), problem: (each) => this.problems.problem(each) };
    const quotedJson = first === QUOTE && /^"\s*\{\s*\\"/.test(head);
    if (first === LESS_THAN) {
      this.markup = true;
      return undefined;
    }
    const isBlank = first === undefined;
    const isJson = isBlank || first === OPEN_BRACE || first === OPEN_BRACKET || LINE_PREFIX.test(head) || quotedJson;
    return isJson ? new JsonRecords(sink) : new CsvRecords(sink);
  }
}

/** Passes problems on, but of one kind only the first few; the rest are counted and said in one line. */
class ProblemCounter {
  private readonly counts = new Map<string, { count: number; last: Problem }>();

  constructor(private readonly sink: RecordSink) {}

  problem(each: Problem): void {
    const count = (this.counts.get(each.kind)?.count ?? 0) + 1;
    this.counts.set(each.kind, { count, last: each });
    if (count <= MOST_OF_A_KIND) this.sink.problem(each);
  }

  flush(): void {
    for (const { count, last } of this.counts.values()) {
      if (count <= MOST_OF_A_KIND) continue;
      const text = message('{0} more problems of the same kind.', count - MOST_OF_A_KIND);
      this.sink.problem(problem(last.kind, last.level, last.at, text));
    }
  }
}

const MARKUP = problem(
  'markup',
  'warning',
  null,
  message('An XML or HTML page, not a log: often an error answer that was saved in place of the file.'),
);

function explain(format: FormatId): Problem {
  const note = (kind: string, text: Message): Problem => problem(kind, 'note', null, text);
  switch (format) {
    case 'digest':
      return note('digest', message('A CloudTrail digest file: it holds hashes of log files, no events.'));
    case 'lake-sign':
      return note('lake-sign', message('A CloudTrail Lake sign file: it holds hashes of query results, no events.'));
    case 'trail-notification':
      return note('trail-notification', message('A delivery notice of a trail: it names log files and holds no events.'));
    case 's3-event-notification':
      return note('s3-event-notification', message('An S3 event notification: its records look like CloudTrail’s but are not.'));
    case 'parquet':
      return problem('parquet', 'warning', null, message('A Parquet file, which is not read here. Convert it to JSON lines first, for instance with DuckDB.'));
    case 'empty':
      return note('empty', message('The file is empty.'));
    case 'unknown':
      return problem('not-cloudtrail', 'warning', null, message('No CloudTrail records were found in this file.'));
    default:
      return note('no-records', message('The file is a CloudTrail container without any records.'));
  }
}
