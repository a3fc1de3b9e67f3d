import { Decompress } from 'fzstd';
import { message } from '../core/message';
import { type Problem, problem } from '../core/problem';
import { ByteQueue } from './byteQueue';

/** What RFC 8878 asks of every decoder. The default levels stay below it; fzstd moves a whole window for each block. */
const LARGEST_WINDOW = 8 * 1024 * 1024;
/** No block holds more, packed or unpacked. */
const LARGEST_BLOCK = 128 * 1024;
/** Bytes moved for each byte unpacked: blocks of a real file are not so much smaller than its window. */
const MOST_WORK = 256;
const FREE_WORK = 16 * 1024 * 1024 * 1024;
const RLE_BLOCK = 1;
const RESERVED_BLOCK = 3;

/** Stops the reading of a stream; its problem was reported. */
const STOP = Symbol('stop');

/**
 * Unpacks Zstandard (RFC 8878), any number of frames one after another. Blocks are handed to fzstd one by one, so that all before a damaged
 * place is kept and no step is long. Check sums are passed over. Nothing throws for bad input.
 */
export async function* unzstd(
  input: AsyncIterable<Uint8Array>,
  report: (problem: Problem) => void,
): AsyncGenerator<Uint8Array> {
  const queue = new ByteQueue(input);
  const frames = new Frames(queue, report);
  try {
    while ((await queue.peek(1)) !== undefined) if ((yield* frames.next()) === STOP) return;
  } finally {
    await queue.close();
  }
}

class Frames {
  private count = 0;
  private unpacked = 0;
  private work = 0;

  constructor(
    private readonly queue: ByteQueue,
    private readonly report: (problem: Problem) => void,
  ) {}

  async *next(): AsyncGenerator<Uint8Array, typeof STOP | undefined> {
    const magic = await this.queue.take(4);
    if (magic === undefined) return this.count > 0 ? this.trailing() : this.truncated();
    const number = view(magic).getUint32(0, true);
    this.count++;
    if (number >>> 4 === 0x184d2a5) return this.skippable();
    if (number !== 0xfd2fb528) return this.trailing();
    const header = await frameHeader(this.queue, magic);
    if (header === undefined) return this.truncated();
    if (header.reserved) return this.damaged();
    if (header.dictionary)
      return this.unsupported(message('The data were packed with a dictionary, which is not read here.'));
    if (header.window > LARGEST_WINDOW) {
      const most = LARGEST_WINDOW / 1024 / 1024;
      return this.unsupported(
        message('The data need a window of more than {0} MB to unpack. Unpack the file with zstd first.', most),
      );
    }
    return yield* this.blocks(header);
  }

  private async *blocks(header: FrameHeader): AsyncGenerator<Uint8Array, typeof STOP | undefined> {
    let output: Uint8Array[] = [];
    const decompress = new Decompress((chunk) => void output.push(chunk));
    decompress.push(header.bytes);
    for (let last = false; !last;) {
      const head = await this.queue.take(3);
      if (head === undefined) return this.truncated();
      const block = head[0]! | (head[1]! << 8) | (head[2]! << 16);
      last = (block & 1) === 1;
      const type = (block >> 1) & 3;
      if (type === RESERVED_BLOCK || block >> 3 > LARGEST_BLOCK) return this.damaged();
      const body = await this.queue.take(type === RLE_BLOCK ? 1 : block >> 3);
      if (body === undefined) return this.truncated();
      const sum = last && header.checksum ? await this.queue.take(4) : undefined;
      try {
        decompress.push(Buffer.concat([head, body]));
        // fzstd wants the check sum to be there and does not look at it.
        if (last) decompress.push(new Uint8Array(header.checksum ? 4 : 0), true);
      } catch {
        return this.damaged();
      }
      for (const chunk of output) {
        this.unpacked += chunk.length;
        if (chunk.length > 0) yield chunk;
      }
      output = [];
      this.work += header.window;
      if (this.work > FREE_WORK + this.unpacked * MOST_WORK) return this.damaged();
      if (last && header.checksum && sum === undefined) {
        const text = message('The check sum at the end of the packed file is missing; all its data came out.');
        this.report(problem('zstd-truncated', 'warning', this.unpacked, text));
        return STOP;
      }
    }
    return undefined;
  }

  private async skippable(): Promise<typeof STOP | undefined> {
    const size = await this.queue.take(4);
    if (size === undefined) return this.truncated();
    for (let left = view(size).getUint32(0, true); left > 0;) {
      const piece = await this.queue.takeUpTo(left);
      if (piece === undefined) return this.truncated();
      left -= piece.length;
    }
    return undefined;
  }

  private truncated(): typeof STOP {
    const text = message('The packed file is cut off: it unpacks to byte {0} and no further.', this.unpacked);
    this.report(problem('zstd-truncated', 'error', this.unpacked, text));
    return STOP;
  }

  private damaged(): typeof STOP {
    const text = message('The packed data are damaged: they unpack to byte {0} and no further.', this.unpacked);
    this.report(problem('zstd-corrupt', 'error', this.unpacked, text));
    return STOP;
  }

  private unsupported(text: Problem['message']): typeof STOP {
    this.report(problem('zstd-unsupported', 'error', this.unpacked, text));
    return STOP;
  }

  private trailing(): typeof STOP {
    const text = message('Bytes that are no zstd follow the packed data; they were ignored.');
    this.report(problem('zstd-trailing', 'warning', this.unpacked, text));
    return STOP;
  }
}

interface FrameHeader {
  readonly bytes: Uint8Array;
  readonly window: number;
  readonly checksum: boolean;
  readonly dictionary: boolean;
  readonly reserved: boolean;
}

/** The header of the frame whose magic number was just taken; undefined when the input ends in it. RFC 8878, 3.1.1.1. */
async function frameHeader(queue: ByteQueue, magic: Uint8Array): Promise<FrameHeader | undefined> {
  const descriptor = (await queue.take(1))?.[0];
  if (descriptor === undefined) return undefined;
  const single = (descriptor & 0x20) !== 0;
  const sizeFlag = descriptor >> 6;
  const windowBytes = single ? 0 : 1;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3]!;
  const sizeBytes = [single ? 1 : 0, 2, 4, 8][sizeFlag]!;
  const rest = await queue.take(windowBytes + dictionaryBytes + sizeBytes);
  if (rest === undefined) return undefined;
  let size = sizeFlag === 1 ? 256 : 0;
  for (let i = 0; i < sizeBytes; i++) size += rest[windowBytes + dictionaryBytes + i]! * 2 ** (8 * i);
  const base = 2 ** (10 + (rest[0]! >> 3));
  return {
    bytes: Buffer.concat([magic, [descriptor], rest].map((part) => Uint8Array.from(part))),
    window: single ? size : base + (base / 8) * (rest[0]! & 7),
    checksum: (descriptor & 4) !== 0,
    dictionary: rest.subarray(windowBytes, windowBytes + dictionaryBytes).some((byte) => byte !== 0),
    reserved: (descriptor & 8) !== 0,
  };
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
