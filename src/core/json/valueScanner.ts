import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  DIGIT_0,
  DIGIT_9,
  MINUS,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  SPACE,
  isWhiteSpace,
} from './bytes';
import { BitStack } from './bitStack';

/** The value goes on beyond the bytes given: call {@link ValueScanner.scan} again with the next ones. */
export const NEED_MORE = -1;
/** The bytes are not JSON; {@link ValueScanner.errorAt} says where. */
export const MALFORMED = -2;

const enum State {
  Value,
  ValueOrEnd,
  KeyOrEnd,
  Key,
  Colon,
  CommaOrEnd,
  String,
  Escape,
  UnicodeEscape,
  Literal,
  NumberStart,
  NumberZero,
  NumberInteger,
  NumberDot,
  NumberFraction,
  NumberExponent,
  NumberExponentSign,
  NumberExponentDigits,
}

const LITERALS: ReadonlyMap<number, string> = new Map(
  ['true', 'false', 'null'].map((word) => [word.charCodeAt(0), word]),
);
const ESCAPABLE = new Set([...'"\\/bfnrt'].map((letter) => letter.charCodeAt(0)));

/**
 * Finds where one JSON value ends, byte by byte, and accepts exactly what `JSON.parse` accepts (RFC 8259).
 * It builds nothing and recurses nowhere: its memory is one bit for each open bracket, so depth costs no stack. It can stop at
 * any byte and go on with the next chunk, so a value of any length is read once.
 */
export class ValueScanner {
  private state = State.Value;
  private readonly open = new BitStack();
  private inKey = false;
  private literal = '';
  private literalAt = 0;
  private hexDigitsLeft = 0;

  /** Offset, in the buffer of the last `scan`, of the byte that made the value malformed. */
  errorAt = -1;
  /** True after {@link MALFORMED} when the byte stood inside a string: the usual sign of a cut record. */
  errorInString = false;

  /** Makes ready for a new value; its first byte is the next one given that is not white space. */
  reset(): void {
    this.state = State.Value;
    this.open.clear();
    this.errorAt = -1;
    this.errorInString = false;
  }

  /**
   * Reads on at `from`. Answers the offset just after the value's last byte, {@link NEED_MORE} or {@link MALFORMED}.
   * A top-level number has no end of its own: it ends at the first byte that does not belong to it, or see {@link endsHere}.
   */
  scan(bytes: Uint8Array, from: number, to: number): number {
    let at = from;
    while (at < to) {
      const byte = bytes[at]!;
      switch (this.state) {
        case State.String:
          at = this.scanString(bytes, at, to);
          if (at < 0) return at;
          if (this.isDone()) return at;
          continue;
        case State.Escape:
          if (byte === 0x75) {
            this.hexDigitsLeft = 4;
            this.state = State.UnicodeEscape;
          } else if (ESCAPABLE.has(byte)) this.state = State.String;
          else return this.fail(at, true);
          break;
        case State.UnicodeEscape:
          if (!isHexDigit(byte)) return this.fail(at, true);
          if (--this.hexDigitsLeft === 0) this.state = State.String;
          break;
        case State.Literal:
          if (byte !== this.literal.charCodeAt(this.literalAt)) return this.fail(at);
          if (++this.literalAt === this.literal.length) {
            this.state = State.CommaOrEnd;
            if (this.open.size === 0) return at + 1;
          }
          break;
        case State.Value:
        case State.ValueOrEnd:
        case State.KeyOrEnd:
        case State.Key:
        case State.Colon:
        case State.CommaOrEnd:
          if (isWhiteSpace(byte)) break;
          if (!this.structural(byte)) return this.fail(at);
          if (this.isDone()) return at + 1;
          break;
        default:
          // A number: the byte after it belongs to what follows, so it is looked at again.
          if (!this.number(byte)) {
            if (!this.numberMayEnd()) return this.fail(at);
            this.state = State.CommaOrEnd;
            if (this.open.size === 0) return at;
            continue;
          }
      }
      at++;
    }
    return NEED_MORE;
  }

  /** True when the value is whole if nothing follows: a top-level number that runs up to the end of the input. */
  endsHere(): boolean {
    return this.open.size === 0 && this.state >= State.NumberStart && this.numberMayEnd();
  }

