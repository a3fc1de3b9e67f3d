import { message } from '../core/message';
import { type Problem, problem } from '../core/problem';

/** CloudTrail's own files unpack to about ten times their size. What goes on unpacking beyond this is no log. */
const MOST_RATIO = 400;
const RATIO_MATTERS_FROM = 64 * 1024 * 1024;

/** Passes unpacked bytes on, and ends the stream when there are out of proportion many of them to the bytes that were `packed`. */
export async function* inProportion(
  chunks: AsyncIterable<Uint8Array>,
  packed: () => number,
  report: (problem: Problem) => void,
): AsyncGenerator<Uint8Array> {
  let unpacked = 0;
  for await (const chunk of chunks) {
    unpacked += chunk.length;
    yield chunk;
    if (unpacked <= RATIO_MATTERS_FROM || unpacked <= packed() * MOST_RATIO) continue;
    const text = message(
      'The file unpacks to more than {0} times its size, which no log does; reading stopped at byte {1}.',
      MOST_RATIO,
      unpacked,
    );
    report(problem('ratio', 'error', unpacked, text));
    return;
  }
}
