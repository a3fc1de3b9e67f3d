import { existsSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type IndexProgress, updateIndex } from '../../../src/node/index/logIndex';
import { plainIndex } from '../../../src/node/table/plainIndex';
import { gzipMember, zipOf } from '../../fixtures/archives';
import { concat, utf8 } from '../../fixtures/bytes';
import { CONTAINERS } from '../../fixtures/containers';
import { TestFolder } from '../../fixtures/folder';
import { makeRecords } from '../../fixtures/records';
import { delivered, optionsFor, recordOf, texts, workerScript } from './support';

let folder: TestFolder;
beforeEach(() => (folder = new TestFolder()));
afterEach(() => folder.remove());

/** Logs of every container and some ways of packing, each with events of its own. */
function writeLogs(): void {
  CONTAINERS.forEach(({ build }, i) => {
    const records = makeRecords(3, i).map((record, n) => ({ ...record, eventID: `e-${i}-${n}` }));
    const bytes = utf8(build(records));
    folder.write(`a/${String(i).padStart(2, '0')}.json`, i % 3 === 0 ? bytes : gzipSync(bytes));
  });
  const some = (name: string): Uint8Array => utf8(delivered(recordOf(`${name}1`), recordOf(`${name}2`)));
  folder.write('b/two members.gz', concat(gzipMember(some('m')), gzipMember(utf8('\n')), gzipMember(some('n'))));
  folder.write('b/twice.json.gz', gzipSync(gzipSync(some('t'))));
  folder.write(
    'b/archive.zip',
    zipOf([
      { name: 'x.json', content: some('x') },
      { name: 'y.gz', content: gzipSync(some('y')) },
    ]),
  );
  folder.write('b/garbage behind.gz', concat(gzipSync(some('g')), 'garbage'));
  folder.write('b/cut.json.gz', gzipSync(some('c')).subarray(0, -20));
}