  private isDone(): boolean {
    return this.state === State.CommaOrEnd && this.open.size === 0;
  }

  private fail(at: number, inString = false): typeof MALFORMED {
    this.errorAt = at;
    this.errorInString = inString;
    return MALFORMED;
  }

  private scanString(bytes: Uint8Array, from: number, to: number): number {
    for (let at = from; at < to; at++) {
      const byte = bytes[at]!;
      if (byte === QUOTE) {
        this.state = this.inKey ? State.Colon : State.CommaOrEnd;
        return at + 1;
      }
      if (byte === BACKSLASH) {
        this.state = State.Escape;
        return at + 1;
      }
      if (byte < SPACE) return this.fail(at, true);
    }
    return NEED_MORE;
  }

  private structural(byte: number): boolean {
    switch (this.state) {
      case State.ValueOrEnd:
        return byte === CLOSE_BRACKET ? this.close() : this.startValue(byte);
      case State.Value:
        return this.startValue(byte);
      case State.KeyOrEnd:
        return byte === CLOSE_BRACE ? this.close() : this.startKey(byte);
      case State.Key:
        return this.startKey(byte);
      case State.Colon:
        this.state = State.Value;
        return byte === COLON;
      default: {
        const inObject = this.open.top();
        if (byte === COMMA) {
          this.state = inObject ? State.Key : State.Value;
          return true;
        }
        return byte === (inObject ? CLOSE_BRACE : CLOSE_BRACKET) && this.close();
      }
    }
  }

  private close(): true {
    this.open.pop();
    this.state = State.CommaOrEnd;
    return true;
  }

  private startKey(byte: number): boolean {
    this.inKey = true;
    this.state = State.String;
    return byte === QUOTE;
  }

  private startValue(byte: number): boolean {
    if (byte === QUOTE) {
      this.inKey = false;
      this.state = State.String;
    } else if (byte === OPEN_BRACE) {
      this.open.push(true);
      this.state = State.KeyOrEnd;
    } else if (byte === OPEN_BRACKET) {
      this.open.push(false);
      this.state = State.ValueOrEnd;
    } else if (byte === MINUS) this.state = State.NumberStart;
    else if (byte === DIGIT_0) this.state = State.NumberZero;
    else if (isDigit(byte)) this.state = State.NumberInteger;
    else {
      const literal = LITERALS.get(byte);
      if (literal === undefined) return false;
      this.literal = literal;
      this.literalAt = 1;
      this.state = State.Literal;
    }
    return true;
  }

  /** Takes one more byte of a number; false when the byte does not belong to it. */
  private number(byte: number): boolean {
    const digit = isDigit(byte);
    switch (this.state) {
      case State.NumberStart:
        if (!digit) return false;
        this.state = byte === DIGIT_0 ? State.NumberZero : State.NumberInteger;
        return true;
      case State.NumberInteger:
      case State.NumberZero:
        if (digit) return this.state === State.NumberInteger;
        if (byte === 0x2e) this.state = State.NumberDot;
        else if (isExponentMark(byte)) this.state = State.NumberExponent;
        else return false;
        return true;
      case State.NumberDot:
        if (digit) this.state = State.NumberFraction;
        return digit;
      case State.NumberFraction:
        if (digit) return true;
        this.state = isExponentMark(byte) ? State.NumberExponent : this.state;
        return isExponentMark(byte);
      case State.NumberExponent:
        this.state = digit ? State.NumberExponentDigits : State.NumberExponentSign;
        return digit || byte === 0x2b || byte === MINUS;
      default:
        if (digit) this.state = State.NumberExponentDigits;
        return digit;
    }
  }

  private numberMayEnd(): boolean {
    return (
      this.state === State.NumberZero ||
      this.state === State.NumberInteger ||
      this.state === State.NumberFraction ||
      this.state === State.NumberExponentDigits
    );
  }
}

function isDigit(byte: number): boolean {
  return byte >= DIGIT_0 && byte <= DIGIT_9;
}

function isExponentMark(byte: number): boolean {
  return (byte | 0x20) === 0x65;
}

function isHexDigit(byte: number): boolean {
  const lower = byte | 0x20;
  return isDigit(byte) || (lower >= 0x61 && lower <= 0x66);
}
