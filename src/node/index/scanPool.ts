import type { DiskFile } from './listFiles';
import { PoolWorker } from './poolWorker';
import { type ScanResult, type ScanSetup, type ScanTask, newScanner, scan } from './scan';
import { type ScanCounts, ScanShared, isAborted } from './scanShared';

/** So often progress is told, in ms. */
const PROGRESS_EVERY = 100;
const MB = 1024 * 1024;
/** A worker for so many bytes, in MB. */
const MB_OF_WORKER = 2;
/** Fewer MB than this one thread reads sooner than workers have started; where two would have to share their cores with it, only more are worth it. */
const WORTH_WORKERS = 6;
const WORTH_TWO_WORKERS = 16;

export interface PoolOptions {
  /** The most workers to start. */
  readonly workers: number;
  /** The script of a worker: `worker/scanWorker.ts`, bundled. Undefined: this thread does the work. */
  readonly script: string | undefined;
  readonly signal: AbortSignal | undefined;
  readonly onProgress?: ((counts: ScanCounts) => void) | undefined;
}

/** What was read, and the workers that did. */
export interface Scanned {
  readonly results: ScanResult[];
  /** See `mergeWorkers.ts`. */
  readonly workers: readonly PoolWorker[];
}

/** Workers that read files, and may merge what they read. */
export class ScanPool {
  private readonly workers: PoolWorker[] = [];
  private bytes = 0;
  private files = 0;

  constructor(
    private readonly setup: ScanSetup,
    private readonly options: PoolOptions,
  ) {}

  /** A file of so many bytes will be read: workers start before it is known which files there are. */
  expect(bytes: number): void {
    this.files++;
    this.bytes += bytes;
    const { script } = this.options;
    const count = this.worthwhile();
    if (script === undefined || count === 1) return;
    while (this.workers.length < count) this.workers.push(new PoolWorker(script, this.setup));
  }

  /** False when this thread reads. */
  get hasWorkers(): boolean {
    return this.workers.length > 0;
  }

  private worthwhile(): number {
    const { workers } = this.options;
    if (this.bytes < (workers > 2 ? WORTH_WORKERS : WORTH_TWO_WORKERS) * MB) return 1;
    return Math.min(workers, this.files, Math.ceil(this.bytes / MB / MB_OF_WORKER));
  }

  /** Reads the files that were expected, in the order given, and makes something of it. Undefined when aborted before its end. */
  async scan<Made>(files: readonly DiskFile[], make: (scanned: Scanned) => Promise<Made>): Promise<Made | undefined> {
    const { workers, setup } = this;
    const { signal, onProgress } = this.options;
    const shared = ScanShared.forWorkers(Math.max(1, workers.length));
    const tell = (): void => onProgress?.(shared.total());
    const timer = setInterval(tell, PROGRESS_EVERY);
    const cancel = (): void => {
      shared.cancel();
      // A worker in the midst of a large file need not be waited for.
      this.end();
    };
    signal?.addEventListener('abort', cancel);
    try {
      if (signal?.aborted === true) return undefined;
      const task = { files, shared: shared.buffer };
      const results =
        workers.length === 0
          ? [await scan(newScanner(setup), { ...task, worker: 0 })]
          : await Promise.all(
              workers.map((each, worker) => each.ask<ScanResult>({ ...task, worker } satisfies ScanTask)),
            );
      tell();
      clearInterval(timer);
      if (shared.aborted) return undefined;
      const made = await make({ results, workers });
      return isAborted(shared) ? undefined : made;
    } catch (error) {
      // Its workers are gone when it is cancelled, and each of them said so.
      if (shared.aborted) return undefined;
      throw error;
    } finally {
      clearInterval(timer);
      signal?.removeEventListener('abort', cancel);
    }
  }

  /** Ends the workers. */
  end(): void {
    for (const worker of this.workers) worker.end();
  }
}
