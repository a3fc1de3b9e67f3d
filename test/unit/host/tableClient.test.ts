import { describe, expect, test, vi } from 'vitest';
import { TableClient, TableError } from '../../../src/host/investigation/tableClient';
import { message } from '../../../src/core/message';
import { FakeWorker } from './fakeWorker';

/** As `vscode.CancellationTokenSource`. */
class Source {
  readonly listeners = new Set<() => void>();
  isCancellationRequested = false;

  onCancellationRequested(listener: () => void): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  cancel(): void {
    this.isCancellationRequested = true;
    for (const listener of [...this.listeners]) listener();
  }
}

const QUERY = { query: { pattern: '' } };

function started(died = vi.fn()): { worker: FakeWorker; client: TableClient } {
  const worker = new FakeWorker();
  return { worker, client: new TableClient(worker, died) };
}

describe('a table client', () => {
  test('matches answers to questions, in whatever order they come', async () => {
    const { worker, client } = started();
    const first = client.call('filter', QUERY);
    const second = client.call('values', { path: 'eventName', prefix: '', most: 1 });
    const [one, two] = worker.sent.map(({ id }) => id);
    worker.emit('message', { kind: 'result', id: two, result: [] });
    worker.emit('message', { kind: 'result', id: one, result: { count: 7 } });
    expect(await second).toEqual([]);
    expect(await first).toMatchObject({ count: 7 });
  });

  test('passes progress on until the answer', async () => {
    const { worker, client } = started();
    const seen: unknown[] = [];
    const answer = client.call('filter', QUERY, { onProgress: (progress) => seen.push(progress) });
    const { id } = worker.sent[0]!;
    worker.emit('message', { kind: 'progress', id, progress: { scanned: 1 } });
    worker.emit('message', { kind: 'result', id, result: {} });
    worker.emit('message', { kind: 'progress', id, progress: { scanned: 2 } });
    await answer;
    expect(seen).toEqual([{ scanned: 1 }]);
  });

  test('rejects with what the worker says', async () => {
    const { worker, client } = started();
    const answer = client.call('filter', QUERY);
    const failure = { kind: 'pattern', message: message('The pattern is not valid.'), errors: [{ start: 0 }] };
    worker.emit('message', { kind: 'failure', id: worker.sent[0]!.id, failure });
    const error = await answer.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TableError);
    expect(error).toMatchObject({ kind: 'pattern', message: 'The pattern is not valid.', errors: [{ start: 0 }] });
  });

  test('rejects what is cancelled at once, tells the worker, and ignores a late answer', async () => {
    const { worker, client } = started();
    const source = new Source();
    const answer = client.call('filter', QUERY, { cancellation: source });
    source.cancel();
    await expect(answer).rejects.toMatchObject({ kind: 'cancelled' });
    const { id } = worker.sent[0]!;
    expect(worker.sent[1]).toEqual({ kind: 'cancel', id });
    worker.emit('message', { kind: 'result', id, result: {} });
    expect(source.listeners.size).toBe(0);
    await expect(client.call('filter', QUERY, { cancellation: source })).rejects.toMatchObject({ kind: 'cancelled' });
    expect(worker.sent).toHaveLength(2);
  });

  test('lets go of cancellations when answered', async () => {
    const { worker, client } = started();
    const source = new Source();
    const answer = client.call('filter', QUERY, { cancellation: source });
    worker.emit('message', { kind: 'result', id: worker.sent[0]!.id, result: {} });
    await answer;
    expect(source.listeners.size).toBe(0);
  });

  test.each([
    ['fails', (worker: FakeWorker) => worker.emit('error', new Error('no memory')), 'The index stopped: no memory'],
    ['exits', (worker: FakeWorker) => worker.emit('exit', 1), 'The index was closed.'],
  ])('rejects everything when the worker %s', async (_, end, text) => {
    const died = vi.fn();
    const { worker, client } = started(died);
    const answer = client.call('filter', QUERY);
    end(worker);
    worker.emit('exit', 1);
    expect(died.mock.calls).toEqual([[expect.objectContaining({ template: text.replace('no memory', '{0}') })]]);
    await expect(answer).rejects.toMatchObject({ kind: 'failed', message: text });
    await expect(client.call('filter', QUERY)).rejects.toMatchObject({ kind: 'failed' });
  });

  test('ends the worker', async () => {
    const died = vi.fn();
    const { worker, client } = started(died);
    const answer = client.call('filter', QUERY);
    const ended = client.dispose();
    worker.emit('exit', 1);
    expect(died).not.toHaveBeenCalled();
    await expect(answer).rejects.toMatchObject({ kind: 'failed' });
    await ended;
    expect(worker.terminated).toBe(true);
  });

  test.each([null, 'text', {}, { kind: 'result' }, { kind: 'result', id: 'x' }, { kind: 'failure', id: 1 }])(
    'ignores a message that is no answer: %j',
    async (value) => {
      const { worker, client } = started();
      const answer = client.call('filter', QUERY);
      worker.emit('message', value);
      worker.emit('message', { kind: 'result', id: worker.sent[0]!.id, result: 'the answer' });
      expect(await answer).toBe('the answer');
    },
  );
});
