import { type Message, message } from '../message';
import type { Joined, Logic, Test } from './ast';
import { isOneOf, oneOfList } from './explainTest';
import { isJoined } from './logic';

/** A sentence and what belongs to it: to be shown indented below it. */
export interface ExplainedLine {
  readonly text: Message;
  readonly below: readonly ExplainedLine[];
}

export function line(text: Message, below: readonly ExplainedLine[] = []): ExplainedLine {
  return { text, below };
}

/** How the single tests of a condition are put in words. */
export interface LeafWords<Leaf> {
  /** What a test is about, as a person reads it. Tests about the same may be told together. */
  same(leaf: Leaf): string;
  test(leaf: Leaf): Test;
  leaf(leaf: Leaf): ExplainedLine;
  /** What has to be said of what the test is about. */
  details(leaf: Leaf): ExplainedLine[];
}

/** The lines of a condition, and how they are joined. */
export function explainLogic<Leaf extends object>(
  condition: Logic<Leaf>,
  words: LeafWords<Leaf>,
): { readonly heads: 'one' | 'and' | 'or'; readonly below: ExplainedLine[] } {
  if (!isJoined(condition)) return { heads: 'one', below: [words.leaf(condition)] };
  const below = operandLines(condition, words);
  return { heads: below.length === 1 ? 'one' : condition.kind, below };
}

function explainOperand<Leaf extends object>(condition: Logic<Leaf>, words: LeafWords<Leaf>): ExplainedLine {
  if (!isJoined(condition)) return words.leaf(condition);
  const below = operandLines(condition, words);
  if (below.length === 1) return below[0]!;
  return line(
    condition.kind === 'and' ? message('All of these hold:') : message('At least one of these holds:'),
    below,
  );
}

/** The operands one after another. Long rows of `$.a = x || $.a = y` become one line: nobody reads sixteen that differ in a word. */
function operandLines<Leaf extends object>({ kind, operands }: Joined<Leaf>, words: LeafWords<Leaf>): ExplainedLine[] {
  const groups = new Map<string, Leaf[]>();
  const rows: (Leaf[] | Joined<Leaf>)[] = [];
  for (const operand of operands) {
    if (isJoined(operand)) {
      rows.push(operand);
      continue;
    }
    const subject = isOneOf(kind, words.test(operand)) ? words.same(operand) : undefined;
    const group = subject === undefined ? undefined : groups.get(subject);
    if (group !== undefined) {
      group.push(operand);
      continue;
    }
    const row = [operand];
    rows.push(row);
    if (subject !== undefined) groups.set(subject, row);
  }
  return rows.map((row) => (Array.isArray(row) ? groupLine(row, kind, words) : explainOperand(row, words)));
}

function groupLine<Leaf extends object>(
  group: readonly Leaf[],
  kind: 'and' | 'or',
  words: LeafWords<Leaf>,
): ExplainedLine {
  const [first] = group;
  if (group.length === 1) return words.leaf(first!);
  const list = oneOfList(group.map((leaf) => words.test(leaf)));
  const subject = words.same(first!);
  return line(
    kind === 'or'
      ? message('{0} is one of: {1}', subject, list)
      : message('{0} is a text or number, and none of: {1}', subject, list),
    words.details(first!),
  );
}
