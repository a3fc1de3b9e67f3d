import type { Range, Selector } from './ast';
import { atOperator } from './comparisonParser';
import { Cursor } from './cursor';
import { PatternSource } from './patternSource';
import { readSelector } from './selectorParser';
import { readValue } from './valueParser';

/** What is expected where the caret stands. The range is what a completion replaces: the word that was begun, to its end after the caret. */
export type CompletionPlace = Range & {
  /** What stands before the caret of the word that was begun; of a value in quotes without the quote. */
  readonly prefix: string;
} & (
    | {
        readonly kind: 'field';
        /** True where no brace stands yet. */
        readonly bare: boolean;
      }
    | { readonly kind: 'operator'; readonly selector: Selector }
    | { readonly kind: 'value'; readonly selector: Selector; readonly operator: string; readonly quoted: boolean }
    | {
        readonly kind: 'joiner';
        /** How many parentheses are open. */
        readonly open: number;
      }
  );

/** Finds out what is expected at `caret` in an unfinished pattern; undefined where nothing can be offered. */
export function completionPlace(text: string, caret: number): CompletionPlace | undefined {
  const before = text.slice(0, caret);
  const brace = /^\s*\{/.exec(before)?.[0].length;
  if (brace === undefined) return bareField(text, caret);
  const condition = lastCondition(before, brace);
  return condition && placeWithin(text, caret, condition);
}

/** A word and nothing else may become a field. */
function bareField(text: string, caret: number): CompletionPlace | undefined {
  const word = /^\s*((?:\$\.?)?[\w.-]*)$/.exec(text);
  if (word === null) return undefined;
  const start = text.length - word[1]!.length;
  return { kind: 'field', bare: true, start, end: text.length, prefix: text.slice(start, Math.max(start, caret)) };
}

interface OpenCondition {
  /** Where the condition that the caret is in begins. */
  readonly start: number;
  readonly open: number;
  /** True after a closing parenthesis: only a joiner can follow. */
  readonly closed: boolean;
}

/** Passes over what is whole and finds the single condition at the end of `before`; undefined when the pattern is closed. */
function lastCondition(before: string, from: number): OpenCondition | undefined {
  const part = /"(?:[^"\\]|\\[^])*("|$)|%[^%]*(%|$)|\[(?:'[^]*?('\]|$)|"[^]*?("\]|$))|&&|\|\||[(){}]|[^]/g;
  let condition: OpenCondition = { start: from, open: 0, closed: false };
  part.lastIndex = from;
  for (let found = part.exec(before); found !== null; found = part.exec(before)) {
    const { open } = condition;
    const start = part.lastIndex;
    if (found[0] === '}') return undefined;
    if (found[0] === '&&' || found[0] === '||') condition = { start, open, closed: false };
    else if (found[0] === '(') condition = { start, open: open + 1, closed: false };
    else if (found[0] === ')') condition = { start, open: Math.max(0, open - 1), closed: true };
  }
  return condition;
}

function placeWithin(text: string, caret: number, { start, open, closed }: OpenCondition): CompletionPlace | undefined {
  const cursor = new Cursor(new PatternSource(text.slice(start, caret)));
  const rest = text.slice(caret);
  /** The word from `from`, which the caret is in and `tail` matches the end of. */
  const word = (from: number, tail: RegExp): Range & { prefix: string } => ({
    start: start + from,
    end: caret + (tail.exec(rest)?.[0].length ?? 0),
    prefix: cursor.text.slice(from),
  });
  const joiner = (): CompletionPlace => {
    cursor.skipSpace();
    return { kind: 'joiner', open, ...word(cursor.at, /^(?!)/) };
  };
  if (closed) return joiner();

  cursor.skipSpace();
  const from = cursor.at;
  const selector = cursor.next === undefined ? undefined : readSelector(cursor);
  if (selector === undefined || cursor.next === undefined) {
    const field = word(from, /^[\w.$-]*/);
    return /\s/.test(field.prefix) ? undefined : { kind: 'field', bare: false, ...field };
  }

  cursor.skipSpace();
  if (atOperator(cursor)) return valuePlace(cursor, selector, word, joiner);
  const keyword = cursor.match(/(is\s+(null|true|false)|not\s+exists)\s+/iy)?.[0];
  if (keyword === undefined) {
    const begun = cursor.match(/([a-z]+(\s+[a-z]*)?|!)?$/iy) !== null;
    return begun ? { kind: 'operator', selector, ...word(cursor.at, /^[a-z]*/i) } : undefined;
  }
  cursor.at += keyword.length;
  return joiner();
}

/** From the operator, which stands here, on. */
function valuePlace(
  cursor: Cursor,
  selector: Selector,
  word: (from: number, tail: RegExp) => Range & { prefix: string },
  joiner: () => CompletionPlace,
): CompletionPlace | undefined {
  const operator = cursor.match(/[=!<>~]+/y)![0];
  cursor.at += operator.length;
  cursor.skipSpace();
  const from = cursor.at;
  const quoted = cursor.next === '"';
  if (quoted && cursor.match(/"(?:[^"\\]|\\[^])*"/y) === null) {
    const value = word(from, /^(?:[^"\\&|)}\n]|\\[^])*"/);
    return { kind: 'value', selector, operator, quoted, ...value, prefix: value.prefix.slice(1) };
  }
  if (cursor.next !== undefined && readValue(cursor) === undefined) return undefined;
  const begun = cursor.next === undefined && !quoted && !/[%'“”„‘’‚`]/.test(cursor.text.slice(from));
  if (!begun)
    return cursor.text[from] === '%' && !/%$/.test(cursor.text.slice(from + 1).trimEnd()) ? undefined : joiner();
  return { kind: 'value', selector, operator, quoted, ...word(from, /^[^\s(){}[\]&|"'`%=!<>,]*/) };
}
