import { crc32 } from 'node:zlib';
import { type Entry, type ZipFile, getFileNameLowLevel, openPromise } from 'yauzl';
import { message } from '../core/message';
import { type Problem, problem } from '../core/problem';
import { inProportion } from './proportion';

/** One file inside a zip archive. */
export interface ZipMember {
  readonly name: string;
  /** Its size in the archive. */
  readonly packedBytes: number;
  chunks(report: (problem: Problem) => void): AsyncIterable<Uint8Array>;
}

/** The files inside the zip archive at `path`, one after another. An archive whose directory cannot be read is reported. */
export async function* zipMembers(path: string, report: (problem: Problem) => void): AsyncGenerator<ZipMember> {
  let zip: ZipFile | undefined;
  try {
    // Names are only shown, never written to: they need not be safe, and one that is not must not cost the archive.
    zip = await openPromise(path, { lazyEntries: true, autoClose: false, decodeStrings: false });
    // A second error would have no listener and end the process.
    zip.on('error', () => undefined);
    for await (const entry of zip.eachEntry()) {
      const name = nameOf(entry);
      if (!isFolderOrNoise(name)) yield member(zip, entry, name);
    }
  } catch (error) {
    const text = message('The zip archive could not be read: {0}', reasonOf(error));
    report(problem('zip-corrupt', 'error', null, text));
  } finally {
    zip?.close();
  }
}

/** macOS puts a shadow of each file into the archives it makes. */
function isFolderOrNoise(name: string): boolean {
  return name.endsWith('/') || name.startsWith('__MACOSX/');
}

function nameOf({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry): string {
  return getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false);
}

function member(zip: ZipFile, entry: Entry, name: string): ZipMember {
  return {
    name,
    packedBytes: entry.compressedSize,
    chunks: (report) => inProportion(memberChunks(zip, entry, report), () => entry.compressedSize, report),
  };
}

async function* memberChunks(
  zip: ZipFile,
  entry: Entry,
  report: (problem: Problem) => void,
): AsyncGenerator<Uint8Array> {
  let unpacked = 0;
  let sum = 0;
  try {
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      const bytes = chunk as Uint8Array;
      sum = crc32(bytes, sum);
      unpacked += bytes.length;
      yield bytes;
    }
  } catch (error) {
    const text = message('A file in the archive could not be read beyond byte {0}: {1}', unpacked, reasonOf(error));
    report(problem('zip-corrupt', 'error', unpacked, text));
    return;
  }
  if (sum === entry.crc32) return;
  const text = message('The check sum of a file in the archive differs: its content is not what was packed.');
  report(problem('zip-checksum', 'error', unpacked, text));
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
