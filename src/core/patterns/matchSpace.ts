import type { FieldCondition, SpaceField, SpacePattern } from './ast';
import { comparison, compileText } from './valueTest';
import { isNumberText } from './valueSyntax';

type FieldTest = (text: string) => boolean;
type NamedField = Extract<SpaceField, { kind: 'field' }>;

/** Compiles a space-delimited pattern to a test of one log message. */
export function compileSpacePattern({ fields }: SpacePattern): (message: string) => boolean {
  const gap = fields.findIndex((field) => field.kind === 'ellipsis');
  const named = (list: readonly SpaceField[]): FieldTest[] => list.filter(isNamed).map(compileField);
  const before = named(gap < 0 ? fields : fields.slice(0, gap));
  const after = gap < 0 ? [] : named(fields.slice(gap + 1));
  return (message) => {
    const words = splitMessage(message);
    if (words.length === 0) return false;
    if (fields.length === 0) return true;
    if (words.length < before.length + after.length) return false;
    const head = gap < 0 ? joinSurplus(words, before.length) : words;
    return (
      before.every((test, i) => test(head[i]!)) &&
      after.every((test, i) => test(words[words.length - after.length + i]!))
    );
  };
}

function isNamed(field: SpaceField): field is NamedField {
  return field.kind === 'field';
}

/** Words beyond the last named field belong to it. */
function joinSurplus(words: readonly string[], count: number): string[] {
  return [...words.slice(0, count - 1), words.slice(count - 1).join(' ')];
}

/** Splits at blanks and tabs; `[…]` and `"…"` are one field each, a quote or bracket that is never closed is ordinary text. */
export function splitMessage(message: string): string[] {
  const words: string[] = [];
  const pattern = /"([^"]*)"(?=[ \t]|$)|\[([^\]]*)\](?=[ \t]|$)|[^ \t]+/g;
  for (const match of message.matchAll(pattern)) words.push(match[1] ?? match[2] ?? match[0]);
  return words;
}

function compileField({ condition }: NamedField): FieldTest {
  return condition === undefined ? () => true : compileFieldCondition(condition);
}

function compileFieldCondition(condition: FieldCondition): FieldTest {
  if (condition.kind === 'equals') {
    const matches = compileText(condition.value);
    return (text) => matches(text) !== condition.negated;
  }
  if (condition.kind === 'compare') {
    const holds = comparison(condition.operator, condition.value);
    return (text) => isNumberText(text) && holds(Number(text));
  }
  const operands = condition.operands.map(compileFieldCondition);
  return condition.kind === 'and'
    ? (text) => operands.every((operand) => operand(text))
    : (text) => operands.some((operand) => operand(text));
}
