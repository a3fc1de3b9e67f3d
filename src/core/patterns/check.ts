import { message } from '../message';
import type { Comparison, Condition, Pattern, PatternNote, Range, Selector, SelectorTest, Term, Test } from './ast';
import { isJoined, leavesOf } from './logic';
import { printCondition, printSelector } from './print';

/** Fields that every record of a call has; `!=` on any other is false where the field is missing. */
const ALWAYS_PRESENT = new Set([
  '$.eventVersion',
  '$.eventTime',
  '$.eventSource',
  '$.eventName',
  '$.eventType',
  '$.eventCategory',
  '$.eventID',
  '$.awsRegion',
  '$.sourceIPAddress',
  '$.userIdentity.type',
]);
/** JSON booleans: they compare with nothing. */
const BOOLEANS = new Set(['$.readOnly', '$.managementEvent']);
/** Texts that read like booleans. */
const TEXT_BOOLEANS = new Set([
  '$.sessionCredentialFromConsole',
  '$.userIdentity.sessionContext.assumedRoot',
  '$.userIdentity.sessionContext.attributes.mfaAuthenticated',
]);

/** What in a valid pattern may surprise: readings that AWS has not settled, and the classic traps. */
export function checkPattern(pattern: Pattern): PatternNote[] {
  switch (pattern.kind) {
    case 'all':
      return [];
    case 'json':
      return [...checkMissing(pattern.root, new Set()), ...leavesOf(pattern.root).flatMap(checkTest)];
    case 'space':
      return pattern.fields.flatMap((field) =>
        field.kind === 'field' && field.condition !== undefined
          ? leavesOf(field.condition).flatMap(checkComparison)
          : [],
      );
    case 'terms':
      return checkTerms(pattern.terms);
  }
}

/** Warns of `!=` on fields that may be missing. `settled` are the selectors of which the conditions around say what they do when missing. */
function checkMissing(condition: Condition, settled: ReadonlySet<string>): PatternNote[] {
  if (!isJoined(condition)) return checkUnequal(condition, settled);
  const here = condition.operands.flatMap((operand) =>
    !isJoined(operand) && settles(operand.test, condition.kind) ? [printSelector(operand.selector)] : [],
  );
  return condition.operands.flatMap((operand) => checkMissing(operand, new Set([...settled, ...here])));
}

/** `f NOT EXISTS ||` lets records without the field in, `f = x &&` shows that they are meant to stay out. */
function settles(test: Test, joined: 'and' | 'or'): boolean {
  if (joined === 'or') return test.kind === 'not-exists';
  return test.kind !== 'not-exists' && !isUnequal(test);
}

function checkUnequal(condition: SelectorTest, settled: ReadonlySet<string>): PatternNote[] {
  const { selector, test, range } = condition;
  const path = printSelector(selector);
  if (!isUnequal(test) || isWild(selector)) return [];
  if (settled.has(path) || ALWAYS_PRESENT.has(path) || BOOLEANS.has(path)) return [];
  const text = `((${path} NOT EXISTS) || (${printCondition(condition)}))`;
  const what = message('Records without {0} do not match: {1} is false for a missing field.', path, '!=');
  return [{ ...range, message: what, fix: { ...range, title: message('Match records without it too'), text } }];
}

function checkTest({ selector, test, range }: SelectorTest): PatternNote[] {
  if (isWild(selector)) return [...checkWild(test, range), ...(isComparison(test) ? checkComparison(test) : [])];
  const path = printSelector(selector);
  const after = { start: selector.end, end: range.end };
  if (test.kind === 'is' && test.what !== 'NULL' && TEXT_BOOLEANS.has(path)) {
    const text = ` = "${test.what.toLowerCase()}"`;
    const what = message('{0} is a text in the log and never matches; ask with {1}.', path, text.trim());
    return [{ ...range, message: what, fix: { ...after, title: message('Write {0}', text.trim()), text } }];
  }
  if (!isComparison(test)) return [];
  return [...checkBoolean(path, test, range, after), ...checkComparison(test)];
}

/** true and false compare with nothing, not even with `!=`. */
function checkBoolean(path: string, test: Comparison, range: Range, after: Range): PatternNote[] {
  const literal = test.value.kind === 'text' && /^(true|false)$/.test(test.value.text) ? test.value : undefined;
  const known = BOOLEANS.has(path);
  if (!known && (TEXT_BOOLEANS.has(path) || literal === undefined || literal.quoted)) return [];
  const what = known
    ? message(
        '{0} is true or false in the log, which no comparison matches; ask with {1} or {2}.',
        path,
        'IS TRUE',
        'IS FALSE',
      )
    : message(
        'This matches the text {0} only; for a field that is true or false ask with {1}.',
        literal!.text,
        'IS TRUE',
      );
  if (literal === undefined) return [{ ...range, message: what }];
  const instead = (literal.text === 'true') === isUnequal(test) ? 'IS FALSE' : 'IS TRUE';
  const fix = { ...after, title: message('Write {0}', instead), text: ` ${instead}` };
  return [{ ...range, message: what, fix }];
}

/** What AWS does with these under a wildcard is not documented. */
function checkWild(test: Test, range: Range): PatternNote[] {
  if (isUnequal(test)) {
    const what = message('{0} under a wildcard holds as soon as one value differs; AWS does not document it.', '!=');
    return [{ ...range, message: what }];
  }
  if (test.kind === 'not-exists') {
    const what = message(
      '{0} under a wildcard holds when no value is found at all; AWS does not document it.',
      'NOT EXISTS',
    );
    return [{ ...range, message: what }];
  }
  if (test.kind === 'is' && test.what === 'NULL') {
    const what = message(
      '{0} under a wildcard holds as soon as one value is null; AWS does not document it.',
      'IS NULL',
    );
    return [{ ...range, message: what }];
  }
  return [];
}

function checkComparison(test: Comparison): PatternNote[] {
  const { start, end } = test.value;
  if (isUnequal(test) && test.value.kind === 'regex') {
    return [{ start, end, message: message('AWS does not document {0} with a regular expression.', '!=') }];
  }
  if (test.value.kind !== 'text' || !/[^*]\*+[^*]/.test(test.value.text)) return [];
  const what = message(
    'A star in the middle of a value is taken as a wildcard; AWS documents stars at the beginning and the end only.',
  );
  return [{ start, end, message: what }];
}

function checkTerms(terms: readonly Term[]): PatternNote[] {
  const optional = terms.filter(({ mode }) => mode === 'optional');
  if (optional.length === terms.length) return [];
  return optional.map(({ start, end }) => ({
    start,
    end,
    message: message('Beside other terms AWS ignores every term with a question mark: this one has no effect.'),
  }));
}

function isWild({ steps }: Selector): boolean {
  return steps.some(({ kind }) => kind === 'any');
}

function isComparison(test: Test): test is Comparison {
  return test.kind === 'equals' || test.kind === 'compare';
}

function isUnequal(test: Test): boolean {
  return test.kind === 'equals' && test.negated;
}
