import { constants, crc32, inflateRawSync, type InflateRaw } from 'node:zlib';
import { gzipHeaderLength } from './gzipHeader';

const TRAILER = 8;
/** A length in the trailer is believed so far: it saves joining pieces, and may lie. */
const MOST_EXPECTED = 32 * 1024 * 1024;
const LEAST_EXPECTED = 16 * 1024;
/** More room than the content needs, so that zlib sees that it is at the end. */
const SLACK = 64;

/** The first member of a gzip file, unpacked as far as it goes. */
export interface FirstMember {
  readonly bytes: Uint8Array;
  /** True when it ends with its whole trailer. */
  readonly isWhole: boolean;
  /** How many bytes follow it. */
  readonly trailing: number;
}

/**
 * Unpacks the first member as zlib's decompressor does for the AWS CLI: what is cut off gives what was there, bytes after it are left, and a bad header,
 * bad data or a wrong check sum make it `invalid`. `gunzipSync` would join a second member and throw on the first missing byte. `too-large`:
 * it unpacks to more than `most` bytes.
 */
export function unpackFirstMember(packed: Uint8Array, most: number): FirstMember | 'invalid' | 'too-large' {
  const header = gzipHeaderLength(packed);
  if (header === 'invalid') return 'invalid';
  if (header === 'cut') return { bytes: new Uint8Array(0), isWhole: false, trailing: 0 };
  const body = packed.subarray(header);
  let unpacked: { buffer: Uint8Array; engine: InflateRaw };
  try {
    unpacked = inflateRawSync(body, {
      info: true,
      finishFlush: constants.Z_SYNC_FLUSH,
      chunkSize: expectedLength(packed),
      maxOutputLength: most,
    }) as unknown as typeof unpacked;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'invalid';
  }
  const { buffer: bytes, engine } = unpacked;
  const rest = body.subarray(engine.bytesWritten);
  return isSound(rest, bytes.length, () => crc32(bytes))
    ? { bytes, isWhole: rest.length >= TRAILER, trailing: Math.max(0, rest.length - TRAILER) }
    : 'invalid';
}

/** Checks the trailer as far as it is there: check sum and length, each when whole. */
export function isSound(rest: Uint8Array, length: number, sum: () => number): boolean {
  const view = new DataView(rest.buffer, rest.byteOffset, rest.length);
  if (rest.length >= 4 && view.getUint32(0, true) !== sum()) return false;
  return rest.length < TRAILER || view.getUint32(4, true) === length % 2 ** 32;
}

function expectedLength(packed: Uint8Array): number {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.length);
  const told = packed.length >= 4 ? view.getUint32(packed.length - 4, true) : 0;
  return Math.min(Math.max(told, LEAST_EXPECTED), MOST_EXPECTED) + SLACK;
}
