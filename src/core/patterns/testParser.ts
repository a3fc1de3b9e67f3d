import { message } from '../message';
import type { Comparison, Test } from './ast';
import { atOperator, readComparison } from './comparisonParser';
import type { Cursor } from './cursor';

/** What may follow a field, and what other languages let follow it. */
const KEYWORD =
  /(is\s+not\s+(null|exists)|is\s+not|is\s+exists|is|not\s+exists|exists|not\s+in|in|not\s+like|like|contains|matches)\b/iy;

/** Passes what stands after a selector, from the operator on; undefined after an error that leaves nothing to go on with. */
export function readTest(cursor: Cursor): Test | undefined {
  const start = cursor.at;
  if (atOperator(cursor)) {
    const comparison = readComparison(cursor);
    if (comparison !== undefined) refuseNull(cursor, comparison, start);
    return comparison;
  }
  const keyword = cursor.match(KEYWORD)?.[0];
  if (keyword !== undefined) return readKeyword(cursor, keyword);
  return cursor.error(
    start,
    cursor.wordEnd(),
    message('An operator is expected here: = != < <= > >= IS or NOT EXISTS.'),
  );
}

function refuseNull(cursor: Cursor, comparison: Comparison, start: number): void {
  const { value } = comparison;
  if (comparison.kind !== 'equals' || value.kind !== 'text' || value.quoted || !/^null$/i.test(value.text)) return;
  const instead = comparison.negated ? '= *' : 'IS NULL';
  const what = comparison.negated
    ? message('null cannot be compared. {0} asks for any text or number.', instead)
    : message('null cannot be compared; ask with {0}.', instead);
  cursor.error(start, cursor.at, what, { title: message('Write {0}', instead), text: instead });
}

function readKeyword(cursor: Cursor, written: string): Test | undefined {
  const start = cursor.at;
  const keyword = written.toUpperCase().replace(/\s+/g, ' ');
  cursor.at += written.length;
  switch (keyword) {
    case 'NOT EXISTS':
      noteCase(cursor, start, written);
      return { kind: 'not-exists' };
    case 'IS':
      noteCase(cursor, start, written);
      return readIs(cursor);
    case 'IS NOT EXISTS':
      cursor.error(start, cursor.at, message('The operator is {0}, not {1}.', 'NOT EXISTS', keyword), {
        title: message('Write {0}', 'NOT EXISTS'),
        text: 'NOT EXISTS',
      });
      return { kind: 'not-exists' };
    case 'EXISTS':
    case 'IS EXISTS':
    case 'IS NOT NULL':
      cursor.error(
        start,
        cursor.at,
        message('{0} is not an operator. {1} asks for any text or number; nothing asks for any value.', keyword, '= *'),
        { title: message('Write {0}', '= *'), text: '= *' },
      );
      return {
        kind: 'equals',
        negated: false,
        value: { kind: 'text', text: '*', quoted: false, ...cursor.rangeFrom(start) },
      };
    case 'IS NOT':
      return cursor.error(
        start,
        cursor.at,
        message('{0} is not an operator; {1} and {2} are.', 'IS NOT', '!=', 'NOT EXISTS'),
      );
    default:
      return cursor.error(
        start,
        cursor.at,
        message('{0} is not an operator. Join comparisons with {1}, and use stars for parts of a text.', keyword, '||'),
      );
  }
}

function readIs(cursor: Cursor): Test | undefined {
  cursor.skipSpace();
  const start = cursor.at;
  const written = cursor.match(/(null|true|false)\b/iy)?.[0];
  if (written === undefined) {
    return cursor.error(start, cursor.wordEnd(), message('After IS comes NULL, TRUE or FALSE.'));
  }
  cursor.at += written.length;
  noteCase(cursor, start, written);
  return { kind: 'is', what: written.toUpperCase() as 'NULL' | 'TRUE' | 'FALSE' };
}

/** Lower-case keywords are read: whether AWS takes them is not known. */
function noteCase(cursor: Cursor, start: number, written: string): void {
  const keyword = written.toUpperCase();
  if (written === keyword) return;
  cursor.note(start, cursor.at, message('{0} is read as {1}; AWS documents capital letters only.', written, keyword));
}
