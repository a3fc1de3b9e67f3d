import { describe, expect, test } from 'vitest';
import { diskPath, isOfSource, memberPath } from '../../../src/core/events/logPath';

describe('paths of logs', () => {
  test.each([
    ['/logs/a.json.gz', '/logs/a.json.gz'],
    [memberPath('/logs/b.zip', 'AWSLogs/a.json.gz'), '/logs/b.zip'],
    [memberPath('/logs/b.zip', 'odd!/a.json.gz'), '/logs/b.zip'],
  ])('%s stands on disk in %s', (path, file) => {
    expect(diskPath(path)).toBe(file);
  });

  test.each<[path: string, source: string, isIn: boolean]>([
    ['/logs/a.json', '/logs/a.json', true],
    ['/logs/a.json', '/logs', true],
    ['/logs/a.json', '/logs/', true],
    ['/logs/a.json', '/', true],
    ['/logs2/a.json', '/logs', false],
    ['/logs', '/logs/a.json', false],
    ['C:\\logs\\a.json', 'C:\\logs', true],
    ['C:\\logs2\\a.json', 'C:\\logs', false],
    [memberPath('/logs/b.zip', 'a.json'), '/logs', true],
    [memberPath('/logs/b.zip', 'a.json'), '/logs/b.zip', true],
    [memberPath('/logs/b.zip', 'a.json'), '/logs/b', false],
  ])('%s of %s: %s', (path, source, isIn) => {
    expect(isOfSource(path, source)).toBe(isIn);
  });
});
