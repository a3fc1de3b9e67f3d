import { describe, expect, test } from 'vitest';
import { parsePattern } from '../../../src/core/patterns/parse';
import { errorTexts, matches, valid } from './support';

describe('the first character that is not blank decides the kind', () => {
  test.each([
    ['{ $.a = 1 }', 'json'],
    [' \t\n{ $.a = 1 }', 'json'],
    ['[a]', 'space'],
    ['  [a]', 'space'],
    ['ERROR', 'terms'],
    ['-x', 'terms'],
    ['?a ?b', 'terms'],
    ['%re%', 'terms'],
    ['', 'all'],
    [' \n ', 'all'],
  ])('%j is %s', (text, kind) => expect(valid(text).kind).toBe(kind));

  test.each([{}, { eventName: 'X' }])('an empty pattern matches %j', (record) => {
    expect(matches('', record)).toBe(true);
    expect(matches('  ', record)).toBe(true);
  });
});

describe('at most 1024 characters, not bytes and not UTF-16 units', () => {
  const around = (text: string): string => `{ $.a = "${text}" }`;
  const room = 1024 - around('').length;

  test.each([
    ['letters', 'x'.repeat(room), true],
    ['one letter too many', 'x'.repeat(room + 1), false],
    ['two bytes each', 'é'.repeat(room), true],
    ['two UTF-16 units each', '😀'.repeat(room), true],
    ['one of them too many', '😀'.repeat(room + 1), false],
  ])('%s', (_, text, fits) => {
    expect(parsePattern(around(text)).errors.length).toBe(fits ? 0 : 1);
  });

  test('the error stands under what is too much', () => {
    const text = '😀'.repeat(1025);
    const parsed = parsePattern(text);
    expect(parsed.errors[0]).toMatchObject({ start: 2048, end: 2050, aws: 'Invalid metric filter pattern' });
    expect(errorTexts(parsed)).toEqual(['The pattern has 1025 characters; AWS allows 1024.']);
  });

  test('the quotes of a shell do not count', () => {
    const longest = around('x'.repeat(room));
    const escaped = `"${longest.replaceAll('"', '\\"')}"`;
    expect(parsePattern(escaped).errors).toEqual([]);
    const tooLong = `"${around('x'.repeat(room + 1)).replaceAll('"', '\\"')}"`;
    expect(parsePattern(tooLong).errors).toMatchObject([{ start: tooLong.length - 2, end: tooLong.length - 1 }]);
  });

  test('parentheses nest as deep as the limit lets them', () => {
    const depth = (1024 - '{$.a=1}'.length) >> 1;
    expect(matches(`{${'('.repeat(depth)}$.a=1${')'.repeat(depth)}}`, { a: 1 })).toBe(true);
  });

  test('nothing else is said about a text that is far too long', () => {
    expect(parsePattern(`{ ${'$.a == 1 && '.repeat(50_000)}`).errors).toHaveLength(1);
  });
});
