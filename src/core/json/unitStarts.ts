import { COLON, OPEN_BRACE, OPEN_BRACKET, QUOTE, isWhiteSpace } from './bytes';

/** A beginning is looked for in so many bytes: longer blanks or keys are not recognised. */
const LONGEST_START = 128;
/** Beginnings learnt beyond the given ones; a log has one or two. */
const MOST_LEARNT = 16;
/** `{"a"`, `[{"a"` or, as a text, `"{\"a\"`; blanks left out. It ends with the key, so no start is the beginning of another. */
const START = /^(?:\[*\{"[^"]+"|"\{\\"[^"]+")$/;

/** A value that holds records, or a value that is one (or holds one). */
export type StartKind = 'container' | 'unit';

export interface UnitStart {
  readonly kind: StartKind;
  /** The value's bytes up to its first colon, without white space. */
  readonly bytes: Uint8Array;
}

/**
 * What the values of a stream begin with: where reading may go on after damage. CloudTrail writes `eventVersion` first; tools that sort or
 * wrap records begin them otherwise, so what the stream's own values begin with is learnt while it is read.
 */
export class UnitStarts {
  private starts: readonly UnitStart[];
  private learnt = 0;

  constructor(known: readonly UnitStart[]) {
    this.starts = known;
  }

  /** Remembers what the value at `from` begins with, unless that is known or says nothing. */
  learn(bytes: Uint8Array, from: number, to: number, kind: StartKind): void {
    if (this.learnt === MOST_LEARNT || this.match(bytes, from, to) !== undefined) return;
    const end = Math.min(to, from + LONGEST_START);
    const start: number[] = [];
    for (let i = from; i < end; i++) {
      const byte = bytes[i]!;
      if (byte === COLON) {
        if (!START.test(String.fromCharCode(...start))) return;
        this.starts = [...this.starts, { kind, bytes: Uint8Array.from(start) }];
        this.learnt++;
        return;
      }
      if (!isWhiteSpace(byte)) start.push(byte);
    }
  }

  /** The kind of value that begins at `at`; undefined when none that is known does, `more` when `length` ends before that is clear. */
  match(bytes: Uint8Array, at: number, length: number): StartKind | 'more' | undefined {
    const first = bytes[at];
    if (first !== OPEN_BRACE && first !== OPEN_BRACKET && first !== QUOTE) return undefined;
    let more = false;
    for (const start of this.starts) {
      const matches = beginsWith(bytes, at, length, start.bytes);
      if (matches === true) return start.kind;
      more ||= matches === undefined;
    }
    return more ? 'more' : undefined;
  }
}

/** Whether `start` stands at `at`, blanks aside; undefined when the bytes end before that is clear. */
function beginsWith(bytes: Uint8Array, at: number, length: number, start: Uint8Array): boolean | undefined {
  let matched = 0;
  for (let i = at; i < at + LONGEST_START; i++) {
    if (i >= length) return undefined;
    const byte = bytes[i]!;
    if (byte === start[matched]) {
      if (++matched === start.length) return true;
    } else if (!isWhiteSpace(byte)) return false;
  }
  return false;
}
