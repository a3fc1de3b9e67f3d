import type {
  Comparison,
  Condition,
  Pattern,
  SelectorStep,
  SpaceField,
  Test,
  Value,
} from '../../../src/core/patterns/ast';

/**
 * What a pattern matches, said once more in the plainest way, over `JSON.parse`d objects: slow, and sharing no code with the engine. Numbers
 * keep their text in a box.
 */
export function naiveMatch(pattern: Pattern, json: string): boolean {
  const line = json.replace(/("(?:[^"\\]|\\.)*")|\s+/g, '$1');
  switch (pattern.kind) {
    case 'all':
      return true;
    case 'json':
      return holds(pattern.root, parseBoxed(json));
    case 'terms': {
      const found = pattern.terms.map(({ mode, value }) => {
        const occurs = value.kind === 'regex' ? regexOf(value.source).test(line) : line.includes(value.text);
        return { mode, occurs };
      });
      if (found.every(({ mode }) => mode === 'optional')) return found.some(({ occurs }) => occurs);
      return found.every(({ mode, occurs }) => mode === 'optional' || occurs === (mode === 'required'));
    }
    case 'space':
      return fieldsHold(pattern.fields, line);
  }
}

class Raw {
  constructor(readonly text: string) {}
}

function parseBoxed(json: string): unknown {
  const boxed = json.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, (token) =>
    token.startsWith('"') ? token : `{"\\u0000raw":"${token}"}`,
  );
  return JSON.parse(boxed, (_, value: unknown) =>
    isObject(value) && '\0raw' in value ? new Raw(value['\0raw'] as string) : value,
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Raw);
}

function holds(condition: Condition, record: unknown): boolean {
  if ('operands' in condition) {
    return condition.kind === 'and'
      ? condition.operands.every((operand) => holds(operand, record))
      : condition.operands.some((operand) => holds(operand, record));
  }
  const found = reach([record], condition.selector.steps);
  if (condition.test.kind === 'not-exists') return found.length === 0;
  return found.some((value) => meets(condition.test, value));
}

function reach(values: readonly unknown[], [step, ...rest]: readonly SelectorStep[]): readonly unknown[] {
  if (step === undefined) return values;
  const next = values.flatMap((value): unknown[] => {
    if (step.kind === 'key') return isObject(value) && Object.hasOwn(value, step.key) ? [value[step.key]] : [];
    if (step.kind === 'index') return Array.isArray(value) && step.index < value.length ? [value[step.index]] : [];
    return Array.isArray(value) ? (value as unknown[]) : isObject(value) ? Object.values(value) : [];
  });
  return reach(next, rest);
}

function meets(test: Test, value: unknown): boolean {
  switch (test.kind) {
    case 'not-exists':
      return false;
    case 'is':
      if (test.what === 'NULL') return value === null || (Array.isArray(value) && value.includes(null));
      return value === (test.what === 'TRUE');
    case 'compare':
      return value instanceof Raw && ordered(Number(value.text), test.operator, Number(test.value.raw));
    case 'equals':
      if (value instanceof Raw) {
        const equal =
          test.value.kind === 'number' ? sameNumber(value.text, test.value.raw) : sameText(value.text, test.value);
        return equal !== test.negated;
      }
      return typeof value === 'string' && sameText(value, test.value) !== test.negated;
  }
}

function ordered(a: number, operator: string, b: number): boolean {
  return { '>': a > b, '>=': a >= b, '<': a < b, '<=': a <= b }[operator]!;
}

function sameNumber(a: string, b: string): boolean {
  return /^-?\d{16,}$/.test(a) && /^-?\d{16,}$/.test(b) ? a === b : Number(a) === Number(b);
}

function sameText(text: string, value: Value): boolean {
  if (value.kind === 'number') return text === value.raw;
  if (value.kind === 'regex') return regexOf(value.source).test(text);
  const pattern = value.text.split('*').map((part) => part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  return new RegExp(`^${pattern.join('[^]*')}$`).test(text);
}

function regexOf(source: string): RegExp {
  return new RegExp(source);
}

function fieldsHold(fields: readonly SpaceField[], line: string): boolean {
  const words = [...line.matchAll(/"([^"]*)"(?=[ \t]|$)|\[([^\]]*)\](?=[ \t]|$)|[^ \t]+/g)].map(
    (match) => match[1] ?? match[2] ?? match[0],
  );
  if (words.length === 0) return false;
  const named = fields.filter(({ kind }) => kind === 'field').length;
  if (words.length < named) return false;
  const gap = fields.findIndex(({ kind }) => kind === 'ellipsis');
  const aligned =
    gap >= 0
      ? [...words.slice(0, gap), '', ...words.slice(words.length - (named - gap))]
      : [...words.slice(0, named - 1), words.slice(named - 1).join(' ')];
  return fields.every((field, i) => {
    if (field.kind === 'ellipsis' || field.condition === undefined) return true;
    return fieldHolds(field.condition, aligned[i]!);
  });
}

function fieldHolds(
  condition: Exclude<Extract<SpaceField, { kind: 'field' }>['condition'], undefined>,
  word: string,
): boolean {
  if ('operands' in condition) {
    return condition.kind === 'and'
      ? condition.operands.every((operand) => fieldHolds(operand, word))
      : condition.operands.some((operand) => fieldHolds(operand, word));
  }
  return wordMeets(condition, word);
}

function wordMeets(test: Comparison, word: string): boolean {
  if (test.kind === 'equals') return sameText(word, test.value) !== test.negated;
  return (
    /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(word) && ordered(Number(word), test.operator, Number(test.value.raw))
  );
}
