import { Worker } from 'node:worker_threads';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SCRIPT = join(fileURLToPath(new URL('..', import.meta.url)), 'dist/worker/tableWorker.js');

/** The worker that holds a table, as the build made it, asked as the host asks it. */
export class TableWorker {
  // As the host starts it: see startTableWorker.
  #worker = new Worker(SCRIPT, { resourceLimits: { maxYoungGenerationSizeMb: 8 } });
  #waiting = new Map();
  #id = 0;

  constructor() {
    this.#worker.on('message', ({ kind, id, progress, result, failure }) => {
      const { resolve, reject, onProgress } = this.#waiting.get(id);
      if (kind === 'progress') return onProgress?.(progress);
      this.#waiting.delete(id);
      if (kind === 'result') resolve(result);
      else reject(new Error(JSON.stringify(failure)));
    });
    this.#worker.on('error', (error) => {
      for (const { reject } of this.#waiting.values()) reject(error);
    });
  }

  /** `version`: of the table that is meant, by default that of all events. */
  ask(method, params, { version, onProgress } = {}) {
    const id = ++this.#id;
    const answer = new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject, onProgress }));
    this.#worker.postMessage({ kind: 'request', id, method, params, version });
    return answer;
  }

  cancel() {
    this.#worker.postMessage({ kind: 'cancel', id: this.#id });
  }

  end() {
    return this.#worker.terminate();
  }
}
