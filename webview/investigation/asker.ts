import type {
  Answer,
  AskFailure,
  AskedMethod,
  InvestigationQuestion,
  InvestigationToHost,
  InvestigationToWebview,
  Question,
  RecordDetail,
} from '../../src/protocol/investigationProtocol';
import type { ScanProgress } from '../../src/protocol/tableProtocol';

/** Why a question has no answer. */
export class AskError extends Error {
  constructor(readonly failure: AskFailure) {
    super(failure.text);
    this.name = 'AskError';
  }
}

interface Pending {
  resolve(result: never): void;
  reject(error: AskError): void;
  readonly onProgress: (progress: ScanProgress) => void;
}

export interface AskOptions {
  /** Questions with the same name take the place of one another: the earlier one is cancelled. */
  readonly slot?: string;
  onProgress?(progress: ScanProgress): void;
}

/** Asks the table that is shown by way of the host. An answer that is not wanted any more never comes. */
export class Asker {
  private readonly pending = new Map<number, Pending>();
  private readonly slots = new Map<string, number>();
  private nextId = 1;

  /** `version`: that of the table that is shown. */
  constructor(
    private readonly post: (message: InvestigationToHost) => void,
    private readonly version: () => number,
  ) {}

  ask<Method extends AskedMethod>(
    method: Method,
    params: Question<Method>,
    options: AskOptions = {},
  ): Promise<Answer<Method>> {
    return this.send({ kind: 'ask', method, params }, options);
  }

  record(row: number, options: AskOptions = {}): Promise<RecordDetail> {
    return this.send({ kind: 'record', row }, options);
  }

  /** Gives up what is asked in a slot; its promise is rejected as cancelled. */
  cancel(slot: string): void {
    const id = this.slots.get(slot);
    if (id === undefined || !this.pending.has(id)) return;
    this.post({ kind: 'cancelAsk', id });
    this.take(id)?.reject(new AskError({ kind: 'cancelled', text: '' }));
  }

  cancelAll(): void {
    for (const slot of this.slots.keys()) this.cancel(slot);
  }

  receive(message: InvestigationToWebview): void {
    if (message.kind === 'answer') this.take(message.id)?.resolve(message.result as never);
    else if (message.kind === 'failure') this.take(message.id)?.reject(new AskError(message.failure));
    else if (message.kind === 'progress') {
      this.pending.get(message.id)?.onProgress(message.progress as ScanProgress);
    }
  }

  private send<Result>(question: InvestigationQuestion, options: AskOptions): Promise<Result> {
    const { slot } = options;
    if (slot !== undefined) this.cancel(slot);
    const id = this.nextId++;
    if (slot !== undefined) this.slots.set(slot, id);
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject, onProgress: (progress) => options.onProgress?.(progress) });
      this.post({ ...question, id, version: this.version() });
    });
  }

  private take(id: number): Pending | undefined {
    const pending = this.pending.get(id);
    this.pending.delete(id);
    return pending;
  }
}
