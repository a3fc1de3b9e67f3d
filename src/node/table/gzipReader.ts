import type { ScannerExports } from '../../core/table/intake/scannerModule';
import { INFLATE_SLACK } from '../../core/json/scannerLayout';
import { memberOf } from '../index/wholeFile';
import { readInto } from '../readInto';

/** Larger files are rare, and their memory would stay taken. */
const MOST_PACKED = 8 * 1024 * 1024;
const MOST_UNPACKED = 16 * 1024 * 1024;
/** A byte that no UTF-8 has, so many times, behind what is wanted. */
const MARK = 0xff;
const MARK_BYTES = 8;
/** Real bytes behind those that are given as packed data: the inflater reads a little further before it sees that it has. */
const READ_AHEAD = 512;
/** How much of the packed data the wanted part of the content is likely to need. */
const GENEROUS = 1.1;
const AT_LEAST = 0.02;

/** A guess at the share of a gzip file that gives the first `wanted` of its `unpacked` bytes. */
export function packedShare(wanted: number, unpacked: number): number {
  return (wanted / Math.max(1, unpacked)) * GENEROUS + AT_LEAST;
}

/** Unpacks gzip files with the compiled scanner's inflater, no further than is needed, always to the same memory. */
export class GzipReader {
  private readonly scanner: ScannerExports;
  private readonly packed: Buffer;
  private readonly content: Buffer;

  constructor(module: WebAssembly.Module) {
    this.scanner = new WebAssembly.Instance(module).exports as ScannerExports;
    const room = MOST_UNPACKED + 2 * INFLATE_SLACK + MARK_BYTES;
    const content = this.scanner.reserveInput(room) >>> 0;
    const packed = this.scanner.reservePacked(MOST_PACKED) >>> 0;
    const { buffer } = this.scanner.memory;
    this.content = Buffer.from(buffer, content, room);
    this.packed = Buffer.from(buffer, packed, MOST_PACKED);
  }

  /**
   * The first `wanted` bytes or more of the content of a file of `size` bytes, which unpacks to `unpacked` bytes as it was known to: a view until the
   * next call. Undefined for what zlib had better look at: large files, several members, anything unusual or damaged. Check sums are not looked at: the
   * file was checked when it was read first, and has not changed.
   */
  read(handle: number, size: number, unpacked: number, wanted: number): Buffer | undefined {
    if (size > MOST_PACKED || unpacked > MOST_UNPACKED) return undefined;
    const guess = Math.ceil(size * packedShare(wanted, unpacked)) + 2 * READ_AHEAD;
    const toMark = wanted + INFLATE_SLACK + MARK_BYTES;
    return guess < size && toMark < unpacked
      ? this.readBeginning(handle, guess, wanted)
      : this.readAll(handle, size, unpacked);
  }

  private readAll(handle: number, size: number, unpacked: number): Buffer | undefined {
    const stream = this.load(handle, size);
    if (stream === undefined) return undefined;
    const length = this.scanner.inflate(stream.start, stream.end, unpacked);
    return length === unpacked ? this.content.subarray(0, length) : undefined;
  }

  /** The inflater does not say how far it came before there was no more room: it came so far when it has written over the mark. */
  private readBeginning(handle: number, size: number, wanted: number): Buffer | undefined {
    const stream = this.load(handle, size);
    if (stream === undefined) return undefined;
    // What it writes ahead of itself ends before the mark.
    const from = wanted + INFLATE_SLACK;
    const mark = this.content.subarray(from, from + MARK_BYTES).fill(MARK);
    this.scanner.inflate(stream.start, size - READ_AHEAD, from + MARK_BYTES);
    return mark.every((byte) => byte === MARK) ? undefined : this.content.subarray(0, wanted);
  }

  private load(handle: number, size: number): { readonly start: number; readonly end: number } | undefined {
    const packed = this.packed.subarray(0, size);
    return readInto(handle, packed) < size ? undefined : memberOf(packed)?.stream;
  }
}
