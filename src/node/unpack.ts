import { Decompress } from 'fzstd';
import { message } from '../core/message';
import { type Problem, problem } from '../core/problem';
import { ByteQueue } from './byteQueue';
import { gunzip } from './gunzip';

/** Gzip in gzip occurs where a pipeline packs what CloudWatch already packed; more layers than this are somebody's joke. */
const MOST_LAYERS = 4;
/** fzstd unpacks a whole piece at once, and 4 bytes of zstd can stand for 128 KB: small pieces keep each step small. */
const ZSTD_PIECE = 1024;
const MOST_UNPACKED_ZSTD_RATIO = 1000;

export type Compression = 'none' | 'gzip' | 'zstd' | 'zip';

interface Magic {
  readonly bytes: readonly number[];
  readonly offset?: number;
}

const GZIP: Magic = { bytes: [0x1f, 0x8b] };
const ZSTD: Magic = { bytes: [0x28, 0xb5, 0x2f, 0xfd] };
const ZIP: Magic = { bytes: [0x50, 0x4b, 0x03, 0x04] };
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

/** Takes the layers of compression off a stream, going by its first bytes and never by a name. Damage is reported, not thrown. */
export async function unpack(input: AsyncIterable<Uint8Array>, report: (problem: Problem) => void): Promise<Unpacked> {
  const layers: Compression[] = [];
  let chunks = input;
  for (;;) {
    const queue = new ByteQueue(chunks);
    const head = await headOf(queue);
    chunks = queue.rest();
    if (layers.length >= MOST_LAYERS) break;
    if (startsWith(head, GZIP)) {
      layers.push('gzip');
      chunks = gunzip(chunks, report);
    } else if (startsWith(head, ZSTD)) {
      layers.push('zstd');
      chunks = unzstd(chunks, report);
    } else if (startsWith(head, ZIP)) {
      return { compression: [...layers, 'zip'].join('+'), chunks, isZip: true };
    } else {
      const named = NAMED.find((magic) => startsWith(head, magic));
      if (named !== undefined) {
        report(problem(named.kind, 'warning', null, message('This is {0} data, which is not read here. Unpack or convert it first.', named.name)));
        chunks = nothing();
      }
      break;
    }
  }
  return { compression: layers.length === 0 ? 'none' : layers.join('+'), chunks, isZip: false };
}

async function headOf(queue: ByteQueue): Promise<Uint8Array> {
  const all = await queue.peek(LONGEST_MAGIC);
  if (all !== undefined) return all;
  const rest: Uint8Array[] = [];
  for await (const chunk of queue.rest()) rest.push(chunk);
  const short = Buffer.concat(rest);
  queue.putBack(short);
  return short;
}

function startsWith(head: Uint8Array, { bytes, offset = 0 }: Magic): boolean {
  return bytes.every((byte, i) => head[offset + i] === byte);
}

async function* nothing(): AsyncGenerator<Uint8Array> {
  // A format that is named instead of read has no content.
}

async function* unzstd(input: AsyncIterable<Uint8Array>, report: (problem: Problem) => void): AsyncGenerator<Uint8Array> {
  let output: Uint8Array[] = [];
  let packed = 0;
  let unpacked = 0;
  const decompress = new Decompress((chunk) => void output.push(chunk));
  const fail = (what: ReturnType<typeof message>): void => report(problem('zstd-corrupt', 'error', unpacked, what));
  for await (const chunk of input) {
    for (let at = 0; at < chunk.length; at += ZSTD_PIECE) {
      const piece = chunk.subarray(at, at + ZSTD_PIECE);
      packed += piece.length;
      let failed = false;
      try {
        decompress.push(piece);
      } catch {
        failed = true;
      }
      for (const each of output) {
        unpacked += each.length;
        yield each;
      }
      output = [];
      if (failed) return fail(message('The packed data are damaged: they unpack to byte {0} and no further.', unpacked));
      if (unpacked > packed * MOST_UNPACKED_ZSTD_RATIO + 64 * 1024 * 1024) {
        return fail(message('The file unpacks to more than {0} times its size, which no log does; reading stopped at byte {1}.', MOST_UNPACKED_ZSTD_RATIO, unpacked));
      }
    }
  }
  try {
    decompress.push(new Uint8Array(0), true);
  } catch {
    report(problem('zstd-truncated', 'error', unpacked, message('The packed file is cut off: it unpacks to byte {0} and no further.', unpacked)));
  }
  yield* output;
}
