import { message } from '../message';
import type { Selector, SelectorStep } from './ast';
import type { Cursor } from './cursor';
import { printBracketKey } from './print';

const NAME = /[A-Za-z_][A-Za-z0-9_-]*/y;
const STEP = /[A-Za-z0-9_-]+|\*/y;
const INDEX = /\[(\d+|\*)\]/y;
const QUOTED_KEY = /\[(?:'([^]*?)'|"([^]*?)")\]/y;
/** A key that needs brackets, written without. */
const BARE_QUOTED_KEY = /"([^"]*)"|'([^']*)'/y;

/** Passes a selector such as `$.resources[0].ARN`; undefined after an error that leaves nothing to go on with. */
export function readSelector(cursor: Cursor): Selector | undefined {
  const start = cursor.at;
  const first = readRoot(cursor);
  if (first === undefined) return undefined;
  const steps = [first];
  while (cursor.next === '.' || cursor.next === '[') {
    const step = cursor.next === '.' ? readDotted(cursor) : readBracket(cursor);
    if (step === undefined) return undefined;
    steps.push(step);
  }
  return { ...cursor.rangeFrom(start), steps };
}

/** Passes `$` and the first step. A field without the dollar sign or the dot is reported and read as if they were there. */
function readRoot(cursor: Cursor): SelectorStep | undefined {
  const start = cursor.at;
  if (cursor.pass('$')) {
    if (cursor.next === '.') return readDotted(cursor);
    if (cursor.match(QUOTED_KEY) !== null) return readBracket(cursor);
    const name = cursor.match(NAME)?.[0];
    if (name === undefined) return notAField(cursor, start);
    return readReported(cursor, start, name, '.');
  }
  const dot = cursor.pass('.');
  const name = cursor.match(NAME)?.[0];
  if (name === undefined) return notAField(cursor, start);
  if (!dot && /^not$|^exists$/i.test(name)) {
    const end = start + cursor.match(/(not\s+)?exists|not/iy)![0].length;
    return cursor.error(start, end, message('{0} stands after the field.', 'NOT EXISTS'));
  }
  return readReported(cursor, start, name, dot ? '$' : '$.');
}

/** The first step, `name`, which stands here; before it `missing` is missing. */
function readReported(cursor: Cursor, start: number, name: string, missing: '.' | '$' | '$.'): SelectorStep {
  const what =
    missing === '.' ? message('A dot is missing after the dollar sign.') : message('A field begins with {0}', '$.');
  const at = missing === '$' ? start : cursor.at;
  cursor.at += name.length;
  cursor.error(start, cursor.at, what, { title: message('Insert {0}', missing), text: missing, start: at, end: at });
  return { kind: 'key', key: name };
}

function notAField(cursor: Cursor, start: number): undefined {
  const { text } = cursor;
  const missing = start >= text.length || '})|&'.includes(text[start]!);
  cursor.at = start;
  const what = missing
    ? message('A condition is missing here, for instance {0}.', '$.eventName = "CreateUser"')
    : message('A condition begins with a field, for instance {0}.', '$.eventName');
  return cursor.error(start, missing ? start + 1 : cursor.wordEnd(), what);
}

function readDotted(cursor: Cursor): SelectorStep | undefined {
  const dot = cursor.at++;
  if (cursor.next === '[') return readQuotedKey(cursor, false);
  const step = cursor.match(STEP)?.[0];
  if (step !== undefined) {
    cursor.at += step.length;
    return step === '*' ? { kind: 'any', bracket: false } : { kind: 'key', key: step };
  }
  const quoted = cursor.match(BARE_QUOTED_KEY);
  if (quoted === null) {
    const what =
      cursor.next === '.'
        ? message('Two dots do not search all levels: name every step.')
        : message('A field name is expected after the dot.');
    cursor.at = dot;
    return cursor.error(dot, cursor.wordEnd(), what);
  }
  const start = cursor.at;
  const key = quoted[1] ?? quoted[2]!;
  cursor.at += quoted[0].length;
  cursor.error(start, cursor.at, message('A key in quotes is written in brackets.'), {
    title: message('Write {0}', "['…']"),
    text: printBracketKey(key),
  });
  return { kind: 'key', key };
}

function readBracket(cursor: Cursor): SelectorStep | undefined {
  const index = cursor.match(INDEX);
  if (index !== null) {
    cursor.at += index[0].length;
    return index[1] === '*' ? { kind: 'any', bracket: true } : { kind: 'index', index: Number(index[1]) };
  }
  if (cursor.match(/\[["']/y) !== null) return readQuotedKey(cursor, true);
  return cursor.error(
    cursor.at,
    bracketEnd(cursor),
    message('Only an index from zero or a star may stand in brackets: {0} or {1}', '[0]', '[*]'),
  );
}

/** Passes `['key']`. AWS is only known to take it with single quotes and after a dot. */
function readQuotedKey(cursor: Cursor, withoutDot: boolean): SelectorStep | undefined {
  const start = cursor.at;
  const match = cursor.match(QUOTED_KEY);
  if (match === null) {
    const what =
      cursor.match(/\[["']/y) === null
        ? message('A key in quotes is expected in the brackets: {0}', "['key']")
        : message('The key in brackets is not closed.');
    return cursor.error(start, bracketEnd(cursor), what);
  }
  cursor.at += match[0].length;
  if (withoutDot || match[2] !== undefined) {
    cursor.note(start, cursor.at, message('AWS documents keys in brackets as {0} only.', "$.['key']"));
  }
  return { kind: 'key', key: match[1] ?? match[2]! };
}

/** Where the bracket that opens here ends, or the word in which it does not. */
function bracketEnd(cursor: Cursor): number {
  return cursor.at + cursor.match(/\[[^\]\s]*\]?/y)![0].length;
}
