import { message } from '../message';
import type { Comparison, SpaceField, SpacePattern } from './ast';
import { atOperator, readComparison } from './comparisonParser';
import type { Cursor } from './cursor';
import { readLogic } from './logicParser';

const FIELD_NAME = /[A-Za-z_][\w-]*/y;
/** A field whose first condition stands in parentheses, too. */
const FIRST_NAME = /[\s(]*([A-Za-z_][\w-]*)/y;

/** Parses a pattern whose `[` is the next character; undefined after an error that leaves nothing to go on with. */
export function parseSpacePattern(cursor: Cursor): SpacePattern | undefined {
  cursor.pass('[');
  cursor.skipSpace();
  const fields: SpaceField[] = [];
  if (cursor.next !== ']') {
    do {
      const field = readField(cursor, fields);
      if (field === undefined) return undefined;
      fields.push(field);
    } while (passComma(cursor));
  }
  readEnd(cursor);
  return { kind: 'space', fields };
}

/** Passes the comma between two fields; one that nothing follows is reported. */
function passComma(cursor: Cursor): boolean {
  cursor.skipSpace();
  const comma = cursor.at;
  if (!cursor.pass(',')) return false;
  cursor.skipSpace();
  if (cursor.next !== ']') return true;
  cursor.error(comma, comma + 1, message('A field is missing after the comma.'), {
    title: message('Remove the comma'),
    text: '',
  });
  return false;
}

function readEnd(cursor: Cursor): void {
  const end = cursor.text.trimEnd().length;
  if (cursor.pass(']')) {
    cursor.skipSpace();
    if (cursor.next !== undefined) cursor.error(cursor.at, end, message('Nothing may follow the closing bracket.'));
  } else if (cursor.next === undefined) missingBracket(cursor);
  else if (cursor.next === ')') {
    cursor.error(cursor.at, cursor.at + 1, message('This parenthesis closes nothing.'), {
      title: message('Remove it'),
      text: '',
    });
  } else cursor.error(cursor.at, cursor.wordEnd(), message('Expected a comma or {0} here.', ']'));
}

function missingBracket(cursor: Cursor): undefined {
  const end = cursor.text.trimEnd().length;
  return cursor.error(end, end, message('The closing bracket is missing.'), {
    title: message('Add the closing bracket'),
    text: ']',
  });
}

function readField(cursor: Cursor, before: readonly SpaceField[]): SpaceField | undefined {
  const start = cursor.at;
  if (cursor.pass('...')) {
    if (before.some(({ kind }) => kind === 'ellipsis')) {
      cursor.error(start, cursor.at, message('Only one {0} is allowed.', '...'));
    }
    return { kind: 'ellipsis' };
  }
  const first = cursor.match(FIRST_NAME);
  if (first === null) {
    if (cursor.next === undefined) return missingBracket(cursor);
    return cursor.error(start, cursor.wordEnd(), message('A field name is expected here.'));
  }
  const name = first[1]!;
  if (before.some((field) => field.kind === 'field' && field.name === name)) {
    const end = start + first[0].length;
    const aws = `Duplicate field '${name}'`;
    cursor.error(end - name.length, end, message('The field {0} is named twice.', name), undefined, aws);
  }
  if (cursor.next !== '(') {
    cursor.at += name.length;
    cursor.skipSpace();
    if (!atOperator(cursor)) return { kind: 'field', name, condition: undefined };
    cursor.at = start;
  }
  const condition = readLogic(cursor, () => readFieldTest(cursor, name), ',]');
  return condition && { kind: 'field', name, condition };
}

function readFieldTest(cursor: Cursor, name: string): Comparison | undefined {
  const start = cursor.at;
  const written = cursor.match(FIELD_NAME)?.[0];
  if (written === undefined) {
    return cursor.error(start, cursor.wordEnd(), message('A condition on the field {0} is expected here.', name));
  }
  cursor.at += written.length;
  if (written !== name) {
    cursor.error(start, cursor.at, message('The conditions of the field {0} may name only that field.', name));
  }
  cursor.skipSpace();
  if (atOperator(cursor)) return readComparison(cursor);
  return cursor.error(cursor.at, cursor.wordEnd(), message('An operator is expected here: = != < <= > or >=.'));
}
