import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Pattern } from '../../core/patterns/ast';
import type { FileRecords } from '../../core/table/fileRecords';
import type { ScanStep } from './matchRecords';
import type { ReadRecords, RecordTask } from './recordTasks';

/** Looks through records on disk; tells of each step. Ends early, without an error, when it is aborted. */
export type RecordScan = (
  files: readonly FileRecords[],
  patterns: readonly Pattern[],
  step: (step: ScanStep) => void,
  signal: AbortSignal,
) => Promise<void>;

/** A task unpacks about so much: ten milliseconds of work. */
const TASK_BYTES = 16 * 1024 * 1024;
const MOST_WORKERS = 4;
/** Workers that nobody needed for so long are ended. */
const IDLE_MS = 60_000;

const CLOSED = new Error('The workers were ended.');

/** What does a task elsewhere. */
export interface TaskRunner {
  run(task: RecordTask): Promise<ScanStep | ReadRecords>;
  end(): Promise<unknown>;
}

/** Workers that read records again, started when they are needed. */
export class RecordPool {
  private readonly idle: TaskRunner[] = [];
  private readonly all = new Set<TaskRunner>();
  private readonly queue: { resolve: (runner: TaskRunner) => void; reject: (error: Error) => void }[] = [];
  private isClosed = false;
  private idleTimer: NodeJS.Timeout | undefined;

  constructor(
    private readonly start: () => TaskRunner,
    private readonly size = Math.min(MOST_WORKERS, availableParallelism()),
  ) {}

  /** See {@link RecordScan}. The files' order is kept roughly: what comes first is looked at first. */
  readonly scan: RecordScan = async (files, patterns, step, signal) => {
    await this.each(files, signal, async (runner, batch) => {
      const result = await runner.run({ kind: 'match', patterns, files: batch });
      if (!signal.aborted) step(result as ScanStep);
    });
  };

  /** Reads records, in any order; calls `take` with each part of them. */
  async read(files: readonly FileRecords[], take: (records: ReadRecords) => void, signal: AbortSignal): Promise<void> {
    await this.each(files, signal, async (runner, batch) => {
      take((await runner.run({ kind: 'read', files: batch })) as ReadRecords);
    });
  }

  /** Ends all workers; tasks under way and to come fail. */
  async dispose(): Promise<void> {
    this.isClosed = true;
    for (const { reject } of this.queue.splice(0)) reject(CLOSED);
    await this.endAll();
  }

  private async endAll(): Promise<void> {
    clearTimeout(this.idleTimer);
    this.idle.length = 0;
    const all = [...this.all];
    this.all.clear();
    await Promise.all(all.map((runner) => runner.end()));
  }

  private async each(
    files: readonly FileRecords[],
    signal: AbortSignal,
    work: (runner: TaskRunner, batch: readonly FileRecords[]) => Promise<void>,
  ): Promise<void> {
    const batches = batchesOf(files, this.size);
    let next = 0;
    const lane = async (): Promise<void> => {
      for (let batch = batches[next++]; batch !== undefined && !signal.aborted; batch = batches[next++]) {
        const runner = await this.take();
        try {
          await work(runner, batch);
        } catch (error) {
          this.all.delete(runner);
          await runner.end();
          throw error;
        } finally {
          this.giveBack(runner);
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(this.size, batches.length) }, lane));
  }

  private take(): Promise<TaskRunner> {
    clearTimeout(this.idleTimer);
    if (this.isClosed) return Promise.reject(CLOSED);
    const runner = this.idle.pop() ?? (this.all.size < this.size ? this.started() : undefined);
    if (runner !== undefined) return Promise.resolve(runner);
    return new Promise((resolve, reject) => this.queue.push({ resolve, reject }));
  }

  private started(): TaskRunner {
    const runner = this.start();
    this.all.add(runner);
    return runner;
  }

  private giveBack(runner: TaskRunner): void {
    const alive = this.all.has(runner) ? runner : undefined;
    const waiting = this.queue.shift();
    if (waiting !== undefined) waiting.resolve(alive ?? this.started());
    else if (alive !== undefined) this.idle.push(alive);
    if (this.idle.length < this.all.size) return;
    clearTimeout(this.idleTimer);
    this.idleTimer = setTimeout(() => void this.endAll(), IDLE_MS);
    this.idleTimer.unref();
  }
}

/** Files in batches of about {@link TASK_BYTES}; smaller ones where there are few, so that every worker has something to do. */
function batchesOf(files: readonly FileRecords[], lanes: number): FileRecords[][] {
  const total = files.reduce((sum, records) => sum + bytesToUnpack(records), 0);
  const most = Math.min(TASK_BYTES, total / (lanes * 4));
  const batches: FileRecords[][] = [];
  let bytes = Infinity;
  for (const records of files) {
    if (bytes >= most) {
      batches.push([]);
      bytes = 0;
    }
    batches.at(-1)!.push(records);
    bytes += bytesToUnpack(records);
  }
  return batches;
}

/** Nothing behind the last record has to be unpacked. */
function bytesToUnpack({ file, offsets, lengths }: FileRecords): number {
  const last = lengths.length - 1;
  return lengths[last] === 0 ? file.unpacked : Math.min(file.unpacked, offsets[last]! + lengths[last]!);
}

/** A worker of `src/worker/recordWorker.ts` as a {@link TaskRunner}. `script`: its bundle, absolute. */
export function workerRunner(script: string): TaskRunner {
  const worker = new Worker(script);
  let settle: { resolve(result: ScanStep | ReadRecords): void; reject(error: Error): void } | undefined;
  const fail = (error: Error): void => settle?.reject(error);
  worker.on('message', (result: ScanStep | ReadRecords) => settle?.resolve(result));
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('The worker ended.')));
  return {
    run: (task) =>
      new Promise((resolve, reject) => {
        settle = { resolve, reject };
        worker.postMessage(task);
      }),
    end: () => worker.terminate(),
  };
}