describe('an index', () => {
  test('holds what the general reader finds, whatever the container and packing', async () => {
    writeLogs();
    const updated = await updateIndex(undefined, optionsFor(folder.path));
    const expected = await plainIndex([folder.path], []);
    const byPath = [...expected.files.keys()].sort((a, b) =>
      expected.files[a]!.path < expected.files[b]!.path ? -1 : 1,
    );
    const { table, duplicates } = updated!.index;
    expect(duplicates.rowCount).toBe(0);
    expect(table.files.map(({ path, size, modified, compression }) => [path, size, modified, compression])).toEqual(
      byPath
        .map((i) => expected.files[i]!)
        .map(({ path, size, modified, compression }) => [path, size, modified, compression]),
    );
    const places = ({ file, offset, length }: typeof table, name: (i: number) => string): string[] =>
      Array.from(file, (each, row) => `${name(each)} ${offset[row]!} ${length[row]!}`).sort();
    expect(places(table, (i) => table.files[i]!.path)).toEqual(places(expected, (i) => expected.files[i]!.path));
    expect(texts(updated, 'eventID').sort()).toEqual(
      texts({ ...updated!, index: { ...updated!.index, table: expected } }, 'eventID').sort(),
    );
  });

  test('of sources that a worker cannot start for fails, and nothing else does', async () => {
    const records = Array.from({ length: 4000 }, (_, n) => recordOf(String(n), { a: 'x'.repeat(2000) }));
    for (let i = 0; i < 4; i++) folder.write(`${i}.json`, delivered(...records));
    const script = folder.write('broken.js', 'throw new Error("no worker");');
    await expect(updateIndex(undefined, { ...optionsFor(folder.path), script, workers: 2 })).rejects.toThrow(
      'no worker',
    );
  });

  test('is the same by workers, but for nothing', async () => {
    writeLogs();
    // Enough for more than one worker, and not all alike.
    for (let i = 0; i < 6; i++) {
      const records = Array.from({ length: 3000 }, (_, n) =>
        recordOf(`${i}-${n}`, { userAgent: `agent ${(n * 7) % 500}`, a: String(Math.sin(n * i)).repeat(30) }),
      );
      folder.write(`c/${i}.json`, delivered(...records));
      // Some of them, and events with UUIDs, were delivered more than once.
      const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n % 50).padStart(12, '0')}`;
      folder.write(`d/${i}.json`, delivered(...records.slice(0, 9), ...[i, i + 1, 60].map((n) => recordOf(uuid(n)))));
    }
    const alone = await updateIndex(undefined, optionsFor(folder.path));
    const progress: IndexProgress[] = [];
    const shared = await updateIndex(undefined, {
      ...optionsFor(folder.path),
      ...{ workers: 3, script: workerScript(), onProgress: (each: IndexProgress) => void progress.push(each) },
    });
    expect(shared!.index).toEqual(alone!.index);
    expect(shared!.index.duplicates.rowCount).toBe(6 * 9 + 6 * 3 - 8);
    expect([...new Set(progress.map(({ phase }) => phase))]).toEqual(['listing', 'reading', 'merging']);
    const last = progress.at(-1)!;
    expect(last.files).toBe(last.totalFiles);
    expect(last.bytes).toBe(last.totalBytes);
    expect(last.records).toBeGreaterThanOrEqual(shared!.index.table.rowCount);
  });

  test('lists what could not be read, and counts what never was a log', async () => {
    folder.write('log.json', delivered(recordOf('1')));
    folder.write('damaged.json', `${delivered(recordOf('2')).slice(0, -2)},{"eventVersion":"1.`);
    folder.write('picture.png', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0));
    folder.write('notes.txt', 'Hello.');
    folder.write('page.json', '<html></html>');
    const { readings, problems } = (await updateIndex(undefined, optionsFor(folder.path, '/no/such/folder')))!.index;
    const found = readings.map(({ path, isOther, logs }) => [
      path.slice(folder.path.length + 1),
      isOther,
      logs.flatMap((log) => log.problems.map(({ kind }) => kind)),
      logs.reduce((sum, { records }) => sum + records, 0),
    ]);
    expect(found).toEqual([
      ['damaged.json', false, ['truncated'], 1],
      ['log.json', false, [], 1],
      ['notes.txt', true, ['not-cloudtrail'], 0],
      ['page.json', false, ['markup'], 0],
      ['picture.png', true, ['image'], 0],
    ]);
    expect(problems.map(({ path, problem }) => [path, problem.kind])).toEqual([['/no/such/folder', 'unreadable']]);
  });

  test.each([2, 3, 4, 7, 8, 17, 18])(
    'is of the other logs, too, when a packed one was cut to %i bytes',
    async (size) => {
      folder.write('a.json', delivered(recordOf('a')));
      folder.write('b.json.gz', gzipSync(delivered(recordOf('b'))).subarray(0, size));
      const updated = await updateIndex(undefined, optionsFor(folder.path));
      expect(texts(updated, 'eventID')).toEqual(['a']);
    },
  );

  test('reads only what is new or changed, and lets go of what is gone', async () => {
    const changed = folder.write('changed.json', delivered(recordOf('1')));
    const gone = folder.write('gone.json', delivered(recordOf('2')));
    folder.write('kept.json', delivered(recordOf('3', { userAgent: 'x' })));
    const options = optionsFor(folder.path);
    const first = await updateIndex(undefined, options);
    expect(await updateIndex(first!.index, options)).toMatchObject({ filesRead: 0, isChanged: false });
    writeFileSync(changed, delivered(recordOf('4'), recordOf('5')));
    rmSync(gone);
    folder.write('new.json.gz', gzipSync(delivered(recordOf('6', { userAgent: 'y' }))));
    const second = await updateIndex(first!.index, options);
    expect(second).toMatchObject({ filesRead: 2, isChanged: true });
    expect(texts(second, 'eventID')).toEqual(['4', '5', '3', '6']);
    expect(second!.index).toEqual((await updateIndex(undefined, options))!.index);
    // The table before may still be asked.
    expect(texts(first, 'eventID')).toEqual(['1', '2', '3']);
    const only = await updateIndex(second!.index, optionsFor(folder.path, folder.path));
    expect(only!.isChanged).toBe(false);
  });

  test('notices a change of time or size alone', async () => {
    const path = folder.write('a.json', delivered(recordOf('1')));
    const options = optionsFor(folder.path);
    const first = await updateIndex(undefined, options);
    utimesSync(path, 1, 1);
    expect((await updateIndex(first!.index, options))!.filesRead).toBe(1);
  });

  test('counts an event once, and has it from another file when one vanishes', async () => {
    const copy = folder.write('a/copy.json', delivered(recordOf('1'), recordOf('2')));
    folder.write('b/log.json', delivered(recordOf('1'), recordOf('2'), recordOf('1'), recordOf('3')));
    const options = optionsFor(folder.path);
    const first = await updateIndex(undefined, options);
    expect(texts(first, 'eventID')).toEqual(['1', '2', '3']);
    expect(first!.index.duplicates.rowCount).toBe(3);
    rmSync(copy);
    const second = await updateIndex(first!.index, options);
    expect(second!.filesRead).toBe(0);
    expect(texts(second, 'eventID')).toEqual(['1', '2', '3']);
    expect(second!.index.duplicates.rowCount).toBe(1);
    expect(second!.index).toEqual((await updateIndex(undefined, options))!.index);
  });

  test('takes ids for the same however they are written', async () => {
    const uuid = '00000000-0000-4000-8000-000000000001';
    const aggregated = `{"eventVersion":"1.11","eventId":"${uuid}"}`;
    folder.write(
      'a.json',
      delivered(recordOf(uuid), aggregated, recordOf('x'), '{"eventVersion":"1.11","eventId":"x"}'),
    );
    folder.write(
      'b.json',
      delivered('{"eventVersion":"1.11"}', '{"eventVersion":"1.11","eventID":""}', '{"eventVersion":"1.11"}'),
    );
    const { table, duplicates } = (await updateIndex(undefined, optionsFor(folder.path)))!.index;
    expect([table.rowCount, duplicates.rowCount]).toEqual([5, 2]);
  });

  test('orders events by time, those without a time last, those of one time by file and place', async () => {
    const at = (eventID: string, eventTime: unknown): string => recordOf(eventID, { eventTime });
    folder.write(
      'a.json',
      delivered(at('1', '2026-03-04T05:06:09Z'), at('2', null), at('3', '2026-03-04T05:06:07.250Z')),
    );
    folder.write(
      'b.json',
      delivered(at('4', '2026-03-04T05:06:09Z'), at('5', '1970-01-01T00:00:00Z'), at('6', '9999-12-31T23:59:59Z')),
    );
    const updated = await updateIndex(undefined, optionsFor(folder.path));
    expect(texts(updated, 'eventID')).toEqual(['5', '3', '1', '4', '6', '2']);
    expect(texts(updated, 'eventTime')[1]).toBe('2026-03-04T05:06:07.250Z');
  });

  test('ends when aborted', async () => {
    writeLogs();
    const stop = new AbortController();
    const onProgress = ({ phase }: IndexProgress): void => {
      if (phase === 'listing') setImmediate(() => stop.abort());
    };
    expect(
      await updateIndex(undefined, { ...optionsFor(folder.path), signal: stop.signal, onProgress }),
    ).toBeUndefined();
    expect(await updateIndex(undefined, { ...optionsFor(folder.path), signal: AbortSignal.abort() })).toBeUndefined();
  });

  test.each(['listing', 'reading', 'merging'] as const)('ends workers when aborted while %s', async (when) => {
    const records = Array.from({ length: 4000 }, (_, n) => recordOf(String(n), { a: 'x'.repeat(2000) }));
    for (let i = 0; i < 4; i++) folder.write(`${i}.json`, delivered(...records));
    const stop = new AbortController();
    const onProgress = ({ phase }: IndexProgress): void => {
      // When merging, at a moment at which nobody waits for the workers.
      if (phase === when) queueMicrotask(() => stop.abort());
    };
    const options = { ...optionsFor(folder.path), script: workerScript(), workers: 2, signal: stop.signal, onProgress };
    expect(await updateIndex(undefined, options)).toBeUndefined();
    // A failure that nobody looks at would end the process now.
    await new Promise((resolve) => setTimeout(resolve, 300));
  });

  test('reads files larger than one piece, and records longer than a window', async () => {
    const long = recordOf('long', { a: 'x'.repeat(3_000_000) });
    folder.write('a.json', delivered(recordOf('1'), long, recordOf('2')));
    const updated = await updateIndex(undefined, optionsFor(folder.path));
    expect(texts(updated, 'eventID')).toEqual(['1', 'long', '2']);
    expect([...updated!.index.table.length]).toContain(long.length);
  });

  test('is of the files as they are named, through renames', async () => {
    const path = folder.write('a.json', delivered(recordOf('1')));
    const options = optionsFor(folder.path);
    const first = await updateIndex(undefined, options);
    renameSync(path, join(folder.path, 'b.json'));
    const second = await updateIndex(first!.index, options);
    expect(second!.index.table.files.map((file) => file.path)).toEqual([join(folder.path, 'b.json')]);
    expect(existsSync(path)).toBe(false);
    expect(second!.index.table.files[0]!.size).toBe(statSync(join(folder.path, 'b.json')).size);
  });
});

