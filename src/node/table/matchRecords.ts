import { RecordView } from '../../core/events/recordView';
import type { Pattern } from '../../core/patterns/ast';
import { compilePattern } from '../../core/patterns/match';
import { type Anchor, anchorsOf } from '../../core/table/anchor';
import type { FileRecords } from '../../core/table/fileRecords';
import type { GzipReader } from './gzipReader';
import { withRecordBytes } from './recordBytes';

/** What looking through some records came to. */
export interface ScanStep {
  /** Rows that meet the pattern. */
  readonly found: Uint32Array;
  /** Records looked at, and those that could not be had any more. */
  readonly scanned: number;
  readonly unreadable: number;
}

/** Asks a pattern of the records of some files, searching for its texts before any record is read. `gzip`: see {@link withRecordBytes}. */
export async function matchRecords(
  files: readonly FileRecords[],
  pattern: Pattern,
  gzip: GzipReader | undefined,
): Promise<ScanStep> {
  const anchors = anchorsOf(pattern);
  const holds = compilePattern(pattern);
  const found: number[] = [];
  let scanned = 0;
  let unreadable = 0;
  const [first, ...others] = anchors;
  for (const records of files) {
    await withRecordBytes(records, gzip, ({ content, record }) => {
      const mayHold = content === undefined || first === undefined ? undefined : recordsWith(content, records, first);
      scanned += records.rows.length;
      for (let i = 0; i < records.rows.length; i++) {
        if (mayHold?.[i] === 0) continue;
        const bytes = record(i);
        if (bytes === undefined) unreadable++;
        else if (others.every((anchor) => hasAnchor(bytes, anchor)) && holds(new RecordView(bytes))) {
          found.push(records.rows[i]!);
        }
      }
    });
  }
  return { found: Uint32Array.from(found), scanned, unreadable };
}

function hasAnchor(bytes: Uint8Array, { literals, escapes }: Anchor): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return [literals, escapes].some((texts) => texts.some((text) => buffer.indexOf(text) >= 0));
}

/** One byte for each record: 1 where one of the anchor's texts stands in it, or where it cannot be told. */
export function recordsWith(
  content: Buffer,
  { offsets, lengths }: Pick<FileRecords, 'offsets' | 'lengths'>,
  { literals, escapes }: Anchor,
): Uint8Array {
  const may = new Uint8Array(offsets.length);
  const endOf = (i: number): number => offsets[i]! + lengths[i]!;
  for (const text of [...literals, ...escapes]) {
    for (let i = 0; i < may.length;) {
      const at = content.indexOf(text, offsets[i]);
      if (at < 0) break;
      while (i < may.length && endOf(i) < at + text.length) i++;
      if (i < may.length && offsets[i]! <= at) may[i++] = 1;
    }
  }
  // Records beyond the content have to be told of as unreadable.
  for (let i = may.length - 1; i >= 0 && endOf(i) > content.length; i--) may[i] = 1;
  return may;
}
