import { existsSync, readFileSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Rule } from '../../../src/core/rules/rule';
import { type TableData, DICTIONARY_FIELDS } from '../../../src/core/table/columns';
import { isSoundTable } from '../../../src/core/table/soundTable';
import { clearIndexes, identityOf, indexPath, pruneIndexes } from '../../../src/node/index/indexFolder';
import { keepIndex, openIndex } from '../../../src/node/index/openIndex';
import { updateIndex } from '../../../src/node/index/logIndex';
import { openSavedIndex, saveIndex } from '../../../src/node/index/savedIndex';
import { TestFolder } from '../../fixtures/folder';
import { makeRecords } from '../../fixtures/records';
import { delivered, optionsFor, recordOf, texts } from './support';

const RULE = { id: 'r', eventSource: 's', eventName: 'n', condition: null } as unknown as Rule;

let logs: TestFolder;
let kept: TestFolder;
beforeEach(() => {
  logs = new TestFolder();
  kept = new TestFolder();
  logs.write('a.json', delivered(...makeRecords(40).map((record) => JSON.stringify(record))));
  logs.write('b.json', delivered(recordOf('y', { eventTime: 'soon' }), recordOf('x'), recordOf('x')));
  logs.write('c.txt', 'no log');
});
afterEach(() => {
  logs.remove();
  kept.remove();
});

/** Saves the index of the logs and answers where. */
async function save(): Promise<string> {
  const options = optionsFor(logs.path);
  await keepIndex(kept.path, options, (await openIndex(null, options))!);
  return indexPath(kept.path, identityOf(options.sources, []));
}

describe('a saved index', () => {
  test('opens as it was', async () => {
    const options = optionsFor(logs.path);
    const made = await openIndex(kept.path, options);
    expect(made).toMatchObject({ fromSaved: false, filesRead: 3 });
    await keepIndex(kept.path, options, made!);
    const opened = await openIndex(kept.path, options);
    expect(opened).toMatchObject({ fromSaved: true, filesRead: 0, isChanged: false });
    expect(opened!.index).toEqual(made!.index);
    expect(readdirSync(kept.path)).toHaveLength(1);
  });

  test('is brought up to date', async () => {
    await save();
    logs.write('d.json', delivered(recordOf('new')));
    const opened = await openIndex(kept.path, optionsFor(logs.path));
    expect(opened).toMatchObject({ fromSaved: true, filesRead: 1, isChanged: true });
    expect(texts(opened, 'eventID')).toContain('new');
    expect(opened!.index).toEqual((await updateIndex(undefined, optionsFor(logs.path)))!.index);
  });

  test('is of its sources and rules only', async () => {
    const path = await save();
    const identity = identityOf([logs.path], []);
    expect(await openSavedIndex(path, identity)).toBeDefined();
    expect(await openSavedIndex(path, identityOf([logs.path], [RULE]))).toBeUndefined();
    expect(await openSavedIndex(path, identityOf([kept.path], []))).toBeUndefined();
    expect(await openSavedIndex(join(kept.path, 'none'), identity)).toBeUndefined();
    expect(identityOf(['b', 'a', 'b'], [])).toEqual(identityOf(['a', 'b'], []));
  });

  test('is not opened when a single byte of it differs', async () => {
    const path = await save();
    const identity = identityOf([logs.path], []);
    const bytes = readFileSync(path);
    const step = Math.max(1, Math.floor(bytes.length / 200));
    for (let at = 0; at < bytes.length; at += step) {
      const damaged = Buffer.from(bytes);
      damaged[at]! ^= 0x10;
      writeFileSync(path, damaged);
      expect(await openSavedIndex(path, identity), String(at)).toBeUndefined();
    }
    for (const length of [0, 7, 8, 24, 100, bytes.length - 1]) {
      writeFileSync(path, bytes.subarray(0, length));
      expect(await openSavedIndex(path, identity), String(length)).toBeUndefined();
    }
    writeFileSync(path, bytes);
    expect(await openSavedIndex(path, identity)).toBeDefined();
  });

  test('is rebuilt when it is damaged', async () => {
    const path = await save();
    writeFileSync(path, 'nonsense');
    const opened = await openIndex(kept.path, optionsFor(logs.path));
    expect(opened).toMatchObject({ fromSaved: false, filesRead: 3 });
  });

  test('is not opened with a right check sum and wrong content', async () => {
    const path = await save();
    const identity = identityOf([logs.path], []);
    const bytes = readFileSync(path);
    const sumAt = 16;
    const change = (from: string, to: string): void => {
      const text = bytes.toString('latin1');
      expect(text).toContain(from);
      const changed = Buffer.from(text.replace(from, to), 'latin1');
      changed.writeUInt32LE(crc32(changed.subarray(24)), sumAt);
      writeFileSync(path, changed);
    };
    change('"rowCount":42', '"rowCount":43');
    expect(await openSavedIndex(path, identity)).toBeUndefined();
    change('["Float64Array",0,42]', '["Float64Array",0,41]');
    expect(await openSavedIndex(path, identity)).toBeUndefined();
    change('"Float64Array"', '"Float99Array"');
    expect(await openSavedIndex(path, identity)).toBeUndefined();
  });

  test('takes the place of the one before, and leaves nothing half written', async () => {
    const path = await save();
    const { index } = (await openIndex(null, optionsFor(logs.path)))!;
    await Promise.all([1, 2, 3].map(() => saveIndex(path, identityOf([logs.path], []), index)));
    expect(readdirSync(kept.path)).toHaveLength(1);
    await expect(saveIndex(join(path, 'x', 'y'), identityOf([], []), index)).rejects.toThrow();
  });
});

