import { statSync, truncateSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type LogIndex, updateIndex } from '../../../src/node/index/logIndex';
import { openIndex, keepIndex } from '../../../src/node/index/openIndex';
import { readPreview } from '../../../src/node/index/preview';
import type { ScanResult } from '../../../src/node/index/scan';
import { zipOf } from '../../fixtures/archives';
import { utf8 } from '../../fixtures/bytes';
import { TestFolder } from '../../fixtures/folder';
import { delivered, optionsFor, recordOf, texts, workerScript } from './support';

const GOES_ON = new AbortController().signal;
const MB = 1024 * 1024;

let folder: TestFolder;
beforeEach(() => (folder = new TestFolder()));
afterEach(() => folder.remove());

/** Records of some 1.1 KB that do not pack well, 5,000 of them unless told otherwise. */
function records(prefix: string, count = 5000): string[] {
  const noise = (n: number): string => Array.from({ length: 20 }, (_, i) => Math.sin(n * 20 + i)).join('');
  return Array.from({ length: count }, (_, n) => recordOf(`${prefix}${n}`, { requestParameters: { a: noise(n) } }));
}

const setup = { rules: [], module: optionsFor().module };

function previewOf(...paths: string[]): Promise<ScanResult | undefined> {
  const files = paths.map((path) => {
    const { size, mtimeMs } = statSync(path);
    return { path, size, modified: mtimeMs, named: false };
  });
  return readPreview(files, setup, GOES_ON);
}

const rowsOf = ({ part }: ScanResult): number => part.chunks.reduce((sum, { rowCount }) => sum + rowCount, 0);

describe('a preview', () => {
  test.each([
    { name: 'plain.json', pack: utf8, compression: 'none' },
    { name: 'packed.json.gz', pack: gzipSync, compression: 'gzip' },
  ])('has the first events of a log: $name', async ({ name, pack, compression }) => {
    const all = records('e');
    const path = folder.write(name, pack(delivered(...all)));
    const result = (await previewOf(path))!;
    const rows = rowsOf(result);
    expect(rows).toBeGreaterThan(50);
    expect(rows).toBeLessThan(3000);
    const { logs } = result.files[0]!.reading;
    expect(logs).toMatchObject([{ path, compression, records: rows }]);
    // What is not known yet is guessed well.
    expect(logs[0]!.unpacked / delivered(...all).length).toBeCloseTo(1, 1);
    // They stand where they stand in the whole log.
    const { offset, length } = result.part.chunks[0]!;
    const content = utf8(delivered(...all));
    expect(content.subarray(offset[3], offset[3]! + length[3]!)).toEqual(utf8(all[3]!));
  });

  test('has all events of small logs, one log after another, and passes over what is none', async () => {
    const paths = [
      folder.write('a.json', delivered(...records('a', 3))),
      folder.write('b.json', '{"other": 1}'),
      folder.write('c.json.gz', gzipSync(delivered(...records('c', 4)))),
      folder.write('d.zip', zipOf([{ name: 'd.json', content: utf8(delivered(...records('d', 5))) }])),
      folder.write('e.json.gz', gzipSync(delivered(...records('e', 6))).subarray(0, -20)),
      folder.write('f.txt', 'no log at all'),
      folder.write('g.json', delivered(...records('g', 7)).slice(0, -1)),
      folder.path,
      folder.write('h.ndjson', records('h', 8).join('\n')),
    ];
    const result = (await previewOf(...paths))!;
    expect(result.files.map(({ file, reading }) => [file, reading.logs[0]!.records])).toEqual([
      [0, 3],
      [2, 4],
      [8, 8],
    ]);
    expect([...result.fileOf].filter((file) => file >= 0)).toEqual([0, 2, 8]);
  });

  test('passes over any number of digests, which come first in a bucket', async () => {
    const name = (kind: string, rest: string): string =>
      `AWSLogs/123456789012/${kind}/us-east-1/2026/03/04/123456789012_${kind}_us-east-1_${rest}`;
    const digests = Array.from({ length: 50 }, (_, i) =>
      folder.write(name('CloudTrail-Digest', `trail_us-east-1_20260304T0506${i + 10}Z.json.gz`), gzipSync('{"a":1}')),
    );
    const log = folder.write(name('CloudTrail', '20260304T0510Z_abc.json.gz'), gzipSync(delivered(...records('c', 4))));
    expect((await previewOf(...digests, log))?.files.map(({ file }) => file)).toEqual([50]);
  });

  test('has the whole records of a packed log that is cut off further behind', async () => {
    const path = folder.write('cut.json.gz', gzipSync(delivered(...records('e'))));
    truncateSync(path, statSync(path).size / 2);
    expect(rowsOf((await previewOf(path))!)).toBeGreaterThan(50);
  });

  test.each([
    ['an archive', () => zipOf([{ name: 'x.json', content: utf8(delivered(...records('x'))) }])],
    ['no log', () => `{"other": [${'1,'.repeat(MB)}1]}`],
    ['what begins with another object', () => `{"other": {}}${delivered(...records('x'))}`],
    ['a first record that does not end', () => `{"Records":[{"a":"${'x'.repeat(3 * MB)}`],
    ['a first record that is too large', () => delivered(recordOf('x', { a: 'x'.repeat(3 * MB) }), ...records('y', 9))],
    ['what unpacks out of proportion', () => gzipSync(delivered(recordOf('x', { a: 'x'.repeat(90 * MB) })))],
    ['damaged packed data', () => gzipSync(delivered(...records('x'))).fill(255, 100, 5000)],
    ['nothing', () => ''],
  ])('is not made of %s', async (_, content) => {
    expect(await previewOf(folder.write('it', content()))).toBeUndefined();
  });

  test('passes over what unpacks to far more than a log', async () => {
    const log = gzipSync(delivered(recordOf('a', { requestParameters: { a: 'a'.repeat(8 * MB) } })));
    expect(log.length).toBeLessThan(64 * 1024);
    const paths = [folder.write('a.json.gz', log), folder.write('b.json', delivered(recordOf('b')))];
    expect((await previewOf(...paths))?.files.map(({ file }) => file)).toEqual([1]);
  });

  test('ends when it is not wanted any more', async () => {
    const path = folder.write('a.json', delivered(...records('a', 3)));
    const { size, mtimeMs: modified } = statSync(path);
    const file = { path, size, modified, named: false };
    expect(await readPreview([file], setup, AbortSignal.abort())).toBeUndefined();
  });
});

