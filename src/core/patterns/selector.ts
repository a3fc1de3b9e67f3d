import { message } from '../message';
import { type RecordView, indexedSlot } from '../events/recordView';
import type { FoundValue } from '../json/foundValue';
import type { PatternError, Selector } from './ast';
import { Cursor } from './cursor';
import type { FieldFinder } from './fieldFinder';
import { keyPath } from './match';
import { PatternSource } from './patternSource';
import { readSelector } from './selectorParser';

/** A selector that stands alone, such as `$.sourceIPAddress`; without one there are errors, placed as those of patterns are. */
export function parseSelector(text: string): { selector: Selector | undefined; errors: readonly PatternError[] } {
  const source = new PatternSource(text);
  const cursor = new Cursor(source);
  const selector = readSelector(cursor);
  if (selector !== undefined && cursor.at < text.length) {
    cursor.error(cursor.at, text.length, message('Only a field such as {0} may stand here.', '$.eventName'));
  }
  return source.errors.length > 0 ? { selector: undefined, errors: source.errors } : { selector, errors: [] };
}

/** Reads the first text, number or boolean that a selector leads to, as a text; undefined for anything else. */
export function compileSelector(selector: Selector, finder: FieldFinder): (record: RecordView) => string | undefined {
  const slot = indexedSlot(keyPath(selector));
  if (slot !== undefined) return (record) => textOf(record.field(slot));
  const read = finder.readerOf(selector.steps);
  return (record) =>
    read(record)
      .map(textOf)
      .find((text) => text !== undefined);
}

function textOf(found: FoundValue | undefined): string | undefined {
  if (found?.type === 'string' || found?.type === 'number') return found.text;
  return found?.type === 'true' || found?.type === 'false' ? found.type : undefined;
}
