import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gzipHeaderLength } from '../../../src/node/integrity/gzipHeader';
import { FileWorkers } from '../../../src/node/integrity/fileWorkers';
import { hashGzipStream, hashPlainStream } from '../../../src/node/integrity/hashStream';
import { hashLog, readDigest, sha256 } from '../../../src/node/integrity/readFiles';
import { TestFolder } from '../../fixtures/folder';

const folder = new TestFolder();
const script = join(folder.path, 'worker.js');
beforeAll(async () => {
  await build({
    entryPoints: ['src/worker/integrity.ts'],
    outfile: script,
    bundle: true,
    platform: 'node',
    logLevel: 'error',
  });
});
afterAll(() => folder.remove());

const TEXT = '{"Records":[]}'.repeat(5000);
const PACKED = gzipSync(TEXT);
const hash = sha256(Buffer.from(TEXT));

/** A gzip header with what RFC 1952 allows, before the same data. */
function withHeader(flags: number, ...fields: (string | number[])[]): Buffer {
  const header = Buffer.from([0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 3]);
  return Buffer.concat([header, ...fields.map((field) => Buffer.from(field as string)), PACKED.subarray(10)]);
}

describe('hashing a packed log', () => {
  const cases: [string, Uint8Array, object][] = [
    ['whole', PACKED, { kind: 'hashed', sha256: hash, trailing: false, bytes: TEXT.length }],
    ['without trailer', PACKED.subarray(0, -8), { kind: 'hashed', sha256: hash, trailing: false, bytes: TEXT.length }],
    [
      'with a second member',
      Buffer.concat([PACKED, PACKED]),
      { kind: 'hashed', sha256: hash, trailing: true, bytes: TEXT.length },
    ],
    [
      'with one byte too many',
      Buffer.concat([PACKED, Buffer.from([0])]),
      { kind: 'hashed', sha256: hash, trailing: true, bytes: TEXT.length },
    ],
    ['empty', Buffer.alloc(0), { kind: 'hashed', sha256: sha256(Buffer.alloc(0)), trailing: false, bytes: 0 }],
    [
      'with a header that is cut',
      PACKED.subarray(0, 5),
      { kind: 'hashed', sha256: sha256(Buffer.alloc(0)), trailing: false, bytes: 0 },
    ],
    [
      'with extra, name and comment',
      withHeader(4 | 8 | 16, [2, 0, 1, 2], 'name\0', 'comment\0'),
      { kind: 'hashed', sha256: hash, trailing: false, bytes: TEXT.length },
    ],
    ['with flags that are reserved', withHeader(0x20), { kind: 'format' }],
    ['with a wrong header check sum', withHeader(2, [0, 0]), { kind: 'format' }],
    [
      'with another length in its trailer',
      Buffer.concat([PACKED.subarray(0, -4), Buffer.from([1, 2, 3, 4])]),
      { kind: 'format' },
    ],
    [
      'with damage',
      Buffer.concat([PACKED.subarray(0, 20), Buffer.alloc(20, 0xff), PACKED.subarray(40)]),
      { kind: 'format' },
    ],
    ['that is none', Buffer.from(TEXT), { kind: 'format' }],
  ];
  it.each(cases)('%s', async (name, content, expected) => {
    const path = folder.write(`${name}.json.gz`, content);
    expect(await hashLog(path)).toEqual(expected);
    // What is too large to be held is judged the same.
    expect(await hashGzipStream(path)).toEqual(expected);
  });

  it('as far as it goes, when it is cut in half', async () => {
    const path = folder.write('half.json.gz', PACKED.subarray(0, PACKED.length / 2));
    const content = await hashLog(path);
    expect(content).toMatchObject({ kind: 'hashed', trailing: false });
    expect(content).not.toMatchObject({ sha256: hash });
    expect(await hashGzipStream(path)).toEqual(content);
  });

  it('larger than is held goes through in pieces', async () => {
    const large = Buffer.alloc(70 * 1024 * 1024, 'CloudTrail ');
    const path = folder.write('large.json.gz', gzipSync(large, { level: 1 }));
    expect(await hashLog(path)).toEqual({
      kind: 'hashed',
      sha256: sha256(large),
      trailing: false,
      bytes: large.length,
    });
  });

  it('that unpacks out of all proportion stops', async () => {
    const path = folder.write('bomb.json.gz', gzipSync(Buffer.alloc(80 * 1024 * 1024)));
    expect(await hashLog(path)).toMatchObject({ kind: 'unreadable' });
  });
});

