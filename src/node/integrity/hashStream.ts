import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { LogContent } from '../../core/integrity/ports';
import type { Problem } from '../../core/problem';
import { ByteQueue } from '../byteQueue';
import { Inflater } from '../inflater';
import { inProportion } from '../proportion';
import { readFileChunks } from '../readFileChunks';
import { isSound } from './firstMember';
import { gzipHeaderLength } from './gzipHeader';

const PIECE = 16 * 1024;
const LONGEST_HEADER = 128 * 1024;

/** Hashes the first gzip member of a file of any size, a piece at a time: for what is too large to be held. */
export async function hashGzipStream(path: string): Promise<LogContent> {
  const problems: Problem[] = [];
  const report = (problem: Problem): void => void problems.push(problem);
  const read = { bytes: 0 };
  const queue = new ByteQueue(counted(readFileChunks(path, report), read));
  const hash = createHash('sha256');
  const state = { sum: 0, length: 0, result: 'whole' as 'whole' | 'cut' | 'invalid' };
  try {
    const member = inProportion(firstMember(queue, state), () => read.bytes, report);
    for await (const chunk of member) {
      hash.update(chunk);
      state.length += chunk.length;
    }
    if (problems[0] !== undefined) return { kind: 'unreadable', message: problems[0].message };
    if (state.result === 'invalid') return { kind: 'format' };
    const rest = await queue.peekUpTo(9);
    if (state.result === 'whole' && !isSound(rest.subarray(0, 8), state.length, () => state.sum))
      return { kind: 'format' };
    return { kind: 'hashed', sha256: hash.digest('hex'), trailing: rest.length > 8, bytes: state.length };
  } finally {
    await queue.close();
  }
}

/** Hashes a file as it is. */
export async function hashPlainStream(path: string): Promise<LogContent> {
  const problems: Problem[] = [];
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of readFileChunks(path, (problem) => void problems.push(problem))) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  if (problems[0] !== undefined) return { kind: 'unreadable', message: problems[0].message };
  return { kind: 'hashed', sha256: hash.digest('hex'), trailing: false, bytes };
}

async function* firstMember(
  queue: ByteQueue,
  state: { sum: number; result: 'whole' | 'cut' | 'invalid' },
): AsyncGenerator<Uint8Array> {
  const header = gzipHeaderLength(await queue.peekUpTo(LONGEST_HEADER));
  if (typeof header === 'string') {
    state.result = header;
    return;
  }
  await queue.take(header);
  const inflater = new Inflater();
  try {
    for (;;) {
      const piece = await queue.takeUpTo(PIECE);
      const step = piece === undefined ? await inflater.finish() : await inflater.write(piece);
      if (step.failed) {
        state.result = 'invalid';
        return;
      }
      for (const chunk of step.output) {
        state.sum = crc32(chunk, state.sum);
        yield chunk;
      }
      if (step.ended) {
        if (piece !== undefined) queue.putBack(piece.subarray(piece.length - step.left));
        return;
      }
      if (piece === undefined) {
        state.result = 'cut';
        return;
      }
    }
  } finally {
    inflater.close();
  }
}

async function* counted(input: AsyncIterable<Uint8Array>, read: { bytes: number }): AsyncGenerator<Uint8Array> {
  for await (const chunk of input) {
    read.bytes += chunk.length;
    yield chunk;
  }
}
