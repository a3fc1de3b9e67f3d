import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Pattern } from '../../../src/core/patterns/ast';
import { FieldFinder } from '../../../src/core/patterns/fieldFinder';
import { compilePattern } from '../../../src/core/patterns/match';
import { parsePattern } from '../../../src/core/patterns/parse';
import { printPattern } from '../../../src/core/patterns/print';
import { condition, jsonPattern, recordText, spacePattern, termsPattern } from './arbitraries';
import { naiveMatch } from './naive';
import { applyFix, errorTexts, recordOf, withoutPositions } from './support';

/** The pattern as it is written; patterns beyond the limits of AWS, and phrases that would pass for a pasted pattern, are passed over. */
function printed(pattern: Pattern): string {
  const text = printPattern(pattern);
  const { errors } = parsePattern(text);
  fc.pre([...text].length <= 1024);
  fc.pre(!errors.some(({ aws }) => /maximum of \d/.test(aws)));
  fc.pre(!/^\s*["']\s*[{[]/.test(text));
  return text;
}

describe.each([
  ['JSON', jsonPattern],
  ['terms', termsPattern],
  ['space-delimited', spacePattern],
])('%s patterns', (_, arbitrary) => {
  test('are printed as they parse', () => {
    fc.assert(
      fc.property(arbitrary, (pattern) => {
        const text = printed(pattern);
        const parsed = parsePattern(text);
        expect(errorTexts(parsed), text).toEqual([]);
        expect(withoutPositions(parsed.pattern)).toEqual(withoutPositions(pattern));
        expect(printPattern(parsed.pattern!)).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  test('match as the plainest evaluator does', () => {
    fc.assert(
      fc.property(arbitrary, fc.array(recordText, { minLength: 1, maxLength: 5 }), (pattern, records) => {
        printed(pattern);
        const predicate = compilePattern(pattern);
        for (const json of records) expect(predicate(recordOf(json)), json).toBe(naiveMatch(pattern, json));
      }),
      { numRuns: 5000 },
    );
  });
});

/** Whatever is parsed, the answer holds together. */
function expectSound(text: string): void {
  const { pattern, errors, notes } = parsePattern(text);
  expect(pattern === undefined).toBe(errors.length > 0);
  for (const { start, end, fix } of [...errors, ...notes]) {
    for (const range of [{ start, end }, ...(fix === undefined ? [] : [fix])]) {
      expect(range.start).toBeGreaterThanOrEqual(0);
      expect(range.end).toBeGreaterThanOrEqual(range.start);
      expect(range.end).toBeLessThanOrEqual(text.length);
    }
    if (fix !== undefined) parsePattern(applyFix(text, fix));
  }
  expect(errors.map(({ start }) => start)).toEqual(errors.map(({ start }) => start).sort((a, b) => a - b));
  if (pattern !== undefined) {
    compilePattern(pattern)(recordOf('{"a":{"b":"x"},"eventName":"y"}'));
    fc.pre([...printPattern(pattern)].length <= 1024);
    fc.pre(!/^\s*["']\s*[{[]/.test(printPattern(pattern)));
    expect(withoutPositions(parsePattern(printPattern(pattern)).pattern)).toEqual(withoutPositions(pattern));
  }
}

describe('any text', () => {
  const tokens = fc.constantFrom(
    ...[
      '{',
      '}',
      '[',
      ']',
      '(',
      ')',
      '$',
      '.',
      '$.a',
      '$.',
      "['",
      '"]',
      '*',
      '[*]',
      '[0]',
      '"',
      "'",
      '“',
      '\\',
      '\\"',
      '%',
    ],
    ...[
      '=',
      '!=',
      '<',
      '>=',
      '==',
      '&&',
      '||',
      '&',
      '|',
      'AND',
      'or',
      'NOT',
      '!',
      'IS',
      'NULL',
      'EXISTS',
      'null',
      'true',
    ],
    ...[
      '1',
      '-1',
      '1e',
      '+',
      '-',
      '?',
      ',',
      '...',
      'a',
      'x y',
      ' ',
      '\n',
      'é',
      '😀',
      '\ud800',
      ':',
      '(a',
      'select',
      'from',
    ],
  );

  test.each([
    ['characters', fc.string({ unit: 'binary', maxLength: 60 })],
    ['tokens', fc.array(tokens, { maxLength: 25 }).map((parts) => parts.join(''))],
    ['tokens in braces', fc.array(tokens, { maxLength: 15 }).map((parts) => `{${parts.join(' ')}}`)],
    ['tokens in brackets', fc.array(tokens, { maxLength: 15 }).map((parts) => `[a ${parts.join('')}]`)],
    ['tokens in quotes', fc.array(tokens, { maxLength: 15 }).map((parts) => `"{${parts.join('')}}"`)],
  ])('of %s is answered', (_, text) => {
    fc.assert(fc.property(text, expectSound), { numRuns: 3000 });
  });

  test('that was a pattern, with some characters changed, is answered', () => {
    const edit = fc.record({ at: fc.nat(200), remove: fc.nat(3), insert: fc.oneof(fc.constant(''), tokens) });
    const pattern = fc.oneof(jsonPattern, termsPattern, spacePattern).map(printPattern);
    fc.assert(
      fc.property(pattern, fc.array(edit, { minLength: 1, maxLength: 3 }), fc.boolean(), (text, edits, wrap) => {
        const edited = edits.reduce((before, { at, remove, insert }) => {
          const place = at % (before.length + 1);
          return before.slice(0, place) + insert + before.slice(place + remove);
        }, text);
        expectSound(wrap ? `"${edited.replaceAll('"', '\\"')}"` : edited);
      }),
      { numRuns: 3000 },
    );
  });

  test('of great length is answered at once', () => {
    for (const part of [
      '{',
      '(',
      '[',
      '"',
      '{"a":',
      '{ $.a = "',
      '?a ',
      '"{ $.a = \\"',
      '%',
      'select a, ',
      '{"',
      'a',
      ' ',
    ]) {
      expectSound(part.repeat(200_000));
    }
  });
});

test('patterns that share a finder match as each does alone, whatever the order of the records', () => {
  fc.assert(
    fc.property(
      fc.array(condition, { minLength: 1, maxLength: 4 }),
      fc.array(recordText, { minLength: 1, maxLength: 3 }),
      fc.array(fc.tuple(fc.nat(3), fc.nat(2)), { maxLength: 20 }),
      (roots, texts, visits) => {
        const finder = new FieldFinder();
        const shared = roots.map((root) => compilePattern({ kind: 'json', root }, finder));
        const records = texts.map(recordOf);
        for (const [pattern, record] of visits) {
          const i = pattern % roots.length;
          const j = record % texts.length;
          expect(shared[i]!(records[j]!)).toBe(naiveMatch({ kind: 'json', root: roots[i]! }, texts[j]!));
        }
      },
    ),
    { numRuns: 500 },
  );
});

test('the conditions of a pattern, joined, hold when each or any of them does', () => {
  fc.assert(
    fc.property(condition, condition, recordText, (a, b, json) => {
      const record = recordOf(json);
      const [left, right] = [a, b].map((root) => compilePattern({ kind: 'json', root })(record)) as [boolean, boolean];
      expect(compilePattern({ kind: 'json', root: { kind: 'and', operands: [a, b] } })(record)).toBe(left && right);
      expect(compilePattern({ kind: 'json', root: { kind: 'or', operands: [a, b] } })(record)).toBe(left || right);
    }),
  );
});
