import { ByteWindow } from '../json/byteWindow';
import { COMMA, CR, LF, QUOTE, decodeUtf8 } from '../json/bytes';

/** One row of a CSV file (RFC 4180). */
export interface CsvRow {
  readonly cells: readonly string[];
  /** Where the row stands in the stream, in bytes, without its line break. */
  readonly start: number;
  readonly end: number;
  /** `cut-off`: the stream ends inside its quotes. `broken`: its quotes make no sense. `too-large`: it was dropped. Then `cells` is empty. */
  readonly state: 'whole' | 'cut-off' | 'broken' | 'too-large';
  /** False for the last row when no line break follows it. */
  readonly ended: boolean;
}

const enum Cell {
  /** At the first byte of a cell. */
  Start,
  Plain,
  Quoted,
  /** After a quote inside quotes: the end of the cell or, doubled, a quote. */
  QuoteInQuotes,
}

/** No table has so many columns: a row of nothing but commas must not become as many texts. */
const MOST_CELLS = 10_000;
/** Broken rows are read again from their second line, up to so many bytes for each byte read, after the first megabyte. */
const MOST_REREAD = 4;
const FREE_REREAD = 1024 * 1024;

/**
 * Cuts a stream of UTF-8 CSV into rows. Quotes may hold commas, line breaks and doubled quotes. A row whose quote is not closed swallows what
 * follows, up to the next quote; then the row is given up and reading goes on at its second line. A row is decoded only when it is whole.
 */
export class CsvRows {
  private readonly window = new ByteWindow();
  private at = 0;
  private rowStart = 0;
  private cell = Cell.Start;
  /** Where the cells of the row under way end. */
  private cellEnds: number[] = [];
  /** The first line break inside the row under way; -1 none. */
  private firstBreak = -1;
  private dropped = false;
  private reread = 0;

  constructor(
    private readonly maxRowBytes: number,
    private readonly onRow: (row: CsvRow) => void,
  ) {}

  /** Length of the row under way, as far as it was read. */
  get pendingBytes(): number {
    return this.at - this.rowStart;
  }

  /** Reads the next chunk; `onRow` is called for each row that ends in it. */
  push(chunk: Uint8Array): void {
    this.window.append(chunk);
    this.run();
    if (this.pendingBytes > this.maxRowBytes) {
      this.dropped = true;
      this.cellEnds = [];
    }
    this.window.release(this.dropped ? this.at : this.rowStart);
  }

  /** The last row may have no line break. One that ends inside quotes is cut off, or an earlier quote was lost. */
  end(): void {
    while (this.cell === Cell.Quoted && this.restart()) this.run();
    if (this.at <= this.rowStart) return;
    if (this.cell === Cell.Quoted) this.give('cut-off', this.at, false);
    else this.endRow(this.at, false);
  }

  private run(): void {
    for (;;) {
      this.skipText();
      if (this.at >= this.window.end) return;
      const byte = this.window.bytes[this.at - this.window.base]!;
      if (this.cell === Cell.QuoteInQuotes && !isAfterQuote(byte) && this.restart()) continue;
      this.step(byte);
      this.at++;
    }
  }

  /** Passes bytes inside a cell that change nothing. */
  private skipText(): void {
    if (this.cell !== Cell.Quoted && this.cell !== Cell.Plain) return;
    const { bytes, base, length } = this.window;
    const stop = this.cell === Cell.Quoted ? QUOTE : COMMA;
    let i = this.at - base;
    while (i < length && bytes[i] !== stop && bytes[i] !== LF) i++;
    this.at = base + i;
  }

  private step(byte: number): void {
    if (this.cell === Cell.Quoted) {
      if (byte === QUOTE) this.cell = Cell.QuoteInQuotes;
      else if (byte === LF && this.firstBreak < 0) this.firstBreak = this.at;
    } else if (byte === QUOTE && this.cell !== Cell.Plain) this.cell = Cell.Quoted;
    else if (byte === COMMA) {
      if (!this.dropped && this.cellEnds.length < MOST_CELLS) this.cellEnds.push(this.at);
      this.cell = Cell.Start;
    } else if (byte === LF) this.endRow(this.at, true);
    else if (byte !== CR) this.cell = Cell.Plain;
  }

  /** Gives up the row under way, if it has another line, and goes back to that line. */
  private restart(): boolean {
    const { firstBreak } = this;
    const cost = this.at - firstBreak;
    if (firstBreak < 0 || this.dropped || this.reread + cost > FREE_REREAD + MOST_REREAD * this.at) return false;
    this.reread += cost;
    this.at = firstBreak + 1;
    this.give('broken', firstBreak, true);
    return true;
  }

  private endRow(end: number, ended: boolean): void {
    if (this.dropped || end - this.rowStart > this.maxRowBytes) return this.give('too-large', end, ended);
    if (this.cellEnds.length === MOST_CELLS) return this.give('broken', end, ended);
    const { bytes, base } = this.window;
    const to = bytes[end - base - 1] === CR && end > this.rowStart ? end - 1 : end;
    if (to === this.rowStart) this.begin(end + 1);
    else this.give('whole', to, ended, end + 1);
  }

  private give(state: CsvRow['state'], end: number, ended: boolean, next = end + 1): void {
    const start = this.rowStart;
    const cells = state === 'whole' ? this.cells(end) : [];
    this.begin(next);
    this.onRow({ cells, start, end, state, ended });
  }

  private begin(start: number): void {
    this.rowStart = start;
    this.cell = Cell.Start;
    this.cellEnds = [];
    this.firstBreak = -1;
    this.dropped = false;
  }

  private cells(end: number): string[] {
    let from = this.rowStart;
    return [...this.cellEnds, end].map((to) => {
      const text = cellText(decodeUtf8(this.window.slice(from, to)));
      from = to + 1;
      return text;
    });
  }
}

function isAfterQuote(byte: number): boolean {
  return byte === QUOTE || byte === COMMA || byte === LF || byte === CR;
}

function cellText(text: string): string {
  const quoted = text.length >= 2 && text.startsWith('"') && text.endsWith('"');
  return quoted ? text.slice(1, -1).replaceAll('""', '"') : text;
}
