import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RegexMatcher } from '../../../src/core/patterns/regexMatcher';
import { parseRegex } from '../../../src/core/patterns/regexSyntax';

function matcher(source: string): RegexMatcher {
  const parsed = parseRegex(source);
  if ('error' in parsed) throw new Error(`${source}: ${parsed.error.message.template}`);
  return new RegexMatcher(parsed.tree);
}

/** A piece of a regular expression, as AWS writes it and as JavaScript does. */
interface Piece {
  readonly aws: string;
  readonly js: string;
}
const same = (text: string): Piece => ({ aws: text, js: text });

const single = fc
  .constantFrom('a', 'b', '1', ' ', '-', '_', '/', '.', '\\.', '\\d', '\\D', '\\s', '\\S', '\\w', '\\W', '\\x61')
  .map(same);
const inBrackets = fc.constantFrom('a', 'b-d', '0-9', '_', '\\d', '\\s', '\\W', '.', '\\]', '\\x61-\\x63');
const bracket = fc
  .tuple(fc.boolean(), fc.array(inBrackets, { minLength: 1, maxLength: 3 }))
  .map(([negated, parts]) => same(`[${negated ? '^' : ''}${parts.join('')}]`));
const count = fc.tuple(fc.nat(3), fc.nat(3));
const quantifier: fc.Arbitrary<Piece> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(same('')) },
  { weight: 3, arbitrary: fc.constantFrom('?', '*', '+').map(same) },
  { weight: 1, arbitrary: count.map(([min, more]) => same(`{${min},${min + more}}`)) },
  { weight: 1, arbitrary: fc.nat(3).map((n) => same(`{${n}}`)) },
  { weight: 1, arbitrary: fc.nat(3).map((n) => same(`{${n},}`)) },
  // JavaScript has no `{,n}`.
  { weight: 1, arbitrary: fc.nat(3).map((n) => ({ aws: `{,${n}}`, js: `{0,${n}}` })) },
);
const item: fc.Arbitrary<Piece> = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(fc.oneof(single, bracket), quantifier).map(join) },
  { weight: 1, arbitrary: fc.constantFrom('^', '$').map(same) },
);
const branch = fc.array(item, { maxLength: 5 }).map(join);
const regex = fc
  .array(branch, { minLength: 1, maxLength: 3 })
  .map((branches) => ({ aws: branches.map(({ aws }) => aws).join('|'), js: branches.map(({ js }) => js).join('|') }));

function join(pieces: readonly Piece[]): Piece {
  return { aws: pieces.map(({ aws }) => aws).join(''), js: pieces.map(({ js }) => js).join('') };
}

const text = fc.string({
  unit: fc.constantFrom('a', 'b', 'c', '1', ' ', '-', '_', '.', '/', '\n', ']', 'é'),
  maxLength: 12,
});

test('agrees with RegExp', () => {
  fc.assert(
    fc.property(regex, fc.array(text, { minLength: 1, maxLength: 4 }), ({ aws, js }, texts) => {
      const own = matcher(aws);
      const theirs = new RegExp(js);
      // One matcher for all texts: nothing may stay from one to the next.
      for (const each of texts) expect([each, own.test(each)]).toEqual([each, theirs.test(each)]);
    }),
    { numRuns: 5000 },
  );
});

describe('linear, whatever the expression: a backtracking engine would never come back from these', () => {
  const long = 'a'.repeat(100_000);

  test.each([
    ['.*.*.*.*x', false],
    ['a*a*a*a*a*a*a*a*b', false],
    ['a+a+a+a+a+a+a+$b', false],
    ['^a?a?a?a?a?a?a?a?a?a?a*a*a*a*[^a]', false],
    ['a{100}a*a{100}b', false],
    ['.*a.*a.*a.*a$', true],
    ['a*a*a*|x*x*y', true],
  ])('%s', (source, expected) => expect(matcher(source).test(long)).toBe(expected));

  test('each character is read once at each position', () => {
    const source = '.*.*.*.*x';
    for (const length of [1000, 2000, 4000]) {
      let reads = 0;
      const own = matcher(source);
      const sets = (own as unknown as { sets: Uint8Array[] }).sets;
      sets.forEach((set, at) => {
        sets[at] = new Proxy(set, {
          get(target, key) {
            reads++;
            return target[key as unknown as number];
          },
        });
      });
      expect(own.test('a'.repeat(length))).toBe(false);
      expect(reads).toBeLessThanOrEqual(length * source.length);
    }
  });
});
