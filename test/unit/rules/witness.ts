import type { Condition, SelectorStep, Test, Value } from '../../../src/core/patterns/ast';
import { parseRegex } from '../../../src/core/patterns/regexSyntax';

/** A field and what it has to hold; `undefined`: it must not be there. */
interface Need {
  readonly path: readonly SelectorStep[];
  readonly value: unknown;
}

/** Records made for a condition: at least one of them meets it, when any record can. */
export function witnesses(condition: Condition): Record<string, unknown>[] {
  return clauses(condition).map(build);
}

/** Records made to miss a condition. */
export function counterexamples(condition: Condition): Record<string, unknown>[] {
  return clauses(condition, true).map(build);
}

/** The ways to meet a condition, or its opposite: the needs of one way must be met together. */
function clauses(condition: Condition, opposite = false): Need[][] {
  if (!('operands' in condition)) return [[needOf(condition.selector.steps, condition.test, opposite)]];
  const ways = condition.operands.map((operand) => clauses(operand, opposite));
  if ((condition.kind === 'or') !== opposite) return ways.flat();
  return ways.reduce((all, next) => all.flatMap((each) => next.map((other) => [...each, ...other])));
}

function needOf(path: readonly SelectorStep[], test: Test, opposite: boolean): Need {
  switch (test.kind) {
    case 'not-exists':
      return { path, value: opposite ? 'x' : undefined };
    case 'is':
      return { path, value: opposite ? undefined : { NULL: null, TRUE: true, FALSE: false }[test.what] };
    case 'compare': {
      const limit = Number(test.value.raw);
      const away = { '>': 1, '>=': 0, '<': -1, '<=': 0 }[test.operator];
      return { path, value: opposite ? undefined : limit + away };
    }
    case 'equals':
      if (test.negated) return { path, value: opposite ? textOf(test.value) : 'something else' };
      return { path, value: opposite ? undefined : textOf(test.value) };
  }
}

function textOf(value: Value): unknown {
  if (value.kind === 'number') return Number(value.raw);
  return value.kind === 'text' ? value.text.replaceAll('*', 'x') : searched(value.source);
}

/** A text in which the regular expression is found: the first branch, each character as often as it has to be. */
function searched(source: string): string {
  const parsed = parseRegex(source);
  if ('error' in parsed) throw new Error(source);
  return parsed.tree[0]!.map((item) =>
    item.kind === 'set' ? String.fromCharCode(item.set.indexOf(1, 0x20)).repeat(item.min) : '',
  ).join('');
}

/** The record that meets the needs. What is different from something gives way to what is a certain value. */
function build(needs: readonly Need[]): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  const vague = needs.filter(({ value }) => value === 'something else');
  const certain = needs.filter(({ value }) => value !== undefined && value !== 'something else');
  for (const { path, value } of [...vague, ...certain]) put(record, path, value);
  return record;
}

function put(record: Record<string, unknown>, path: readonly SelectorStep[], value: unknown): void {
  let holder = record;
  path.forEach((step, i) => {
    const key = step.kind === 'key' ? step.key : step.kind === 'index' ? String(step.index) : '0';
    const next = path[i + 1];
    if (next === undefined) holder[key] = value;
    else holder = (holder[key] ??= next.kind === 'key' ? {} : []) as Record<string, unknown>;
  });
}
