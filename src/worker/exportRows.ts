import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { rm } from 'node:fs/promises';
import { csvLine } from '../core/export/csv';
import { decodeUtf8 } from '../core/json/bytes';
import { compactJson } from '../core/json/compact';
import { message } from '../core/message';
import { cellText } from '../core/table/pages';
import { recordsByFile } from '../core/table/fileRecords';
import { pacer } from '../node/pacer';
import type { ExportChunk, ExportRequest, ExportResult } from '../protocol/tableProtocol';
import { Failure, throwIfAborted } from './failure';
import type { Asking, OpenTable } from './openTable';

/** Rows that are put together before they are written. */
const ROWS_OF_CELLS = 1000;
/** Records in the order of time come from few files, which are best read once. */
const ROWS_OF_RECORDS = 10_000;

/** Some rows as text, each on a line of its own. */
interface Lines {
  readonly text: string;
  readonly rows: number;
  readonly unreadable: number;
}

/** Writes rows as CSV or as their records. A file that was begun and cannot be finished is removed. */
export async function writeExport(
  open: OpenTable,
  rows: Uint32Array,
  request: ExportRequest,
  asking: Asking,
): Promise<ExportResult> {
  const target =
    request.path === null ? new ChunkTarget(asking, rows.length) : new FileTarget(request.path, asking, rows.length);
  const lines = request.format === 'csv' ? csvLines(open, rows, request) : recordLines(open, rows, asking);
  const result = { rows: 0, bytes: 0, unreadable: 0 };
  try {
    for await (const part of lines) {
      throwIfAborted(asking.signal);
      result.rows += part.rows;
      result.unreadable += part.unreadable;
      result.bytes += await target.write(part.text, result.rows);
    }
    await target.end();
  } catch (error) {
    await target.undo();
    throw error;
  }
  return result;
}

async function* csvLines({ views }: OpenTable, rows: Uint32Array, { fields }: ExportRequest): AsyncGenerator<Lines> {
  const pause = pacer();
  yield { text: `${csvLine(fields)}\r\n`, rows: 0, unreadable: 0 };
  for (let from = 0; from < rows.length; from += ROWS_OF_CELLS) {
    await pause();
    const part = rows.subarray(from, from + ROWS_OF_CELLS);
    const lines = Array.from(part, (row) => `${csvLine(fields.map((field) => cellText(views, row, field)))}\r\n`);
    yield { text: lines.join(''), rows: part.length, unreadable: 0 };
  }
}

async function* recordLines({ table, pool }: OpenTable, rows: Uint32Array, asking: Asking): AsyncGenerator<Lines> {
  for (let from = 0; from < rows.length; from += ROWS_OF_RECORDS) {
    const part = rows.subarray(from, from + ROWS_OF_RECORDS);
    const texts = new Map<number, string>();
    await pool.read(
      recordsByFile(table, part),
      (read) => {
        read.rows.forEach((row, i) => {
          const record = read.bytes.subarray(i === 0 ? 0 : read.ends[i - 1]!, read.ends[i]);
          if (record.length > 0) texts.set(row, `${decodeUtf8(compactJson(record))}\n`);
        });
      },
      asking.signal,
    );
    throwIfAborted(asking.signal);
    const text = Array.from(part, (row) => texts.get(row) ?? '').join('');
    yield { text, rows: texts.size, unreadable: part.length - texts.size };
  }
}

/** Sends the text to the host. */
class ChunkTarget {
  constructor(
    private readonly asking: Asking,
    private readonly totalRows: number,
  ) {}

  write(text: string, rows: number): number {
    this.asking.progress({ text, rows, totalRows: this.totalRows } satisfies ExportChunk);
    return Buffer.byteLength(text);
  }

  end(): void {
    // Nothing is held back.
  }

  undo(): void {
    // What was sent was sent.
  }
}

class FileTarget {
  private readonly stream;
  private failure: Error | undefined;

  constructor(
    private readonly path: string,
    private readonly asking: Asking,
    private readonly totalRows: number,
  ) {
    this.stream = createWriteStream(path);
    this.stream.on('error', (error) => (this.failure = error));
  }

  async write(text: string, rows: number): Promise<number> {
    this.check();
    const bytes = Buffer.from(text);
    if (!this.stream.write(bytes)) await Promise.race([once(this.stream, 'drain'), once(this.stream, 'close')]);
    this.asking.progress({ text: '', rows, totalRows: this.totalRows } satisfies ExportChunk);
    return bytes.length;
  }

  async end(): Promise<void> {
    this.check();
    this.stream.end();
    await finished(this.stream).catch((error: unknown) => (this.failure = error as Error));
    this.check();
  }

  async undo(): Promise<void> {
    const opened = this.stream.bytesWritten > 0 || this.failure === undefined;
    this.stream.destroy();
    if (opened) await rm(this.path, { force: true });
  }

  private check(): void {
    if (this.failure === undefined) return;
    const text = message('{0} could not be written: {1}', this.path, this.failure.message);
    throw new Failure({ kind: 'unreadable', message: text });
  }
}
