import { LF, OPEN_BRACE, OPEN_BRACKET, QUOTE, encodeUtf8, skipWhiteSpace } from '../json/bytes';
import { findValue, stepsOf } from '../json/find';
import { type Span, eachElement, eachMember, stringValue } from '../json/tokens';
import { type Unit, UnitSplitter } from '../json/unitSplitter';
import { damageProblem, damagedText } from './damage';
import { message } from '../message';
import { problem } from '../problem';
import { CONTAINER_PATHS, type FormatId, MAX_RECORD_BYTES } from './formats';
import { ecsRecord, ocsfRecord } from './foreignSchemas';
import type { RecordSink } from './rawRecord';
import { recordFromColumns } from './tabular';
import { type Shape, type Wrapper, shapeOf } from './unitShape';

/** Texts in texts in texts …: each level doubles the escapes, so real ones are shallow. */
const DEEPEST_NESTING = 4;
const EVENT_ORIGINAL = stepsOf(['event', 'original']);
const RAW = stepsOf(['_raw']);
const MESSAGE = stepsOf(['message']);

const FORMAT_OF_CONTAINER: Readonly<Record<string, FormatId>> = {
  Records: 'records',
  Events: 'lookup-events',
  events: 'cloudwatch-events',
  logEvents: 'cloudwatch-subscription',
  results: 'cloudwatch-insights',
  QueryResultRows: 'lake-query-results',
  'hits.hits': 'elastic',
  '[]': 'record-array',
};

/** Where a value under inspection stands. */
interface Place {
  readonly start: number;
  readonly end: number;
  /** True while the bytes looked at stand in the content as they are, at `start`. */
  readonly embedded: boolean;
  /** How many values it was found inside of. */
  readonly depth: number;
  /** The container array of the outermost unit, `''` none. */
  readonly container: string;
}

/** Finds the records in JSON text of any of the known containers. Feed it UTF-8, chunk by chunk. */
export class JsonRecords {
  private readonly splitter: UnitSplitter;
  private topLevelValues = 0;
  private linesOnly = true;
  private linePrefix = false;
  private multiLineUnit = false;
  private format: FormatId | undefined;
  /** Units that hold no record, until the first one that does. */
  private others = 0;
  records = 0;

  constructor(private readonly sink: RecordSink) {
    this.splitter = new UnitSplitter(
      { containers: CONTAINER_PATHS, members: ['NextToken', 'nextToken'], maxUnitBytes: MAX_RECORD_BYTES },
      {
        unit: (unit) => this.unit(unit),
        damage: (damage) => this.sink.problem(damageProblem(damage, this.records)),
        topLevelValue: (_start, lineBreak, linePrefix) => this.topLevelValue(lineBreak, linePrefix),
        member: (key, json) => this.member(key, json),
      },
    );
  }

  push(chunk: Uint8Array): void {
    this.splitter.push(chunk);
  }

  /** Ends the stream and answers the container's format. */
  end(): FormatId {
    this.splitter.end();
    return this.formatId();
  }

  /** True when nothing CloudTrail was found in what was read so far. */
  get foundNothing(): boolean {
    return this.records === 0 && this.format === undefined;
  }

  private topLevelValue(lineBreak: boolean, linePrefix: boolean): void {
    if (this.topLevelValues > 0 && !lineBreak) this.linesOnly = false;
    this.linePrefix ||= linePrefix;
    this.topLevelValues++;
  }

  private member(key: string, json: string): void {
    if (key.toLowerCase() !== 'nexttoken' || json === 'null' || json === '""') return;
    const text = message('This is one page of an answer: it has a NextToken, so more events exist than this file holds.');
    this.sink.problem(problem('one-page', 'note', null, text));
  }

  private formatId(): FormatId {
    if (this.linePrefix && this.records > 0) return 'cloudwatch-export';
    if (this.topLevelValues === 0) return 'empty';
    const format = this.format ?? 'unknown';
    const plain = format === 'single-record' || format === 'records' || format === 'record-array';
    if (!plain || this.topLevelValues <= 1) return format;
    return this.linesOnly && !this.multiLineUnit ? 'ndjson' : 'concatenated';
  }

  private unit({ bytes, start, end, container }: Unit): void {
    if (container === '' && !this.multiLineUnit) this.multiLineUnit = bytes.includes(LF);
    this.shape(shapeOf(bytes), bytes, container, { start, end, embedded: true, depth: 0, container });
  }

  private shape(shape: Shape, bytes: Uint8Array, container: string, place: Place): void {
    switch (shape.kind) {
      case 'record':
        return this.record(bytes, recordFormat(container), place);
      case 'wrapped':
        return this.wrapped(bytes, shape.by, shape.span, container, place);
      case 'container':
        return this.nested(bytes, this.format ?? 'records', place);
      case 'row':
        return this.row(bytes, container, place);
      case 'ocsf':
        return this.made(ocsfRecord(bytes), 'ocsf', place);
      case 'explained':
        this.format ??= shape.format;
        return;
      case 'other':
        this.other(place);
    }
  }

  private record(bytes: Uint8Array, format: FormatId, place: Place): void {
    this.format = this.records === 0 ? format : this.format;
    this.records++;
    this.sink.record({ bytes, start: place.start, end: place.end, embedded: place.embedded });
  }

