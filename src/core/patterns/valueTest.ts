import type { FoundValue } from '../json/foundValue';
import type { CompareOperator, NumberValue, Test, Value } from './ast';
import { RegexMatcher } from './regexMatcher';
import { parseRegex } from './regexSyntax';

/** Whether what a selector leads to, or undefined where it leads nowhere, meets a test. */
export type ValueTest = (found: FoundValue | undefined) => boolean;

/**
 * Compiles one test by the comparison table of the filter pattern syntax: only strings and numbers compare with `=` and `!=`, only numbers
 * with the order operators; true, false, null, objects, arrays and missing fields never do, not even with `!=`.
 */
export function compileTest(test: Test): ValueTest {
  switch (test.kind) {
    case 'equals':
      return equals(test.negated, test.value);
    case 'compare': {
      const holds = comparison(test.operator, test.value);
      return (found) => found?.type === 'number' && holds(Number(found.text));
    }
    case 'is':
      return is(test.what);
    case 'not-exists':
      return (found) => found === undefined;
  }
}

/** Compiles `= x || = y || …` for texts without stars. */
export function oneOf(texts: readonly string[]): ValueTest {
  const set = new Set(texts);
  return (found) => (found?.type === 'string' || found?.type === 'number') && set.has(found.text);
}

function equals(negated: boolean, value: Value): ValueTest {
  const matchesText = compileText(value);
  const matchesNumber = value.kind === 'number' ? (text: string) => sameNumber(text, value.raw) : matchesText;
  return (found) => {
    if (found?.type === 'string') return matchesText(found.text) !== negated;
    return found?.type === 'number' && matchesNumber(found.text) !== negated;
  };
}

function is(what: 'NULL' | 'TRUE' | 'FALSE'): ValueTest {
  if (what === 'NULL') return (found) => found?.type === 'null' || found?.holdsNull === true;
  const type = what === 'TRUE' ? 'true' : 'false';
  return (found) => found?.type === type;
}

/** Whether a number is on the right side of `value`. */
export function comparison(operator: CompareOperator, value: NumberValue): (number: number) => boolean {
  const limit = Number(value.raw);
  switch (operator) {
    case '>':
      return (number) => number > limit;
    case '>=':
      return (number) => number >= limit;
    case '<':
      return (number) => number < limit;
    case '<=':
      return (number) => number <= limit;
  }
}

/** Whether a text, whole and with regard to case, is the value; a regular expression is searched for anywhere in it. */
export function compileText(value: Value): (text: string) => boolean {
  if (value.kind === 'number') return (text) => text === value.raw;
  if (value.kind === 'text') return compileWildcards(value.text);
  const parsed = parseRegex(value.source);
  if ('error' in parsed) return () => false;
  const matcher = new RegexMatcher(parsed.tree);
  return (text) => matcher.test(text);
}

/** Matches texts against a value in which each star stands for any run of characters. Linear: parts are sought left to right. */
function compileWildcards(value: string): (text: string) => boolean {
  const parts = value.split(/\*+/);
  if (parts.length === 1) return (text) => text === value;
  const first = parts[0]!;
  const last = parts.at(-1)!;
  const middle = parts.slice(1, -1).filter((part) => part !== '');
  return (text) => {
    if (!text.startsWith(first) || !text.endsWith(last)) return false;
    let at = first.length;
    for (const part of middle) {
      const found = text.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return at <= text.length - last.length;
  };
}

function sameNumber(a: string, b: string): boolean {
  const long = a.length > 15 && b.length > 15 && /^[+-]?\d+$/.test(a) && /^[+-]?\d+$/.test(b);
  return long ? BigInt(a.replace('+', '')) === BigInt(b.replace('+', '')) : Number(a) === Number(b);
}
