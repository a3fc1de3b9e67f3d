import { closeSync, openSync } from 'node:fs';
import { crc32, createGunzip, gunzipSync } from 'node:zlib';
import type { PackedContent } from '../../core/table/intake/recordScanner';
import { readInto } from '../readInto';

/** Larger ones are read as a stream, so that memory does not grow with the file. */
const MOST_PACKED = 32 * 1024 * 1024;
const MOST_UNPACKED = 64 * 1024 * 1024;
/** A piece of what is unpacked bit by bit. */
const PIECE = 1024 * 1024;
/** A gzip trailer: check sum and length. */
const TRAILER = 8;
const HEADER = 10;
const DEFLATE = 8;
const FLAG_NAME = 8;
const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;

/** What a file begins with that CloudTrail may have delivered. */
export type WholeFile =
  | { readonly compression: 'none'; readonly content: Uint8Array }
  | { readonly compression: 'gzip'; readonly packed: Buffer };

/** What the files of a scan are read into, one after another. Each scan has its own, for scans take turns in a thread. */
export class FileMemory {
  private bytes = Buffer.allocUnsafeSlow(256 * 1024);

  /** So many bytes, or more: those of the last file. */
  atLeast(size: number): Buffer {
    if (this.bytes.length < size) this.bytes = Buffer.allocUnsafeSlow(size * 2);
    return this.bytes;
  }
}

/**
 * Reads a file of `size` bytes at once, when it begins as what CloudTrail delivers: JSON, or gzip. Undefined for every other file, which the stream
 * readers have to look at. The bytes last until the next file is read into the memory.
 */
export function readWholeFile(path: string, size: number, memory: FileMemory): WholeFile | undefined {
  if (size > MOST_PACKED || size < 2) return undefined;
  try {
    const bytes = readBytes(path, size, memory);
    if (bytes === undefined) return undefined;
    const compression = compressionOf(bytes);
    if (compression === 'none') return { content: bytes, compression };
    return compression && { packed: bytes, compression };
  } catch {
    // Whatever it is, the stream readers meet it again and say what it is.
    return undefined;
  }
}

/** How a file is packed that begins as what CloudTrail delivers: JSON, or gzip. Undefined for every other. */
export function compressionOf(bytes: Uint8Array): WholeFile['compression'] | undefined {
  if (bytes[0] === OPEN_BRACE || bytes[0] === OPEN_BRACKET) return 'none';
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? 'gzip' : undefined;
}

/** The file's bytes; undefined when it has grown or shrunk. */
function readBytes(path: string, size: number, memory: FileMemory): Buffer | undefined {
  const file = openSync(path, 'r');
  try {
    // One byte more, to see that the file has no more.
    const bytes = memory.atLeast(size + 1).subarray(0, size + 1);
    return readInto(file, bytes) === size ? bytes.subarray(0, size) : undefined;
  } finally {
    closeSync(file);
  }
}

/** The deflate stream of a file that is one gzip member (RFC 1952) with a header as everyone writes it, and whether what it gave is sound. */
export function memberOf(
  bytes: Buffer,
): { stream: PackedContent; isSound: (content: Uint8Array) => boolean } | undefined {
  const start = bytes.length < HEADER + TRAILER || bytes[2] !== DEFLATE ? -1 : headerEnd(bytes);
  const end = bytes.length - TRAILER;
  if (start < 0 || start > end) return undefined;
  const sum = bytes.readUInt32LE(end);
  const isSound = (content: Uint8Array): boolean => crc32(content) === sum;
  return { stream: { bytes, start, end, length: bytes.readUInt32LE(end + 4) }, isSound };
}

/** Where the header ends, which may have a name but nothing else that is optional; -1 for another. */
function headerEnd(bytes: Buffer): number {
  const flags = bytes[3]!;
  if (flags === 0) return HEADER;
  return flags === FLAG_NAME ? bytes.indexOf(0, HEADER) + 1 || -1 : -1;
}

/** What gzip unpacks to. Undefined when it is damaged, more than `most` bytes, or something that is no gzip follows. */
export function gunzipWhole(bytes: Buffer, most = MOST_UNPACKED): Uint8Array | undefined {
  if (bytes.length < TRAILER) return undefined;
  // How long the content is, if there is one member: a hint, which saves copying, and no more.
  const hint = bytes.readUInt32LE(bytes.length - 4);
  const chunkSize = Math.min(Math.max(hint, 1024), most) + 1;
  const options = { chunkSize, maxOutputLength: most, info: true };
  try {
    const { buffer, engine } = gunzipSync(bytes, options) as unknown as {
      buffer: Uint8Array;
      engine: { bytesWritten: number };
    };
    return engine.bytesWritten === bytes.length ? buffer : undefined;
  } catch {
    // The stream readers meet it again and say what it is.
    return undefined;
  }
}

/**
 * Unpacks the same as {@link gunzipWhole} in a thread of its own, a piece ahead of `take`, which may end it. Answers how many bytes it was; undefined
 * when it was ended, or is not as it should be: what was taken is void then.
 */
export async function gunzipPieces(
  bytes: Buffer,
  take: (piece: Uint8Array) => Promise<boolean>,
): Promise<number | undefined> {
  if (bytes.length < TRAILER) return undefined;
  // What is too large is better not begun.
  if (bytes.readUInt32LE(bytes.length - 4) > MOST_UNPACKED) return undefined;
  const gunzip = createGunzip({ chunkSize: PIECE });
  gunzip.end(bytes);
  let unpacked = 0;
  try {
    for await (const piece of gunzip as AsyncIterable<Buffer>) {
      unpacked += piece.length;
      if (unpacked > MOST_UNPACKED || !(await take(piece))) return undefined;
    }
  } catch {
    return undefined;
  }
  return gunzip.bytesWritten === bytes.length ? unpacked : undefined;
}
