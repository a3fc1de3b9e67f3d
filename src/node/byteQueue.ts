const NO_BYTES = new Uint8Array(0);

/** Reads an asynchronous stream of chunks as bytes: so many at a time, with a look ahead. */
export class ByteQueue {
  private readonly source: AsyncIterator<Uint8Array>;
  private chunks: Uint8Array[] = [];
  private length = 0;

  constructor(input: AsyncIterable<Uint8Array>) {
    this.source = input[Symbol.asyncIterator]();
  }

  /** The next `count` bytes without taking them; undefined when fewer are left. */
  async peek(count: number): Promise<Uint8Array | undefined> {
    return (await this.fill(count)) ? this.front(count) : undefined;
  }

  /** The next `count` bytes, or all that are left, without taking them. */
  async peekUpTo(count: number): Promise<Uint8Array> {
    await this.fill(count);
    return this.front(Math.min(count, this.length));
  }

  /** Takes exactly `count` bytes; undefined when fewer are left. */
  async take(count: number): Promise<Uint8Array | undefined> {
    const bytes = await this.peek(count);
    if (bytes !== undefined) this.drop(count);
    return bytes;
  }

  /** Takes up to `count` bytes, whatever is at hand; undefined at the end. */
  async takeUpTo(count: number): Promise<Uint8Array | undefined> {
    if (!(await this.fill(1))) return undefined;
    const piece = this.chunks[0]!.subarray(0, count);
    this.drop(piece.length);
    return piece;
  }

  /** Takes all bytes up to and including the next `byte`; false when there is none. */
  async skipPast(byte: number): Promise<boolean> {
    for (;;) {
      const piece = await this.takeUpTo(4096);
      if (piece === undefined) return false;
      const at = piece.indexOf(byte);
      if (at < 0) continue;
      this.putBack(piece.subarray(at + 1));
      return true;
    }
  }

  /** Puts bytes back at the front. */
  putBack(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.chunks.unshift(bytes);
    this.length += bytes.length;
  }

  /** Everything that is left. Closes the queue when it is left early. */
  async *rest(): AsyncGenerator<Uint8Array> {
    try {
      for (let piece = await this.takeUpTo(Infinity); piece !== undefined; piece = await this.takeUpTo(Infinity)) {
        yield piece;
      }
    } finally {
      await this.close();
    }
  }

  /** Lets go of the source, which may hold a file open. */
  async close(): Promise<void> {
    await this.source.return?.();
  }

  private async fill(count: number): Promise<boolean> {
    while (this.length < count) {
      const next = await this.source.next();
      if (next.done) return false;
      if (next.value.length === 0) continue;
      this.chunks.push(next.value);
      this.length += next.value.length;
    }
    return true;
  }

  /** The first `count` of the bytes at hand, in one piece. */
  private front(count: number): Uint8Array {
    const [first = NO_BYTES] = this.chunks;
    if (first.length >= count) return first.subarray(0, count);
    const joined = Buffer.concat(this.chunks);
    this.chunks = [joined];
    return joined.subarray(0, count);
  }

  private drop(count: number): void {
    this.length -= count;
    let left = count;
    while (left > 0) {
      const first = this.chunks[0]!;
      if (first.length > left) {
        this.chunks[0] = first.subarray(left);
        return;
      }
      this.chunks.shift();
      left -= first.length;
    }
  }
}
