import { OPEN_BRACE, OPEN_BRACKET, encodeUtf8, skipWhiteSpace } from '../json/bytes';
import { Layout } from '../json/layout';
import type { Problem } from '../problem';
import type { Pause } from '../slices';
import { Utf8Stream } from './encoding';
import type { FormatId } from './formats';
import { type ReadResult, RecordReader } from './recordReader';

/**
 * VS Code keeps texts of 50 MB and more from extensions. Laid out, a log grows by half, so this much of it, in bytes, still fits; a
 * longer log is shown in parts of whole records.
 */
export const PART_BYTES = 24 * 1024 * 1024;

export interface LaidOutLog {
  /** UTF-8. The whole file laid out, or an array of the part's records. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly format: FormatId;
  /** Records in the whole file. */
  readonly records: number;
  readonly problems: readonly Problem[];
  /** The part shown, from 0, of how many. */
  readonly part: number;
  readonly parts: number;
  /** True when the records stood in texts or rows and were taken out: the text is no longer the file's, only its records are. */
  readonly takenOut: boolean;
}

/** Collects a log's unpacked content and lays it out for reading. Feed it chunks in any encoding, which it keeps, then {@link finish}. */
export class LogLayouter {
  private readonly utf8 = new Utf8Stream();
  private readonly reader: RecordReader;
  private readonly problems: Problem[] = [];
  /** The content itself, while it is short enough to be shown whole. */
  private content: Uint8Array[] | undefined = [];
  private contentBytes = 0;
  /** Records of the wanted part. */
  private readonly records: Uint8Array[] = [];
  private recordBytes = 0;
  private lastPart = 0;
  private takenOut = false;

  constructor(
    private readonly part = 0,
    private readonly partBytes = PART_BYTES,
  ) {
    this.reader = new RecordReader({
      record: ({ bytes, embedded }) => this.record(bytes, embedded),
      problem: (each) => void this.problems.push(each),
    });
  }

  push(chunk: Uint8Array): void {
    this.take(this.utf8.push(chunk));
  }

  /** Lays out what was collected. Long work; `pause` is awaited between its slices. */
  async finish(pause: Pause): Promise<LaidOutLog> {
    this.take(this.utf8.end());
    const result = this.reader.end();
    const whole = this.content !== undefined && !this.takenOut;
    const pieces = whole ? this.content! : recordArray(this.records);
    const readable = result.records > 0 || (whole && looksLikeJson(pieces));
    const bytes = await layOut(readable ? pieces : [], pause);
    return { bytes, ...this.summary(result, whole) };
  }

  private summary({ format, records }: ReadResult, whole: boolean): Omit<LaidOutLog, 'bytes'> {
    const parts = whole ? 1 : this.lastPart + 1;
    return { format, records, problems: this.problems, part: whole ? 0 : this.part, parts, takenOut: this.takenOut };
  }

  private take(text: Uint8Array): void {
    this.reader.push(text);
    this.contentBytes += text.length;
    if (this.contentBytes > this.partBytes) this.content = undefined;
    this.content?.push(text);
  }

  private record(bytes: Uint8Array, embedded: boolean): void {
    this.takenOut ||= !embedded;
    this.lastPart = Math.floor(this.recordBytes / this.partBytes);
    if (this.lastPart === this.part) this.records.push(bytes.slice());
    this.recordBytes += bytes.length;
  }
}

function looksLikeJson(pieces: readonly Uint8Array[]): boolean {
  for (const piece of pieces) {
    const byte = piece[skipWhiteSpace(piece, 0, piece.length)];
    if (byte !== undefined) return byte === OPEN_BRACE || byte === OPEN_BRACKET;
  }
  return false;
}

function recordArray(records: readonly Uint8Array[]): Uint8Array[] {
  const [open, comma, close] = ['[', ',', ']'].map(encodeUtf8) as [Uint8Array, Uint8Array, Uint8Array];
  return [open, ...records.flatMap((record, i) => (i === 0 ? [record] : [comma, record])), close];
}

async function layOut(pieces: readonly Uint8Array[], pause: Pause): Promise<Uint8Array<ArrayBuffer>> {
  const layout = new Layout();
  const laidOut: Uint8Array[] = [];
  for (const piece of pieces) {
    laidOut.push(layout.push(piece));
    await pause();
  }
  if (laidOut.length > 0) laidOut.push(encodeUtf8('\n'));
  const bytes = new Uint8Array(laidOut.reduce((sum, each) => sum + each.length, 0));
  let at = 0;
  for (const each of laidOut) {
    bytes.set(each, at);
    at += each.length;
  }
  return bytes;
}
