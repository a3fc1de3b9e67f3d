import { describe, expect, test } from 'vitest';
import { compileSpacePattern, splitMessage } from '../../../src/core/patterns/matchSpace';
import { parsePattern } from '../../../src/core/patterns/parse';
import { printPattern } from '../../../src/core/patterns/print';
import { matches, valid } from './support';

function line(pattern: string, message: string): boolean {
  const parsed = valid(pattern);
  if (parsed.kind !== 'space') throw new Error(pattern);
  return compileSpacePattern(parsed)(message);
}

describe('a line is split on blanks and tabs', () => {
  test.each([
    ['a b\tc', ['a', 'b', 'c']],
    ['  a \t b ', ['a', 'b']],
    ['', []],
    [' \t ', []],
    ['a "b c" d', ['a', 'b c', 'd']],
    ['a [b c] d', ['a', 'b c', 'd']],
    ['"a b"', ['a b']],
    ['[a b]', ['a b']],
    ['"" []', ['', '']],
    ['[a "b] c"', ['a "b', 'c"']],
    ['"a [b" c]', ['a [b', 'c]']],
    // Never closed: ordinary text.
    ['a "b c', ['a', '"b', 'c']],
    ['a [b c', ['a', '[b', 'c']],
    ['"', ['"']],
    // What closes has to end the field.
    ['"a b"c d', ['"a', 'b"c', 'd']],
    ['a"b c"', ['a"b', 'c"']],
    ['x[b c]', ['x[b', 'c]']],
    ['é "ü ö"', ['é', 'ü ö']],
  ])('%j', (message, words) => expect(splitMessage(message)).toEqual(words));

  test('in one pass, however many brackets stay open', () => {
    expect(splitMessage('[ '.repeat(2_000_000))).toHaveLength(2_000_000);
    expect(splitMessage(`${'[ '.repeat(2_000_000)}]x`)).toHaveLength(2_000_001);
    expect(splitMessage(`${'" '.repeat(2_000_000)}x`)).toHaveLength(1_000_001);
  });
});

const apache = '127.0.0.1 Prod frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534';

describe('matching', () => {
  test.each([
    ['[ip, server, user, time, request, status, bytes]', apache, true],
    ['[ip, server, user, time, request, status = 404, bytes]', apache, true],
    ['[ip, server, user, time, request, status = 4*, bytes]', apache, true],
    ['[ip, server, user, time, request, status = 5*, bytes]', apache, false],
    ['[ip, server, user, time, request = "*html*", status, bytes]', apache, true],
    ['[ip, server, user, time = "10/Oct*", request, status, bytes > 1000]', apache, true],
    ['[ip, server, user, time, request, status, bytes > 2000]', apache, false],
    ['[ip, server, user = frank || user = joe, time, request, status, bytes]', apache, true],
    ['[ip, server, user != frank && user != joe, time, request, status, bytes]', apache, false],
    ['[ip = %^127\\.0\\.[0-9]%, server, user, time, request, status, bytes]', apache, true],
    ['[ip != %^127%, server, user, time, request, status, bytes]', apache, false],
    // One ellipsis; fields after it align from the end.
    ['[ip, ..., bytes = 1534]', apache, true],
    ['[..., status = 404, bytes]', apache, true],
    ['[..., status = 1534, bytes]', apache, false],
    ['[ip = "127.*", ...]', apache, true],
    ['[...]', apache, true],
    ['[...]', '', false],
    ['[a, ..., b]', 'x', false],
    ['[a = x, ..., b = y]', 'x y', true],
    // Too few fields.
    ['[a, b]', 'x', false],
    ['[a, b]', 'x y', true],
    ['[a]', '', false],
    // Surplus words join the last named field.
    ['[a, b = "y z"]', 'x y z', true],
    ['[a, b = y]', 'x y z', false],
    ['[a, b = "*z"]', 'x y z', true],
    ['[a = "x y"]', 'x \t y', true],
    ['[a, b = "c d e"]', 'x "c d" e', true],
    ['[a = x, ...]', 'x y z', true],
    // [] matches any line that is not empty.
    ['[]', 'x', true],
    ['[]', 'x y z', true],
    ['[]', '', false],
    ['[]', '  ', false],
    // A field is text: numbers compare as written with =, by what they are worth with <.
    ['[a = 1]', '1', true],
    ['[a = 1]', '1.0', false],
    ['[a != 1]', '1.0', true],
    ['[a >= 1]', '1.0', true],
    ['[a < 1e3]', '+999', true],
    ['[a > 1]', 'x', false],
    ['[a < 1]', '', false],
    ['[a = null]', 'null', true],
    ['[a != *]', 'x', false],
    ['[a = x]', 'X', false],
    ['[a = x && a = y || a = z]', 'z', true],
    ['[a = z && (a = x || a = y)]', 'z', false],
    ['[(a = x || a = y) && a != x, b]', 'y w', true],
    ['[(a = x), b]', 'x w', true],
  ])('%s over %j: %s', (pattern, message, expected) => expect(line(pattern, message)).toBe(expected));

  test('over a record, its compact line', () => {
    expect(matches('[a = *CreateUser*, b]', '{ "eventName": "CreateUser", "userAgent": "x y" }')).toBe(true);
    expect(matches('[a, b]', '{ "eventName": "CreateUser" }')).toBe(false);
    expect(matches('[]', '{}')).toBe(true);
  });
});

