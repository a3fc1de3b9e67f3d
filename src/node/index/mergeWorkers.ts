import { newCodes } from '../../core/table/columns';
import { type TablePart, rowCountOf } from '../../core/table/intake/columns';
import type { MergePart } from '../../core/table/merge/flatRows';
import type { Merger, Merging } from '../../core/table/merge/mergeParts';
import { type GatheredShare, MergeShare, type Share } from '../../core/table/merge/mergeShare';
import { pacer } from '../pacer';
import type { PoolWorker } from './poolWorker';
import { GrowingSpace, Space } from './space';

/** What a worker is asked, in this order, and what it answers. `buffer`: that of the {@link Space} for what comes out. */
interface JoinTask {
  readonly parts: readonly MergePart[];
  readonly share: Share;
}
type Joined = Uint32Array | undefined;
interface GatherTask {
  readonly orders: readonly Uint32Array[];
  readonly buffer: ArrayBufferLike;
}

/** The part of a worker's port that is used here. */
interface Port {
  on(event: 'message', listener: (message: JoinTask | GatherTask) => void): unknown;
  postMessage(message: Joined | GatheredShare[]): void;
}

/** Answers the tasks of {@link mergingIn} from now on: whoever started the worker ends it. */
export function answerMerges(port: Port): void {
  const never = (): Promise<void> => Promise.resolve();
  let merge: MergeShare | undefined;
  port.on('message', (task) => {
    if ('share' in task) {
      merge = new MergeShare(task.parts, task.share, new GrowingSpace(), never);
      void merge.join().then((same) => port.postMessage(same));
    } else {
      void merge?.gather(task.orders, new Space(task.buffer)).then((shares) => port.postMessage(shares));
    }
  });
}

/** Workers that merge what they and others read; undefined when they do not see its memory. */
export function mergingIn(workers: readonly PoolWorker[], parts: readonly MergePart[]): Merging | undefined {
  if (!parts.every(({ part }) => isShared(part))) return undefined;
  const space = Space.of(bytesFor(parts));
  const mergers = workers.map((worker): Merger => {
    return {
      join: (share) => worker.ask<Joined>({ parts, share } satisfies JoinTask),
      gather: (orders) => worker.ask<GatheredShare[]>({ orders, buffer: space.buffer } satisfies GatherTask),
    };
  });
  return { mergers, arrays: space, scratch: new GrowingSpace(), pause: pacer() };
}

function isShared({ chunks, dictionaries }: TablePart): boolean {
  const rows = chunks.flatMap(({ time, reading, offset, codes }) => [time, reading, offset, ...codes]);
  return [...rows, ...dictionaries.map(({ bytes }) => bytes)].every(
    ({ buffer }) => buffer instanceof SharedArrayBuffer,
  );
}

/** Bytes that suffice for the table of the parts, but for values that a compact form cannot hold. */
function bytesFor(parts: readonly MergePart[]): number {
  const rows = rowCountOf(parts);
  // Time, file, length, offset; ids with their bits and ranks.
  let bytes = rows * (8 + 4 + 4 + 8 + 3 * (16 + 1));
  const columns = parts[0]?.part.dictionaries.length ?? 0;
  for (let column = 0; column < columns; column++) {
    const dictionaries = parts.map(({ part }) => part.dictionaries[column]!);
    const size = dictionaries.reduce((sum, each) => sum + each.size, 0);
    // Its tokens, offsets and spellings, in each of two tables.
    bytes += 2 * (dictionaries.reduce((sum, each) => sum + each.bytes.length, 0) + size * 5 + 64);
    bytes += rows * newCodes(0, size).BYTES_PER_ELEMENT;
  }
  return bytes + 4096;
}
