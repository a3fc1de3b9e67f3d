import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  OPEN_BRACE,
  OPEN_BRACKET,
  encodeUtf8,
  skipWhiteSpace,
} from '../../json/bytes';
import { ValueScanner } from '../../json/valueScanner';

const RECORDS = encodeUtf8('"Records"');
/** The longest beginning of a container that can be cut: more than that and a `{` begins a record. */
const LONGEST_START = 64 * 1024;

const enum State {
  Top,
  FirstElement,
  AfterElement,
  NextElement,
  AfterArray,
}

/** What became of the bytes given. */
export interface PlainRead {
  readonly isPlain: boolean;
  /** Up to here all was read; the rest is the beginning of a value. */
  readonly read: number;
}

/** Is told of each object that may be a record; answers whether it is one. `isTop`: it stands by itself, in no array. */
type ObjectSink = (start: number, end: number, isTop: boolean) => boolean;

/** Cuts plain content into its objects, as `json/wasm/index.ts` does, and as strictly. */
export class PlainContent {
  private state = State.Top;
  private inObject = false;
  private readonly scanner = new ValueScanner();

  constructor(private readonly sink: ObjectSink) {}

  /** True between top-level values: where content may end. */
  get mayEnd(): boolean {
    return this.state === State.Top;
  }

  read(bytes: Uint8Array, atEnd: boolean): PlainRead {
    let at = 0;
    for (;;) {
      at = skipWhiteSpace(bytes, at, bytes.length);
      if (at === bytes.length) return { isPlain: true, read: at };
      const next = this.step(bytes, at, atEnd);
      if (next === undefined) return { isPlain: true, read: at };
      if (next < 0) return { isPlain: false, read: at };
      at = next;
    }
  }

  /** Where to go on after what stands at `at`; -1 when it is not plain, undefined when more bytes are needed to tell. */
  private step(bytes: Uint8Array, at: number, atEnd: boolean): number | undefined {
    const byte = bytes[at];
    switch (this.state) {
      case State.Top:
        if (byte === OPEN_BRACKET) return this.enter(false, at + 1);
        if (byte !== OPEN_BRACE) return -1;
        return this.top(bytes, at, atEnd);
      case State.FirstElement:
        if (byte === CLOSE_BRACKET) return this.leave(at + 1);
        return this.object(bytes, at, atEnd);
      case State.AfterElement:
        if (byte === CLOSE_BRACKET) return this.leave(at + 1);
        this.state = State.NextElement;
        return byte === COMMA ? at + 1 : -1;
      case State.NextElement:
        return this.object(bytes, at, atEnd);
      case State.AfterArray:
        this.state = State.Top;
        return byte === CLOSE_BRACE ? at + 1 : -1;
    }
  }

  private top(bytes: Uint8Array, at: number, atEnd: boolean): number | undefined {
    const start = arrayStart(bytes, at);
    if (start === undefined && !atEnd && bytes.length - at < LONGEST_START) return undefined;
    return start === undefined || start < 0 ? this.object(bytes, at, atEnd) : this.enter(true, start);
  }

  private enter(inObject: boolean, next: number): number {
    this.inObject = inObject;
    this.state = State.FirstElement;
    return next;
  }

  private leave(next: number): number {
    this.state = this.inObject ? State.AfterArray : State.Top;
    return next;
  }

  private object(bytes: Uint8Array, at: number, atEnd: boolean): number | undefined {
    if (bytes[at] !== OPEN_BRACE) return -1;
    this.scanner.reset();
    const end = this.scanner.scan(bytes, at, bytes.length);
    if (end === -1 && !atEnd) return undefined;
    if (end < 0) return -1;
    const isTop = this.state === State.Top;
    if (!this.sink(at, end, isTop)) return -1;
    if (!isTop) this.state = State.AfterElement;
    return end;
  }
}

/** The place after `{"Records":[` at `at`; -1 for another object, undefined when the bytes end before that is clear. */
function arrayStart(bytes: Uint8Array, at: number): number | undefined {
  let i = skipWhiteSpace(bytes, at + 1, bytes.length);
  for (const byte of RECORDS) {
    if (i === bytes.length) return undefined;
    if (bytes[i++] !== byte) return -1;
  }
  for (const byte of [COLON, OPEN_BRACKET]) {
    i = skipWhiteSpace(bytes, i, bytes.length);
    if (i === bytes.length) return undefined;
    if (bytes[i++] !== byte) return -1;
  }
  return i;
}
