import type { ByteWindow } from './byteWindow';
import { LF, OPEN_BRACE, OPEN_BRACKET } from './bytes';
import { type StartKind, type UnitStart, UnitStarts } from './unitStarts';

/**
 * After damage bytes are read again, from the next place where a unit may begin. So that no file makes that a loop within a loop, it is not
 * done beyond so many bytes for each byte read, after the first megabyte.
 */
const MOST_REREAD = 4;
const FREE_REREAD = 1024 * 1024;

/** Finds where a stream of JSON values can be read again after a damaged one. All offsets are those of the stream. */
export class Recovery {
  /** Where {@link seek} stopped. */
  at = 0;
  private readonly starts: UnitStarts;
  /** The byte before was a line break. */
  private lineStart = false;
  /** The value given up was an array, a row whose cells may look like units. */
  private lostRow = false;
  private lastErrorAt = -1;
  private reread = 0;

  constructor(known: readonly UnitStart[]) {
    this.starts = new UnitStarts(known);
  }

  /** Remembers what the value at `start` begins with, if its bytes are still there. */
  learn({ bytes, base, length }: ByteWindow, start: number, kind: StartKind): void {
    if (start >= base) this.starts.learn(bytes, start - base, length, kind);
  }

  /** Whether nothing was told yet of the damage at `at`. */
  isNew(at: number): boolean {
    const isNew = at !== this.lastErrorAt;
    this.lastErrorAt = at;
    return isNew;
  }

  /** Gives up the value that begins at `start` (-1 none) and makes no sense at `at`. Answers where to look for the next one. */
  begin(window: ByteWindow, start: number, at: number): number {
    if (start >= 0) this.learn(window, start, 'unit');
    this.lineStart = false;
    this.lostRow = start >= window.base && window.bytes[start - window.base] === OPEN_BRACKET;
    // What comes next may begin before the place where the damage shows: a cut record swallows the next one's first quote.
    const from = start < 0 ? at : Math.max(start + 1, window.base);
    this.reread += at - from;
    return this.reread > FREE_REREAD + MOST_REREAD * at ? at : from;
  }

  /**
   * Looks from `from` for the beginning of another value: one that is known or, between top-level values, a bracket that opens a line.
   * Undefined when there is none in the window, or when more bytes have to tell.
   */
  seek(window: ByteWindow, from: number, atEnd: boolean, betweenValues: boolean): StartKind | 'line' | undefined {
    const { bytes, base, length } = window;
    for (let i = from - base; i < length; i++) {
      const byte = bytes[i]!;
      this.at = base + i;
      const isCell = this.lostRow && byte === OPEN_BRACE;
      const kind = isCell ? undefined : this.starts.match(bytes, i, length);
      if (kind === 'more' && !atEnd) return undefined;
      if (kind === 'unit' || kind === 'container') return kind;
      if (betweenValues && this.lineStart && (byte === OPEN_BRACE || byte === OPEN_BRACKET)) return 'line';
      this.lineStart = byte === LF;
    }
    this.at = base + length;
    return undefined;
  }
}
