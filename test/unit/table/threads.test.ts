import { randomBytes } from 'node:crypto';
import { copyFileSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RecordView } from '../../../src/core/events/recordView';
import { compilePattern } from '../../../src/core/patterns/match';
import { type TableClient, startTableWorker } from '../../../src/host/investigation/tableClient';
import { MERGER, SCANNER, buildModules } from '../../../scripts/lib/wasm.mjs';
import { utf8 } from '../../fixtures/bytes';
import { TestFolder } from '../../fixtures/folder';
import { oneRecord } from '../../fixtures/oneRecord';
import { makeRecords } from '../../fixtures/records';
import { valid } from '../patterns/support';
import { ruleWith } from '../rules/support';

const folder = new TestFolder();
const DIST = join(folder.path, 'dist');
const LOGS = join(folder.path, 'logs');
const JSONS = makeRecords(3000, 5).map((record) => JSON.stringify(record));
const PER_FILE = 100;
let client: TableClient;

/** The worker as it is shipped: its bundles side by side, the data and the compiled modules one folder above. */
beforeAll(async () => {
  await buildModules();
  for (const name of ['tableWorker', 'recordWorker', 'scanWorker']) {
    buildSync({
      entryPoints: [`src/worker/${name}.ts`],
      outfile: join(DIST, `worker/${name}.js`),
      ...{ bundle: true, platform: 'node', format: 'cjs', mainFields: ['module', 'main'] },
    });
  }
  copyFileSync(SCANNER, join(DIST, 'scanner.wasm'));
  copyFileSync(MERGER, join(DIST, 'merger.wasm'));
  for (const from of ['src/core/events/data', 'src/core/rules/data'])
    cpSync(from, join(DIST, 'data'), { recursive: true });
  for (let from = 0; from < JSONS.length; from += PER_FILE) {
    const text = `{"Records":[${JSONS.slice(from, from + PER_FILE).join(',')}]}`;
    folder.write(`logs/${String(from).padStart(5, '0')}.json.gz`, gzipSync(text));
  }
  client = startTableWorker(join(DIST, 'worker/tableWorker.js'));
});

afterAll(async () => {
  await client.dispose();
  folder.remove();
});

