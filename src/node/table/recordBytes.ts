import { open } from 'node:fs/promises';
import { gunzip } from 'node:zlib';
import { promisify } from 'node:util';
import { detectEncoding } from '../../core/events/encoding';
import { CLOSE_BRACE, OPEN_BRACE } from '../../core/json/bytes';
import type { FileRecords } from '../../core/table/fileRecords';
import type { TableFile } from '../../core/table/columns';
import type { Span } from '../../core/json/tokens';
import { readLog } from '../readLog';

const unzip = promisify(gunzip);

/** Content up to this size is unpacked as one piece; more is read as a stream. */
const MOST_AT_ONCE = 512 * 1024 * 1024;

/** The bytes of some records of one file. */
export interface RecordBytes {
  /** The unpacked content where it was read as one piece: records stand in it at their offsets. */
  readonly content: Buffer | undefined;
  /** The record at index `i` of the rows asked for; undefined when it is not there any more. A view. */
  readonly record: (i: number) => Uint8Array | undefined;
  /** Where it, or the text or row that holds it, stands in the unpacked content. */
  readonly place: (i: number) => Span;
}

/**
 * Reads records again from where they stood. A file that is gone or has changed has none of them any more, whatever it holds now: nothing is ever
 * guessed. Never throws for what is on disk.
 */
export async function readRecordBytes(records: FileRecords): Promise<RecordBytes> {
  const whole = await readWhole(records.file);
  const { offsets, lengths } = records;
  const place = (i: number): Span => ({ start: offsets[i]!, end: offsets[i]! + lengths[i]! });
  if (whole === 'changed') return { content: undefined, record: () => undefined, place };
  const inPlace = records.lengths.every((length) => length > 0);
  if (whole === 'stream' || !inPlace) return readStream(records);
  return {
    content: whole,
    place,
    record: (i) => {
      const start = offsets[i]!;
      const end = start + lengths[i]!;
      const holds = end <= whole.length && whole[start] === OPEN_BRACE && whole[end - 1] === CLOSE_BRACE;
      return holds ? whole.subarray(start, end) : undefined;
    },
  };
}

/** The file's content as UTF-8 without a byte order mark; `stream` when it has to be read another way. */
async function readWhole(file: TableFile): Promise<Buffer | 'changed' | 'stream'> {
  const inArchive = file.path.includes('!/');
  const path = inArchive ? file.path.slice(0, file.path.indexOf('!/')) : file.path;
  const handle = await open(path).catch(() => undefined);
  if (handle === undefined) return 'changed';
  try {
    const { size, mtimeMs } = await handle.stat();
    if (size !== file.size || Math.trunc(mtimeMs) !== Math.trunc(file.modified)) return 'changed';
    const isSimple = file.compression === 'none' || file.compression === 'gzip';
    if (inArchive || !isSimple || Math.max(size, file.unpacked) > MOST_AT_ONCE) return 'stream';
    const packed = await handle.readFile();
    const content = file.compression === 'none' ? packed : await unpackWhole(packed, file.unpacked);
    if (content === undefined) return 'stream';
    const { encoding, bom } = detectEncoding(content);
    return encoding === 'utf-8' ? content.subarray(bom) : 'stream';
  } catch {
    return 'changed';
  } finally {
    await handle.close();
  }
}

/** Undefined for damaged data, of which a stream still gives the beginning. */
async function unpackWhole(packed: Buffer, unpacked: number): Promise<Buffer | undefined> {
  // One block for the whole output: zlib's own would be put together afterwards.
  const chunkSize = Math.max(1024, unpacked + 64);
  return unzip(packed, { chunkSize, maxOutputLength: MOST_AT_ONCE }).catch(() => undefined);
}

/** Reads the file as it was read first: in chunks, records counted. */
async function readStream({ file, offsets, lengths }: FileRecords): Promise<RecordBytes> {
  const found = new Map<number, { readonly bytes: Uint8Array; readonly place: Span }>();
  const byOffset = new Map<number, number>();
  const byOrdinal = new Map<number, number>();
  offsets.forEach((offset, i) => (lengths[i] === 0 ? byOrdinal : byOffset).set(offset, i));
  let ordinal = 0;
  const path = file.path.includes('!/') ? file.path.slice(0, file.path.indexOf('!/')) : file.path;
  await readLog(path, {
    onRecord: (record, from) => {
      if (from !== file.path) return;
      const index = byOrdinal.get(ordinal++) ?? (record.embedded ? byOffset.get(record.start) : undefined);
      if (index === undefined) return;
      const place = { start: record.start, end: record.end };
      found.set(index, { bytes: record.bytes.slice(), place });
    },
  });
  return {
    content: undefined,
    record: (i) => found.get(i)?.bytes,
    place: (i) => found.get(i)?.place ?? { start: 0, end: 0 },
  };
}