  private wrapped(bytes: Uint8Array, by: Wrapper, span: Span, container: string, place: Place): void {
    switch (by) {
      case 'elastic':
        return this.elastic(bytes, span, place);
      case 'splunk-json': {
        const raw = findValue(bytes, span.start, RAW);
        return raw === undefined ? this.other(place) : this.open(bytes, raw, 'splunk-json', place);
      }
      case 'message-wrapper':
        return this.open(bytes, span, messageFormat(container), place);
      case 'text':
        return this.open(bytes, span, container === '[]' ? 'lookup-events-strings' : 'message-wrapper', place);
      default:
        return this.open(bytes, span, by, place);
    }
  }

  /** Opens the object or text at `span`, in which a record is expected. */
  private open(bytes: Uint8Array, span: Span, format: FormatId, place: Place): void {
    if (bytes[span.start] !== QUOTE) {
      const inner = bytes.subarray(span.start, span.end);
      const start = place.start + span.start;
      const innerPlace = place.embedded ? { ...place, start, end: place.start + span.end } : place;
      if (shapeOf(inner).kind === 'record') this.record(inner, format, innerPlace);
      else this.other(place);
      return;
    }
    const text = encodeUtf8(stringValue(bytes, span.start, span.end));
    const start = place.embedded ? place.start + span.start : place.start;
    const end = place.embedded ? place.start + span.end : place.end;
    this.nested(text, format, { ...place, start, end, embedded: false });
  }

  /** Reads JSON inside JSON: a record as a text, or a whole container as an element. */
  private nested(bytes: Uint8Array, format: FormatId, place: Place): void {
    const first = bytes[skipWhiteSpace(bytes, 0, bytes.length)];
    const readable = first === OPEN_BRACE || first === OPEN_BRACKET || first === QUOTE;
    if (!readable || place.depth >= DEEPEST_NESTING) return this.other(place);
    const before = this.records;
    const within = (unit: Unit): Place =>
      place.embedded
        ? { ...place, start: place.start + unit.start, end: place.start + unit.end, depth: place.depth + 1 }
        : { ...place, depth: place.depth + 1 };
    const splitter = new UnitSplitter(
      { containers: CONTAINER_PATHS, maxUnitBytes: MAX_RECORD_BYTES },
      {
        unit: (unit) => this.shape(shapeOf(unit.bytes), unit.bytes, unit.container, within(unit)),
        damage: () => this.sink.problem(damagedText(place.start)),
      },
    );
    splitter.push(bytes);
    splitter.end();
    if (this.records > before) this.format = before === 0 ? format : this.format;
  }

  private elastic(bytes: Uint8Array, source: Span, place: Place): void {
    const original = findValue(bytes, source.start, EVENT_ORIGINAL) ?? findValue(bytes, source.start, MESSAGE);
    if (original !== undefined && bytes[original.start] === QUOTE) return this.open(bytes, original, 'elastic', place);
    const inner = bytes.subarray(source.start, source.end);
    if (shapeOf(inner).kind === 'record') return this.open(bytes, source, 'elastic', place);
    this.made(ecsRecord(inner), 'elastic', place);
  }

  /** A row of a query result: `[{"field": …, "value": …}, …]` or `[{"name": "value"}, …]`. */
  private row(bytes: Uint8Array, container: string, place: Place): void {
    const columns = rowColumns(bytes);
    const messageColumn = columns.find(([name]) => name === '@message');
    const format = FORMAT_OF_CONTAINER[container] ?? 'record-array';
    if (messageColumn === undefined) return this.made(recordFromColumns(columns), format, place);
    this.nested(encodeUtf8(messageColumn[1]), format, { ...place, embedded: false });
  }

  private made(record: unknown, format: FormatId, place: Place): void {
    const json = record === undefined ? undefined : stringify(record);
    if (json === undefined) return this.other(place);
    this.record(encodeUtf8(json), format, { ...place, embedded: false });
  }

  /** Log groups hold other messages too, and subscriptions send control messages: those are no loss. */
  private other(place: Place): void {
    if (place.container === 'logEvents' || place.container === 'events') return;
    if (this.records === 0) this.others++;
    else {
      const text = message('A value that is no CloudTrail record was passed over.');
      this.sink.problem(problem('not-a-record', 'note', place.start, text));
    }
  }

  /** Units passed over before the first record. */
  get passedOver(): number {
    return this.others;
  }
}

function recordFormat(container: string): FormatId {
  return container === '' ? 'single-record' : (FORMAT_OF_CONTAINER[container] ?? 'records');
}

function messageFormat(container: string): FormatId {
  return container === 'events' || container === 'logEvents' ? FORMAT_OF_CONTAINER[container]! : 'message-wrapper';
}

function rowColumns(bytes: Uint8Array): [string, string][] {
  const columns: [string, string][] = [];
  eachElement(bytes, 0, (start) => {
    if (bytes[start] !== OPEN_BRACE) return;
    const members: [string, string][] = [];
    eachMember(bytes, start, (keyStart, keyEnd, valueStart, valueEnd) => {
      if (bytes[valueStart] !== QUOTE) return;
      members.push([stringValue(bytes, keyStart, keyEnd), stringValue(bytes, valueStart, valueEnd)]);
    });
    const field = members.find(([key]) => key === 'field')?.[1];
    const value = members.find(([key]) => key === 'value')?.[1];
    if (field !== undefined && members.length <= 2) columns.push([field, value ?? '']);
    else columns.push(...members);
  });
  return columns;
}

/** Undefined for a value nested so deep that `JSON.stringify` runs out of stack. */
function stringify(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
