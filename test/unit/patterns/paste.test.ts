import { describe, expect, test } from 'vitest';
import { parsePattern } from '../../../src/core/patterns/parse';
import { printPattern } from '../../../src/core/patterns/print';
import { applyFix, errorTexts, noteTexts, valid, withMarks } from './support';

const note =
  'The quotes of a shell around the pattern were dropped. AWS itself would look for the quoted text as a phrase.';

describe('a pattern wrapped for a shell or a template', () => {
  test.each([
    [`'{ $.a = "x" }'`, '{ $.a = "x" }'],
    [`"{ $.a = \\"x\\" }"`, '{ $.a = "x" }'],
    [`"{ $.a = "x" }"`, '{ $.a = "x" }'],
    [`  '{ $.a = 1 }'  `, '{ $.a = 1 }'],
    [`' { $.a = 1 } '`, '{ $.a = 1 }'],
    // The closing quote lost.
    [`"{ $.a = \\"x\\" }`, '{ $.a = "x" }'],
    [`'{ $.a = 1 }`, '{ $.a = 1 }'],
    [`'[a, b = \\"x\\"]'`, '[a, b = "x"]'],
    [`"[a, b]"`, '[a, b]'],
    [`"{ $.a = %\\d% }"`, '{ $.a = %\\d% }'],
    ['"{ $.a = \\"x\\\\"y\\" }"', '{ $.a = "x\\"y" }'],
  ])('%s', (pasted, expected) => {
    expect(printPattern(valid(pasted))).toBe(expected);
    expect(noteTexts(pasted)).toEqual([note]);
    const { start, end } = parsePattern(pasted).notes[0]!;
    expect(pasted.slice(start, end)).toBe(pasted.trim());
  });

  test.each(['"phrase"', '"a {b}"', '-"{ x"', 'a "{ x"', "?'{'", '""{'])('%s is left alone', (text) => {
    expect(noteTexts(text)).not.toContain(note);
  });

  test('an AST has the positions of the original text', () => {
    const text = `"{ $.a = \\"x\\" && $.b = %re% }"`;
    const pattern = valid(text);
    if (pattern.kind !== 'json' || pattern.root.kind === 'test') throw new Error(text);
    const shown = pattern.root.operands.map((operand) => {
      if (operand.kind !== 'test' || operand.test.kind !== 'equals') throw new Error(text);
      const { range, selector, test } = operand;
      return [range, selector, test.value].map(({ start, end }) => text.slice(start, end));
    });
    expect(shown).toEqual([
      ['$.a = \\"x\\" ', '$.a', '\\"x\\" '].map((each) => each.trimEnd()),
      ['$.b = %re%', '$.b', '%re%'],
    ]);
  });
});

describe('errors stand in the original text, and their fixes keep the wrapping', () => {
  test.each([
    [`"{ $.a «==» \\"x\\" }"`, `"{ $.a = \\"x\\" }"`],
    [`"{ $.«\\"detail-type\\"» = 1 }"`, `"{ $.['detail-type'] = 1 }"`],
    [`'{ $.«"detail-type"» = 1 }'`, `'{ $.['detail-type'] = 1 }'`],
    [`"{ $.a = \\"x\\" «&» $.b = 1 }"`, `"{ $.a = \\"x\\" && $.b = 1 }"`],
    [`"{ $.a > «\\"5\\"» }"`, `"{ $.a > 5 }"`],
    [`"{ $.a = «'x'» }"`, `"{ $.a = \\"x\\" }"`],
    [`"{ $.a = «“x”» }"`, `"{ $.a = \\"x\\" }"`],
    [`"{ «(»$.a = \\"x\\" }"`, `"{ ($.a = \\"x\\" )}"`],
    [`"{ $.a = \\"x\\"«»"`, `"{ $.a = \\"x\\" }"`],
    [`"{ $.a = \\"x\\"«»`, `"{ $.a = \\"x\\" }`],
    [`"{ $.a = «\\"x» }"`, `"{ $.a = \\"x\\" }"`],
    [`"{ «eventName» = \\"x\\" }"`, `"{ $.eventName = \\"x\\" }"`],
    [`'[a, b«»'`, `'[a, b]'`],
  ])('%s', (marked, fixed) => {
    const text = marked.replace(/[«»]/g, '');
    const parsed = parsePattern(text);
    expect(
      parsed.errors.map((error) => withMarks(text, error)),
      errorTexts(parsed).join(),
    ).toEqual([marked]);
    expect(applyFix(text, parsed.errors[0]!.fix!)).toBe(fixed);
    expect(errorTexts(parsePattern(fixed))).toEqual([]);
  });

  test('quotes escaped without being wrapped', () => {
    const text = '{ $.a = \\"x\\" && $.b = \\"y z\\" }';
    const parsed = parsePattern(text);
    expect(parsed.errors.map(({ start }) => start)).toEqual([text.indexOf('\\'), text.indexOf('\\"y')]);
    expect(applyFix(text, parsed.errors[0]!.fix!)).toBe('{ $.a = "x" && $.b = "y z" }');
  });
});
