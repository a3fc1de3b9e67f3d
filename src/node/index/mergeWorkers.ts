import { newCodes } from '../../core/table/columns';
import { type TablePart, rowCountOf } from '../../core/table/intake/columns';
import type { MergePart } from '../../core/table/merge/flatRows';
import type { LoopMemory } from '../../core/table/merge/mergeModule';
import type { Merger, Merging } from '../../core/table/merge/mergeParts';
import { type GatheredShare, type MergeFound, type MergeSearch, MergeThread } from '../../core/table/merge/mergeThread';
import { type MergeTask, mergeTasks } from '../../core/table/merge/tasks';
import { mergeMemory } from './mergeMemory';
import type { PoolWorker } from './poolWorker';
import { GrowingSpace, Space } from './space';

/** What a worker is asked first, and then. */
interface FindTask {
  readonly parts: readonly MergePart[];
  /** The compiled loops. */
  readonly module: WebAssembly.Module | undefined;
  readonly search: MergeSearch;
  readonly fileCount: number;
}
interface GatherTask {
  readonly orders: readonly Uint32Array[];
  /** That of the {@link Space} for what comes out. */
  readonly buffer: ArrayBufferLike;
  readonly tasks: readonly MergeTask[];
  /** One number that all workers see: which task is next. */
  readonly next: Int32Array;
}

/** The part of a worker's port that is used here. */
interface Port {
  on(event: 'message', listener: (message: FindTask | GatherTask) => void): unknown;
  postMessage(message: MergeFound | GatheredShare[]): void;
}

/** Answers the tasks of {@link mergingIn} from now on: whoever started the worker ends it. `memory`: one that nobody needs any more. */
export function answerMerges(port: Port, memory: LoopMemory | undefined): void {
  const never = (): Promise<void> => Promise.resolve();
  let thread: MergeThread | undefined;
  port.on('message', (message) => {
    if ('parts' in message) {
      thread = new MergeThread(message.parts, mergeMemory(message.module, memory), new GrowingSpace(), never);
      void thread.find(message.search, message.fileCount).then((found) => port.postMessage(found));
    } else {
      const { tasks, next } = message;
      const take = (): MergeTask | undefined => tasks[Atomics.add(next, 0, 1)];
      void thread?.gather(message.orders, new Space(message.buffer), take).then((shares) => port.postMessage(shares));
    }
  });
}

/** Workers that merge what they and others read; undefined when they do not see its memory. `module`: the compiled loops. */
export function mergingIn(
  workers: readonly PoolWorker[],
  parts: readonly MergePart[],
  module: WebAssembly.Module | undefined,
): Merging | undefined {
  if (!parts.every(({ part }) => isShared(part))) return undefined;
  const space = Space.of(bytesFor(parts));
  const tasks = mergeTasks(parts);
  const next = new Int32Array(new SharedArrayBuffer(4));
  const mergers = workers.map((worker): Merger => {
    return {
      find: (search, fileCount) => worker.ask<MergeFound>({ parts, module, search, fileCount } satisfies FindTask),
      gather: (orders) =>
        worker.ask<GatheredShare[]>({ orders, buffer: space.buffer, tasks, next } satisfies GatherTask),
    };
  });
  return { mergers, scratch: new GrowingSpace() };
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
