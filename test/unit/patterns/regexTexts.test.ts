import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRegex } from '../../../src/core/patterns/regexSyntax';
import { regexTexts } from '../../../src/core/patterns/regexTexts';
import { RegexMatcher } from '../../../src/core/patterns/regexMatcher';

describe('the texts of a regular expression', () => {
  test.each([
    ['abc', [['abc']]],
    ['^abc$', [['', 'abc', '']]],
    [
      '[Rr]ansom|README.*LOCK',
      [
        ['', 'ansom'],
        ['README', 'LOCK'],
      ],
    ],
    ['ab+c', [['ab', 'c']]],
    ['ab?c', [['a', 'c']]],
    ['a{2}b', [['aab']]],
    ['a{2,}b', [['aa', 'b']]],
    [String.raw`static/js/.+[.]js$`, [['static/js/', '.js', '']]],
    [String.raw`\d+`, [['', '']]],
  ])('%s', (source, texts) => {
    expect(regexTexts(source)).toEqual(texts);
  });

  test('stand in every text that it is found in', () => {
    const item = fc.constantFrom('a', 'b', '.', '[ab]', 'a+', 'b*', 'a?', 'b{2}', 'a{1,2}', String.raw`\w`, 'c');
    const source = fc.array(fc.array(item, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 3 });
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '-'), maxLength: 12 });
    fc.assert(
      fc.property(source, text, (branches, searched) => {
        const joined = branches.map((branch) => branch.join('')).join('|');
        const parsed = parseRegex(joined);
        if ('error' in parsed || !new RegexMatcher(parsed.tree).test(searched)) return;
        expect(
          regexTexts(joined).some((runs) => runs.every((run) => searched.includes(run))),
          `${joined} in ${searched}`,
        ).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });
});
