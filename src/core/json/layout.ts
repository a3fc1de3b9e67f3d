import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  LF,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  SPACE,
  isWhiteSpace,
} from './bytes';

/** Deeper levels stay on one line, so that a hostile nest of brackets cannot blow the text up. Real records reach 16. */
const MAX_INDENTED_LEVELS = 32;
const INDENT = 2;
/** The most that one input byte can add: itself, a blank, two line breaks with the deepest indent. */
const MOST_FOR_ONE_BYTE = 2 + 2 * (1 + MAX_INDENTED_LEVELS * INDENT);

/**
 * Lays JSON text out with one field a line, two blanks a level, and changes nothing but the white space between tokens: numbers,
 * escapes, key order and duplicate keys stay to the byte. It does not check the grammar, so a damaged file can still be shown.
 * Feed it chunk by chunk; it keeps no text.
 */
export class Layout {
  private depth = 0;
  private inString = false;
  private escaped = false;
  /** An opening bracket was written and nothing after it yet: `{}` and `[]` stay on one line. */
  private justOpened = false;
  /** White space was dropped since the last byte written. */
  private gap = false;
  /** The last byte written that is not white space; 0 at the start. */
  private last = 0;
  private out: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  private length = 0;

  /** The laid-out bytes of the next chunk. The array is the caller's to keep. */
  push(chunk: Uint8Array): Uint8Array<ArrayBuffer> {
    // Indents are there already: to write one is to pass over it.
    this.out = new Uint8Array(chunk.length * 2 + MOST_FOR_ONE_BYTE).fill(SPACE);
    this.length = 0;
    let at = 0;
    while (at < chunk.length) {
      if (this.inString) at = this.copyString(chunk, at);
      else {
        const next = this.minified(chunk, at);
        if (next > at) at = next;
        else this.token(chunk[at++]!);
      }
    }
    return this.out.subarray(0, this.length);
  }

  /**
   * Lays out what minified JSON inside an array or object is made of. Stops before all that has rules of its own: white space and what follows it,
   * top-level values, brackets too deep. {@link token} knows those, and says what has to come out here too; this does it in fewer steps.
   */
  private minified(chunk: Uint8Array, from: number): number {
    if (this.gap) return from;
    const { out } = this;
    const room = out.length - MOST_FOR_ONE_BYTE;
    let { length, depth, justOpened, last } = this;
    let at = from;
    while (at < chunk.length && length < room && depth > 0 && depth < MAX_INDENTED_LEVELS) {
      const byte = chunk[at]!;
      if (byte <= SPACE) break;
      at++;
      // `[` and `{`, and `]` and `}`, differ by this bit, and no other bytes of JSON outside strings become them.
      const isOpening = (byte | 0x20) === OPEN_BRACE;
      const isClosing = !isOpening && (byte | 0x20) === CLOSE_BRACE;
      if (isClosing) depth--;
      if (isClosing ? !justOpened : justOpened) {
        out[length] = LF;
        length += 1 + depth * INDENT;
      }
      justOpened = isOpening;
      out[length++] = last = byte;
      if (byte === QUOTE) {
        const end = this.copyShort(chunk, at, length, room);
        length += end - at;
        at = end;
        if (this.inString) break;
      } else if (byte === COLON) length++;
      else if (byte === COMMA) {
        out[length] = LF;
        length += 1 + depth * INDENT;
      } else if (isOpening) depth++;
    }
    this.length = length;
    this.depth = depth;
    this.justOpened = justOpened;
    this.last = last;
    return at;
  }

  /** Copies the rest of a string to `to`, as far as there is input and room; answers where in the chunk it got. */
  private copyShort(chunk: Uint8Array, from: number, to: number, room: number): number {
    const { out } = this;
    const end = Math.min(chunk.length, from + Math.max(0, room - to));
    for (let at = from; at < end;) {
      const byte = chunk[at++]!;
      out[to++] = byte;
      if (byte === QUOTE) return at;
      if (byte !== BACKSLASH) continue;
      this.escaped = at === end;
      if (at < end) out[to++] = chunk[at++]!;
    }
    this.inString = true;
    return end;
  }

  private copyString(chunk: Uint8Array, from: number): number {
    let at = from;
    while (at < chunk.length) {
      const byte = chunk[at++]!;
      if (this.escaped) this.escaped = false;
      else if (byte === BACKSLASH) this.escaped = true;
      else if (byte === QUOTE) {
        this.inString = false;
        break;
      }
    }
    this.reserve(at - from);
    // Most strings are short, and for those a loop beats the call that a copy costs.
    if (at - from < 48) for (let i = from; i < at; i++) this.out[this.length++] = chunk[i]!;
    else {
      this.out.set(chunk.subarray(from, at), this.length);
      this.length += at - from;
    }
    return at;
  }

  private token(byte: number): void {
    this.reserve(MOST_FOR_ONE_BYTE);
    if (isWhiteSpace(byte)) {
      this.gap = true;
      return;
    }
    if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      if (!this.justOpened) this.newLine(this.depth - 1);
      if (this.depth > 0) this.depth--;
      this.justOpened = false;
      this.write(byte);
      return;
    }
    this.separate(byte);
    // Between top-level values a colon may be part of a time stamp.
    const isAfterKey = this.depth > 0 || this.last === QUOTE;
    this.write(byte);
    if (byte === QUOTE) this.inString = true;
    else if (byte === COLON && isAfterKey) this.length++;
    else if (byte === COMMA && this.depth > 0) this.newLine(this.depth);
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      this.depth++;
      this.justOpened = true;
    }
  }

  /** Writes the white space that belongs between the last token and the one that `byte` begins or goes on with. */
  private separate(byte: number): void {
    if (this.justOpened) {
      this.newLine(this.depth);
      this.justOpened = false;
    } else if (this.depth === 0) {
      const afterValue = (this.gap && this.last !== COLON) || isClosing(this.last);
      if (this.last !== 0 && afterValue && byte !== COMMA && byte !== COLON) this.newLine(0);
    } else if (this.gap && !isPunctuation(this.last) && !isPunctuation(byte)) {
      // Not JSON, but two words must not become one.
      this.length++;
    }
  }

  private newLine(levels: number): void {
    if (this.depth > MAX_INDENTED_LEVELS) return;
    this.out[this.length] = LF;
    this.length += 1 + Math.max(0, levels) * INDENT;
  }

  private write(byte: number): void {
    this.out[this.length++] = byte;
    this.last = byte;
    this.gap = false;
  }

  private reserve(bytes: number): void {
    if (this.length + bytes <= this.out.length) return;
    const wider = new Uint8Array((this.out.length + bytes) * 2).fill(SPACE);
    wider.set(this.out.subarray(0, this.length));
    this.out = wider;
  }
}

function isClosing(byte: number): boolean {
  return byte === CLOSE_BRACE || byte === CLOSE_BRACKET || byte === QUOTE;
}

function isPunctuation(byte: number): boolean {
  return byte === COMMA || byte === COLON || byte === OPEN_BRACE || byte === OPEN_BRACKET || isClosing(byte);
}
