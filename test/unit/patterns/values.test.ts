import { describe, expect, test } from 'vitest';
import { parsePattern } from '../../../src/core/patterns/parse';
import { errorTexts, matches, noteTexts, valid, withoutPositions } from './support';

function valueOf(text: string): unknown {
  const pattern = valid(`{ $.a = ${text} }`);
  if (pattern.kind !== 'json' || pattern.root.kind !== 'test' || pattern.root.test.kind !== 'equals') throw new Error();
  return withoutPositions(pattern.root.test.value);
}

const bare = (text: string): unknown => ({ kind: 'text', text, quoted: false });
const quoted = (text: string): unknown => ({ kind: 'text', text, quoted: true });
const number = (raw: string): unknown => ({ kind: 'number', raw });

describe('values', () => {
  test.each([
    ['CreateUser', bare('CreateUser')],
    ['kms.amazonaws.com', bare('kms.amazonaws.com')],
    ['*.8xlarge', bare('*.8xlarge')],
    ['123.123.*', bare('123.123.*')],
    ['a_b+c', bare('a_b+c')],
    ['*', bare('*')],
    ['true', bare('true')],
    ['"x"', quoted('x')],
    ['""', quoted('')],
    ['"a b && c } ) || % \'"', quoted("a b && c } ) || % '")],
    ['"say \\"hi\\""', quoted('say "hi"')],
    ['"back\\\\slash"', quoted('back\\slash')],
    ['"\\d\\n"', quoted('\\d\\n')],
    ['"1"', quoted('1')],
    ['"null"', quoted('null')],
    ['"two\nlines"', quoted('two\nlines')],
    ['1', number('1')],
    ['-1', number('-1')],
    ['55.5', number('55.5')],
    ['+1000', number('+1000')],
    ['1e-3', number('1e-3')],
    ['1E+3', number('1E+3')],
    ['%a b%', { kind: 'regex', source: 'a b' }],
  ])('%s', (text, expected) => expect(valueOf(text)).toEqual(expected));

  // Not settled: more than the documentation lets stand without quotes.
  test.each(['us-east-1', 'arn:aws:iam::1:user/x', 'a/b', 'a@b', 'a?b', 'é', '-', '1-2', '#'])(
    '%s is read without quotes, with a note',
    (text) => {
      expect(valueOf(text)).toEqual(bare(text));
      expect(noteTexts(`{ $.a = ${text} }`)).toEqual([expect.stringContaining('quotes')]);
    },
  );

  test.each(['CreateUser', 'kms.amazonaws.com', '*.8xlarge', '-1', '+1', '"us-east-1"', '%us-east%'])(
    '%s needs no note',
    (text) => expect(noteTexts(`{ $.a = ${text} }`)).toEqual([]),
  );

  test.each(["'x'", '‘x’', '“x”', '`x`', '$.b', '[1]', '(x)', '{x}', '=x', '"x', 'a=b', 'a!b', 'a"b"', '%x'])(
    '%s is refused',
    (text) => expect(errorTexts(parsePattern(`{ $.a = ${text} }`))).toHaveLength(1),
  );
});

describe('stars', () => {
  test.each([
    ['x*', 'x', true],
    ['x*', 'xyz', true],
    ['x*', 'wx', false],
    ['*x', 'x', true],
    ['*x', 'wvx', true],
    ['*x', 'xy', false],
    ['*x*', 'wxy', true],
    ['*x*', 'x', true],
    ['*x*', 'wy', false],
    ['"x*"', 'xyz', true],
    ['"*x"', 'wx', true],
    ['"*x y*"', 'wx yz', true],
    ['*', '', true],
    ['"*"', 'anything', true],
    ['**', '', true],
    ['*', 'two\nlines', true],
    // Case counts, and the whole string has to match.
    ['x', 'X', false],
    ['x*', 'Xyz', false],
    ['x', 'xy', false],
    ['x', 'wx', false],
    ['""', '', true],
    ['""', ' ', false],
    // A question mark is itself.
    ['"a?c"', 'abc', false],
    ['"a?c"', 'a?c', true],
    // A star in the middle.
    ['a*c', 'ac', true],
    ['a*c', 'abbc', true],
    ['a*c', 'abcd', false],
    ['"a*b*c"', 'a-b-c', true],
    ['"a*b*c"', 'a-c-b', false],
    ['"ab*ba"', 'aba', false],
    ['"*a*a*"', 'a', false],
    ['"*a*a*"', 'aa', true],
    ['"*ab*b"', 'ab', false],
    ['"*ab*b"', 'abb', true],
    // Nothing else is special.
    ['"a.c"', 'abc', false],
    ['"[a]*"', '[a]b', true],
    ['"a\\\\*"', 'a\\b', true],
  ])('= %s over %j is %s', (value, text, expected) => {
    expect(matches(`{ $.a = ${value} }`, { a: text })).toBe(expected);
    expect(matches(`{ $.a != ${value} }`, { a: text })).toBe(!expected);
  });

  test.each([
    ['a*c', 1],
    ['"a*c"', 1],
    ['"*a*c*"', 1],
    ['*a*', 0],
    ['"a*"', 0],
    ['*', 0],
    ['**', 0],
  ])('a star in the middle of %s: %i notes', (value, count) => {
    expect(noteTexts(`{ $.a = ${value} }`)).toHaveLength(count);
    expect(noteTexts(`[a = ${value}]`)).toHaveLength(count);
  });
});