describe('reading', () => {
  test.each([
    ['[a,b,c]', '[a, b, c]'],
    ['[ a , b = 1 , ... ]', '[a, b = 1, ...]'],
    ['[\n a,\n b\n]', '[a, b]'],
    ['[]', '[]'],
    ['[ ]', '[]'],
    ['[a=1&&a!=2||a>3]', '[a = 1 && a != 2 || a > 3]'],
    ['[a = "x, y]", b]', '[a = "x, y]", b]'],
    ['[a = %[x,]%, b]', '[a = %[x,]%, b]'],
    ['[w-1, status_code]', '[w-1, status_code]'],
  ])('%s', (text, printed) => expect(printPattern(valid(text))).toBe(printed));

  test.each([
    ['[a, «a»]', "Duplicate field 'a'"],
    ['[a, b = 1, («b» = 2)]', "Duplicate field 'b'"],
    ['[..., a, «...»]', undefined],
    ['[a = 1 && «b» = 2]', undefined],
    ['[a = 1 || («b» = 2)]', undefined],
    ['[a«,»]', undefined],
    ['[«,» a]', undefined],
    ['[a,«,» b]', undefined],
    ['[a «b»]', undefined],
    ['[«1a»]', undefined],
    ['[a = «]»', undefined],
    ['[a «==» 1]', undefined],
    ['[a > «"1"»]', undefined],
    ['[a > «x»]', undefined],
    ['[a = 1 «and» a = 2]', undefined],
    ['[a = «‘x’»]', undefined],
    ['[«(»a = 1, b]', undefined],
    ['[a = 1«)», b]', undefined],
    ['[a, b«»', undefined],
    ['[a,«»', undefined],
    ['[«»', undefined],
    ['[a] «x»', undefined],
    ['[a = «"x, b»]', undefined],
    ['[a = %«(»x%]', 'Failed to compile regular expression.'],
  ])('%s is an error', (marked, aws = 'Invalid metric filter pattern') => {
    const text = marked.replace(/[«»]/g, '');
    const { errors, pattern } = parsePattern(text);
    const shown = errors.map(
      ({ start, end }) => `${text.slice(0, start)}«${text.slice(start, end)}»${text.slice(end)}`,
    );
    expect(pattern).toBeUndefined();
    expect(shown).toEqual([marked]);
    expect(errors[0]!.aws).toBe(aws);
  });
});