describe('a large log', () => {
  /** 12 MB of content. */
  const records = Array.from({ length: 6000 }, (_, n) => recordOf(String(n), { a: String(n % 99).repeat(1000) }));
  const packed = gzipSync(delivered(...records));
  const damaged = Buffer.from(packed);
  damaged.fill(0xff, packed.length / 2, packed.length / 2 + 100);
  const wrongSum = Buffer.from(packed);
  wrongSum[packed.length - 6]! ^= 1;

  test.each([
    ['is read whole', packed, 6000, []],
    ['is read as far as it can be when it is damaged', damaged, undefined, ['gzip-checksum']],
    ['is read up to where it is cut off', packed.subarray(0, -5000), undefined, ['gzip-truncated']],
    ['is read with another behind it', concat(packed, gzipSync('\n')), 6000, []],
    ['is read with garbage behind it', concat(packed, 'garbage', new Uint8Array(8)), 6000, ['gzip-trailing']],
    ['is read when its check sum is wrong', wrongSum, 6000, ['gzip-checksum']],
  ])('%s', async (_, bytes, count, kinds) => {
    folder.write('large.json.gz', bytes);
    const { table, readings } = (await updateIndex(undefined, optionsFor(folder.path)))!.index;
    expect(table.rowCount).toBe(count ?? (await plainIndex([folder.path], [])).rowCount);
    expect(table.rowCount).toBeGreaterThan(1000);
    expect(readings[0]!.logs[0]!.problems.map(({ kind }) => kind)).toEqual(expect.arrayContaining(kinds));
  });

  test('is not read to its end when that is cancelled', async () => {
    folder.write('large.json.gz', packed);
    folder.write('large.json', delivered(...records));
    const abort = new AbortController();
    const updated = updateIndex(undefined, { ...optionsFor(folder.path), signal: abort.signal });
    setTimeout(() => abort.abort(), 5);
    expect(await updated).toBeUndefined();
  });

  test('is read right while the same thread reads another', async () => {
    const paths = ['a', 'b'].map((name) => {
      // Slow to read, so that the other has its turn meanwhile.
      const numbers = Array.from({ length: 700 }, (_, i) => [i]);
      const its = Array.from({ length: 6000 }, (_, n) => recordOf(`${name}${n}`, { numbers }));
      return folder.write(`${name}.json`, delivered(...its));
    });
    const alone = [];
    for (const each of paths) alone.push((await updateIndex(undefined, optionsFor(each)))!.index);
    const both = await Promise.all(paths.map((each) => updateIndex(undefined, optionsFor(each))));
    expect(both.map((each) => texts(each, 'eventID'))).toEqual(
      alone.map((index) => texts({ index, filesRead: 0, isChanged: true }, 'eventID')),
    );
    expect(alone.map(({ table }) => table.rowCount)).toEqual([6000, 6000]);
  });
});
