import { RecordView } from '../../core/events/recordView';
import type { Pattern } from '../../core/patterns/ast';
import { FieldFinder } from '../../core/patterns/fieldFinder';
import { type RecordPredicate, compilePattern } from '../../core/patterns/match';
import { type Anchor, anchorsOf } from '../../core/table/anchor';
import type { FileRecords } from '../../core/table/fileRecords';
import type { GzipReader } from './gzipReader';
import { withRecordBytes } from './recordBytes';

/** What looking through some records came to. */
export interface ScanStep {
  /** Rows that meet each of the patterns. */
  readonly found: readonly Uint32Array[];
  /** Records looked at, and those that could not be had any more. */
  readonly scanned: number;
  readonly unreadable: number;
}

/** Asks patterns of the records of some files, searching for their texts before any record is read. `gzip`: see {@link withRecordBytes}. */
export async function matchRecords(
  files: readonly FileRecords[],
  patterns: readonly Pattern[],
  gzip: GzipReader | undefined,
): Promise<ScanStep> {
  const finder = new FieldFinder();
  const matches = patterns.map((pattern) => new Matching(pattern, finder));
  let scanned = 0;
  let unreadable = 0;
  for (const records of files) {
    await withRecordBytes(records, gzip, ({ content, record }) => {
      const { rows } = records;
      const mayHold = matches.map((matching) => content && matching.mayHold(content, records));
      scanned += rows.length;
      for (let i = 0; i < rows.length; i++) {
        let read: ReadRecord | undefined;
        for (let which = 0; which < matches.length; which++) {
          if (mayHold[which]?.[i] === 0) continue;
          const bytes = read?.bytes ?? record(i);
          if (bytes === undefined) {
            unreadable++;
            break;
          }
          matches[which]!.ask((read ??= new ReadRecord(bytes)), rows[i]!);
        }
      }
    });
  }
  return { found: matches.map(({ found }) => Uint32Array.from(found)), scanned, unreadable };
}

/** A pattern that is asked of many records. */
class Matching {
  readonly found: number[] = [];
  private readonly first: Anchor | undefined;
  private readonly others: readonly Anchor[];
  private readonly holds: RecordPredicate;

  constructor(pattern: Pattern, finder: FieldFinder) {
    [this.first, ...this.others] = anchorsOf(pattern);
    this.holds = compilePattern(pattern, finder);
  }

  /** One byte for each record: 0 where it cannot meet the pattern; undefined when any may. */
  mayHold(content: Buffer, records: FileRecords): Uint8Array | undefined {
    return this.first && recordsWith(content, records, this.first);
  }

  ask(record: ReadRecord, row: number): void {
    if (this.others.every((anchor) => hasAnchor(record.bytes, anchor)) && this.holds(record.view)) this.found.push(row);
  }
}

/** A record that several patterns may look at. */
class ReadRecord {
  private known: RecordView | undefined;

  constructor(readonly bytes: Uint8Array) {}

  /** Made when the first of them has to look closely. */
  get view(): RecordView {
    return (this.known ??= new RecordView(this.bytes));
  }
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