describe('the worker of a table', () => {
  const open = { sources: [LOGS], cacheFolder: join(folder.path, 'cache'), workers: 2 };

  test('reads a folder, and opens it again as it was saved', async () => {
    const phases = new Set<string>();
    const first = await client.call('open', open, { onProgress: ({ phase }) => phases.add(phase) });
    expect(first).toMatchObject({ version: 1, rowCount: JSONS.length, files: JSONS.length / PER_FILE });
    expect(first).toMatchObject({ fromCache: false, undated: 0, duplicates: 0, problems: [] });
    expect([...phases]).toEqual(expect.arrayContaining(['listing', 'reading', 'merging', 'rules']));
    expect(await client.call('save', null)).toBe(null);
    const again = await client.call('open', open);
    expect(again).toMatchObject({ version: 2, rowCount: JSONS.length, fromCache: true, filesRead: 0 });
    expect(again.findings).toEqual(first.findings);
  });

  test('says why what was read could not be saved', async () => {
    const path = folder.write('no-folder', '');
    const other = startTableWorker(join(DIST, 'worker/tableWorker.js'));
    await other.call('open', { ...open, cacheFolder: join(path, 'cache') });
    const problem = await other.call('save', null);
    expect(problem).toMatchObject({ path: join(path, 'cache'), problems: [{ kind: 'not-saved' }] });
    await other.call('refresh', null);
    expect(await other.call('save', null)).toEqual(problem);
    await other.call('open', { ...open, cacheFolder: null });
    expect(await other.call('save', null)).toBe(null);
    await other.dispose();
  });

  test('selects by what stands in the records only', async () => {
    const pattern = '{ ($.responseElements.ratio > 0.9) || ($.requestParameters.tags[0].value = "😀") }';
    const holds = compilePattern(valid(pattern));
    const expected = JSONS.filter((json) => holds(new RecordView(utf8(json))));
    const { count, scanned, unreadable } = await client.call('filter', { query: { pattern } });
    expect([count, scanned, unreadable]).toEqual([expected.length, JSONS.length, 0]);
    const page = await client.call('page', { query: { pattern }, from: 0, count: 3, fields: ['eventID'] });
    const ids = expected.slice(0, 3).map((json) => (JSON.parse(json) as { eventID: string }).eventID);
    expect(page.cells.eventID).toEqual(ids);
    const { json } = await client.call('record', { row: page.rows[0]! });
    expect(json).toBe(expected[0]);
  });

  test("asks rules of one's own of the records once, as long as nothing is new", async () => {
    const pattern = '{ $.responseElements.ratio > 0.9 }';
    const rule = ruleWith({ id: 'own', origin: 'own', eventSource: '*', eventName: '*', condition: pattern });
    const holds = compilePattern(valid(pattern));
    const { length } = JSONS.filter((json) => holds(new RecordView(utf8(json))));
    expect(await client.call('rules', { rules: [rule], mutes: [] })).toMatchObject({ rulesToSearch: 1 });
    expect(await client.call('searchRules', null)).toMatchObject({ rulesToSearch: 0 });
    const found = await client.call('findings', { query: { pattern: '' } });
    expect(found.find(({ id }) => id === 'own')?.count).toBe(length);
    expect(await client.call('refresh', null)).toMatchObject({ filesRead: 0, rulesToSearch: 0 });
    expect(await client.call('findings', { query: { pattern: '' } })).toEqual(found);
  });

  test('takes in new files on refresh, and counts an event once', async () => {
    const fresh = JSON.stringify(oneRecord({ eventName: 'New', eventID: 'new', eventTime: '2030-01-01T00:00:00Z' }));
    folder.write('logs/new.json', `{"Records":[${JSONS[0]},${fresh}]}`);
    const info = await client.call('refresh', null);
    expect(info).toMatchObject({ rowCount: JSONS.length + 1, duplicates: 1, filesRead: 1 });
    const { count } = await client.call('filter', { query: { pattern: '{ $.eventName = "New" }' } });
    expect(count).toBe(1);
  });

  test('ends a search that is cancelled, and goes on answering', async () => {
    const listeners = new Set<() => void>();
    const cancellation = {
      isCancellationRequested: false,
      onCancellationRequested: (listener: () => void) => {
        listeners.add(listener);
        return { dispose: () => void listeners.delete(listener) };
      },
    };
    const query = { pattern: '{ $.responseElements.ratio > 0.123 }' };
    const answer = client.call('filter', { query }, { cancellation });
    for (const cancel of listeners) cancel();
    await expect(answer).rejects.toMatchObject({ kind: 'cancelled' });
    const { count } = await client.call('filter', { query: { pattern: '' } });
    expect(count).toBe(JSONS.length + 1);
  });

  test('reads the same in three threads, which begin while files are still listed, as in one', async () => {
    const note = (): string => randomBytes(1800).toString('base64');
    for (let file = 0; file < 80; file++) {
      const records = makeRecords(50, file).map((record, i) =>
        JSON.stringify({ ...record, eventID: `${file}-${i}`, requestParameters: { note: note() } }),
      );
      folder.write(`many/${file % 7}/${file}.json.gz`, gzipSync(`{"Records":[${records.join(',')}]}`));
    }
    const request = { sources: [join(folder.path, 'many')], cacheFolder: null };
    const read = async (workers: number): Promise<unknown> => {
      const info = await client.call('open', { ...request, workers });
      const page = { query: { pattern: '' }, from: 500, count: 1000 };
      const fields = ['eventTime', 'eventName', 'principal', 'eventID', 'errorCode', 'severity'] as const;
      return [{ ...info, version: 0, findingsVersion: 0 }, await client.call('page', { ...page, fields })];
    };
    const alone = await read(1);
    expect(alone).toMatchObject([{ rowCount: 4000, files: 80, problems: [] }, { total: 4000 }]);
    expect(await read(3)).toEqual(alone);
    // With a second source no file is read before all are known.
    const twice = { ...request, sources: [...request.sources, join(folder.path, 'many/3')], workers: 3 };
    expect(await client.call('open', twice)).toMatchObject({ rowCount: 4000, files: 80, filesRead: 80 });
  });

  test('closes', async () => {
    await client.call('close', null);
    await expect(client.call('filter', { query: { pattern: '' } })).rejects.toMatchObject({ kind: 'stale' });
  });
});
