import type { Comparison, SpaceField, SpacePattern } from './ast';
import { compileLogic } from './logic';
import { comparison, compileText } from './valueTest';
import { isNumberText } from './numberText';

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
  const quotes = new Closings(message, '"');
  const brackets = new Closings(message, ']');
  for (let at = skipBlanks(message, 0); at < message.length; at = skipBlanks(message, at)) {
    const closings = message[at] === '"' ? quotes : message[at] === '[' ? brackets : undefined;
    const close = closings?.after(at) ?? -1;
    const enclosed = close >= 0 && (close + 1 === message.length || isBlank(message[close + 1]!));
    const end = enclosed ? close : endOfWord(message, at);
    words.push(message.slice(enclosed ? at + 1 : at, end));
    at = enclosed ? end + 1 : end;
  }
  return words;
}

/** Finds the next closing mark after a place. Places only grow, so that the text is searched once, however many marks stay open. */
class Closings {
  private last = 0;

  constructor(
    private readonly text: string,
    private readonly mark: string,
  ) {}

  /** -1 when there is none. */
  after(at: number): number {
    if (this.last >= 0 && this.last <= at) this.last = this.text.indexOf(this.mark, at + 1);
    return this.last;
  }
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && isBlank(text[at]!)) at++;
  return at;
}

function endOfWord(text: string, from: number): number {
  let at = from;
  while (at < text.length && !isBlank(text[at]!)) at++;
  return at;
}

function isBlank(letter: string): boolean {
  return letter === ' ' || letter === '\t';
}

function compileField({ condition }: NamedField): FieldTest {
  return condition === undefined ? () => true : compileLogic(condition, compileComparison);
}

function compileComparison(test: Comparison): FieldTest {
  if (test.kind === 'equals') {
    const matches = compileText(test.value);
    return (text) => matches(text) !== test.negated;
  }
  const holds = comparison(test.operator, test.value);
  return (text) => isNumberText(text) && holds(Number(text));
}
