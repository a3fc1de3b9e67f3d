import type { Condition, FieldCondition, Pattern, Selector, SpaceField, Term, Test, Value } from './ast';

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
  if (condition.kind === 'test') return `${printSelector(condition.selector)} ${printTest(condition.test)}`;
  const symbol = condition.kind === 'and' ? ' && ' : ' || ';
  return condition.operands.map((operand) => `(${printCondition(operand)})`).join(symbol);
}

/** A selector from its steps: `$.a.b[0]`. */
export function printSelector({ steps }: Pick<Selector, 'steps'>): string {
  const parts = steps.map((step) => {
    if (step.kind === 'index') return `[${step.index}]`;
    if (step.kind === 'any') return step.bracket ? '[*]' : '.*';
    return /^[A-Za-z0-9_-]+$/.test(step.key) ? `.${step.key}` : `.['${step.key}']`;
  });
  return `$${parts.join('')}`;
}

function printTest(test: Test): string {
  switch (test.kind) {
    case 'equals':
      return `${test.negated ? '!=' : '='} ${printValue(test.value)}`;
    case 'compare':
      return `${test.operator} ${test.value.raw}`;
    case 'is':
      return `IS ${test.what}`;
    case 'not-exists':
      return 'NOT EXISTS';
  }
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

function printFieldCondition(condition: FieldCondition, name: string): string {
  if (condition.kind === 'equals') return `${name} ${condition.negated ? '!=' : '='} ${printValue(condition.value)}`;
  if (condition.kind === 'compare') return `${name} ${condition.operator} ${condition.value.raw}`;
  const symbol = condition.kind === 'and' ? ' && ' : ' || ';
  return condition.operands.map((operand) => printOperand(operand, condition.kind, name)).join(symbol);
}

function printOperand(operand: FieldCondition, outer: 'and' | 'or', name: string): string {
  const text = printFieldCondition(operand, name);
  const nested = operand.kind === 'and' || operand.kind === 'or';
  return nested && !(outer === 'or' && operand.kind === 'and') ? `(${text})` : text;
}
