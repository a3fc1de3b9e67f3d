import { message } from '../message';
import type { Term, TermsPattern, TextValue } from './ast';
import type { Cursor } from './cursor';
import { quoteText } from './print';
import { readQuoted, readRegex } from './valueParser';

/** Letters and digits of any script and the underscore stand without quotes; the rest is an error or, where AWS is not known to refuse it, a note. */
const PLAIN_TERM = /^[\p{L}\p{N}_]+$/u;
const REFUSED = /[*:"'“”„‘’‚(){}[\]=<>|&]/;

/** A pattern for fields that lacks its braces, and perhaps the `$.` of its first field. */
const FIELD_CONDITION = /([\s(]*)(\$\.|[A-Za-z_][\w.]*\s+[=!<>]{1,3}\s)/y;

/** Parses a pattern of bare terms and phrases; the next character is not blank. */
export function parseTermsPattern(cursor: Cursor): TermsPattern | undefined {
  const field = cursor.match(FIELD_CONDITION);
  if (field !== null) return missingBraces(cursor, field[1]!.length, field[2] === '$.');
  const terms: Term[] = [];
  for (; cursor.next !== undefined; cursor.skipSpace()) terms.push(readTerm(cursor));
  return { kind: 'terms', terms };
}

function missingBraces(cursor: Cursor, beforeField: number, dollar: boolean): undefined {
  const body = cursor.text.slice(cursor.at).trimEnd();
  const fields = dollar ? body : `${body.slice(0, beforeField)}$.${body.slice(beforeField)}`;
  const what = message('Conditions on fields stand in braces, and fields begin with {0}', '$.');
  return cursor.error(cursor.at, cursor.at + body.length, what, {
    title: message('Write it so'),
    text: fields.endsWith('}') ? `{ ${fields}` : `{ ${fields} }`,
  });
}

function readTerm(cursor: Cursor): Term {
  const start = cursor.at;
  const mode = cursor.pass('-') ? 'excluded' : cursor.pass('?') ? 'optional' : 'required';
  const value = readQuoted(cursor, wholeRest) ?? readRegex(cursor, wholeRest) ?? readWord(cursor, start);
  return { mode, value, ...cursor.rangeFrom(start) };
}

/** What follows an opening mark in terms is all there is. */
function wholeRest(text: string): number {
  return text.trimEnd().length;
}

function readWord(cursor: Cursor, start: number): TextValue {
  const from = cursor.at;
  const text = cursor.match(/\S*/y)![0];
  cursor.at += text.length;
  const aws = `Invalid character(s) in term '${text}'`;
  if (text === '') cursor.error(start, cursor.at, message('A term is expected after the sign.'), undefined, aws);
  else if (REFUSED.test(text)) {
    const bare = text.replace(/["“”„*]/g, '');
    cursor.error(
      from,
      cursor.at,
      message(
        'The term {0} holds characters that need quotes. Terms have no wildcards: they match inside words anyway.',
        text,
      ),
      bare === '' ? undefined : { title: message('Quote it'), text: quoteText(bare) },
      aws,
    );
  } else if (!PLAIN_TERM.test(text)) {
    cursor.note(
      from,
      cursor.at,
      message('The documentation asks for quotes around {0}: it holds more than letters, digits and _', text),
    );
  }
  return { kind: 'text', text, quoted: false, ...cursor.rangeFrom(from) };
}
