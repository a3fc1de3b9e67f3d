import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  DIGIT_0,
  DIGIT_9,
  LF,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  SPACE,
  decodeUtf8,
  encodeUtf8,
  isWhiteSpace,
} from './bytes';
import { ByteWindow } from './byteWindow';
import { stringValue } from './tokens';
import { MALFORMED, NEED_MORE, ValueScanner } from './valueScanner';

/** One JSON value of interest: a top-level value, or an element of an array that holds records. */
export interface Unit {
  /** The whole value and nothing else. A view that lasts only until the sink returns. */
  readonly bytes: Uint8Array;
  /** Offset of the value in the stream, in bytes. */
  readonly start: number;
  readonly end: number;
  /** The array it stood in: `''` none (a top-level value), `'[]'` a top-level array, else the path of keys, e.g. `hits.hits`. */
  readonly container: string;
}

export type DamageKind = 'malformed' | 'cut' | 'truncated' | 'too-large';

export interface Damage {
  readonly kind: DamageKind;
  /** Where the bytes stop making sense; for `too-large`, where the value begins. */
  readonly at: number;
  /** Where the value that was lost begins. */
  readonly start: number;
}

export interface UnitSink {
  unit(unit: Unit): void;
  damage(damage: Damage): void;
  /** A top-level value begins. `lineBreak`: a line break stood between it and the one before; `linePrefix`: a time stamp did. */
  topLevelValue?(start: number, lineBreak: boolean, linePrefix: boolean): void;
  /** A member of a top-level object that {@link SplitterOptions.members} names, e.g. `NextToken`; the text is its JSON. */
  member?(key: string, json: string): void;
}

export interface SplitterOptions {
  /** Paths of the arrays whose elements are units, joined with dots, e.g. `Records`, `hits.hits`. */
  readonly containers: readonly string[];
  /** Keys of scalar members of top-level objects that the sink wants to hear of. */
  readonly members?: readonly string[];
  /** A value longer than this many bytes is passed over and reported. */
  readonly maxUnitBytes: number;
}

const enum Mode {
  /** Between top-level values. */
  Top,
  /** Inside an object that may hold a container array: before a key, in it, before the colon, before the value. */
  BeforeKey,
  Key,
  BeforeColon,
  BeforeValue,
  AfterMember,
  /** Inside a member's value that is no container. */
  Member,
  /** Inside a container array, before an element or its end. */
  BeforeElement,
  AfterElement,
  Element,
  /** Inside a top-level value that is neither object nor array. */
  TopScalar,
  /** After damage: looking for the next value that can be read. */
  Lost,
}

const RECORD_START = encodeUtf8('{"eventVersion"');
const LINE_PREFIX = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:?\d\d)$/;
const LONGEST_LINE_PREFIX = 64;
const LONGEST_MEMBER = 4096;
const RECORD_SEPARATOR = 0x1e;

/**
 * Cuts a stream of JSON text (one value, many one after another, or lines) into units without building objects for anything. A damaged
 * unit costs that unit: reading goes on at the next place that looks like the beginning of one. Memory stays within
 * `maxUnitBytes` and one chunk.
 */
export class UnitSplitter {
  private readonly window = new ByteWindow();
  private readonly scanner = new ValueScanner();
  private readonly containers: ReadonlySet<string>;
  private readonly prefixes: ReadonlySet<string>;
  private readonly members: ReadonlySet<string>;
  /** Lengths, in bytes with quotes, of the keys that mean something here: no other key is decoded. */
  private readonly keyLengths: ReadonlySet<number>;
  private mode = Mode.Top;
  /** Offset in the stream of the next byte to look at. */
  private at = 0;
  /** Where the value under way (unit, key or member value) begins. */
  private valueStart = 0;
  /** Where the top-level object under way begins, while it may still turn out to be a unit itself; else -1. */
  private objectStart = -1;
  /** Keys that lead to the object under way, and the key read last. */
  private path: string[] = [];
  private key = '';
  private container = '';
  private oversized = false;
  private lineBreak = false;
  private linePrefix = false;
  private units = 0;
  /** What the units begin with, up to their first colon: where to go on after damage. */
  private unitStart = RECORD_START;
  private lastErrorAt = -1;

