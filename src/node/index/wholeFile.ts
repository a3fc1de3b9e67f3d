import { closeSync, openSync, readSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** Larger ones are read as a stream, so that memory does not grow with the file. */
const MOST_PACKED = 32 * 1024 * 1024;
const MOST_UNPACKED = 64 * 1024 * 1024;
/** A gzip trailer: check sum and length. */
const TRAILER = 8;
const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;

/** A file's content that may be plain, unpacked. */
export interface WholeFile {
  readonly content: Uint8Array;
  readonly compression: 'none' | 'gzip';
}

/**
 * Reads a file of `size` bytes at once and unpacks it, when it is the kind that CloudTrail delivers: JSON, or one layer of sound gzip. Undefined for
 * every other file, which the stream readers have to look at.
 */
export function readWholeFile(path: string, size: number): WholeFile | undefined {
  if (size > MOST_PACKED || size < 2) return undefined;
  try {
    const bytes = readBytes(path, size);
    if (bytes === undefined) return undefined;
    if (bytes[0] === OPEN_BRACE || bytes[0] === OPEN_BRACKET) return { content: bytes, compression: 'none' };
    if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return undefined;
    const content = gunzipWhole(bytes);
    return content && { content, compression: 'gzip' };
  } catch {
    // Whatever it is, the stream readers meet it again and say what it is.
    return undefined;
  }
}

/** The file's bytes; undefined when it has grown or shrunk. */
function readBytes(path: string, size: number): Buffer | undefined {
  const file = openSync(path, 'r');
  try {
    // One byte more, to see that the file has no more.
    const bytes = Buffer.allocUnsafe(size + 1);
    let filled = 0;
    for (let read = -1; read !== 0 && filled <= size; filled += read) {
      read = readSync(file, bytes, filled, size + 1 - filled, null);
    }
    return filled === size ? bytes.subarray(0, size) : undefined;
  } finally {
    closeSync(file);
  }
}

/** Throws for damage. Undefined when something that is no gzip follows. */
function gunzipWhole(bytes: Buffer): Uint8Array | undefined {
  if (bytes.length < TRAILER) return undefined;
  // How long the content is, if there is one member: a hint, which saves copying, and no more.
  const hint = bytes.readUInt32LE(bytes.length - 4);
  const chunkSize = Math.min(Math.max(hint, 1024), MOST_UNPACKED) + 1;
  const options = { chunkSize, maxOutputLength: MOST_UNPACKED, info: true };
  const { buffer, engine } = gunzipSync(bytes, options) as unknown as {
    buffer: Uint8Array;
    engine: { bytesWritten: number };
  };
  return engine.bytesWritten === bytes.length ? buffer : undefined;
}
