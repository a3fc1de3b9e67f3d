import { closeSync, openSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { constants, gunzipSync } from 'node:zlib';
import { parseDigestName } from '../../core/integrity/objectKey';
import type { RecordScanner } from '../../core/table/intake/recordScanner';
import { readInto } from '../readInto';
import type { FileReading } from './fileReading';
import type { DiskFile } from './listFiles';
import { type ScanResult, type ScanSetup, newScanner } from './scan';
import { compressionOf, gunzipWhole } from './wholeFile';

/** So much content is read, in bytes: some hundreds of events, which is more than a screen and takes some milliseconds. */
const MOST_CONTENT = 768 * 1024;
/** So much of a packed file is read, in bytes: CloudTrail's unpack to about ten times that. */
const MOST_PACKED = 96 * 1024;
/** What that unpacks to is all in memory; a log does not unpack to more. */
const MOST_UNPACKED = 6 * 1024 * 1024;
/** Files that are looked at: a folder of small logs, or of what is none, is not worth more. */
const MOST_FILES = 32;
/** What the scanner takes at a time, in bytes: of a log that is not read to its end at most so much is left out. */
const WINDOW = 64 * 1024;

/**
 * Reads the first events of some files for somebody to look at while all of them are read: those of the first plain logs, packed or not, with nothing
 * wrong that shows so far; and the last of these logs may be read in part. Undefined when there are no such events, or when aborted.
 */
export async function readPreview(
  files: readonly DiskFile[],
  setup: ScanSetup,
  signal: { readonly aborted: boolean },
): Promise<ScanResult | undefined> {
  const { scanner } = newScanner(setup, WINDOW);
  const readings: { file: number; reading: FileReading }[] = [];
  const fileOf: number[] = [];
  let left = MOST_CONTENT;
  for (const [file, diskFile] of likelyLogs(files)) {
    // Questions, and the wish to cancel, come in between.
    await setImmediate();
    if (signal.aborted) return undefined;
    const beginning = readBeginning(diskFile, left);
    if (beginning === undefined) continue;
    const reading = scanBeginning(diskFile, beginning, scanner, fileOf.length);
    fileOf.push(reading === undefined ? -1 : file);
    if (reading === undefined) continue;
    readings.push({ file, reading });
    left -= beginning.content.length;
    if (left <= 0 || !beginning.isWhole) break;
  }
  if (readings.length === 0) return undefined;
  const part = scanner.finish();
  return { part, fileOf: Int32Array.from(fileOf), logOf: new Int32Array(fileOf.length), files: readings };
}

/** Files with their places. The digests of a bucket come before its logs. */
function* likelyLogs(files: readonly DiskFile[]): Generator<readonly [place: number, file: DiskFile]> {
  let count = 0;
  for (const [place, file] of files.entries()) {
    if (parseDigestName(file.path.replaceAll('\\', '/')) !== undefined) continue;
    yield [place, file];
    if (++count === MOST_FILES) return;
  }
}

interface Beginning {
  readonly compression: 'none' | 'gzip';
  readonly content: Uint8Array;
  /** Bytes of all its content; a guess where that was not read to its end. */
  readonly unpacked: number;
  readonly isWhole: boolean;
}

/** Up to `most` bytes of a file's content; undefined for what is no plain log at first sight. */
function readBeginning({ path, size }: DiskFile, most: number): Beginning | undefined {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const bytes = Buffer.allocUnsafe(Math.min(size, most));
    const read = bytes.subarray(0, readInto(file, bytes));
    switch (compressionOf(read)) {
      case 'none':
        return { compression: 'none', content: read, unpacked: size, isWhole: read.length === size };
      case 'gzip':
        return unpackBeginning(read.subarray(0, MOST_PACKED), size, most);
      default:
        return undefined;
    }
  } catch {
    // Whatever it is, it is said when the whole file is read.
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** As {@link readBeginning}. Throws for damaged data. */
function unpackBeginning(packed: Buffer, size: number, most: number): Beginning | undefined {
  const isPackedWhole = packed.length === size;
  const options = { maxOutputLength: MOST_UNPACKED, finishFlush: constants.Z_SYNC_FLUSH };
  const content = isPackedWhole ? gunzipWhole(packed, MOST_UNPACKED) : gunzipSync(packed, options);
  if (content === undefined) return undefined;
  return {
    compression: 'gzip',
    content: content.subarray(0, most),
    unpacked: Math.ceil((content.length / packed.length) * size),
    isWhole: isPackedWhole && content.length <= most,
  };
}

/** Undefined when there are no events in it; those of this number are void then. */
function scanBeginning(
  file: DiskFile,
  { compression, content, unpacked, isWhole }: Beginning,
  scanner: RecordScanner,
  number: number,
): FileReading | undefined {
  const before = scanner.rowCount;
  scanner.begin(number);
  if (!scanner.push(content) || (isWhole && !scanner.end()) || scanner.rowCount === before) return undefined;
  const { path, size, modified } = file;
  const records = scanner.rowCount - before;
  return { ...file, logs: [{ path, size, modified, unpacked, compression, records, problems: [] }], isOther: false };
}
