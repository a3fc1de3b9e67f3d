import { CR, COMMA, LF, QUOTE, decodeUtf8 } from '../json/bytes';
import { ByteWindow } from '../json/byteWindow';

/** One row of a CSV file (RFC 4180). */
export interface CsvRow {
  readonly cells: readonly string[];
  /** Where the row stands in the stream, in bytes, without its line break. */
  readonly start: number;
  readonly end: number;
}

/**
 * Cuts a stream of UTF-8 CSV into rows. Quotes may hold commas, line breaks and doubled quotes. It decodes a row only when it is whole;
 * a row longer than `maxRowBytes` is dropped and reported with `cells` empty.
 */
export class CsvRows {
  private readonly window = new ByteWindow();
  private at = 0;
  private rowStart = 0;
  private inQuotes = false;
  private dropped = false;

  constructor(
    private readonly maxRowBytes: number,
    private readonly onRow: (row: CsvRow) => void,
  ) {}

  /** Reads the next chunk; `onRow` is called for each row that ends in it. */
  push(chunk: Uint8Array): void {
    this.window.append(chunk);
    const { bytes, base, length } = this.window;
    for (let i = this.at - base; i < length; i++) {
      const byte = bytes[i];
      if (byte === QUOTE) this.inQuotes = !this.inQuotes;
      else if (byte === LF && !this.inQuotes) this.endRow(base + i);
    }
    this.at = base + length;
    if (this.at - this.rowStart > this.maxRowBytes) {
      this.dropped = true;
      this.window.release(this.at);
    } else this.window.release(this.rowStart);
  }

  /** The last row may have no line break. Answers true when it ended inside quotes: the file is cut off. */
  end(): boolean {
    if (this.at > this.rowStart) this.endRow(this.at);
    return this.inQuotes;
  }

  private endRow(end: number): void {
    const start = this.rowStart;
    this.rowStart = end + 1;
    if (this.dropped) {
      this.dropped = false;
      this.onRow({ cells: [], start, end });
      return;
    }
    const row = this.window.slice(start, end);
    const length = row[row.length - 1] === CR ? row.length - 1 : row.length;
    if (length > 0) this.onRow({ cells: splitCells(row.subarray(0, length)), start, end: start + length });
  }
}

function splitCells(row: Uint8Array): string[] {
  const cells: string[] = [];
  let from = 0;
  let inQuotes = false;
  for (let i = 0; i <= row.length; i++) {
    if (i < row.length && row[i] === QUOTE) inQuotes = !inQuotes;
    if (i < row.length && (row[i] !== COMMA || inQuotes)) continue;
    cells.push(cellText(decodeUtf8(row, from, i)));
    from = i + 1;
  }
  return cells;
}

function cellText(text: string): string {
  const quoted = text.length >= 2 && text.startsWith('"') && text.endsWith('"');
  return quoted ? text.slice(1, -1).replaceAll('""', '"') : text;
}
