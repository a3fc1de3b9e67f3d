import { OPEN_BRACE, OPEN_BRACKET, QUOTE, encodeUtf8, skipWhiteSpace } from '../json/bytes';
import { findValue, stepsOf } from '../json/find';
import { type Span, eachElement, eachMember, stringValue } from '../json/tokens';
import type { Unit } from '../json/unit';
import { UnitSplitter } from '../json/unitSplitter';
import { ValueScanner } from '../json/valueScanner';
import { message } from '../message';
import { problem } from '../problem';
import { damagedText } from './damage';
import { type FormatId, RECORD_UNITS, formatOfContainer } from './formats';
import { ecsRecord, ocsfRecord } from './foreignSchemas';
import type { RecordSink } from './rawRecord';
import { recordFromColumns } from './tabular';
import { type Wrapper, shapeOf } from './unitShape';

/** Texts in texts in texts …: each level doubles the escapes, so real ones are shallow. */
const DEEPEST_NESTING = 4;
const EVENT_ORIGINAL = stepsOf(['event', 'original']);
const RAW = stepsOf(['_raw']);
const MESSAGE = stepsOf(['message']);

/** Where a value under inspection stands. */
export interface Place {
  readonly start: number;
  readonly end: number;
  /** True while the bytes looked at stand in the content as they are, at `start`. */
  readonly embedded: boolean;
  /** The container array the value is an element of, `''` none. */
  readonly container: string;
  /** How many values it was found inside of. */
  readonly depth: number;
  /** True where values that are no records are to be expected, or are told of as a whole. */
  readonly quiet: boolean;
}

/** Finds the records in single values: the value itself, or what it wraps as an object, as a text or as a row. */
export class RecordFinder {
  records = 0;
  /** The container of the first record; before that, what the content was recognised as without holding one. */
  format: FormatId | undefined;
  /** How often something was recognised that holds no records. */
  private explained = 0;
  private readonly scanner = new ValueScanner();

  constructor(private readonly sink: RecordSink) {}

  /** Looks at one validated JSON value. */
  value(bytes: Uint8Array, place: Place): void {
    const shape = shapeOf(bytes);
    switch (shape.kind) {
      case 'record':
        return this.record(bytes, formatOfContainer(place.container), place);
      case 'wrapped':
        return this.wrapped(bytes, shape.by, shape.span, place);
      case 'container':
        this.nested(bytes, undefined, place);
        return;
      case 'row':
        return this.row(bytes, place);
      case 'ocsf':
        return this.made(ocsfRecord(bytes), 'ocsf', place);
      case 'explained':
        this.format ??= shape.format;
        this.explained++;
        return;
      case 'skip':
        return;
      case 'other':
        return this.other(place);
    }
  }

  /** Looks at a text that may hold a record or a container; it stands at `place`, perhaps escaped. */
  text(text: string, format: FormatId, place: Place): void {
    const before = this.records + this.explained;
    if (place.depth < DEEPEST_NESTING) this.innerText(text, format, { ...place, embedded: false, quiet: true });
    if (this.records + this.explained === before) this.other(place);
  }

  private innerText(text: string, format: FormatId, place: Place): void {
    const bytes = encodeUtf8(text);
    const value = this.onlyValue(bytes);
    if (value !== undefined && shapeOf(value).kind === 'record') return this.record(value, format, place);
    // Any text may begin with a bracket: one that is no JSON was meant to be read here only if it speaks of CloudTrail.
    if (value === undefined && !text.includes('eventVersion')) return;
    const damaged = this.nested(bytes, format, place);
    if (damaged) this.sink.problem(damagedText(place.start));
  }

  /** The JSON object, array or text that `bytes` hold, blanks aside; undefined when they hold something else or more. */
  private onlyValue(bytes: Uint8Array): Uint8Array | undefined {
    const start = skipWhiteSpace(bytes, 0, bytes.length);
    const first = bytes[start];
    if (first !== OPEN_BRACE && first !== OPEN_BRACKET && first !== QUOTE) return undefined;
    this.scanner.reset();
    const end = this.scanner.scan(bytes, start, bytes.length);
    const isAll = end > 0 && skipWhiteSpace(bytes, end, bytes.length) === bytes.length;
    return isAll ? bytes.subarray(start, end) : undefined;
  }

