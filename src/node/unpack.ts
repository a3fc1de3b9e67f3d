import { message } from '../core/message';
import { type Problem, problem } from '../core/problem';
import { ByteQueue } from './byteQueue';
import { gunzip } from './gunzip';
import { inProportion } from './proportion';
import { unzstd } from './unzstd';

/** Gzip in gzip occurs where a pipeline packs what CloudWatch already packed; more layers than this are somebody's joke. */
const MOST_LAYERS = 4;

export type Compression = 'none' | 'gzip' | 'zstd' | 'zip';

interface Magic {
  readonly bytes: readonly number[];
  readonly offset?: number;
}

const GZIP: Magic = { bytes: [0x1f, 0x8b] };
const ZSTD: Magic = { bytes: [0x28, 0xb5, 0x2f, 0xfd] };
const ZIP: Magic = { bytes: [0x50, 0x4b, 0x03, 0x04] };
const EMPTY_ZIP: Magic = { bytes: [0x50, 0x4b, 0x05, 0x06] };
/** Formats that are named instead of read. */
const NAMED: readonly (Magic & { readonly kind: string; readonly name: string })[] = [
  { kind: 'bzip2', name: 'bzip2', bytes: [0x42, 0x5a, 0x68] },
  { kind: 'xz', name: 'xz', bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a] },
  { kind: '7z', name: '7-Zip', bytes: [0x37, 0x7a, 0xbc, 0xaf] },
  { kind: 'tar', name: 'tar', bytes: [0x75, 0x73, 0x74, 0x61, 0x72], offset: 257 },
  { kind: 'image', name: 'PNG', bytes: [0x89, 0x50, 0x4e, 0x47] },
  { kind: 'image', name: 'JPEG', bytes: [0xff, 0xd8, 0xff] },
];
const LONGEST_MAGIC = 262;

export interface Unpacked {
  /** The layers from the outside in, joined by `+`, e.g. `gzip+gzip`; `none` for a plain file. */
  readonly compression: string;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** True for a zip archive, which is opened by name: see `zipFile.ts`. */
  readonly isZip: boolean;
}

/**
 * Takes the layers of compression off a stream, going by its first bytes and never by a name. Damage is reported, not thrown. `packedBytes`:
 * how long the stream is on disk, where it was unpacked already.
 */
export async function unpack(
  input: AsyncIterable<Uint8Array>,
  report: (problem: Problem) => void,
  packedBytes?: number,
): Promise<Unpacked> {
  const layers: Compression[] = [];
  const read = { bytes: 0 };
  let chunks: AsyncIterable<Uint8Array> = counted(input, read);
  for (;;) {
    const queue = new ByteQueue(chunks);
    const head = await queue.peekUpTo(LONGEST_MAGIC);
    const named = NAMED.find((magic) => startsWith(head, magic));
    if (named !== undefined) {
      const text = message('This is {0} data, which is not read here. Unpack or convert it first.', named.name);
      report(problem(named.kind, 'warning', null, text));
    }
    const isZip = startsWith(head, ZIP) || startsWith(head, EMPTY_ZIP);
    if (isZip || named !== undefined) {
      await queue.close();
      if (isZip) layers.push('zip');
      return { compression: layers.join('+') || 'none', chunks: nothing(), isZip };
    }
    chunks = queue.rest();
    const layer = startsWith(head, GZIP) ? 'gzip' : startsWith(head, ZSTD) ? 'zstd' : undefined;
    if (layer === undefined || layers.length >= MOST_LAYERS) break;
    layers.push(layer);
    chunks = layer === 'gzip' ? gunzip(chunks, report) : unzstd(chunks, report);
  }
  const isPacked = layers.length > 0 || packedBytes !== undefined;
  const packed = (): number => packedBytes ?? read.bytes;
  return {
    compression: layers.join('+') || 'none',
    chunks: isPacked ? inProportion(chunks, packed, report) : chunks,
    isZip: false,
  };
}

async function* counted(input: AsyncIterable<Uint8Array>, read: { bytes: number }): AsyncGenerator<Uint8Array> {
  for await (const chunk of input) {
    read.bytes += chunk.length;
    yield chunk;
  }
}

function startsWith(head: Uint8Array, { bytes, offset = 0 }: Magic): boolean {
  return bytes.every((byte, i) => head[offset + i] === byte);
}

async function* nothing(): AsyncGenerator<Uint8Array> {
  // What is named instead of read, or opened by its name, has no content here.
}
