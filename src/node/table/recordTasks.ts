import type { Pattern } from '../../core/patterns/ast';
import type { FileRecords } from '../../core/table/fileRecords';
import { type ScanStep, matchRecords } from './matchRecords';
import type { GzipReader } from './gzipReader';
import { withRecordBytes } from './recordBytes';

/** Work on the records of some files, small enough that nobody waits long for its end. */
export type RecordTask =
  | { readonly kind: 'match'; readonly patterns: readonly Pattern[]; readonly files: readonly FileRecords[] }
  | { readonly kind: 'read'; readonly files: readonly FileRecords[] };

/** Records one after another: that of `rows[i]` is `bytes[ends[i - 1] … ends[i])`, and empty when it could not be had. */
export interface ReadRecords {
  readonly rows: Uint32Array;
  readonly ends: Uint32Array;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where each stands in the unpacked content: `[start, stop)`; of a record in a text or row, where that stands. */
  readonly starts: Float64Array;
  readonly stops: Float64Array;
}

/** Does a task. `gzip`: see {@link withRecordBytes}. */
export async function runRecordTask(task: RecordTask, gzip?: GzipReader): Promise<ScanStep | ReadRecords> {
  return task.kind === 'read' ? readAll(task.files, gzip) : matchRecords(task.files, task.patterns, gzip);
}

async function readAll(files: readonly FileRecords[], gzip: GzipReader | undefined): Promise<ReadRecords> {
  const rows: number[] = [];
  const pieces: Uint8Array[] = [];
  const starts: number[] = [];
  const stops: number[] = [];
  for (const records of files) {
    await withRecordBytes(records, gzip, ({ record, place }) => {
      records.rows.forEach((row, i) => {
        const { start, end } = place(i);
        rows.push(row);
        starts.push(start);
        stops.push(end);
        pieces.push(new Uint8Array(record(i) ?? []));
      });
    });
  }
  const ends = new Uint32Array(rows.length);
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  pieces.forEach((piece, i) => {
    bytes.set(piece, at);
    ends[i] = at += piece.length;
  });
  return {
    rows: Uint32Array.from(rows),
    ends,
    bytes,
    starts: Float64Array.from(starts),
    stops: Float64Array.from(stops),
  };
}