  constructor(
    private readonly options: SplitterOptions,
    private readonly sink: UnitSink,
  ) {
    this.containers = new Set(options.containers);
    this.prefixes = new Set(options.containers.flatMap(prefixesOf));
    this.members = new Set(options.members);
    const keys = [...options.containers.flatMap((path) => path.split('.')), ...this.members];
    this.keyLengths = new Set(keys.map((key) => encodeUtf8(key).length + 2));
  }

  /** Reads the next chunk; the sink is called for each unit that ends in it. */
  push(chunk: Uint8Array): void {
    this.window.append(chunk);
    this.run(false);
    this.forget();
  }

  /** Reads what is left at the end of the stream and reports a value that was cut off. */
  end(): void {
    this.run(true);
    if (this.mode === Mode.TopScalar && this.scanner.endsHere()) this.emitUnit(this.valueStart, this.window.end, '');
    else if (this.mode !== Mode.Top && this.mode !== Mode.Lost) {
      const start = this.insideUnit() ? this.valueStart : this.objectStart >= 0 ? this.objectStart : this.at;
      this.sink.damage({ kind: 'truncated', at: this.window.end, start });
    }
    this.mode = Mode.Top;
  }

  private insideUnit(): boolean {
    return this.mode === Mode.Element || this.mode === Mode.TopScalar;
  }

  /** Steps until the bytes run out or a step asks for more of them. */
  private run(atEnd: boolean): void {
    while (this.at < this.window.end) if (!this.step(atEnd)) return;
  }

  private step(atEnd: boolean): boolean {
    switch (this.mode) {
      case Mode.Top:
        return this.topLevel(atEnd);
      case Mode.Key:
      case Mode.Member:
      case Mode.Element:
      case Mode.TopScalar:
        return this.scanValue();
      case Mode.Lost:
        return this.resync(atEnd);
      default:
        return this.punctuation();
    }
  }

  private byte(): number {
    return this.window.bytes[this.at - this.window.base]!;
  }

  private topLevel(atEnd: boolean): boolean {
    const byte = this.byte();
    if (isWhiteSpace(byte) || byte === COMMA || byte === RECORD_SEPARATOR) {
      if (byte === LF) this.lineBreak = true;
      this.at++;
      return true;
    }
    if (byte >= DIGIT_0 && byte <= DIGIT_9) {
      const prefix = this.linePrefixLength(atEnd);
      if (prefix < 0) return false;
      if (prefix > 0) {
        this.linePrefix = true;
        this.at += prefix;
        return true;
      }
    }
    this.sink.topLevelValue?.(this.at, this.lineBreak, this.linePrefix);
    this.lineBreak = false;
    this.linePrefix = false;
    this.path = [];
    if (byte === OPEN_BRACE) {
      this.objectStart = this.at++;
      this.mode = Mode.BeforeKey;
    } else if (byte === OPEN_BRACKET) {
      this.at++;
      this.enterArray('[]');
    } else this.beginValue(Mode.TopScalar);
    return true;
  }

  /** Length of the time stamp and blank that `create-export-task` puts before each line; 0 none, -1 more bytes are needed. */
  private linePrefixLength(atEnd: boolean): number {
    const available = Math.min(this.window.end - this.at, LONGEST_LINE_PREFIX);
    const text = decodeUtf8(this.window.slice(this.at, this.at + available));
    const blank = text.search(/[ \t]/);
    if (blank >= 0) return LINE_PREFIX.test(text.slice(0, blank)) ? blank + 1 : 0;
    return available < LONGEST_LINE_PREFIX && !atEnd && /^[\dTZ:.+-]*$/.test(text) ? -1 : 0;
  }

