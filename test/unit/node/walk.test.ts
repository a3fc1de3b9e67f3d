import { mkdirSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { english } from '../../../src/core/message';
import { walk } from '../../../src/node/walk';
import { TestFolder } from '../../fixtures/folder';

const folder = new TestFolder();
afterAll(() => folder.remove());

beforeAll(() => {
  for (const name of [
    'logs/b.json',
    'logs/a/z.json.gz',
    'logs/a/A.json',
    'logs/node_modules/x.json',
    'logs/.git/x.json',
    'logs/.hidden.json',
    'one.json',
  ]) {
    folder.write(name, '{}');
  }
  mkdirSync(join(folder.path, 'logs/empty'));
  symlinkSync(join(folder.path, 'one.json'), join(folder.path, 'logs/link.json'));
  symlinkSync(join(folder.path, 'logs'), join(folder.path, 'logs/loop'));
  symlinkSync(join(folder.path, 'nowhere'), join(folder.path, 'logs/broken'));
});

async function walked(...names: string[]): Promise<{ files: string[]; reports: string[] }> {
  const files: string[] = [];
  const reports: string[] = [];
  const paths = names.map((name) => join(folder.path, name));
  const tell = (path: string, { message }: Parameters<Parameters<typeof walk>[1]>[1]): void => {
    reports.push(`${relative(folder.path, path)}: ${english(message)}`);
  };
  for await (const { path, named } of walk(paths, tell))
    files.push(`${relative(folder.path, path)}${named ? ' (named)' : ''}`);
  return { files, reports };
}

describe('walk', () => {
  it('goes through a folder in the order of names, links to files included', async () => {
    expect(await walked('logs')).toEqual({
      files: ['logs/.hidden.json', 'logs/a/A.json', 'logs/a/z.json.gz', 'logs/b.json', 'logs/link.json'],
      reports: [],
    });
  });

  it('gives what it was named in the order of the names, twice if asked', async () => {
    expect(await walked('one.json', 'logs/a', 'one.json')).toEqual({
      files: ['one.json (named)', 'logs/a/A.json', 'logs/a/z.json.gz', 'one.json (named)'],
      reports: [],
    });
  });

  it('goes into what it was named, whatever it is', async () => {
    expect((await walked('logs/node_modules', 'logs/loop/a')).files).toEqual([
      'logs/node_modules/x.json',
      'logs/loop/a/A.json',
      'logs/loop/a/z.json.gz',
    ]);
  });

  it('tells what is not there and goes on', async () => {
    expect(await walked('missing', 'logs/broken', 'logs/empty', 'one.json')).toEqual({
      files: ['one.json (named)'],
      reports: ['missing: There is no such file or folder.', 'logs/broken: There is no such file or folder.'],
    });
  });
});
