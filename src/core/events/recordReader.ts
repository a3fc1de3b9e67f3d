import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COMMA,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  concatBytes,
  decodeUtf8,
  skipWhiteSpace,
} from '../json/bytes';
import { linePrefixLength } from '../json/linePrefix';
import { type Message, message } from '../message';
import { type Problem, problem } from '../problem';
import { CsvRecords } from './csvRecords';
import { Utf8Stream } from './encoding';
import type { FormatId } from './formats';
import { JsonRecords } from './jsonRecords';
import type { RawRecord, RecordSink } from './rawRecord';

/** The format is chosen by so many bytes from the first one that is not blank, or by what there is. */
const HEAD_BYTES = 64;
/** Blanks beyond this are not waited out. */
const MOST_BLANKS = 1024 * 1024;
/** Problems of one kind are reported singly up to here and counted beyond. */
const MOST_OF_A_KIND = 20;
const LESS_THAN = 0x3c;
/** What JSON begins with that may hold records: also where its front was cut off, and the separator of RFC 7464. */
const JSON_BEGINNINGS: ReadonlySet<number | undefined> = new Set([
  ...[OPEN_BRACE, OPEN_BRACKET, CLOSE_BRACE, CLOSE_BRACKET, COMMA],
  0x1e,
]);

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
  /** What was read before a reader could be chosen. */
  private held: Uint8Array[] = [];
  private heldBytes = 0;
  private isBlank = true;

  constructor(private readonly sink: RecordSink) {
    this.problems = new ProblemCounter(sink);
  }

  /** True when the rest need not be read: nothing in the content looks like CloudTrail. */
  get isHopeless(): boolean {
    return this.explained !== undefined || this.markup || this.reader?.isHopeless === true;
  }

  push(chunk: Uint8Array): void {
    if (!this.isHopeless) this.read(this.utf8.push(chunk), false);
  }

  /** Ends the stream. Reports what the content is when it holds no events. */
  end(): ReadResult {
    const gaveUp = this.isHopeless;
    if (!gaveUp) this.read(this.utf8.end(), true);
    const format = this.format(gaveUp);
    const records = this.reader?.records ?? 0;
    if (records === 0) this.problems.problem(this.markup ? MARKUP : explain(format));
    this.problems.flush();
    return { format, records, gaveUp };
  }

  private format(gaveUp: boolean): FormatId {
    if (this.explained !== undefined) return this.explained;
    if (this.markup) return 'unknown';
    if (this.reader === undefined) return 'empty';
    // Content that was left alone is not cut off: its reader must not find that it ends too early.
    return gaveUp ? 'unknown' : this.reader.end();
  }

  private read(text: Uint8Array, atEnd: boolean): void {
    if (this.reader === undefined) this.hold(text, atEnd);
    else this.reader.push(text);
  }

  private hold(text: Uint8Array, atEnd: boolean): void {
    this.held.push(text);
    this.heldBytes += text.length;
    this.isBlank &&= skipWhiteSpace(text, 0, text.length) === text.length;
    if (this.heldBytes === 0 || (this.isBlank && !atEnd && this.heldBytes < MOST_BLANKS)) return;
    const all = concatBytes(this.held);
    const at = Math.min(skipWhiteSpace(all, 0, all.length), MOST_BLANKS);
    const head = all.subarray(at, at + HEAD_BYTES);
    this.held = [all];
    if (head.length < HEAD_BYTES && !atEnd && at < MOST_BLANKS) return;
    this.held = [];
    this.choose(head);
    this.reader?.push(all);
  }

  /** Chooses by what follows the first blanks, as `data/input-formats.json`, "detectionOrder", says. */
  private choose(head: Uint8Array): void {
    const text = decodeUtf8(head);
    const sink: RecordSink = {
      record: (record: RawRecord) => this.sink.record(record),
      problem: (each) => this.problems.problem(each),
    };
    if (text.startsWith('PAR1')) this.explained = 'parquet';
    else if (head[0] === LESS_THAN) this.markup = true;
    else if (isJson(head, text)) this.reader = new JsonRecords(sink);
    else this.reader = new CsvRecords(sink);
  }
}

function isJson(head: Uint8Array, text: string): boolean {
  const first = skipWhiteSpace(head, 0, head.length) === head.length ? undefined : head[0];
  if (first === undefined || JSON_BEGINNINGS.has(first)) return true;
  const isQuoted = first === QUOTE && /^"\s*\{\s*\\"/.test(text);
  return isQuoted || linePrefixLength(head, 0, head.length, true) > 0;
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
    case 'public-keys':
      return note(
        'public-keys',
        message(
          'Public keys of CloudTrail, no events: they prove digest files. Validate the folder of the logs with them.',
        ),
      );
    case 'digest-signatures':
      return note(
        'digest-signatures',
        message('Saved signatures of digest files, no events. Validate the folder of the logs with them.'),
      );
    case 'lake-sign':
      return note('lake-sign', message('A CloudTrail Lake sign file: it holds hashes of query results, no events.'));
    case 'trail-notification':
      return note(
        'trail-notification',
        message('A delivery notice of a trail: it names log files and holds no events.'),
      );
    case 's3-event-notification':
      return note(
        's3-event-notification',
        message('An S3 event notification: its records look like CloudTrail’s but are not.'),
      );
    case 'parquet':
      return problem(
        'parquet',
        'warning',
        null,
        message('A Parquet file, which is not read here. Convert it to JSON lines first, for instance with DuckDB.'),
      );
    case 'empty':
      return note('empty', message('The file is empty.'));
    case 'unknown':
      return problem('not-cloudtrail', 'warning', null, message('No CloudTrail records were found in this file.'));
    default:
      return note('no-records', message('The file is a CloudTrail container without any records.'));
  }
}
