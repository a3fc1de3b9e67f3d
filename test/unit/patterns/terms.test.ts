import { describe, expect, test } from 'vitest';
import { parsePattern } from '../../../src/core/patterns/parse';
import { matches, noteTexts, valid, withoutPositions } from './support';

const record = '{"eventName" : "CreateUser", "userAgent":"aws-cli/2.1 Python/3",\n "n": 1.0, "e":"caf\\u00e9" }';

describe('a term is a substring of the record as one line of JSON', () => {
  test.each([
    ['CreateUser', true],
    ['createuser', false],
    ['reateUs', true],
    ['CreateUser Python', true],
    ['CreateUser Ruby', false],
    ['Python CreateUser', true],
    ['"2.1 Python"', true],
    ['"2.1  Python"', false],
    ['"Python 2.1"', false],
    // White space between tokens is not searched; inside texts it is.
    ['"\\"eventName\\":\\"CreateUser\\""', true],
    ['"\\"eventName\\" : \\"CreateUser\\""', false],
    ['" "', true],
    // Tokens stay as they were delivered.
    ['"1.0"', true],
    ['"\\\\u00e9"', true],
    ['café', false],
    // Stars and the like have no meaning in phrases.
    ['"Create*"', false],
    ['""', true],
    ['%Create[A-Z]%', true],
    ['%^Create%', false],
    // From brace to brace.
    ['%^\\x7b.eventName% %00e9.\\x7d$%', true],
    ['-CreateUser', false],
    ['-DeleteUser', true],
    ['-"2.1 Python"', false],
    ['-%Create[a-z]%', true],
    ['Python -CreateUser', false],
    ['Python -DeleteUser', true],
    ['-Ruby -DeleteUser', true],
    ['?CreateUser ?DeleteUser', true],
    ['?DeleteUser ?CreateUser', true],
    ['?DeleteUser ?Ruby', false],
    ['?DeleteUser', false],
    ['?"2.1 Python" ?Ruby', true],
    ['?%Ruby|Python%', true],
    // Beside any other term the optional ones are ignored.
    ['Python ?DeleteUser', true],
    ['?DeleteUser Python', true],
    ['?DeleteUser Ruby', false],
    ['?DeleteUser -Ruby', true],
    ['?CreateUser -Python', false],
  ])('%s: %s', (pattern, expected) => expect(matches(pattern, record)).toBe(expected));

  test('a blank as phrase matches only messages with a blank', () => {
    expect(matches('" "', '{ "a" : "b" }')).toBe(false);
    expect(matches('" "', '{"a":"b c"}')).toBe(true);
  });
});

describe('terms are read', () => {
  const term = (text: string, mode = 'required', quoted = false): unknown => ({
    mode,
    value: { kind: 'text', text, quoted },
  });

  test.each([
    ['a  b\tc\nd', [term('a'), term('b'), term('c'), term('d')]],
    ['-a ?b', [term('a', 'excluded'), term('b', 'optional')]],
    ['"a b" -"c d"', [term('a b', 'required', true), term('c d', 'excluded', true)]],
    ['"say \\"hi\\" \\\\ \\d"', [term('say "hi" \\ \\d', 'required', true)]],
    ['éa_9', [term('éa_9')]],
    ['select name from trail', [term('select'), term('name'), term('from'), term('trail')]],
    ['filter this', [term('filter'), term('this')]],
  ])('%s', (text, expected) => expect(withoutPositions(valid(text))).toEqual({ kind: 'terms', terms: expected }));

  test.each([
    ['ERROR', 0],
    ['"a:b"', 0],
    ['a_9', 0],
    // Not settled: whether AWS takes these without quotes.
    ['a-b', 1],
    ['a.b', 1],
    ['a/b c@d', 2],
    ['?a ?b', 0],
    ['?a ?b c', 2],
    ['?a -c', 1],
  ])('%s: %i notes', (text, count) => expect(noteTexts(text)).toHaveLength(count));
});

describe('errors', () => {
  test.each([
    ['ERR*', "Invalid character(s) in term 'ERR*'", '"ERR"'],
    ['a:b', "Invalid character(s) in term 'a:b'", '"a:b"'],
    ['-a:b', "Invalid character(s) in term 'a:b'", '-"a:b"'],
    ['x a=b y', "Invalid character(s) in term 'a=b'", 'x "a=b" y'],
    ['a { b', "Invalid character(s) in term '{'", 'a "{" b'],
    ['*', "Invalid character(s) in term '*'", undefined],
    ['-', "Invalid character(s) in term ''", undefined],
    ['a ? b', "Invalid character(s) in term ''", undefined],
    ['"abc', 'Invalid metric filter pattern', '"abc"'],
    ['x "a b', 'Invalid metric filter pattern', 'x "a b"'],
    ['x "a b  ', 'Invalid metric filter pattern', 'x "a b"  '],
    ['%abc', 'Invalid metric filter pattern', '%abc%'],
    ['“a b” c', 'Invalid metric filter pattern', '"a b" c'],
    ["'a b'", 'Invalid metric filter pattern', '"a b"'],
    ['\\"a b\\"', 'Invalid metric filter pattern', '"a b"'],
  ])('%s', (text, aws, fixed) => {
    const { errors, pattern } = parsePattern(text);
    expect(pattern).toBeUndefined();
    expect(errors.map((error) => error.aws)).toEqual([aws]);
    const fix = errors[0]!.fix;
    expect(fix && text.slice(0, fix.start) + fix.text + text.slice(fix.end)).toBe(fixed);
    if (fixed !== undefined) expect(parsePattern(fixed).errors).toEqual([]);
  });
});
