import type { TableWorkerPort } from '../../../src/host/investigation/tableClient';
import type { TableFailure, TableMethod, ToTableWorker } from '../../../src/protocol/tableProtocol';

/** The table's worker: it answers when it is told to. */
export class FakeWorker implements TableWorkerPort {
  readonly sent: ToTableWorker[] = [];
  private readonly listeners = new Map<string, (value: never) => void>();
  terminated = false;

  postMessage(value: ToTableWorker): void {
    this.sent.push(value);
  }

  on(event: string, listener: (value: never) => void): void {
    this.listeners.set(event, listener);
  }

  emit(event: 'message' | 'error' | 'exit', value: unknown): void {
    this.listeners.get(event)?.(value as never);
  }

  /** Answers the newest question of a method. */
  answer(method: TableMethod, result: unknown): void {
    this.emit('message', { kind: 'result', id: this.idOf(method), result });
  }

  /** Tells of the newest question of a method how far it is. */
  progress(method: TableMethod, progress: unknown): void {
    this.emit('message', { kind: 'progress', id: this.idOf(method), progress });
  }

  fail(method: TableMethod, failure: TableFailure): void {
    this.emit('message', { kind: 'failure', id: this.idOf(method), failure });
  }

  private idOf(method: TableMethod): number | undefined {
    return this.sent.findLast((each) => each.kind === 'request' && each.method === method)?.id;
  }

  terminate(): Promise<void> {
    this.terminated = true;
    return Promise.resolve();
  }
}
