import { chmodSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { english } from '../../../src/core/message';
import { type LogSummary, readLog } from '../../../src/node/readLog';
import { zipOf } from '../../fixtures/archives';
import { concat, utf8 } from '../../fixtures/bytes';
import { TestFolder } from '../../fixtures/folder';
import { makeRecords } from '../../fixtures/records';
import { zstdFrame } from '../../fixtures/zstd';

const folder = new TestFolder();
afterAll(() => folder.remove());

/** Where Linux lists the files that a process holds open. */
const OPEN_FILES = '/proc/self/fd';
const RECORDS = makeRecords(5).map((record) => JSON.stringify(record));
const DELIVERED = utf8(`{"Records":[${RECORDS.join(',')}]}`);
const LINES = utf8(RECORDS.map((record) => `${record}\n`).join(''));

interface ReadFile {
  readonly summaries: readonly LogSummary[];
  readonly records: readonly string[];
  readonly paths: ReadonlySet<string>;
}

async function read(path: string): Promise<ReadFile> {
  const records: string[] = [];
  const paths = new Set<string>();
  const summaries = await readLog(path, {
    onRecord: ({ bytes }, each) => {
      records.push(Buffer.from(bytes).toString());
      paths.add(each);
    },
  });
  return { summaries, records, paths };
}

function kinds({ problems }: LogSummary): string[] {
  return problems.map(({ kind }) => kind);
}

describe('readLog', () => {
  it.each<[name: string, content: Uint8Array, format: string, compression: string]>([
    ['a.json', DELIVERED, 'records', 'none'],
    ['a.json.gz', gzipSync(DELIVERED), 'records', 'gzip'],
    ['not by its name.txt', gzipSync(DELIVERED), 'records', 'gzip'],
    ['plain.json.gz', DELIVERED, 'records', 'none'],
    [
      'firehose',
      gzipSync(concat(gzipSync(LINES.subarray(0, 100)), gzipSync(LINES.subarray(100)))),
      'ndjson',
      'gzip+gzip',
    ],
    ['a.zst', zstdFrame([LINES]), 'ndjson', 'zstd'],
  ])('reads %s', async (name, content, format, compression) => {
    const path = folder.write(name, content);
    const { summaries, records, paths } = await read(path);
    expect(records).toEqual(RECORDS);
    expect(summaries).toEqual([
      { path, format, compression, records: 5, problems: [], unpacked: expect.any(Number) as number },
    ]);
    expect([...paths]).toEqual([path]);
  });

  it('reads each file of an archive by itself', async () => {
    const path = folder.write(
      'logs.zip',
      zipOf([
        { name: 'AWSLogs/', content: utf8('') },
        { name: 'AWSLogs/a.json', content: DELIVERED },
        { name: 'AWSLogs/b.json.gz', content: gzipSync(LINES), stored: true },
        { name: '__MACOSX/AWSLogs/._a.json', content: utf8('\0\x05\x16\x07') },
        { name: '../notes.txt', content: utf8('hello') },
      ]),
    );
    const { summaries, records, paths } = await read(path);
    expect(records).toEqual([...RECORDS, ...RECORDS]);
    expect([...paths]).toEqual([`${path}!/AWSLogs/a.json`, `${path}!/AWSLogs/b.json.gz`]);
    expect(summaries.map((each) => [each.path, each.format, each.compression, each.records, kinds(each)])).toEqual([
      [`${path}!/AWSLogs/a.json`, 'records', 'zip', 5, []],
      [`${path}!/AWSLogs/b.json.gz`, 'ndjson', 'zip+gzip', 5, []],
      [`${path}!/../notes.txt`, 'unknown', 'zip', 0, ['not-cloudtrail']],
    ]);
  });

  it.each<
    [
      name: string,
      content: Uint8Array,
      summaries: readonly (readonly [format: string, compression: string, records: number, kinds: readonly string[]])[],
    ]
  >([
    ['an empty archive', zipOf([]), [['unknown', 'zip', 0, ['empty-archive']]]],
    [
      'an archive cut off',
      zipOf([{ name: 'a.json', content: DELIVERED }]).subarray(0, -30),
      [['unknown', 'zip', 0, ['zip-corrupt']]],
    ],
    [
      'an archive with a wrong check sum',
      zipOf([{ name: 'a.json', content: DELIVERED, crc: 1 }]),
      [['records', 'zip', 5, ['zip-checksum']]],
    ],
    [
      'an archive in an archive',
      zipOf([{ name: 'b.zip', content: zipOf([]) }]),
      [['unknown', 'zip+zip', 0, ['nested-archive']]],
    ],
    [
      'a packed archive',
      gzipSync(zipOf([{ name: 'a.json', content: DELIVERED }])),
      [['unknown', 'gzip+zip', 0, ['nested-archive']]],
    ],
    [
      'a packed file cut off',
      gzipSync(LINES).subarray(0, -20),
      [['ndjson', 'gzip', 4, ['gzip-truncated', 'truncated']]],
    ],
    ['a packed file cut off at once', gzipSync(LINES).subarray(0, 12), [['unknown', 'gzip', 0, ['gzip-truncated']]]],
    ['bzip2', utf8('BZh91AY&SY'), [['unknown', 'none', 0, ['bzip2']]]],
    ['an empty file', utf8(''), [['empty', 'none', 0, ['empty']]]],
  ])('tells what is wrong with %s', async (name, content, summaries) => {
    const read1 = await read(folder.write(`wrong/${name}`, content));
    expect(read1.summaries.map((each) => [each.format, each.compression, each.records, kinds(each)])).toEqual(
      summaries,
    );
  });

  it('damaged archives are no exception', async () => {
    const whole = zipOf([
      { name: 'a.json', content: DELIVERED },
      { name: 'b.json', content: LINES, stored: true },
    ]);
    for (let at = 0; at < whole.length; at++) {
      // Every byte of the headers, and some of the data.
      if (at > 60 && at < whole.length - 200 && at % 37 !== 0) continue;
      const damaged = whole.slice();
      damaged[at]! ^= 1 << (at % 8);
      await read(folder.write('damaged.zip', damaged));
    }
  });

  it.each<[name: string, path: string, words: string]>([
    ['that is not there', join(folder.path, 'missing.json'), 'There is no such file.'],
    ['that is a folder', folder.path, 'EISDIR'],
  ])('tells of a file %s', async (_, path, words) => {
    const { summaries, records } = await read(path);
    expect(records).toEqual([]);
    expect(summaries.map(({ format, compression }) => [format, compression])).toEqual([['unknown', 'none']]);
    expect(summaries[0]!.problems.map(({ kind, level, message }) => [kind, level, english(message)])).toEqual([
      ['unreadable', 'error', expect.stringContaining(words)],
    ]);
  });

  // Root may read everything.
  it.skipIf(process.getuid?.() === 0)('tells of a file that may not be read', async () => {
    const path = folder.write('secret.json', DELIVERED);
    chmodSync(path, 0);
    const { summaries } = await read(path);
    expect(summaries[0]!.problems.map(({ message }) => english(message))).toEqual([
      'You have no permission to read this file.',
    ]);
  });

  it('stops when it is told to', async () => {
    const path = folder.write('large.json', Buffer.alloc(3_000_000, LINES));
    const stop = new AbortController();
    let chunks = 0;
    let records = 0;
    const [summary] = await readLog(path, {
      onRecord: () => records++,
      afterChunk: () => {
        if (++chunks === 2) stop.abort();
        return Promise.resolve();
      },
      signal: stop.signal,
    });
    expect(records).toBeGreaterThan(0);
    expect(records).toBeLessThan(3_000_000 / LINES.length);
    expect(summary?.problems).toEqual([]);
  });

  it.runIf(existsSync(OPEN_FILES))('leaves a file that is no log, and lets go of it', async () => {
    const path = folder.write('other.jsonl', '{"level":"info"}\n'.repeat(1_000_000));
    const before = readdirSync(OPEN_FILES).length;
    for (let i = 0; i < 5; i++) expect((await read(path)).summaries.map(kinds)).toEqual([['not-cloudtrail']]);
    expect(readdirSync(OPEN_FILES).length).toBe(before);
  });
});
