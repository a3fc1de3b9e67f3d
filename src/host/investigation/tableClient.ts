import { Worker } from 'node:worker_threads';
import { type Message, english, message } from '../../core/message';
import type { PatternError } from '../../core/patterns/ast';
import {
  type TableCalls,
  type TableFailure,
  type TableMethod,
  type ToTableWorker,
  isFromTableWorker,
} from '../../protocol/tableProtocol';

/** What a `vscode.CancellationToken` is to the client. */
export interface Cancellation {
  readonly isCancellationRequested: boolean;
  onCancellationRequested(listener: () => void): { dispose(): void };
}

export interface CallOptions<Progress> {
  readonly cancellation?: Cancellation;
  /** Of the table that is meant, for a question about events; by default the one of all events. */
  readonly version?: number | undefined;
  /** Told how far the worker is, a few times a second. */
  onProgress?(progress: Progress): void;
}

/** Why a call failed; `kind` as in `TableFailure`. The message is for people: localize it. */
export class TableError extends Error {
  readonly kind: TableFailure['kind'];
  readonly text: Message;
  /** Of a pattern that does not parse. */
  readonly errors: readonly PatternError[];

  constructor(failure: TableFailure) {
    super(english(failure.message));
    this.name = 'TableError';
    this.kind = failure.kind;
    this.text = failure.message;
    this.errors = failure.errors ?? [];
  }
}

/** Whether a call failed as told by the worker. Bundles have a class each, so an error is known by its name. */
export function isTableError(error: unknown): error is TableError {
  return error instanceof Error && error.name === 'TableError';
}

/** The part of a worker that the client needs. */
export interface TableWorkerPort {
  postMessage(value: ToTableWorker): void;
  on(event: 'message', listener: (value: unknown) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  terminate(): Promise<unknown>;
}

interface Pending {
  resolve(result: never): void;
  reject(error: TableError): void;
  readonly onProgress: ((progress: never) => void) | undefined;
  readonly cancellation: { dispose(): void } | undefined;
}

const CANCELLED: TableFailure = { kind: 'cancelled', message: message('Cancelled.') };

/** Semi-spaces of V8, in MB: large ones would take more memory than the garbage of answers needs. */
const YOUNG_MB = 8;

/** Starts the worker that holds a table. `script`: the worker's bundle, absolute. `died`: see {@link TableClient}. */
export function startTableWorker(script: string, died?: (reason: Message) => void): TableClient {
  return new TableClient(new Worker(script, { resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } }), died);
}

/**
 * Asks the worker that holds the table of an investigation. Every call is a promise that a `TableError` rejects; a cancelled one is rejected
 * at once, whatever the worker is doing.
 */
export class TableClient {
  private readonly pending = new Map<number, Pending>();
  private nextId = 1;
  private ended: TableFailure | undefined;

  /** `died` is called once, when the worker ended without having been told to: it answers nothing any more. */
  constructor(
    private readonly worker: TableWorkerPort,
    private readonly died?: (reason: Message) => void,
  ) {
    worker.on('message', (value) => this.receive(value));
    worker.on('error', (error) => this.workerEnded(message('The index stopped: {0}', error.message)));
    worker.on('exit', () => this.workerEnded(message('The index was closed.')));
  }

  /** Asks one question. */
  call<Method extends TableMethod>(
    method: Method,
    params: TableCalls[Method]['request'],
    options: CallOptions<TableCalls[Method]['progress']> = {},
  ): Promise<TableCalls[Method]['result']> {
    const { cancellation, version } = options;
    if (this.ended !== undefined) return Promise.reject(new TableError(this.ended));
    if (cancellation?.isCancellationRequested === true) return Promise.reject(new TableError(CANCELLED));
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.pending.set(id, {
        resolve,
        reject,
        onProgress: options.onProgress && ((progress) => options.onProgress?.(progress)),
        cancellation: cancellation?.onCancellationRequested(() => this.cancel(id)),
      });
      this.worker.postMessage({ kind: 'request', id, method, params, version } as ToTableWorker);
    });
  }

  /** Ends the worker and what it holds. Calls under way are rejected. */
  async dispose(): Promise<void> {
    this.end(message('The index was closed.'));
    await this.worker.terminate();
  }

  private cancel(id: number): void {
    const pending = this.take(id);
    if (pending === undefined) return;
    this.worker.postMessage({ kind: 'cancel', id });
    pending.reject(new TableError(CANCELLED));
  }

  private receive(value: unknown): void {
    if (!isFromTableWorker(value)) return;
    // What was cancelled may still be answered.
    if (value.kind === 'progress') this.pending.get(value.id)?.onProgress?.(value.progress as never);
    else if (value.kind === 'result') this.take(value.id)?.resolve(value.result as never);
    else this.take(value.id)?.reject(new TableError(value.failure));
  }

  private take(id: number): Pending | undefined {
    const pending = this.pending.get(id);
    this.pending.delete(id);
    pending?.cancellation?.dispose();
    return pending;
  }

  private workerEnded(reason: Message): void {
    // An error is followed by the exit.
    if (this.ended !== undefined) return;
    this.end(reason);
    this.died?.(reason);
  }

  private end(text: Message): void {
    this.ended ??= { kind: 'failed', message: text };
    for (const id of [...this.pending.keys()]) this.take(id)?.reject(new TableError(this.ended));
  }
}
