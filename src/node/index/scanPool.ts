import { ComingFiles } from './comingFiles';
import type { DiskFile } from './listFiles';
import { PoolWorker } from './poolWorker';
import { type ScanFiles, type ScanResult, type ScanSetup, type ScanTask, newScanner, scan } from './scan';
import { type ScanCounts, ScanShared, isAborted } from './scanShared';

/** So often progress is told, in ms. */
const PROGRESS_EVERY = 100;
const MB = 1024 * 1024;
/** A worker for so many bytes, in MB. */
const MB_OF_WORKER = 2;
/** Fewer MB than this one thread reads sooner than workers have started; where two would have to share their cores with it, only more are worth it. */
const WORTH_WORKERS = 6;
const WORTH_TWO_WORKERS = 16;
/** So many files are handed to the workers at once while files are still being found. */
const AT_ONCE = 32;

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
  /** What each of them will have read. */
  private readonly results: Promise<ScanResult>[] = [];
  private readonly shared: ScanShared;
  private bytes = 0;
  private count = 0;
  /** Files that the workers have been given, and those that they will be given next. */
  private readonly given: DiskFile[] = [];
  private next: DiskFile[] = [];

  constructor(
    private readonly setup: ScanSetup,
    private readonly options: PoolOptions,
  ) {
    this.shared = ScanShared.forWorkers(Math.max(1, options.workers));
  }

  /**
   * A file will be read: workers start before it is known which files there are. `begin`: they may read it already, for nothing that comes up later
   * changes what is known of it.
   */
  expect(file: DiskFile, begin: boolean): void {
    this.count++;
    this.bytes += file.size;
    const { script } = this.options;
    const count = this.worthwhile();
    if (script !== undefined && count > 1) while (this.workers.length < count) this.start(script);
    if (begin) this.next.push(file);
    if (this.workers.length > 0 && this.next.length >= AT_ONCE) this.give(this.next, false);
  }

  private start(script: string): void {
    const worker = new PoolWorker(script, this.setup);
    const { given: files, shared } = this;
    const task: ScanTask = { files, isLast: false, shared: shared.buffer, worker: this.workers.length };
    const result = worker.ask<ScanResult>(task);
    // It is awaited once all files are known.
    result.catch(() => undefined);
    this.workers.push(worker);
    this.results.push(result);
  }

  private give(files: readonly DiskFile[], isLast: boolean): void {
    for (const worker of this.workers) worker.tell({ files, isLast } satisfies ScanFiles);
    this.given.push(...files);
    this.next = [];
  }

  /** False when this thread reads. */
  get hasWorkers(): boolean {
    return this.workers.length > 0;
  }

  private worthwhile(): number {
    const { workers } = this.options;
    if (this.bytes < (workers > 2 ? WORTH_WORKERS : WORTH_TWO_WORKERS) * MB) return 1;
    return Math.min(workers, this.count, Math.ceil(this.bytes / MB / MB_OF_WORKER));
  }

  /** Reads the files that were expected, in the order given, and makes something of it. Undefined when aborted before its end. */
  async scan<Made>(files: readonly DiskFile[], make: (scanned: Scanned) => Promise<Made>): Promise<Made | undefined> {
    const { workers, shared } = this;
    const { signal, onProgress } = this.options;
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
      const given = new Set(this.given.map(({ path }) => path));
      this.give(
        files.filter(({ path }) => !given.has(path)),
        true,
      );
      const results = workers.length === 0 ? [await this.scanHere(files)] : await Promise.all(this.results);
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

  private scanHere(files: readonly DiskFile[]): Promise<ScanResult> {
    const { setup, shared } = this;
    return scan(newScanner(setup).scanner, new ComingFiles().add(files, true), { shared: shared.buffer, worker: 0 });
  }

  /** Ends the workers. */
  end(): void {
    for (const worker of this.workers) worker.end();
  }
}
