import type { FoundValue } from '../json/foundValue';
import type { Condition, SelectorStep, SelectorTest, Test, Value } from './ast';
import { isWritableKey } from './print';

/** Positions of conditions that nobody wrote. */
const NOWHERE = { start: 0, end: 0 };
/** Below these every field is CloudTrail's own, and none of them is ever null. */
const NEVER_NULL = new Set(['userIdentity', 'resources', 'tlsDetails', 'insightDetails']);

/** Keys and indexes that lead to a value in a record: `['resources', 0, 'ARN']`. */
export type FieldPath = readonly (string | number)[];

/**
 * The condition that a field has the value; without a value, that it is missing. Undefined for objects and lists, which nothing compares
 * with, and for keys that no pattern can name.
 */
export function filterFor(path: FieldPath, value: FoundValue | undefined): Condition | undefined {
  const steps = stepsOf(path);
  const test = testOf(value);
  return steps && test && testOn(steps, test);
}

/** The condition that a field has one of the values. */
export function filterForAny(path: FieldPath, values: readonly (FoundValue | undefined)[]): Condition | undefined {
  const operands = values.map((value) => filterFor(path, value));
  return operands.includes(undefined) || operands.length === 0 ? undefined : joined('or', operands as Condition[]);
}

/**
 * The condition that a field does not have the value. `!=` alone would also drop the records that do not have the field; these stay, and those
 * where it is null. Of a missing field the opposite is any text or number, or true or false; there is none of null.
 */
export function filterOut(path: FieldPath, value: FoundValue | undefined): Condition | undefined {
  const steps = stepsOf(path);
  if (steps === undefined) return undefined;
  const on = (test: Test): SelectorTest => testOn(steps, test);
  const missing = on({ kind: 'not-exists' });
  switch (value?.type) {
    case undefined:
      return joined('or', [
        on({ kind: 'equals', negated: false, value: { kind: 'text', text: '*', quoted: false, ...NOWHERE } }),
        on({ kind: 'is', what: 'TRUE' }),
        on({ kind: 'is', what: 'FALSE' }),
      ]);
    case 'true':
      return joined('or', [missing, on({ kind: 'is', what: 'FALSE' })]);
    case 'false':
      return joined('or', [missing, on({ kind: 'is', what: 'TRUE' })]);
    case 'string':
    case 'number': {
      const differs = on({ kind: 'equals', negated: true, value: valueOf(value) });
      const mayBeNull = path.length > 1 && !NEVER_NULL.has(String(path[0]));
      return joined('or', [missing, ...(mayBeNull ? [on({ kind: 'is', what: 'NULL' })] : []), differs]);
    }
    default:
      return undefined;
  }
}

/** One condition of several; of one, itself. */
export function joined(kind: 'and' | 'or', operands: readonly Condition[]): Condition {
  return operands.length === 1 ? operands[0]! : { kind, operands };
}

/** The steps of a selector; undefined when a key cannot be written. */
export function stepsOf(path: FieldPath): SelectorStep[] | undefined {
  if (path.length === 0 || typeof path[0] === 'number') return undefined;
  if (!path.every((part) => typeof part === 'number' || isWritableKey(part))) return undefined;
  return path.map((part) => (typeof part === 'number' ? { kind: 'index', index: part } : { kind: 'key', key: part }));
}

function testOn(steps: readonly SelectorStep[], test: Test): SelectorTest {
  return { kind: 'test', selector: { steps, ...NOWHERE }, test, range: NOWHERE };
}

function testOf(value: FoundValue | undefined): Test | undefined {
  switch (value?.type) {
    case undefined:
      return { kind: 'not-exists' };
    case 'string':
    case 'number':
      return { kind: 'equals', negated: false, value: valueOf(value) };
    case 'true':
      return { kind: 'is', what: 'TRUE' };
    case 'false':
      return { kind: 'is', what: 'FALSE' };
    case 'null':
      return { kind: 'is', what: 'NULL' };
    default:
      return undefined;
  }
}

/**
 * A star in a text would be a wildcard, quoted or not: such texts become regular expressions. Those cannot hold characters beyond ASCII;
 * where there are any, the wildcard stays and may match more.
 */
function valueOf({ type, text }: FoundValue): Value {
  if (type === 'number') return { kind: 'number', raw: text, ...NOWHERE };
  if (text.includes('*') && /^[\u0000-\u007f]*$/.test(text)) {
    return { kind: 'regex', source: `^${escapeRegex(text)}$`, ...NOWHERE };
  }
  return { kind: 'text', text, quoted: true, ...NOWHERE };
}

function escapeRegex(text: string): string {
  return text.replace(/[^A-Za-z0-9 :_#=@/;,-]/g, (letter) => {
    return `\\x${letter.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
}
