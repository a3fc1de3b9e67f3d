import { describe, expect, test } from 'vitest';
import { parsePattern } from '../../../src/core/patterns/parse';
import { matches } from './support';

const found = (source: string, text: string): boolean => matches(`{ $.a = %${source}% }`, { a: text });

describe('an unanchored, case-sensitive search', () => {
  test.each([
    ['b', 'abc', true],
    ['B', 'abc', false],
    ['bc', 'abcd', true],
    ['^b', 'abc', false],
    ['^a', 'abc', true],
    ['c$', 'abc', true],
    ['b$', 'abc', false],
    ['^abc$', 'abc', true],
    ['^$', '', true],
    ['^$', 'a', false],
    ['^', 'a', true],
    ['a^', 'a', false],
    ['$a', 'a', false],
    ['colou?r', 'color', true],
    ['colou?r', 'colour', true],
    ['colou?r', 'colouur', false],
    ['[ab]c', 'bc', true],
    ['[ab]c', 'cc', false],
    ['[a-c]x', 'bx', true],
    ['[a-c]x', 'dx', false],
    ['[^a-c]x', 'dx', true],
    ['[^a-c]x', 'bx', false],
    ['[a-]x', '-x', true],
    ['[-a]x', '-x', true],
    ['[.]js', '.js', true],
    ['[.]js', 'xjs', false],
    ['[\\d_]x', '5x', true],
    ['[\\]]x', ']x', true],
    ['[a\\-c]x', 'bx', false],
    ['[\\x41-\\x43]x', 'Bx', true],
    ['[*+?$^|.{]x', '|x', true],
    ['^a{3,5}$', 'aa', false],
    ['^a{3,5}$', 'aaaa', true],
    ['^a{3,5}$', 'aaaaaa', false],
    ['^a{,2}$', '', true],
    ['^a{,2}$', 'aaa', false],
    ['^a{2}$', 'aa', true],
    ['^a{2}$', 'aaa', false],
    ['^a{2,}$', 'aaaa', true],
    ['^a{2,}$', 'a', false],
    ['^a{0}$', '', true],
    ['cat|dog', 'hotdog', true],
    ['^cat|dog$', 'a dog', true],
    ['^cat|dog$', 'a cat', false],
    ['a\\.b', 'a.b', true],
    ['a\\.b', 'axb', false],
    ['a\\\\b', 'a\\b', true],
    ['\\[x\\]', '[x]', true],
    ['ab*c', 'ac', true],
    ['ab*c', 'abbc', true],
    ['ab+c', 'ac', false],
    ['ab+c', 'abbc', true],
    ['a.c', 'abc', true],
    ['a.c', 'ac', false],
    ['a.c', 'a\nc', false],
    ['\\d\\D', '1a', true],
    ['\\d\\D', 'a1', false],
    ['\\s\\S', ' a', true],
    ['^\\s+$', ' \t\n\r', true],
    ['\\w\\W', 'a-', true],
    ['^\\w+$', 'aZ0_', true],
    ['\\x28\\x29', '()', true],
    ['\\x41', 'A', true],
    ['a:_#=@/;,- 9', 'a:_#=@/;,- 9', true],
    ['.', '😀', true],
    ['^\\W+$', 'é😀', true],
    ['Action.{2,5}\\*', '"Action": "*"', true],
    ['^\\*$', '*', true],
    ['^\\*$', '**', false],
  ])('%s in %j: %s', (source, text, expected) => expect(found(source, text)).toBe(expected));

  test.each([
    ['404', '%^4\\d\\d$%', true],
    ['404.0', '%^4\\d\\d$%', false],
    ['true', '%true%', false],
  ])('%s = %s: %s', (value, regex, expected) => expect(matches(`{ $.a = ${regex} }`, `{"a":${value}}`)).toBe(expected));

  test('!= with a regular expression is read as its opposite, with a note', () => {
    expect(matches('{ $.a != %x% }', { a: 'y' })).toBe(true);
    expect(matches('{ $.a != %x% }', { a: 'wxy' })).toBe(false);
    expect(parsePattern('{ $.eventName != %x% }').notes).toHaveLength(1);
  });
});

describe('refused, at its column', () => {
  test.each([
    ['(a)', 0],
    ['a)', 1],
    ['a\\(b', 1],
    ['[(]', 1],
    ['something!', 9],
    ['[!]', 1],
    ['\\!', 0],
    ['é', 0],
    ['[é]', 1],
    ['a😀', 1],
    ['a"b', 1],
    ["a'b", 1],
    ['<', 0],
    ['&', 0],
    ['~', 0],
    ['*', 0],
    ['a**', 2],
    ['a+?', 2],
    ['?', 0],
    ['^*', 1],
    ['|+', 1],
    ['{2}', 0],
    ['a{', 1],
    ['a{,}', 1],
    ['a{x}', 1],
    ['a{3,2}', 1],
    ['a]', 1],
    ['a}', 1],
    ['[a', 0],
    ['x[', 1],
    ['[^', 0],
    ['[b-a]', 1],
    ['[a-\\d]', 1],
    ['\\', 0],
    ['\\b', 0],
    ['\\n', 0],
    ['\\1', 0],
    ['\\x4', 0],
    ['\\xzz', 0],
    ['a{2001}', 1],
    ['a{1000}b{1001}', 8],
    ['a{2000,}', 1],
  ])('%s', (source, column) => {
    const { errors } = parsePattern(`{ $.a = %${source}% }`);
    expect(errors).toMatchObject([{ start: 9 + column, aws: 'Failed to compile regular expression.' }]);
    expect(parsePattern(`%${source}%`).errors).toMatchObject([{ start: 1 + column }]);
  });

  test('but what AWS may take is not', () => {
    for (const source of ['a{2000}', '[^"]+', '', 'a|', '[]a]']) {
      expect(parsePattern(`{ $.a = %${source}% }`).errors, source).toEqual([]);
    }
  });
});

describe('at most two a JSON or space-delimited pattern', () => {
  const aws = 'Your input has exceeded the maximum of 2 regular expressions per filter pattern.';

  test.each([
    ['{ $.a = %x% && $.b = %y% }', []],
    ['{ $.a = %x% && $.b = %y% && $.c = %z% }', ['%z%']],
    ['{ ($.a = %x% || $.b = %y%) && ($.c = %z% || $.d = %w%) }', ['%z%', '%w%']],
    ['[a = %x%, b = %y%]', []],
    ['[a = %x% || a = %y%, b = %z%]', ['%z%']],
    ['%x% %y% %z% -%w%', []],
  ])('%s', (text, expected) => {
    const { errors } = parsePattern(text);
    expect(errors.map(({ start, end }) => text.slice(start, end))).toEqual(expected);
    for (const error of errors) expect(error.aws).toBe(aws);
  });
});