describe('an index that is read for the first time', () => {
  let script: string;
  beforeAll(() => (script = workerScript()));

  /** What was handed out while the sources were read, and the whole. */
  async function read(options = {}): Promise<{ previews: LogIndex[]; whole: LogIndex | undefined }> {
    const previews: LogIndex[] = [];
    const onPreview = (index: LogIndex): Promise<void> => Promise.resolve(void previews.push(index));
    const updated = await updateIndex(undefined, { ...optionsFor(folder.path), script, onPreview, ...options });
    return { previews, whole: updated?.index };
  }

  test.each([
    ['by workers', 3],
    ['by this thread', 1],
  ])('hands out the first events of the first log before it is there: %s', async (_, workers) => {
    folder.write('a/1.json', delivered(...records('a')));
    folder.write('b/2.json', delivered(...records('b', 9000)));
    const { previews, whole } = await read({ workers });
    expect(previews.length).toBe(1);
    const [{ table, readings, duplicates }] = previews as [LogIndex];
    expect(duplicates.rowCount).toBe(0);
    expect(readings.map(({ path }) => path)).toEqual(table.files.map(({ path }) => path));
    expect(table.files.map(({ path }) => path.endsWith('1.json'))).toEqual([true]);
    const ids = (index: LogIndex): (string | undefined)[] => texts({ index, filesRead: 0, isChanged: true }, 'eventID');
    expect(ids(previews[0]!)).toEqual(records('a', table.rowCount).map((_, n) => `a${n}`));
    expect(whole!.table.rowCount).toBe(14_000);
    expect(ids(whole!)).toEqual(expect.arrayContaining(ids(previews[0]!)));
  });

  test.each([1, 3])('ends nothing when it fails, with %d workers allowed', async (workers) => {
    folder.write('a.json', delivered(...records('a', 9000)));
    const { whole } = await read({ workers, onPreview: () => Promise.reject(new Error('no screen')) });
    expect(whole?.table.rowCount).toBe(9000);
  });

  test('hands out nothing when little is to be read, or when it is cancelled', async () => {
    folder.write('small.json', delivered(...records('a', 100)));
    expect((await read()).previews.length).toBe(0);
    folder.write('large.json', delivered(...records('b')));
    expect((await read()).previews.length).toBe(1);
    const abort = new AbortController();
    const reading = read({ signal: abort.signal });
    abort.abort();
    const { previews, whole } = await reading;
    expect([previews.length, whole]).toEqual([0, undefined]);
  });

  test('hands out nothing once it was saved', async () => {
    folder.write('logs/large.json', delivered(...records('b')));
    const previews: LogIndex[] = [];
    const onPreview = (index: LogIndex): Promise<void> => Promise.resolve(void previews.push(index));
    const options = { ...optionsFor(`${folder.path}/logs`), script, onPreview };
    const cache = `${folder.path}/cache`;
    await keepIndex(cache, options, (await openIndex(cache, options))!);
    expect(previews.length).toBe(1);
    expect((await openIndex(cache, options))!.fromSaved).toBe(true);
    folder.write('logs/more.json', delivered(...records('c')));
    expect((await openIndex(cache, options))!.filesRead).toBe(1);
    expect(previews.length).toBe(1);
  });
});
