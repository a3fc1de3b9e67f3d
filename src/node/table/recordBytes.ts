import { closeSync, fstatSync, openSync } from 'node:fs';
import { constants, gunzipSync } from 'node:zlib';
import { detectEncoding } from '../../core/events/encoding';
import { diskPath } from '../../core/events/logPath';
import { CLOSE_BRACE, OPEN_BRACE } from '../../core/json/bytes';
import type { TableFile } from '../../core/table/columns';
import type { FileRecords } from '../../core/table/fileRecords';
import type { Span } from '../../core/json/tokens';
import { readInto } from '../readInto';
import { readLog } from '../readLog';
import { type GzipReader, packedShare } from './gzipReader';

const BOM_BYTES = 3;
/** A part of the content is unpacked when it is at most this share. */
const WORTH_A_GUESS = 0.8;

/** Content up to this size is unpacked as one piece; more is read as a stream. */
const MOST_AT_ONCE = 512 * 1024 * 1024;

/** The bytes of some records of one file: views, good for as long as somebody is given them. */
export interface RecordBytes {
  /** The unpacked content where it was read as one piece: records stand in it at their offsets. */
  readonly content: Buffer | undefined;
  /** The record at index `i` of the rows asked for; undefined when it is not there any more. */
  readonly record: (i: number) => Uint8Array | undefined;
  /** Where it, or the text or row that holds it, stands in the unpacked content. */
  readonly place: (i: number) => Span;
}

/**
 * Reads records again from where they stood and gives them to `use`. A file that is gone or has changed has none of them any more, whatever it holds
 * now: nothing is ever guessed. Never throws for what is on disk. `gzip`: reads what was packed as most logs are, in memory that it uses again.
 */
export async function withRecordBytes(
  records: FileRecords,
  gzip: GzipReader | undefined,
  use: (bytes: RecordBytes) => void,
): Promise<void> {
  const whole = readWhole(records, gzip);
  const { offsets, lengths } = records;
  const place = (i: number): Span => ({ start: offsets[i]!, end: offsets[i]! + lengths[i]! });
  if (whole === 'changed') return use({ content: undefined, record: () => undefined, place });
  if (whole === 'stream') return use(await readStream(records));
  // Nothing else runs before it has been used.
  use({
    content: whole,
    place,
    record: (i) => {
      const start = offsets[i]!;
      const end = start + lengths[i]!;
      const holds = end <= whole.length && whole[start] === OPEN_BRACE && whole[end - 1] === CLOSE_BRACE;
      return holds ? whole.subarray(start, end) : undefined;
    },
  });
}

/** Content as far as the records asked for stand in it, or why there is none. */
type Whole = Buffer | 'changed' | 'stream';

/** The file's content as UTF-8 without a byte order mark; `stream` when it has to be read another way. */
function readWhole({ file, offsets, lengths }: FileRecords, gzip: GzipReader | undefined): Whole {
  const onDisk = diskPath(file.path);
  let handle: number | undefined;
  try {
    handle = openSync(onDisk, 'r');
    const { size, mtimeMs } = fstatSync(handle);
    if (size !== file.size || Math.trunc(mtimeMs) !== Math.trunc(file.modified)) return 'changed';
    const isSimple = file.compression === 'none' || file.compression === 'gzip';
    const inPlace = lengths.every((length) => length > 0);
    if (onDisk !== file.path || !isSimple || !inPlace || Math.max(size, file.unpacked) > MOST_AT_ONCE) return 'stream';
    const last = offsets.length - 1;
    const wanted = last < 0 ? 0 : offsets[last]! + lengths[last]! + BOM_BYTES;
    const content =
      file.compression === 'none'
        ? readBytes(handle, size)
        : (gzip?.read(handle, size, file.unpacked, wanted) ?? unpackUpTo(handle, file, wanted));
    if (content === undefined) return 'stream';
    const { encoding, bom } = detectEncoding(content);
    return encoding === 'utf-8' ? content.subarray(bom) : 'stream';
  } catch {
    return 'changed';
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

function readBytes(handle: number, size: number): Buffer {
  const bytes = Buffer.allocUnsafe(size);
  return bytes.subarray(0, readInto(handle, bytes));
}

/**
 * Unpacks gzip at least up to `wanted` of its `unpacked` bytes, and no further than a guess at where they end: when few records are asked for, half the
 * work on average. Undefined for damaged data, of which a stream still gives the beginning.
 */
function unpackUpTo(handle: number, { size, unpacked }: TableFile, wanted: number): Buffer | undefined {
  const packed = readBytes(handle, size);
  const share = packedShare(wanted, unpacked);
  if (share < WORTH_A_GUESS) {
    const part = packed.subarray(0, Math.ceil(packed.length * share) + 1024);
    const content = unpackAll(part, Math.ceil(unpacked * share) + 1024, constants.Z_SYNC_FLUSH);
    if (content !== undefined && content.length >= wanted) return content;
  }
  return unpackAll(packed, unpacked, constants.Z_FINISH);
}

function unpackAll(packed: Buffer, expected: number, finishFlush: number): Buffer | undefined {
  try {
    // One block for the whole output: zlib's own would be put together afterwards.
    return gunzipSync(packed, { chunkSize: Math.max(1024, expected + 64), maxOutputLength: MOST_AT_ONCE, finishFlush });
  } catch {
    return undefined;
  }
}

/** Reads the file as it was read first: in chunks, records counted. */
async function readStream({ file, offsets, lengths }: FileRecords): Promise<RecordBytes> {
  const found = new Map<number, { readonly bytes: Uint8Array; readonly place: Span }>();
  const byOffset = new Map<number, number>();
  const byOrdinal = new Map<number, number>();
  offsets.forEach((offset, i) => (lengths[i] === 0 ? byOrdinal : byOffset).set(offset, i));
  let ordinal = 0;
  await readLog(diskPath(file.path), {
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
