import { crc32 } from 'node:zlib';
import { message } from '../core/message';
import { type Problem, problem } from '../core/problem';
import { ByteQueue } from './byteQueue';
import { Inflater } from './inflater';

/** Input is inflated in pieces of this size, so that even at 1,000:1 no step gives more than a few MB. */
const PIECE = 16 * 1024;

const FLAG_HEADER_CRC = 2;
const FLAG_EXTRA = 4;
const FLAG_NAME = 8;
const FLAG_COMMENT = 16;

/**
 * Unpacks gzip (RFC 1952), any number of members one after another. What comes out before a damaged place is kept; each kind of damage is
 * reported with the offset in the unpacked bytes where it shows. Nothing throws for bad input.
 */
export async function* gunzip(
  input: AsyncIterable<Uint8Array>,
  report: (problem: Problem) => void,
): AsyncGenerator<Uint8Array> {
  const queue = new ByteQueue(input);
  const state = { unpacked: 0, report };
  try {
    while ((await queue.peek(1)) !== undefined) if (!(yield* nextMember(queue, state))) return;
  } finally {
    await queue.close();
  }
}

/** Unpacks the next member; true when another may follow. */
async function* nextMember(queue: ByteQueue, state: GunzipState): AsyncGenerator<Uint8Array, boolean> {
  if (!(await isMember(queue))) {
    const text = message('Bytes that are no gzip follow the packed data; they were ignored.');
    state.report(problem('gzip-trailing', 'warning', state.unpacked, text));
    return false;
  }
  if (await skipHeader(queue)) return yield* inflateMember(queue, state);
  state.report(truncated(state.unpacked));
  return false;
}

function truncated(at: number): Problem {
  return problem(
    'gzip-truncated',
    'error',
    at,
    message('The packed file is cut off: it unpacks to byte {0} and no further.', at),
  );
}

async function isMember(queue: ByteQueue): Promise<boolean> {
  const head = await queue.peek(2);
  return head?.[0] === 0x1f && head[1] === 0x8b;
}

/** Passes the member's header; false when the input ends in it. */
async function skipHeader(queue: ByteQueue): Promise<boolean> {
  const fixed = await queue.take(10);
  if (fixed === undefined) return false;
  const flags = fixed[3]!;
  if (flags & FLAG_EXTRA) {
    const length = await queue.take(2);
    if (length === undefined || (await queue.take(length[0]! | (length[1]! << 8))) === undefined) return false;
  }
  if (flags & FLAG_NAME && !(await queue.skipPast(0))) return false;
  if (flags & FLAG_COMMENT && !(await queue.skipPast(0))) return false;
  return !(flags & FLAG_HEADER_CRC) || (await queue.take(2)) !== undefined;
}

interface GunzipState {
  unpacked: number;
  readonly report: (problem: Problem) => void;
}

/** Inflates one member and checks its trailer; true when the next one may follow. */
async function* inflateMember(queue: ByteQueue, state: GunzipState): AsyncGenerator<Uint8Array, boolean> {
  const inflate = new Inflater();
  let sum = 0;
  let length = 0;
  try {
    for (;;) {
      const piece = await queue.takeUpTo(PIECE);
      const step = piece === undefined ? await inflate.finish() : await inflate.write(piece);
      for (const chunk of step.output) {
        sum = crc32(chunk, sum);
        length += chunk.length;
        state.unpacked += chunk.length;
        yield chunk;
      }
      if (step.failed) {
        state.report(
          problem(
            'gzip-corrupt',
            'error',
            state.unpacked,
            message('The packed data are damaged: they unpack to byte {0} and no further.', state.unpacked),
          ),
        );
        return false;
      }
      if (step.ended) {
        if (piece !== undefined) queue.putBack(piece.subarray(piece.length - step.left));
        break;
      }
      if (piece === undefined) {
        state.report(truncated(state.unpacked));
        return false;
      }
    }
  } finally {
    inflate.close();
  }
  return checkTrailer(await queue.take(8), sum, length, state);
}

function checkTrailer(trailer: Uint8Array | undefined, sum: number, length: number, state: GunzipState): boolean {
  if (trailer === undefined) {
    state.report(
      problem(
        'gzip-truncated',
        'warning',
        state.unpacked,
        message('The check sum at the end of the packed file is missing; all its data came out.'),
      ),
    );
    return false;
  }
  const view = new DataView(trailer.buffer, trailer.byteOffset, 8);
  if (view.getUint32(0, true) !== sum || view.getUint32(4, true) !== length % 2 ** 32) {
    state.report(
      problem(
        'gzip-checksum',
        'error',
        state.unpacked,
        message('The check sum of the packed file differs: its content is not what was packed.'),
      ),
    );
  }
  return true;
}