describe('the folder of saved indexes', () => {
  const DAY = 86_400_000;
  const write = (name: string, bytes: number, daysAgo: number): string => {
    const path = kept.write(name, new Uint8Array(bytes));
    const used = new Date(Date.now() - daysAgo * DAY);
    utimesSync(path, used, used);
    return path;
  };

  test.each([
    ['keeps what is young and small', { mostBytes: 1000, mostAge: 30 * DAY }, ['a', 'b', 'c', 'other']],
    ['lets go of what is old', { mostBytes: 1000, mostAge: 5 * DAY }, ['a', 'b', 'other']],
    ['lets go of the oldest when it is too much', { mostBytes: 250, mostAge: 30 * DAY }, ['a', 'b', 'other']],
    ['lets go of what is too large by itself', { mostBytes: 50, mostAge: 30 * DAY }, ['other']],
  ])('%s', async (_name, limits, expected) => {
    write('a.ctindex', 100, 1);
    write('b.ctindex', 100, 2);
    write('c.ctindex', 100, 10);
    write('other.txt', 5000, 100);
    write('d.ctindex.0aa0-b1.tmp', 10, 3);
    await pruneIndexes(kept.path, limits);
    expect(readdirSync(kept.path).map((name) => name.split('.')[0])).toEqual(expected);
  });

  test('is cleared of indexes alone', async () => {
    write('a.ctindex', 100, 1);
    write('b.ctindex.0aa0-b1.tmp', 10, 0);
    const other = write('other.txt', 5, 1);
    expect(await clearIndexes(kept.path)).toBe(110);
    expect(readdirSync(kept.path)).toEqual(['other.txt']);
    expect(existsSync(other)).toBe(true);
    expect(await clearIndexes(join(kept.path, 'none'))).toBe(0);
  });
});

describe('a sound table', () => {
  const changes: [string, (table: TableData) => TableData][] = [
    [
      'a code without an entry',
      (t) => ({
        ...t,
        columns: {
          ...t.columns,
          eventName: { ...t.columns.eventName, codes: t.columns.eventName.codes.map(() => 99) },
        },
      }),
    ],
    ['a file too far', (t) => ({ ...t, file: t.file.map(() => 7) })],
    ['a row too few', (t) => ({ ...t, time: t.time.slice(1) })],
    [
      'ranks that do not fit',
      (t) => ({
        ...t,
        ids: { ...t.ids, eventID: { ...t.ids.eventID, ranks: t.ids.eventID.ranks.map((each) => each + 1) } },
      }),
    ],
    [
      'ids too few',
      (t) => ({ ...t, ids: { ...t.ids, eventID: { ...t.ids.eventID, packed: t.ids.eventID.packed.slice(16) } } }),
    ],
    [
      'an exception beyond the rows',
      (t) => ({ ...t, eventTime: { ...t.eventTime, rows: t.eventTime.rows.map(() => 1e6) } }),
    ],
    [
      'offsets that fall',
      (t) => ({
        ...t,
        columns: {
          ...t.columns,
          eventName: {
            ...t.columns.eventName,
            dictionary: {
              ...t.columns.eventName.dictionary,
              offsets: t.columns.eventName.dictionary.offsets.slice().reverse(),
            },
          },
        },
      }),
    ],
  ];

  test('is what an index has', async () => {
    const { table, duplicates } = (await updateIndex(undefined, optionsFor(logs.path)))!.index;
    expect([isSoundTable(table), isSoundTable(duplicates)]).toEqual([true, true]);
    expect(DICTIONARY_FIELDS.length).toBeGreaterThan(20);
  });

  test.each(changes)('has no %s', async (_name, change) => {
    const { table } = (await updateIndex(undefined, optionsFor(logs.path)))!.index;
    expect(isSoundTable(change(table))).toBe(false);
  });
});