  private record(bytes: Uint8Array, format: FormatId, place: Place): void {
    if (this.records === 0) this.format = format;
    this.records++;
    this.sink.record({ bytes, start: place.start, end: place.end, embedded: place.embedded });
  }

  private wrapped(bytes: Uint8Array, by: Wrapper, span: Span, place: Place): void {
    switch (by) {
      case 'elastic':
        return this.elastic(bytes, span, place);
      case 'splunk-json': {
        const raw = findValue(bytes, span.start, RAW);
        return raw === undefined ? this.other(place) : this.open(bytes, raw, by, place);
      }
      case 'message-wrapper': {
        const isLog = place.container === 'events' || place.container === 'logEvents';
        if (!isLog) return this.open(bytes, span, by, place);
        // Log groups hold other messages too, and subscriptions send control messages: those are no loss.
        this.format ??= formatOfContainer(place.container);
        return this.open(bytes, span, formatOfContainer(place.container), { ...place, quiet: true });
      }
      case 'text':
        return this.open(bytes, span, place.container === '[]' ? 'lookup-events-strings' : 'message-wrapper', place);
      default:
        return this.open(bytes, span, by, place);
    }
  }

  /** Opens the object or text at `span`, in which a record is expected. */
  private open(bytes: Uint8Array, span: Span, format: FormatId, place: Place): void {
    const { embedded } = place;
    const start = embedded ? place.start + span.start : place.start;
    const end = embedded ? place.start + span.end : place.end;
    const inner = { ...place, start, end };
    if (bytes[span.start] === QUOTE) return this.text(stringValue(bytes, span.start, span.end), format, inner);
    const object = bytes.subarray(span.start, span.end);
    if (shapeOf(object).kind === 'record') this.record(object, format, inner);
    else this.other(place);
  }

  /**
   * Reads the values inside a value, or inside a text. `format` undefined: that of what is inside. True when something was damaged; a value
   * is valid, so only a text can be.
   */
  private nested(bytes: Uint8Array, format: FormatId | undefined, place: Place): boolean {
    if (place.depth >= DEEPEST_NESTING) {
      this.other(place);
      return false;
    }
    const before = this.records;
    let damaged = false;
    const splitter = new UnitSplitter(RECORD_UNITS, {
      unit: (unit) => this.value(unit.bytes, placeWithin(place, unit)),
      damage: () => (damaged = true),
    });
    splitter.push(bytes);
    splitter.end();
    if (before === 0 && this.records > 0 && format !== undefined) this.format = format;
    return damaged;
  }

  private elastic(bytes: Uint8Array, source: Span, place: Place): void {
    const original = findValue(bytes, source.start, EVENT_ORIGINAL) ?? findValue(bytes, source.start, MESSAGE);
    if (original !== undefined && bytes[original.start] === QUOTE) return this.open(bytes, original, 'elastic', place);
    const inner = bytes.subarray(source.start, source.end);
    if (shapeOf(inner).kind === 'record') return this.open(bytes, source, 'elastic', place);
    this.made(ecsRecord(inner), 'elastic', place);
  }

  /** A row of a query result: `[{"field": …, "value": …}, …]` or `[{"name": "value"}, …]`. */
  private row(bytes: Uint8Array, place: Place): void {
    const columns = rowColumns(bytes);
    const messageColumn = columns.find(([name]) => name === '@message');
    const format = formatOfContainer(place.container);
    if (messageColumn === undefined) this.made(recordFromColumns(columns), format, place);
    else this.text(messageColumn[1], format, place);
  }

  /** A record made from fields that came one by one; undefined when they were none of CloudTrail's. */
  made(record: object | undefined, format: FormatId, place: Place): void {
    const json = record === undefined ? undefined : stringify(record);
    if (json === undefined) return this.other(place);
    this.record(encodeUtf8(json), format, { ...place, embedded: false });
  }

  private other({ start, quiet }: Place): void {
    // Before the first record it says nothing: the file as a whole may be something else.
    if (quiet || this.records === 0) return;
    const text = message('A value that is no CloudTrail record was passed over.');
    this.sink.problem(problem('not-a-record', 'note', start, text));
  }
}

function placeWithin(place: Place, { start, end, container }: Unit): Place {
  const inner = { ...place, container, depth: place.depth + 1 };
  return place.embedded ? { ...inner, start: place.start + start, end: place.start + end } : inner;
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
function stringify(value: object): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
