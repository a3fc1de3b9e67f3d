import { describe, expect, it } from 'vitest';
import { recordLines } from '../../../webview/investigation/recordLines';

describe('the lines of a record', () => {
  const json =
    '{"eventName":"A\\"b","n":1.0,"ok":true,"none":null,"userIdentity":{"type":"Root"},"resources":[{"ARN":"x"},{"ARN":"y, z"}],"empty":{},"list":[1,"{"]}';
  const lines = recordLines(json);

  it.each<[path: string, value: string, type: string, text: string]>([
    ['eventName', '"A\\"b"', 'string', 'A"b'],
    ['n', '1.0', 'number', '1.0'],
    ['ok', 'true', 'true', ''],
    ['none', 'null', 'null', ''],
    ['userIdentity.type', '"Root"', 'string', 'Root'],
    ['resources.0.ARN', '"x"', 'string', 'x'],
    ['resources.1.ARN', '"y, z"', 'string', 'y, z'],
    ['list.0', '1', 'number', '1'],
    ['list.1', '"{"', 'string', '{'],
  ])('%s is %s', (path, value, type, text) => {
    const line = lines.find((each) => each.path?.join('.') === path);
    expect(line).toMatchObject({ value, found: { type, text } });
  });

  it('keep every token', () => {
    const text = lines.map(({ key, value, comma }) => `${key === null ? '' : `${key}:`}${value}${comma ? ',' : ''}`);
    expect(text.join('')).toBe(json);
  });

  it('cannot be filtered by where they only open or close', () => {
    expect(lines.filter(({ found }) => found === undefined).map(({ value }) => value)).toEqual([
      '{',
      '{',
      '}',
      '[',
      '{',
      '}',
      '{',
      '}',
      ']',
      '{}',
      '[',
      ']',
      '}',
    ]);
  });

  it('stand hostile records', () => {
    expect(recordLines('{"":1}')[1]).toMatchObject({ path: [''], found: { type: 'number', text: '1' } });
    expect(recordLines(`${'['.repeat(60)}${']'.repeat(60)}`).length).toBeGreaterThan(1);
    expect(recordLines('{"a":"<img src=x onerror=alert(1)>"}')[1]!.value).toBe('"<img src=x onerror=alert(1)>"');
  });
});
