import { closeSync, openSync, statSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { constants, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import type { FileRecords } from '../../../src/core/table/fileRecords';
import { GzipReader } from '../../../src/node/table/gzipReader';
import { withRecordBytes } from '../../../src/node/table/recordBytes';
import { concat, textOf, utf8 } from '../../fixtures/bytes';
import { TestFolder } from '../../fixtures/folder';
import { makeRecords } from '../../fixtures/records';
import { compiledScanner } from '../../fixtures/scanner';

const folder = new TestFolder();
const reader = new GzipReader(compiledScanner);
afterAll(() => folder.remove());

/** What is read of a file that holds `packed`. */
function read(packed: Uint8Array, unpacked: number, wanted: number): Uint8Array | undefined {
  const handle = openSync(folder.write('a.gz', packed), 'r');
  try {
    return reader.read(handle, packed.length, unpacked, wanted);
  } finally {
    closeSync(handle);
  }
}

const JSONS = makeRecords(600).map((record) => JSON.stringify(record));
const CONTENT = utf8(`{"Records":[${JSONS.join(',')}]}`);
const PACKED = gzipSync(CONTENT);

/** What zlib makes of it in its ways, and what it cannot pack. */
const PACKINGS: readonly (readonly [string, Uint8Array, Uint8Array])[] = [
  ['as usual', CONTENT, PACKED],
  ['fast', CONTENT, gzipSync(CONTENT, { level: 1 })],
  ['not at all', CONTENT, gzipSync(CONTENT, { level: 0 })],
  ['with fixed codes', CONTENT, gzipSync(CONTENT, { strategy: constants.Z_FIXED })],
  ['in runs', new Uint8Array(300_000).fill(97), gzipSync(new Uint8Array(300_000).fill(97))],
  ['of noise', new Uint8Array(randomBytes(200_000)), new Uint8Array(0)],
  ['of little', utf8('{}'), gzipSync(utf8('{}'))],
].map(([name, content, packed]) => {
  const bytes = content as Uint8Array;
  return [name as string, bytes, (packed as Uint8Array).length === 0 ? gzipSync(bytes) : (packed as Uint8Array)];
});

describe('the beginning of a gzip file', () => {
  test.each(PACKINGS)('packed %s is the beginning of its content', (_, content, packed) => {
    const { length } = content;
    let told = 0;
    const wanteds = [0, 1, 2, 300, 5000, length >> 2, length >> 1, length - 700, length - 328, length - 1, length];
    for (const wanted of wanteds.filter((each) => each >= 0 && each <= length)) {
      const found = read(packed, length, wanted);
      if (found === undefined) continue;
      told++;
      expect(found.length).toBeGreaterThanOrEqual(wanted);
      expect(Buffer.compare(found, content.subarray(0, found.length))).toBe(0);
    }
    expect(told).toBeGreaterThan(0);
  });

  test('is never made up where the file is damaged or cut off', () => {
    for (let i = 0; i < 400; i++) {
      const damaged = Uint8Array.from(PACKED);
      const at = 20 + ((i * 7919) % (PACKED.length - 28));
      const isCut = i % 2 === 0;
      if (!isCut) damaged[at]! ^= 1 << (i % 8);
      const wanted = (i * 104_729) % CONTENT.length;
      const found = read(isCut ? damaged.subarray(0, at) : damaged, CONTENT.length, wanted);
      if (found === undefined) continue;
      // What stands behind damage may read as anything, as it does with zlib; what stands before it may not.
      const before = gunzipSync(damaged.subarray(0, at), { finishFlush: constants.Z_SYNC_FLUSH }).length;
      const sound = isCut ? wanted : Math.min(wanted, before);
      expect(Buffer.compare(found.subarray(0, sound), CONTENT.subarray(0, sound))).toBe(0);
    }
  });

  test('is left to others where it is none of the usual', () => {
    const two = concat(gzipSync(CONTENT.subarray(0, 1000)), gzipSync(CONTENT.subarray(1000)));
    expect(read(two, CONTENT.length, 5000)).toBe(undefined);
    expect(read(PACKED, CONTENT.length + 1, CONTENT.length)).toBe(undefined);
    expect(read(PACKED, 64 * 1024 * 1024, 10)).toBe(undefined);
    expect(read(PACKED.subarray(0, 12), CONTENT.length, 10)).toBe(undefined);
  });
});

describe.each([
  ['by the compiled inflater', reader],
  ['by zlib', undefined],
])('records read again %s', (_, gzip) => {
  const starts = JSONS.map((_json, i) => utf8(`{"Records":[${JSONS.slice(0, i).join(',')}`).length + Number(i > 0));

  const askedOf = (path: string, compression: string, chosen: readonly number[]): FileRecords => {
    const { size, mtimeMs: modified } = statSync(path);
    return {
      file: { path, size, modified, unpacked: CONTENT.length, compression },
      rows: Uint32Array.from(chosen),
      offsets: Float64Array.from(chosen, (i) => starts[i]!),
      lengths: Uint32Array.from(chosen, (i) => utf8(JSONS[i]!).length),
    };
  };
  const textsOf = async (records: FileRecords): Promise<(string | undefined)[]> => {
    const texts: (string | undefined)[] = [];
    await withRecordBytes(records, gzip, ({ record }) => {
      records.rows.forEach((_row, i) => {
        const bytes = record(i);
        texts.push(bytes && textOf(bytes));
      });
    });
    return texts;
  };

  test.each([[[0]], [[3, 4, 5]], [[0, 300]], [[599]], [[10, 598, 599]]])(
    'are those that were asked for: %j',
    async (chosen) => {
      const expected = chosen.map((i) => JSONS[i]);
      expect(await textsOf(askedOf(folder.write('plain.json', CONTENT), 'none', chosen))).toEqual(expected);
      expect(await textsOf(askedOf(folder.write('packed.json.gz', PACKED), 'gzip', chosen))).toEqual(expected);
      const two = concat(gzipSync(CONTENT.subarray(0, 5000)), gzipSync(CONTENT.subarray(5000)));
      expect(await textsOf(askedOf(folder.write('two.json.gz', two), 'gzip', chosen))).toEqual(expected);
    },
  );

  test('are not there when the file has changed or is gone', async () => {
    const records = askedOf(folder.write('changed.json.gz', PACKED), 'gzip', [1, 2]);
    folder.write('changed.json.gz', gzipSync(utf8('{"Records":[]}')));
    expect(await textsOf(records)).toEqual([undefined, undefined]);
    const gone = { ...records, file: { ...records.file, path: join(folder.path, 'gone.gz') } };
    expect(await textsOf(gone)).toEqual([undefined, undefined]);
  });
});
