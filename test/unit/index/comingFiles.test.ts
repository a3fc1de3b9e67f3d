import { expect, test } from 'vitest';
import { ComingFiles } from '../../../src/node/index/comingFiles';

const file = (path: string): { path: string; size: number; modified: number; named: boolean } => {
  return { path, size: 1, modified: 1, named: false };
};

test('gives files as they become known, and says when there are no more', async () => {
  const files = new ComingFiles().add([file('a')], false);
  expect((await files.at(0))?.path).toBe('a');
  const second = files.at(1);
  files.add([], false);
  files.add([file('b'), file('c')], false);
  expect((await second)?.path).toBe('b');
  expect((await files.at(2))?.path).toBe('c');
  const none = files.at(3);
  files.add([], true);
  expect(await none).toBe(undefined);
  expect((await files.at(2))?.path).toBe('c');
});
