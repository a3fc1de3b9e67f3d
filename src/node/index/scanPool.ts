import { Worker } from 'node:worker_threads';
import { type ScanResult, type ScanSetup, scan } from './scan';
import { type ScanCounts, ScanShared } from './scanShared';

/** So often progress is told, in ms. */
const PROGRESS_EVERY = 100;
/** Fewer bytes than this are read sooner than a worker starts. */
const WORTH_A_WORKER = 2 * 1024 * 1024;

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
  readonly workers: readonly Worker[];
}

/**
 * Reads files in workers, the largest first, and makes something of it; then the workers are gone. Undefined when aborted before its end.
 */
export async function scanFiles<Made>(
  setup: Pick<ScanSetup, 'files' | 'rules' | 'module'>,
  { workers: most, script, signal, onProgress }: PoolOptions,
  make: (scanned: Scanned) => Promise<Made>,
): Promise<Made | undefined> {
  const bytes = setup.files.reduce((sum, { size }) => sum + size, 0);
  const count = Math.max(1, Math.min(most, setup.files.length, Math.ceil(bytes / WORTH_A_WORKER)));
  const shared = ScanShared.forWorkers(count);
  const tell = (): void => onProgress?.(shared.total());
  const timer = setInterval(tell, PROGRESS_EVERY);
  const workers: Worker[] = [];
  const cancel = (): void => {
    shared.cancel();
    // A worker in the midst of a large file need not be waited for.
    for (const worker of workers) void worker.terminate();
  };
  signal?.addEventListener('abort', cancel);
  try {
    if (signal?.aborted === true) return undefined;
    const setups = Array.from({ length: count }, (_, worker) => ({ ...setup, shared: shared.buffer, worker }));
    const results =
      script === undefined || count === 1
        ? [await scan(setups[0]!)]
        : await Promise.all(setups.map((each) => run(script, each, workers)));
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
    cancel();
  }
}

/** It may be, since it was looked at last. */
function isAborted({ aborted }: ScanShared): boolean {
  return aborted;
}

function run(script: string, setup: ScanSetup, workers: Worker[]): Promise<ScanResult> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(script, { workerData: setup });
    workers.push(worker);
    worker.once('message', (result: ScanResult) => resolve(result));
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`A worker ended before its work was done (${code}).`)));
  });
}
