const SMALLEST = 64 * 1024;
/** A buffer that a long value made larger than this is not kept for short ones. */
const LARGE = 8 * 1024 * 1024;

/**
 * The part of a stream of bytes that is still needed. Bytes are appended at the end and released at the front; positions are
 * offsets in the whole stream. When nothing is left over, the next chunk is used in place instead of being copied.
 */
export class ByteWindow {
  /** Holds the bytes from {@link base} on; only `[0, length)` is filled. */
  bytes: Uint8Array = new Uint8Array(0);
  length = 0;
  /** Stream offset of `bytes[0]`. */
  base = 0;
  private owned = false;

  /** Stream offset just after the last byte. */
  get end(): number {
    return this.base + this.length;
  }

  append(chunk: Uint8Array): void {
    if (this.length === 0) {
      this.bytes = chunk;
      this.length = chunk.length;
      this.owned = false;
      return;
    }
    const needed = this.length + chunk.length;
    if (!this.owned || needed > this.bytes.length) {
      const wider = new Uint8Array(Math.max(needed * 2, SMALLEST));
      wider.set(this.bytes.subarray(0, this.length));
      this.bytes = wider;
      this.owned = true;
    }
    this.bytes.set(chunk, this.length);
    this.length = needed;
  }

  /** Forgets what is before the stream offset `offset`. */
  release(offset: number): void {
    const count = Math.min(offset - this.base, this.length);
    if (count <= 0) return;
    const left = this.length - count;
    if (this.owned && this.bytes.length > LARGE && left < SMALLEST) this.bytes = this.bytes.slice(count, this.length);
    else if (this.owned) this.bytes.copyWithin(0, count, this.length);
    else this.bytes = this.bytes.subarray(count, this.length);
    this.length = left;
    this.base += count;
    if (this.length === 0) this.owned = false;
  }

  /** The bytes between two stream offsets, as a view that lasts until the next `append` or `release`. */
  slice(start: number, end: number): Uint8Array {
    return this.bytes.subarray(start - this.base, end - this.base);
  }
}