  private beginValue(mode: Mode): void {
    this.mode = mode;
    this.valueStart = this.at;
    this.oversized = false;
    this.scanner.reset();
  }

  private enterArray(container: string): void {
    this.container = container;
    this.objectStart = -1;
    this.mode = Mode.BeforeElement;
  }

  /** Runs the scanner over the value under way; at its end goes on with what comes after it. */
  private scanValue(): boolean {
    const { bytes, base, length } = this.window;
    const end = this.scanner.scan(bytes, this.at - base, length);
    if (end === NEED_MORE) {
      this.at = base + length;
      return false;
    }
    if (end === MALFORMED) {
      this.lose(base + this.scanner.errorAt, this.scanner.errorInString);
      return true;
    }
    this.at = base + end;
    switch (this.mode) {
      case Mode.Key:
        this.key = this.keyLengths.has(this.at - this.valueStart) ? this.text(stringValue) : '';
        this.mode = Mode.BeforeColon;
        break;
      case Mode.Member:
        this.reportMember();
        this.mode = Mode.AfterMember;
        break;
      case Mode.Element:
        this.emitUnit(this.valueStart, this.at, this.container);
        this.mode = Mode.AfterElement;
        break;
      default:
        this.emitUnit(this.valueStart, this.at, '');
        this.mode = Mode.Top;
    }
    return true;
  }

  private text(read: (bytes: Uint8Array, start: number, end: number) => string): string {
    const { bytes, base } = this.window;
    return read(bytes, this.valueStart - base, this.at - base);
  }

  private reportMember(): void {
    const wanted = this.path.length === 0 && this.members.has(this.key);
    if (wanted && !this.oversized && this.at - this.valueStart <= LONGEST_MEMBER) {
      this.sink.member?.(this.key, this.text(decodeUtf8));
    }
  }

  private punctuation(): boolean {
    const byte = this.byte();
    if (isWhiteSpace(byte)) {
      this.at++;
      return true;
    }
    switch (this.mode) {
      case Mode.BeforeKey:
        if (byte === QUOTE) this.beginValue(Mode.Key);
        else if (byte === CLOSE_BRACE) this.closeObject();
        else this.lose(this.at, false);
        return true;
      case Mode.BeforeColon:
        if (byte !== COLON) this.lose(this.at, false);
        else {
          this.at++;
          this.mode = Mode.BeforeValue;
        }
        return true;
      case Mode.BeforeValue:
        this.memberValue(byte);
        return true;
      case Mode.AfterMember:
        if (byte === COMMA) {
          this.at++;
          this.mode = Mode.BeforeKey;
        } else if (byte === CLOSE_BRACE) this.closeObject();
        else this.lose(this.at, false);
        return true;
      case Mode.BeforeElement:
        if (byte === CLOSE_BRACKET) this.closeArray();
        else this.beginValue(Mode.Element);
        return true;
      default:
        if (byte === COMMA) {
          this.at++;
          this.mode = Mode.BeforeElement;
        } else if (byte === CLOSE_BRACKET) this.closeArray();
        else this.lose(this.at, false);
        return true;
    }
  }

  private memberValue(byte: number): void {
    const path = [...this.path, this.key].join('.');
    if (byte === OPEN_BRACKET && this.containers.has(path)) {
      this.at++;
      this.enterArray(path);
    } else if (byte === OPEN_BRACE && this.prefixes.has(path)) {
      this.at++;
      this.path.push(this.key);
      this.mode = Mode.BeforeKey;
    } else this.beginValue(Mode.Member);
  }

  private closeArray(): void {
    this.at++;
    this.mode = this.container === '[]' ? Mode.Top : Mode.AfterMember;
    this.container = '';
  }

