import type { Comparison, Condition, FieldCondition, Pattern, Selector, SpaceField, Term, Test, Value } from './ast';
import { isJoined } from './logic';

const SYMBOLS = { and: ' && ', or: ' || ' };

/** The pattern as text that parses to the same tree. */
export function printPattern(pattern: Pattern): string {
  switch (pattern.kind) {
    case 'all':
      return '';
    case 'json':
      return `{ ${printCondition(pattern.root)} }`;
    case 'terms':
      return pattern.terms.map(printTerm).join(' ');
    case 'space':
      return `[${pattern.fields.map(printField).join(', ')}]`;
  }
}

/** A condition as it stands between the braces. */
export function printCondition(condition: Condition): string {
  if (!isJoined(condition)) return `${printSelector(condition.selector)} ${printTest(condition.test)}`;
  return condition.operands.map((operand) => `(${printCondition(operand)})`).join(SYMBOLS[condition.kind]);
}

/** A selector from its steps: `$.a.b[0]`. */
export function printSelector({ steps }: Pick<Selector, 'steps'>): string {
  const parts = steps.map((step) => {
    if (step.kind === 'index') return `[${step.index}]`;
    if (step.kind === 'any') return step.bracket ? '[*]' : '.*';
    return /^[A-Za-z0-9_-]+$/.test(step.key) ? `.${step.key}` : `.${printBracketKey(step.key)}`;
  });
  return `$${parts.join('')}`;
}

/** A key in brackets, as it has to be written when it is more than a plain word. */
export function printBracketKey(key: string): string {
  return key.includes("']") ? `["${key}"]` : `['${key}']`;
}

/** False for a key with both kinds of quotes before a bracket: it cannot stand in brackets. */
export function isWritableKey(key: string): boolean {
  return !(key.includes("']") && key.includes('"]'));
}

function printTest(test: Test): string {
  if (test.kind === 'is') return `IS ${test.what}`;
  return test.kind === 'not-exists' ? 'NOT EXISTS' : printComparison(test);
}

function printComparison(comparison: Comparison): string {
  const operator = comparison.kind === 'compare' ? comparison.operator : comparison.negated ? '!=' : '=';
  return `${operator} ${printValue(comparison.value)}`;
}

function printValue(value: Value): string {
  if (value.kind === 'number') return value.raw;
  if (value.kind === 'regex') return `%${value.source}%`;
  return value.quoted ? quoteText(value.text) : value.text;
}

/** A text as a quoted value. A star in it is a wildcard. */
export function quoteText(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

function printTerm(term: Term): string {
  const sign = { required: '', excluded: '-', optional: '?' }[term.mode];
  return sign + printValue(term.value);
}

function printField(field: SpaceField): string {
  if (field.kind === 'ellipsis') return '...';
  return field.condition === undefined ? field.name : printFieldCondition(field.condition, field.name);
}

/** Parentheses only where they are needed: a field is known to begin with its name only. */
function printFieldCondition(condition: FieldCondition, name: string): string {
  if (!isJoined(condition)) return `${name} ${printComparison(condition)}`;
  return condition.operands
    .map((operand) => {
      const text = printFieldCondition(operand, name);
      const bare = !isJoined(operand) || (condition.kind === 'or' && operand.kind === 'and');
      return bare ? text : `(${text})`;
    })
    .join(SYMBOLS[condition.kind]);
}
