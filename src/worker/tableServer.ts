import { type FromTableWorker, isToTableWorker } from '../protocol/tableProtocol';
import { failureOf } from './failure';
import type { TableSession } from './tableSession';

/** Passes messages to a session and its answers back. Questions run side by side; one that is cancelled is told so. */
export class TableServer {
  private readonly underWay = new Map<number, AbortController>();

  constructor(
    private readonly session: TableSession,
    private readonly post: (value: FromTableWorker) => void,
  ) {}

  receive(value: unknown): void {
    if (!isToTableWorker(value)) return;
    if (value.kind === 'cancel') this.underWay.get(value.id)?.abort();
    else void this.answer(value);
  }

  private async answer(request: Parameters<TableSession['answer']>[0]): Promise<void> {
    const { id } = request;
    const abort = new AbortController();
    this.underWay.set(id, abort);
    try {
      const result = await this.session.answer(request, {
        signal: abort.signal,
        progress: (progress) => {
          if (!abort.signal.aborted) this.post({ kind: 'progress', id, progress });
        },
      });
      this.post({ kind: 'result', id, result });
    } catch (error) {
      this.post({ kind: 'failure', id, failure: failureOf(error) });
    } finally {
      this.underWay.delete(id);
    }
  }
}
