import type { Condition } from './ast';
import { joined } from './fromValue';
import { isJoined, leavesOf } from './logic';
import { parsePattern } from './parse';
import { printCondition, printPattern, printSelector } from './print';

/**
 * The pattern that `text` is, with a condition more that has to hold. What the user wrote stays as it is written; a condition that is there
 * already is not added again. Undefined for texts that have errors and for patterns that are not of the JSON kind, which cannot be joined.
 */
export function addCondition(text: string, condition: Condition): string | undefined {
  const root = rootOf(text);
  if (root === undefined) return undefined;
  if (root === null) return printPattern({ kind: 'json', root: condition });
  const added = printOperand(condition);
  const conjuncts = conjunctsOf(root);
  if (conjunctsOf(condition).every((each) => conjuncts.some((own) => printCondition(own) === printCondition(each)))) {
    return text;
  }
  const [open, close] = [text.indexOf('{'), text.lastIndexOf('}')];
  if (text.slice(0, open).trim() !== '') return printConjuncts([...conjuncts, condition]);
  const inner = text.slice(open + 1, close);
  const kept = isJoined(root) && root.kind === 'or' ? ` (${inner.trim()})` : inner.trimEnd();
  return `${text.slice(0, open + 1)}${kept} && ${added} }`;
}

/**
 * The pattern that `text` is, with `condition` in place of what it says of one field alone, or without that: what a facet or a brush has chosen
 * replaces what it chose before. `selector` is written as in patterns: `$.eventTime`. Undefined as for {@link addCondition}.
 */
export function replaceCondition(text: string, selector: string, condition: Condition | undefined): string | undefined {
  const root = rootOf(text);
  if (root === undefined) return undefined;
  const others = (root === null ? [] : conjunctsOf(root)).filter(
    (each) => !leavesOf(each).every((leaf) => printSelector(leaf.selector) === selector),
  );
  const conjuncts = condition === undefined ? others : [...others, condition];
  return conjuncts.length === 0 ? '' : printConjuncts(conjuncts);
}

/** The pattern that `text` is without a condition that {@link addCondition} added. Undefined when it is not there, and as for that. */
export function removeCondition(text: string, condition: Condition): string | undefined {
  const root = rootOf(text);
  if (root === undefined || root === null) return undefined;
  const unwanted = new Set(conjunctsOf(condition).map(printCondition));
  const conjuncts = conjunctsOf(root);
  const others = conjuncts.filter((each) => !unwanted.delete(printCondition(each)));
  if (unwanted.size > 0) return undefined;
  return others.length === 0 ? '' : printConjuncts(others);
}

/** The condition of a JSON pattern, null for the empty pattern, undefined for all others. */
function rootOf(text: string): Condition | null | undefined {
  const { pattern } = parsePattern(text);
  if (pattern?.kind === 'all') return null;
  return pattern?.kind === 'json' ? pattern.root : undefined;
}

/** What has to hold together. */
function conjunctsOf(root: Condition): readonly Condition[] {
  return isJoined(root) && root.kind === 'and' ? root.operands.flatMap(conjunctsOf) : [root];
}

function printConjuncts(conjuncts: readonly Condition[]): string {
  const [only] = conjuncts;
  if (conjuncts.length === 1) return printPattern({ kind: 'json', root: joined('and', [only!]) });
  return `{ ${conjuncts.map(printOperand).join(' && ')} }`;
}

function printOperand(condition: Condition): string {
  return isJoined(condition) ? `(${printCondition(condition)})` : printCondition(condition);
}
