import { indexedSlot } from '../events/recordView';
import { decodeUtf8 } from '../json/bytes';
import { compactJson } from '../json/compact';
import type { Condition, JsonPattern, Logic, Pattern, Selector, SelectorTest, TermsPattern } from './ast';
import { FieldFinder } from './fieldFinder';
import { compileLogic, isJoined, leavesOf } from './logic';
import { compileSpacePattern } from './matchSpace';
import type { PatternRecord } from './patternRecord';
import { printSelector } from './print';
import { type ValueTest, compileTest, compileText, oneOf } from './valueTest';

/** Whether a record meets a pattern. */
export type RecordPredicate = (record: PatternRecord) => boolean;

/**
 * Compiles a pattern to a closure over a record. Fields that the record's view has indexed are read from there; others are sought in the
 * bytes, and nothing is ever parsed to objects. Patterns that are asked about the same record one after another had better share a finder.
 */
export function compilePattern(pattern: Pattern, finder = new FieldFinder()): RecordPredicate {
  switch (pattern.kind) {
    case 'all':
      return () => true;
    case 'json':
      return compileJson(pattern, finder);
    case 'terms':
      return compileTerms(pattern);
    case 'space': {
      const matches = compileSpacePattern(pattern);
      return ({ bytes }) => matches(messageOf(bytes));
    }
  }
}

/** True for a pattern that cannot be answered by a record's indexed fields alone. */
export function needsBytes(pattern: Pattern): boolean {
  if (pattern.kind === 'json') {
    return leavesOf(pattern.root).some(({ selector }) => indexedSlot(keyPath(selector)) === undefined);
  }
  return pattern.kind !== 'all';
}

/** Only objects match: `NOT EXISTS` must not hold for a top-level array. */
function compileJson({ root }: JsonPattern, finder: FieldFinder): RecordPredicate {
  const meets = compileLogic<Leaf, PatternRecord>(gatherEqual(root), (leaf) => compileLeaf(leaf, finder));
  return (record) => record.isObject && meets(record);
}

/** A test, or several on one field of which one has to hold. */
type Leaf = SelectorTest | { readonly selector: Selector; readonly anyOf: readonly string[] };

/** The same condition, with `$.a = x || $.a = y || …` as one test: long lists of event names are what people write. */
function gatherEqual(condition: Condition): Logic<Leaf> {
  if (!isJoined(condition)) return condition;
  const { kind, operands } = condition;
  if (kind === 'and') return { kind, operands: operands.map(gatherEqual) };
  const lists = new Map<string, { selector: Selector; anyOf: string[] }>();
  const gathered: Logic<Leaf>[] = [];
  for (const operand of operands) {
    const text = isJoined(operand) ? undefined : exactText(operand);
    if (isJoined(operand) || text === undefined) {
      gathered.push(gatherEqual(operand));
      continue;
    }
    const path = printSelector(operand.selector);
    const list = lists.get(path) ?? { selector: operand.selector, anyOf: [] };
    if (list.anyOf.push(text) === 1) gathered.push(list);
    lists.set(path, list);
  }
  return gathered.length === 1 ? gathered[0]! : { kind, operands: gathered };
}

/** The text that a field has to be, whole. */
function exactText({ test }: SelectorTest): string | undefined {
  if (test.kind !== 'equals' || test.negated || test.value.kind !== 'text') return undefined;
  return test.value.text.includes('*') ? undefined : test.value.text;
}

function compileLeaf(leaf: Leaf, finder: FieldFinder): RecordPredicate {
  if ('anyOf' in leaf) return compileSelectorTest(leaf.selector, oneOf(leaf.anyOf), false, finder);
  return compileSelectorTest(leaf.selector, compileTest(leaf.test), leaf.test.kind === 'not-exists', finder);
}

/** A test over raw records. A selector with a wildcard meets it when any of the values it leads to does, or when none is there if that is asked. */
function compileSelectorTest(
  selector: Selector,
  meets: ValueTest,
  missing: boolean,
  finder: FieldFinder,
): RecordPredicate {
  const slot = indexedSlot(keyPath(selector));
  if (slot !== undefined) return (record) => meets(record.field(slot));
  const read = finder.readerOf(selector.steps);
  if (missing) return (record) => read(record).length === 0;
  return (record) => read(record).some(meets);
}

/** The selector as keys joined by dots; undefined when it has an index, a wildcard or a key with a dot in it. */
export function keyPath({ steps }: Pick<Selector, 'steps'>): string | undefined {
  const keys = steps.map((step) => (step.kind === 'key' && !step.key.includes('.') ? step.key : undefined));
  return keys.includes(undefined) ? undefined : keys.join('.');
}

/** What terms and space-delimited patterns search: the record as one line of JSON, tokens as delivered. */
function messageOf(bytes: Uint8Array): string {
  return decodeUtf8(compactJson(bytes));
}

function compileTerms({ terms }: TermsPattern): RecordPredicate {
  const occurs = terms.map(({ mode, value }) => {
    const inText = value.kind === 'text' ? (text: string) => text.includes(value.text) : compileText(value);
    return { mode, inText };
  });
  const required = occurs.filter(({ mode }) => mode === 'required');
  const excluded = occurs.filter(({ mode }) => mode === 'excluded');
  // Beside any other term AWS ignores the optional ones.
  const optional = required.length + excluded.length > 0 ? [] : occurs;
  const whole = terms.every(({ value }) => value.kind === 'text' && isWithinToken(value.text));
  return ({ bytes }) => {
    const text = whole ? decodeUtf8(bytes) : messageOf(bytes);
    if (excluded.some(({ inText }) => inText(text))) return false;
    if (!required.every(({ inText }) => inText(text))) return false;
    return optional.length === 0 || optional.some(({ inText }) => inText(text));
  };
}

/** True for a text that can stand inside a string, number or word of JSON only: white space between those does not matter to it. */
function isWithinToken(text: string): boolean {
  return /^[^\s{}[\]:,"]+( +[^\s{}[\]:,"]+)*$/.test(text);
}
