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
  decodeUtf8,
  encodeUtf8,
  isWhiteSpace,
} from './bytes';
import { ByteWindow } from './byteWindow';
import { linePrefixLength } from './linePrefix';
import { Recovery } from './recovery';
import type { DamageKind, UnitSink } from './unit';
import type { UnitPlan } from './unitPlan';
import { MALFORMED, NEED_MORE, ValueScanner } from './valueScanner';

const enum Mode {
  /** Between top-level values. */
  Top,
  /** Inside an object that may hold a container array: before a key or the end, before a key, in it, before the colon, before the value. */
  BeforeKey,
  NextKey,
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

const LONGEST_MEMBER = 4096;
const RECORD_SEPARATOR = 0x1e;
const BOM = encodeUtf8('\ufeff');
/**
 * Cuts a stream of JSON text (one value, many one after another, or lines) into units without building objects for anything. A damaged
 * unit costs that unit: reading goes on at the next place that looks like the beginning of one. Memory stays within
 * twice `maxUnitBytes` and one chunk, time within a few times the length of the stream.
 */
export class UnitSplitter {
  private readonly window = new ByteWindow();
  private readonly scanner = new ValueScanner();
  private readonly recovery: Recovery;
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
  /** Where the top-level value under way begins. */
  private topLevelStart = 0;
  private lineBreak = false;
  private linePrefix = false;
  /** True once a line break stood between the tokens of a container or of an object that might have been one. */
  spansLines = false;

  constructor(
    private readonly plan: UnitPlan,
    private readonly sink: UnitSink,
  ) {
    this.recovery = new Recovery(plan.starts);
  }

  /** Reads the next chunk; the sink is called for each unit that ends in it. */
  push(chunk: Uint8Array): void {
    this.window.append(chunk);
    this.run(false);
    this.forget();
  }

  /**
   * Reads what is left at the end of the stream and reports a value that was cut off. What it seemed to hold may be the units that follow a
   * damaged one, so these are looked for.
   */
  end(): void {
    this.run(true);
    while (this.isUnfinished()) {
      this.lose(this.window.end, 'truncated');
      this.run(true);
    }
    if (this.mode === Mode.TopScalar) this.emitUnit(this.valueStart, this.window.end, '');
    this.mode = Mode.Top;
  }

  /** Offset in the stream up to which everything was handed out or passed over. */
  get settled(): number {
    return this.window.base;
  }

  private isUnfinished(): boolean {
    if (this.mode === Mode.TopScalar) return !this.scanner.endsHere();
    return this.mode !== Mode.Top && this.mode !== Mode.Lost;
  }

  /** Where the value that is or may become a unit begins; -1 when none is under way. */
  private get unitStart(): number {
    const inUnit = this.mode === Mode.Element || this.mode === Mode.TopScalar;
    return inUnit ? this.valueStart : this.objectStart;
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
    // Joined files bring their byte order marks along; its bytes begin no value, so each may be passed by itself.
    if (isWhiteSpace(byte) || byte === COMMA || byte === RECORD_SEPARATOR || BOM.includes(byte)) {
      if (byte === LF) this.lineBreak = true;
      this.at++;
      return true;
    }
    if (byte >= DIGIT_0 && byte <= DIGIT_9) {
      const { bytes, base, length } = this.window;
      const prefix = linePrefixLength(bytes, this.at - base, length, atEnd);
      if (prefix < 0) return false;
      if (prefix > 0) {
        this.linePrefix = true;
        this.at += prefix;
        return true;
      }
    }
    this.sink.topLevelValue?.(this.lineBreak, this.linePrefix);
    this.lineBreak = false;
    this.linePrefix = false;
    this.topLevelStart = this.at;
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

  private beginValue(mode: Mode): void {
    this.mode = mode;
    this.valueStart = this.at;
    this.oversized = false;
    this.scanner.reset();
  }

  private enterArray(container: string): void {
    this.recovery.learn(this.window, this.objectStart, 'container');
    this.container = container;
    this.objectStart = -1;
    this.mode = Mode.BeforeElement;
    this.sink.container?.(container);
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
      const cut = this.scanner.errorInString && bytes[this.scanner.errorAt] === LF;
      this.lose(base + this.scanner.errorAt, cut ? 'cut' : 'malformed');
      return true;
    }
    this.at = base + end;
    switch (this.mode) {
      case Mode.Key:
        this.key = this.oversized ? '' : this.plan.keyOf(bytes, this.valueStart - base, end);
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

  private reportMember(): void {
    const wanted = this.path.length === 0 && this.plan.isMember(this.key);
    if (!wanted || this.oversized || this.at - this.valueStart > LONGEST_MEMBER) return;
    this.sink.member?.(this.key, decodeUtf8(this.window.slice(this.valueStart, this.at)));
  }

  private punctuation(): boolean {
    const byte = this.byte();
    if (isWhiteSpace(byte)) {
      if (byte === LF) this.spansLines = true;
      this.at++;
      return true;
    }
    switch (this.mode) {
      case Mode.BeforeKey:
        if (byte === QUOTE) this.beginValue(Mode.Key);
        else if (byte === CLOSE_BRACE) this.closeObject();
        else this.lose(this.at, 'malformed');
        return true;
      case Mode.NextKey:
        if (byte === QUOTE) this.beginValue(Mode.Key);
        else this.lose(this.at, 'malformed');
        return true;
      case Mode.BeforeColon:
        if (byte !== COLON) this.lose(this.at, 'malformed');
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
          this.mode = Mode.NextKey;
        } else if (byte === CLOSE_BRACE) this.closeObject();
        else this.lose(this.at, 'malformed');
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
        else this.lose(this.at, 'malformed');
        return true;
    }
  }

  private memberValue(byte: number): void {
    const path = this.key === '' ? '' : [...this.path, this.key].join('.');
    if (byte === OPEN_BRACKET && this.plan.isContainer(path)) {
      this.at++;
      this.enterArray(path);
    } else if (byte === OPEN_BRACE && this.plan.leadsToContainer(path)) {
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
    if (start < this.window.base || end - start > this.plan.maxUnitBytes) {
      this.sink.damage({ kind: 'too-large', at: start, start });
      return;
    }
    this.recovery.learn(this.window, start, 'unit');
    this.sink.unit({ bytes: this.window.slice(start, end), start, end, container });
  }

  /** Gives up the value under way, which makes no sense at `at`, and goes on to look for another. */
  private lose(at: number, kind: DamageKind): void {
    const start = this.unitStart;
    if (this.recovery.isNew(at)) {
      const outside = kind === 'truncated' ? this.topLevelStart : at;
      this.sink.damage({ kind, at, start: start < 0 ? outside : start });
    }
    this.at = this.recovery.begin(this.window, start, at);
    this.objectStart = -1;
    this.mode = Mode.Lost;
  }

  private resync(atEnd: boolean): boolean {
    const from = this.at;
    const found = this.recovery.seek(this.window, from, atEnd, this.container === '');
    this.at = this.recovery.at;
    this.lineBreak ||= this.window.slice(from, this.at).includes(LF);
    if (found === undefined) return false;
    if (found === 'unit' && this.container !== '') this.beginValue(Mode.Element);
    else {
      this.container = '';
      this.mode = Mode.Top;
    }
    return true;
  }

  /** Lets go of all that no unit needs any more, and of a value that grew too large. */
  private forget(): void {
    const { end } = this.window;
    const scanning =
      this.mode === Mode.Key || this.mode === Mode.Member || this.mode === Mode.Element || this.mode === Mode.TopScalar;
    let keep = scanning ? this.valueStart : this.at;
    if (end - keep > this.plan.maxUnitBytes) {
      keep = this.at;
      this.oversized = true;
    }
    const { objectStart } = this;
    const keepsObject = objectStart >= 0 && end - objectStart <= this.plan.maxUnitBytes;
    this.window.release(keepsObject ? Math.min(objectStart, keep) : keep);
  }
}