  private closeObject(): void {
    this.at++;
    if (this.path.pop() !== undefined) {
      this.mode = Mode.AfterMember;
      return;
    }
    if (this.objectStart >= 0) this.emitUnit(this.objectStart, this.at, '');
    this.objectStart = -1;
    this.mode = Mode.Top;
  }

  private emitUnit(start: number, end: number, container: string): void {
    if (start < this.window.base || end - start > this.options.maxUnitBytes) {
      this.sink.damage({ kind: 'too-large', at: start, start });
      return;
    }
    const bytes = this.window.slice(start, end);
    if (this.units++ === 0) {
      const colon = bytes.indexOf(COLON);
      if (bytes[0] === OPEN_BRACE && colon > 0 && colon < 64) this.unitStart = bytes.slice(0, colon);
    }
    this.sink.unit({ bytes, start, end, container });
  }

  private lose(at: number, inString: boolean): void {
    const start = this.objectStart >= 0 ? this.objectStart : this.insideUnit() ? this.valueStart : at;
    const cut = inString && this.window.bytes[at - this.window.base] === LF;
    const again = at === this.lastErrorAt;
    if (!again) this.sink.damage({ kind: cut ? 'cut' : 'malformed', at, start });
    this.lastErrorAt = at;
    // What comes next may begin before the place where the damage shows: a cut record swallows the next one's first quote. But a
    // place that fails twice is passed, or a nest of brackets would be read again for each of them.
    this.at = again ? at + 1 : Math.max(start === at ? at : start + 1, this.window.base);
    this.mode = Mode.Lost;
  }

  /** Looks for the beginning of another unit: what units began with so far or, between top-level values, a line that opens a bracket. */
  private resync(atEnd: boolean): boolean {
    const { bytes, base, length } = this.window;
    for (let i = this.at - base; i < length; i++) {
      const byte = bytes[i]!;
      const opens = byte === OPEN_BRACE || byte === OPEN_BRACKET;
      if (!opens) continue;
      const known = startsWith(bytes, i, length, this.unitStart) ?? startsWith(bytes, i, length, RECORD_START);
      if (known === undefined && !atEnd) {
        this.at = base + i;
        return false;
      }
      const opensLine = this.container === '' && followsLineBreak(bytes, i);
      if (known !== true && !opensLine) continue;
      this.at = base + i;
      this.resume(known === true);
      return true;
    }
    this.at = base + length;
    return false;
  }

  private resume(atUnit: boolean): void {
    this.objectStart = -1;
    if (this.container !== '' && atUnit) this.beginValue(Mode.Element);
    else {
      this.mode = Mode.Top;
      this.lineBreak = true;
    }
  }

  /** Lets go of all that no unit needs any more, and of a unit that grew too large. */
  private forget(): void {
    const value = this.mode === Mode.Key || this.mode === Mode.Member || this.insideUnit() ? this.valueStart : this.at;
    let keep = this.objectStart >= 0 ? Math.min(this.objectStart, value) : value;
    if (this.window.end - keep > this.options.maxUnitBytes) {
      keep = this.at;
      this.oversized = true;
    }
    this.window.release(keep);
  }
}

function prefixesOf(path: string): string[] {
  const keys = path.split('.');
  return keys.slice(1).map((_, i) => keys.slice(0, i + 1).join('.'));
}

/** Whether `literal` stands at `at`; undefined when the bytes end before that is clear. */
function startsWith(bytes: Uint8Array, at: number, length: number, literal: Uint8Array): boolean | undefined {
  for (let i = 0; i < literal.length; i++) {
    if (at + i >= length) return undefined;
    if (bytes[at + i] !== literal[i]) return false;
  }
  return true;
}

function followsLineBreak(bytes: Uint8Array, at: number): boolean {
  let i = at - 1;
  while (i >= 0 && (bytes[i] === SPACE || bytes[i] === 0x09)) i--;
  return bytes[i] === LF;
}
