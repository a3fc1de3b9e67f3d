import { message } from '../message';
import type { JsonPattern, SelectorTest } from './ast';
import type { Cursor } from './cursor';
import { readLogic } from './logicParser';
import { readSelector } from './selectorParser';
import { readTest } from './testParser';

/** Parses a pattern whose `{` is the next character; undefined after an error that leaves nothing to go on with. */
export function parseJsonPattern(cursor: Cursor): JsonPattern | undefined {
  cursor.pass('{');
  const root = readLogic(cursor, () => readSelectorTest(cursor), '}');
  if (root === undefined) return undefined;
  readEnd(cursor);
  return { kind: 'json', root };
}

function readSelectorTest(cursor: Cursor): SelectorTest | undefined {
  const start = cursor.at;
  const selector = readSelector(cursor);
  if (selector === undefined) return undefined;
  cursor.skipSpace();
  const test = readTest(cursor);
  return test && { kind: 'test', selector, test, range: cursor.rangeFrom(start) };
}

function readEnd(cursor: Cursor): void {
  const { at, text } = cursor;
  if (cursor.pass('}')) {
    cursor.skipSpace();
    if (cursor.next !== undefined) {
      cursor.error(cursor.at, text.trimEnd().length, message('Nothing may follow the closing brace.'));
    }
  } else if (cursor.next === undefined) {
    const end = text.trimEnd().length;
    cursor.error(end, end, message('The closing brace is missing.'), {
      title: message('Add the closing brace'),
      text: ' }',
    });
  } else if (cursor.next === ')') {
    cursor.error(at, at + 1, message('This parenthesis closes nothing.'), { title: message('Remove it'), text: '' });
  } else cursor.error(at, cursor.wordEnd(), message('Expected {0}, {1} or {2} here.', '&&', '||', '}'));
}
