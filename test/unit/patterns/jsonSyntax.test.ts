import { describe, expect, test } from 'vitest';
import { printCondition } from '../../../src/core/patterns/print';
import { errorTexts, matches, noteTexts, valid } from './support';
import { parsePattern } from '../../../src/core/patterns/parse';

/** The tree of a JSON pattern, made visible by its parentheses. */
function tree(text: string): string {
  const pattern = valid(text);
  return pattern.kind === 'json' ? printCondition(pattern.root) : pattern.kind;
}

describe('precedence: parentheses, then &&, then ||', () => {
  test.each([
    ['{ $.a = 1 || $.b = 1 && $.c = 1 }', '($.a = 1) || (($.b = 1) && ($.c = 1))'],
    ['{ $.a = 1 && $.b = 1 || $.c = 1 }', '(($.a = 1) && ($.b = 1)) || ($.c = 1)'],
    ['{ ($.a = 1 || $.b = 1) && $.c = 1 }', '(($.a = 1) || ($.b = 1)) && ($.c = 1)'],
    ['{ $.a = 1 && ($.b = 1 || $.c = 1) }', '($.a = 1) && (($.b = 1) || ($.c = 1))'],
    ['{ $.a = 1 && $.b = 1 && $.c = 1 }', '($.a = 1) && ($.b = 1) && ($.c = 1)'],
    ['{ $.a = 1 || $.b = 1 || $.c = 1 }', '($.a = 1) || ($.b = 1) || ($.c = 1)'],
    ['{ ($.a = 1 && $.b = 1) && $.c = 1 }', '(($.a = 1) && ($.b = 1)) && ($.c = 1)'],
    ['{ ((($.a = 1))) }', '$.a = 1'],
    ['{ (($.a = 1) || (($.b = 1))) }', '($.a = 1) || ($.b = 1)'],
  ])('%s', (text, expected) => expect(tree(text)).toBe(expected));

  test.each([
    [{ a: 1, b: 0, c: 0 }, true],
    [{ a: 0, b: 1, c: 0 }, false],
    [{ a: 0, b: 1, c: 1 }, true],
    [{ a: 0, b: 0, c: 1 }, false],
  ])('a || b && c over %j', (record, expected) => {
    expect(matches('{ $.a = 1 || $.b = 1 && $.c = 1 }', record)).toBe(expected);
    expect(matches('{ $.b = 1 && $.c = 1 || $.a = 1 }', record)).toBe(expected);
  });
});

describe('blanks and line breaks', () => {
  test.each([
    '{$.a=1&&$.b="x"||$.c!=*}',
    '{ $.a=1&&$.b="x" ||$.c!= * }',
    '{\n  $.a = 1\n  && $.b = "x"\n  || $.c != *\n}\n',
    '\t{\r\n($.a=1)&&($.b="x")||($.c!=*)\r\n}',
    '{($.a = 1 && $.b = "x")||$.c!=*}',
  ])('%j', (text) => {
    expect(tree(text).replaceAll(/[()]/g, '')).toBe('$.a = 1 && $.b = "x" || $.c != *');
  });

  test.each([
    ['{$.a>1}', '$.a > 1'],
    ['{$.a>=-1.5e3}', '$.a >= -1.5e3'],
    ['{$.a IS NULL&&$.b NOT EXISTS}', '($.a IS NULL) && ($.b NOT EXISTS)'],
    ['{$.a IS\nTRUE||$.b NOT \t EXISTS}', '($.a IS TRUE) || ($.b NOT EXISTS)'],
    ['{($.a IS FALSE)}', '$.a IS FALSE'],
    ['{$.a=%x y%&&$.b=1}', '($.a = %x y%) && ($.b = 1)'],
  ])('%j', (text, expected) => expect(tree(text)).toBe(expected));
});

describe('what is no operator is rejected', () => {
  test.each([
    '{ NOT ($.a = 1) }',
    '{ !($.a = 1) }',
    '{ $.a = 1 AND $.b = 1 }',
    '{ $.a = 1 OR $.b = 1 }',
    '{ $.a = 1 and $.b = 1 }',
    '{ $.a = 1 & $.b = 1 }',
    '{ $.a = 1 | $.b = 1 }',
    '{ $.a == 1 }',
    '{ $.a EXISTS }',
    '{ $.a IS NOT NULL }',
    '{ $.a IS NOT TRUE }',
    '{ $.a IS 1 }',
    '{ $.a = null }',
    '{ $.a }',
    '{ $.a = }',
    '{ = 1 }',
    '{ 1 = $.a }',
    '{ $.a = $.b }',
    '{ $.a = 1, $.b = 1 }',
    '{ $.a LIKE "x" }',
    '{ $.a IN ("x") }',
    '{ $.a IS NULLS }',
    '{ $.a NOT EXISTSX }',
    '{}',
    '{ }',
    '{ () }',
    '{ ($.a = 1 }',
    '{ $.a = 1) }',
    '{ $.a = 1',
    '{ $.a = 1 } x',
    '{ $.a = 1 } }',
    '{ $.a = 1 && }',
    '{ && $.a = 1 }',
    '{ $.a = 1 $.b = 1 }',
    '{ $.a = [1] }',
  ])('%s', (text) => {
    const parsed = parsePattern(text);
    expect(parsed.pattern).toBeUndefined();
    expect(errorTexts(parsed)).toHaveLength(1);
    expect(parsed.errors[0]!.aws).toBe('Invalid metric filter pattern');
  });
});

describe('keywords in lower case are read, with a note', () => {
  test.each([
    ['{ $.a is null }', '$.a IS NULL', 2],
    ['{ $.a IS null }', '$.a IS NULL', 1],
    ['{ $.a is TRUE }', '$.a IS TRUE', 1],
    ['{ $.a not exists }', '$.a NOT EXISTS', 1],
    ['{ $.a Not Exists }', '$.a NOT EXISTS', 1],
    ['{ $.a IS NULL }', '$.a IS NULL', 0],
    ['{ $.a NOT  EXISTS }', '$.a NOT EXISTS', 0],
  ])('%s', (text, expected, notes) => {
    expect(tree(text)).toBe(expected);
    expect(noteTexts(text).filter((note) => note.includes('capital letters'))).toHaveLength(notes);
  });
});
