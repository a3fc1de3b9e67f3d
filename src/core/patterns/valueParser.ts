import { message } from '../message';
import type { RegexValue, TextValue, Value } from './ast';
import type { Cursor } from './cursor';
import { isNumberText } from './numberText';
import { quoteText } from './print';
import { parseRegex } from './regexSyntax';

/** What the documentation lets stand without quotes. */
const DOCUMENTED_BAREWORD = /^[A-Za-z0-9_.*+]+$/;
const BAREWORD = /[^\s(){}[\]&|"'`“”„‘’‚%=!<>,]+/y;
/** Quotes that AWS does not take for quotes, and what may close them. */
const CLOSING_QUOTES: ReadonlyMap<string, RegExp> = new Map([
  ["'", /'/g],
  ['`', /[`']/g],
  ...[...'“”„'].map((quote): [string, RegExp] => [quote, /[“”"]/g]),
  ...[...'‘’‚'].map((quote): [string, RegExp] => [quote, /[‘’']/g]),
]);
/** Where a value whose closing quote is lost most likely ends: before what can only follow a value. */
const LIKELY_END = /\s*(&&|\|\||\)|[}\]]\s*$|$)/g;

/** Where a text whose closing mark is missing most likely ends, from the position where it begins. */
type LostEnd = (text: string, from: number) => number;

/**
 * Passes a value of a JSON or space-delimited pattern; undefined, with nothing passed or reported, where none begins. Errors inside it are
 * reported and the value is read as it was meant.
 */
export function readValue(cursor: Cursor): Value | undefined {
  return readQuoted(cursor, likelyEnd) ?? readRegex(cursor, likelyEnd) ?? readBareword(cursor);
}

/** Passes a text in quotes; undefined where no quote stands. */
export function readQuoted(cursor: Cursor, lostEnd: LostEnd): TextValue | undefined {
  const closing = CLOSING_QUOTES.get(cursor.next ?? '');
  if (closing !== undefined) return readWronglyQuoted(cursor, closing, lostEnd);
  if (cursor.next === '\\' && cursor.text[cursor.at + 1] === '"') return readEscapedQuote(cursor);
  return cursor.next === '"' ? readProperlyQuoted(cursor, lostEnd) : undefined;
}

/** Passes a regular expression between percent signs and checks it; undefined where none begins. `lostEnd` as for {@link readQuoted}. */
export function readRegex(cursor: Cursor, lostEnd: LostEnd): RegexValue | undefined {
  const start = cursor.at;
  if (!cursor.pass('%')) return undefined;
  const close = cursor.text.indexOf('%', cursor.at);
  const end = close < 0 ? lostEnd(cursor.text, cursor.at) : close;
  const source = cursor.text.slice(cursor.at, end);
  if (close < 0) {
    cursor.error(start, end, message('The regular expression is not closed with a percent sign.'), {
      title: message('Close it'),
      text: '%',
      start: end,
      end,
    });
  } else {
    const parsed = parseRegex(source);
    if ('error' in parsed) {
      const at = cursor.at + parsed.error.at;
      cursor.error(at, at + 1, parsed.error.message, undefined, 'Failed to compile regular expression.');
    }
  }
  cursor.at = close < 0 ? end : close + 1;
  return { kind: 'regex', source, ...cursor.rangeFrom(start) };
}

function likelyEnd(text: string, from: number): number {
  LIKELY_END.lastIndex = from;
  return LIKELY_END.exec(text)?.index ?? text.length;
}

function readProperlyQuoted(cursor: Cursor, lostEnd: LostEnd): TextValue {
  const start = cursor.at;
  const inner = cursor.match(/"((?:[^"\\]|\\[^])*)"/y)?.[1];
  if (inner !== undefined) {
    cursor.at += inner.length + 2;
    return quoted(cursor, start, inner);
  }
  cursor.at = lostEnd(cursor.text, start + 1);
  const rest = cursor.text.slice(start + 1, cursor.at);
  // A word processor may have turned only the closing quote.
  const kept = rest.replace(/[“”„]$/, '');
  cursor.error(start, cursor.at, message('The quote is not closed.'), {
    title: message('Close the quote'),
    text: '"',
    start: start + 1 + kept.length,
    end: cursor.at,
  });
  return quoted(cursor, start, kept);
}

/** `\"` for `"`: a pattern copied out of a shell command or a template without its outer quotes. */
function readEscapedQuote(cursor: Cursor): TextValue {
  const start = cursor.at;
  const close = cursor.text.indexOf('\\"', start + 2);
  const inner = cursor.text.slice(start + 2, close < 0 ? undefined : close);
  cursor.at = close < 0 ? cursor.text.length : close + 2;
  cursor.error(start, cursor.at, message('The quotes of a value are not escaped.'), {
    title: message('Remove the backslashes'),
    text: cursor.text.replaceAll('\\"', '"'),
    start: 0,
    end: cursor.text.length,
  });
  return quoted(cursor, start, inner);
}

function readWronglyQuoted(cursor: Cursor, closing: RegExp, lostEnd: LostEnd): TextValue {
  const start = cursor.at;
  const opening = cursor.next!;
  closing.lastIndex = start + 1;
  const close = closing.exec(cursor.text)?.index;
  const end = close ?? lostEnd(cursor.text, start + 1);
  const text = cursor.text.slice(start + 1, end);
  cursor.at = close === undefined ? end : end + 1;
  cursor.error(start, cursor.at, message('Values are quoted with straight double quotes, not with {0}.', opening), {
    title: message('Use straight double quotes'),
    text: quoteText(text),
  });
  return { kind: 'text', text, quoted: true, ...cursor.rangeFrom(start) };
}

/** `inner` as it is written between the quotes: `\"` and `\\` stand for a quote and a backslash, other backslashes for themselves. */
function quoted(cursor: Cursor, start: number, inner: string): TextValue {
  return { kind: 'text', text: inner.replace(/\\(["\\])/g, '$1'), quoted: true, ...cursor.rangeFrom(start) };
}

function readBareword(cursor: Cursor): Value | undefined {
  const start = cursor.at;
  const word = cursor.match(BAREWORD)?.[0];
  if (word === undefined) return undefined;
  cursor.at += word.length;
  if (isNumberText(word)) return { kind: 'number', raw: word, ...cursor.rangeFrom(start) };
  if (/^\$\.?[A-Za-z_]/.test(word)) {
    cursor.error(start, cursor.at, message('A field can only be compared with a value, not with another field.'));
  } else if (!DOCUMENTED_BAREWORD.test(word)) {
    cursor.note(
      start,
      cursor.at,
      message('The documentation asks for quotes around {0}: it holds more than letters, digits and _ . * +', word),
    );
  }
  return { kind: 'text', text: word, quoted: false, ...cursor.rangeFrom(start) };
}
