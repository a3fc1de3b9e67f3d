import { type RecordView, indexedSlot } from '../events/recordView';
import { OPEN_BRACE, decodeUtf8 } from '../json/bytes';
import { compactJson } from '../json/compact';
import type { JsonPattern, Pattern, Selector, SelectorTest, TermsPattern } from './ast';
import { FieldFinder } from './fieldFinder';
import { compileLogic } from './logic';
import { compileSpacePattern } from './matchSpace';
import { compileTest, compileText } from './valueTest';

/** Whether a record meets a pattern. */
export type RecordPredicate = (record: RecordView) => boolean;

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

/** Only objects match: `NOT EXISTS` must not hold for a top-level array. */
function compileJson({ root }: JsonPattern, finder: FieldFinder): RecordPredicate {
  const meets = compileLogic(root, (test) => compileSelectorTest(test, finder));
  return (record) => record.bytes[0] === OPEN_BRACE && meets(record);
}

/** A test over raw records. A selector with a wildcard meets it when any of the values it leads to does. */
function compileSelectorTest({ selector, test }: SelectorTest, finder: FieldFinder): RecordPredicate {
  const meets = compileTest(test);
  const slot = indexedSlot(keyPath(selector));
  if (slot !== undefined) return (record) => meets(record.field(slot));
  const read = finder.readerOf(selector.steps);
  if (test.kind === 'not-exists') return (record) => read(record).length === 0;
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
  return ({ bytes }) => {
    const text = messageOf(bytes);
    if (excluded.some(({ inText }) => inText(text))) return false;
    if (!required.every(({ inText }) => inText(text))) return false;
    return optional.length === 0 || optional.some(({ inText }) => inText(text));
  };
}
