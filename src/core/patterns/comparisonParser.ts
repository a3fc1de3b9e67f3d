import { message } from '../message';
import type { CompareOperator, Comparison, NumberValue, Value } from './ast';
import type { Cursor } from './cursor';
import { isNumberText } from './numberText';
import { readValue } from './valueParser';

const OPERATOR = /===|!==|==|!=|>=|<=|=>|=<|=~|<>|=|>|</y;
/** Operators of other languages, and what they mean here. */
const MISSPELT: Readonly<Record<string, string>> = {
  '===': '=',
  '==': '=',
  '=~': '=',
  '!==': '!=',
  '<>': '!=',
  '=>': '>=',
  '=<': '<=',
};

/** True where a comparison operator, or a misspelt one, stands. */
export function atOperator(cursor: Cursor): boolean {
  return cursor.match(OPERATOR) !== null;
}

/** Passes an operator, which stands here, and its value; undefined after an error that leaves nothing to go on with. */
export function readComparison(cursor: Cursor): Comparison | undefined {
  const operator = readOperator(cursor);
  cursor.skipSpace();
  const start = cursor.at;
  const value = readValue(cursor);
  if (value === undefined) {
    return cursor.error(cursor.at, cursor.wordEnd(), message('A value is expected after {0}.', operator));
  }
  if (operator === '=' || operator === '!=') return { kind: 'equals', negated: operator === '!=', value };
  return { kind: 'compare', operator: operator as CompareOperator, value: asNumber(cursor, start, operator, value) };
}

function readOperator(cursor: Cursor): string {
  const start = cursor.at;
  const written = cursor.match(OPERATOR)![0];
  cursor.at += written.length;
  const meant = MISSPELT[written];
  if (meant === undefined) return written;
  cursor.error(start, cursor.at, message('The operator is {0}, not {1}.', meant, written), {
    title: message('Write {0}', meant),
    text: meant,
  });
  return meant;
}

/** The value as the number it has to be; one in quotes is reported and taken as it was meant. */
function asNumber(cursor: Cursor, start: number, operator: string, value: Value): NumberValue {
  if (value.kind === 'number') return value;
  const text = value.kind === 'text' ? value.text : value.source;
  const raw = isNumberText(text) ? text : undefined;
  cursor.error(
    start,
    cursor.at,
    message('Only a number without quotes may follow {0}.', operator),
    raw === undefined ? undefined : { title: message('Write {0}', raw), text: raw },
  );
  return { kind: 'number', raw: raw ?? '0', start: value.start, end: value.end };
}
