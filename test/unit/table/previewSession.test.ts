import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { ErrorCodes } from '../../../src/core/events/errorCodes';
import errorCodeData from '../../../src/core/events/data/error-codes.json';
import { Catalogue } from '../../../src/core/rules/catalogue';
import { plainIndex } from '../../../src/node/table/plainIndex';
import { RecordPool } from '../../../src/node/table/recordPool';
import { runRecordTask } from '../../../src/node/table/recordTasks';
import type { OpenProgress, TableCalls, TableInfo, TableMethod } from '../../../src/protocol/tableProtocol';
import type { Failure } from '../../../src/worker/failure';
import { OpenTable } from '../../../src/worker/openTable';
import type { ReadIndex, WhileReading } from '../../../src/worker/readIndex';
import { TableSession } from '../../../src/worker/tableSession';
import { TestFolder } from '../../fixtures/folder';
import { deliveredLog, oneRecord } from '../../fixtures/oneRecord';
import { rules } from '../rules/support';

const folder = new TestFolder();
afterAll(() => folder.remove());
const catalogue = new Catalogue(rules);
const stopping = oneRecord({ eventName: 'StopLogging', eventSource: 'cloudtrail.amazonaws.com' });
const first = folder.write('a/1.json', deliveredLog([stopping]));
folder.write('a/2.json', deliveredLog([oneRecord(), oneRecord({ a: 1 })]));
const ALL = { query: { pattern: '' } };

async function indexOf(path: string): Promise<ReadIndex> {
  const table = await plainIndex([path], catalogue.rules);
  return { table, duplicates: 0, passedOver: 0, problems: [], fromCache: false, filesRead: 1, packedBytes: 1 };
}

describe('a session that is reading', () => {
  let session: TableSession;
  /** What the reader was given, and what ends it. */
  let readings: (WhileReading & { end(index: ReadIndex): void; fail(error: Error): void })[];
  let told: OpenProgress[];
  beforeEach(() => {
    readings = [];
    told = [];
    session = new TableSession({
      catalogue,
      errorCodes: new ErrorCodes(errorCodeData),
      newPool: () => new RecordPool(() => ({ run: (task) => runRecordTask(task), end: () => Promise.resolve() }), 1),
      readIndex: (_, __, meanwhile) => new Promise((end, fail) => readings.push({ ...meanwhile, end, fail })),
    });
  });

  async function ask<Method extends TableMethod>(
    method: Method,
    params: TableCalls[Method]['request'],
    version?: number,
    signal = new AbortController().signal,
  ): Promise<TableCalls[Method]['result']> {
    const request = { kind: 'request', id: 1, method, params, version } as Parameters<TableSession['answer']>[0];
    const progress = (each: unknown): void => void told.push(each as OpenProgress);
    return await session.answer(request, { signal, progress });
  }
  const open = (signal?: AbortSignal): Promise<TableInfo> =>
    ask('open', { sources: [folder.path], cacheFolder: null }, undefined, signal);

  /** Gives the reading under way its first events; answers what the host is told of them. */
  async function preview(unwanted = new AbortController().signal): Promise<TableInfo | undefined> {
    await readings.at(-1)!.preview!(await indexOf(first), unwanted);
    const last = told.at(-1);
    return last?.phase === 'preview' ? last.info : undefined;
  }
  const isStale = (answer: Promise<unknown>): Promise<void> =>
    expect(answer).rejects.toMatchObject({ failure: { kind: 'stale' } satisfies Partial<Failure['failure']> });

  test('answers about the first events by their version, and about all once they are there', async () => {
    const opened = open();
    const info = (await preview())!;
    expect(info).toMatchObject({ version: 1, rowCount: 1, files: 1 });
    expect(info.findings.reduce((sum, each) => sum + each)).toBe(1);
    expect((await ask('filter', ALL, 1)).count).toBe(1);
    expect((await ask('record', { row: 0 }, 1)).json).toBe(JSON.stringify(stopping));
    // Whoever does not ask for the first events wants all.
    await isStale(ask('filter', ALL));
    readings[0]!.end(await indexOf(folder.path));
    expect(await opened).toMatchObject({ version: 2, rowCount: 3 });
    await isStale(ask('filter', ALL, 1));
    expect((await ask('filter', ALL, 2)).count).toBe(3);
    expect((await ask('filter', ALL)).count).toBe(3);
    await session.close();
  });

  test.each([
    ['is cancelled', 'cancelled'],
    ['fails', 'failed'],
    ['is closed', 'closed'],
  ])('has no first events any more when it %s', async (_, how) => {
    const disposed = vi.spyOn(OpenTable.prototype, 'dispose');
    const abort = new AbortController();
    const opened = open(abort.signal);
    await preview();
    if (how === 'closed') await session.close();
    else abort.abort();
    if (how === 'failed') readings[0]!.fail(new Error('no memory'));
    else readings[0]!.end(await indexOf(folder.path));
    if (how !== 'closed') await expect(opened).rejects.toThrow(how === 'failed' ? 'no memory' : 'cancelled');
    else await opened;
    expect(disposed).toHaveBeenCalledTimes(1);
    await isStale(ask('filter', ALL, 1));
    disposed.mockRestore();
    await session.close();
  });

  test('tells of no first events that nobody wants any more', async () => {
    const opened = open();
    expect(await preview(AbortSignal.abort())).toBeUndefined();
    await isStale(ask('filter', ALL, 1));
    readings[0]!.end(await indexOf(folder.path));
    expect((await opened).version).toBeGreaterThan(1);
    await session.close();
  });

  test('keeps the table at hand until the next is there, instead of first events', async () => {
    const opened = open();
    readings[0]!.end(await indexOf(folder.path));
    const { version } = await opened;
    const other = open();
    expect(readings[1]!.preview).toBeUndefined();
    expect((await ask('filter', ALL, version)).count).toBe(3);
    readings[1]!.end(await indexOf(first));
    const next = await other;
    expect(next.version).toBeGreaterThan(version);
    await isStale(ask('filter', ALL, version));
    await session.close();
  });

  test('has the first events of each of two readings that overlap', async () => {
    const abort = new AbortController();
    const cancelled = open(abort.signal);
    const one = (await preview())!;
    const opened = open();
    const two = (await preview())!;
    expect(two.version).toBeGreaterThan(one.version);
    abort.abort();
    readings[0]!.end(await indexOf(first));
    await expect(cancelled).rejects.toThrow('cancelled');
    await isStale(ask('filter', ALL, one.version));
    expect((await ask('filter', ALL, two.version)).count).toBe(1);
    readings[1]!.end(await indexOf(folder.path));
    expect((await opened).version).toBeGreaterThan(two.version);
    await session.close();
  });
});
