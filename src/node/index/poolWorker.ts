import { Worker } from 'node:worker_threads';
import type { ScanSetup } from './scan';

/** MB that a worker's short-lived objects take at most: there are few, and the pages stay with the process for a while after the worker. */
const MOST_YOUNG = 4;

/** A worker that answers one message after another. */
export class PoolWorker {
  private readonly worker: Worker;
  /** Rejects when the worker fails or ends, whether or not somebody asks it at the time. */
  private readonly ended: Promise<never>;

  constructor(script: string, setup: ScanSetup) {
    this.worker = new Worker(script, {
      workerData: setup,
      resourceLimits: { maxYoungGenerationSizeMb: MOST_YOUNG },
    });
    this.ended = new Promise((_, reject) => {
      this.worker.on('error', reject);
      this.worker.on('exit', (code) => reject(new Error(`A worker ended before its work was done (${code}).`)));
    });
    this.ended.catch(() => undefined);
  }

  /** The answer to a message. Throws when the worker ends before it. */
  ask<Answer>(message: unknown): Promise<Answer> {
    const answer = new Promise<Answer>((resolve) => this.worker.once('message', resolve));
    this.worker.postMessage(message);
    return Promise.race([answer, this.ended]);
  }

  /** Sends a message that is not answered. */
  tell(message: unknown): void {
    this.worker.postMessage(message);
  }

  end(): void {
    void this.worker.terminate();
  }
}