describe('hashing', () => {
  it('a file that was unpacked takes it as it is', async () => {
    const path = folder.write('plain.json', TEXT);
    const expected = { kind: 'hashed', sha256: hash, trailing: false, bytes: TEXT.length };
    expect([await hashLog(path), await hashPlainStream(path)]).toEqual([expected, expected]);
  });

  it.each<[string, string, string]>([
    ['that is not there', 'none.json.gz', 'not-found'],
    ['that is a folder', 'folder.json.gz', 'unreadable'],
  ])('a file %s says so', async (_name, name, kind) => {
    if (kind === 'unreadable') mkdirSync(join(folder.path, name));
    const path = join(folder.path, name);
    expect([(await hashLog(path)).kind, readDigest(path).kind]).toEqual([kind, kind]);
  });
});

describe('gzip headers', () => {
  it.each<[string, number[], number | string]>([
    ['nothing', [], 'cut'],
    ['one byte', [0x1f], 'cut'],
    ['another magic', [0x50, 0x4b], 'invalid'],
    ['another method', [0x1f, 0x8b, 7, 0], 'invalid'],
    ['a name without end', [0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 0, 65], 'cut'],
    ['an extra field that is cut', [0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 0, 9, 0], 'cut'],
    ['the shortest', [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0], 10],
  ])('%s', (_name, bytes, length) => expect(gzipHeaderLength(Uint8Array.from(bytes))).toBe(length));
});

describe('workers', () => {
  const files = Array.from({ length: 100 }, (_, i) => ({ name: `many/${i}.json.gz`, text: `${i} `.repeat(1000) }));
  const paths = files.map(({ name, text }) => folder.write(name, gzipSync(text)));

  it('answer each job with its own content', async () => {
    const workers = new FileWorkers(script, 2);
    const contents = await Promise.all(paths.map((path) => workers.read({ kind: 'log', path })));
    expect(contents.map((content) => (content.kind === 'hashed' ? content.sha256 : content.kind))).toEqual(
      files.map(({ text }) => sha256(Buffer.from(text))),
    );
    const digest = await workers.read({ kind: 'digest', path: paths[3]! });
    expect(digest.kind === 'read' && Buffer.from(digest.bytes).toString()).toBe(files[3]!.text);
    workers.stop();
  });

  it('answer what is under way as cancelled when they are stopped, and everything after', async () => {
    const workers = new FileWorkers(script, 1);
    const reads = paths.map((path) => workers.read({ kind: 'log', path }));
    await reads[0];
    workers.stop();
    expect((await Promise.all(reads)).map(({ kind }) => kind)).toContain('cancelled');
    expect((await workers.read({ kind: 'log', path: paths[0]! })).kind).toBe('cancelled');
  });

  it('that die cost the files they had, and no others', async () => {
    const deadly = folder.write(
      'deadly.js',
      `
      const { parentPort } = require('node:worker_threads');
      parentPort.on('message', ({ id, jobs }) => {
        if (jobs.some(({ path }) => path.includes('deadly'))) throw new Error('died');
        parentPort.postMessage({ id, contents: jobs.map(() => ({ kind: 'format' })) });
      });`,
    );
    const workers = new FileWorkers(deadly, 2);
    const kinds = await Promise.all(
      ['a', 'deadly', ...'bcdefghijklmnopqrstuvwxyz'].map(
        async (path) => (await workers.read({ kind: 'log', path })).kind,
      ),
    );
    expect(new Set(kinds)).toEqual(new Set(['format', 'unreadable']));
    expect(kinds.at(-1)).toBe('format');
    workers.stop();
  });

  it('that always die end the reading', async () => {
    const workers = new FileWorkers(folder.write('dead.js', 'throw new Error("dead")'), 2);
    const contents = await Promise.all(paths.map((path) => workers.read({ kind: 'log', path })));
    expect(new Set(contents.map(({ kind }) => kind))).toEqual(new Set(['unreadable']));
    workers.stop();
  });
});
