import { message } from '../message';
import type { Condition, PatternError, Pattern, Range, Selector, SelectorTest, Value } from './ast';
import { leavesOf } from './logic';

/** Counted in characters (code points), not bytes. */
export const MAX_PATTERN_CHARACTERS = 1024;
const MAX_REGEXES = 2;
const MAX_WILDCARD_SELECTORS = 3;

/** What a pattern has more of than AWS allows: regular expressions in JSON and space-delimited patterns, wildcards in selectors. */
export function limitErrors(pattern: Pattern): PatternError[] {
  switch (pattern.kind) {
    case 'json':
      return [...regexErrors(valuesOfTests(pattern.root)), ...wildcardErrors(leavesOf(pattern.root))];
    case 'space':
      return regexErrors(
        pattern.fields.flatMap((field) =>
          field.kind === 'field' && field.condition !== undefined
            ? leavesOf(field.condition).map(({ value }) => value)
            : [],
        ),
      );
    default:
      return [];
  }
}

function valuesOfTests(root: Condition): Value[] {
  return leavesOf(root).flatMap(({ test }) => ('value' in test ? [test.value] : []));
}

function regexErrors(values: readonly Value[]): PatternError[] {
  return values
    .filter(({ kind }) => kind === 'regex')
    .slice(MAX_REGEXES)
    .map((value) => ({
      ...rangeOf(value),
      message: message('At most {0} regular expressions are allowed in a pattern.', MAX_REGEXES),
      aws: 'Your input has exceeded the maximum of 2 regular expressions per filter pattern.',
    }));
}

function wildcardErrors(tests: readonly SelectorTest[]): PatternError[] {
  const wild = tests.map(({ selector }) => selector).filter((selector) => wildcards(selector) > 0);
  const tooMany = wild.slice(MAX_WILDCARD_SELECTORS).map((selector) => ({
    ...rangeOf(selector),
    message: message('At most {0} selectors with a wildcard are allowed in a pattern.', MAX_WILDCARD_SELECTORS),
    aws: 'Your input has exceeded the maximum of 3 JSON wildcard selectors allowed per filter pattern.',
  }));
  const tooWild = wild
    .filter((selector) => wildcards(selector) > 1)
    .map((selector) => ({
      ...rangeOf(selector),
      message: message('Only one wildcard is allowed in a selector.'),
      aws: 'Your input exceeds the maximum of 1 wildcard allowed per json selector.',
    }));
  return [...tooWild, ...tooMany];
}

/** How many steps of a selector are wildcards. */
function wildcards({ steps }: Selector): number {
  return steps.filter(({ kind }) => kind === 'any').length;
}

function rangeOf({ start, end }: Range): Range {
  return { start, end };
}
