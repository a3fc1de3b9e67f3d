import { message } from '../message';
import type { RegexValue, Term, TermsPattern, TextValue } from './ast';
import { queryLanguageHint } from './foreignLanguages';
import type { PatternSource } from './patternSource';

/** Letters and digits of any script and the underscore stand without quotes; the rest is an error or, where AWS is not known to refuse it, a note. */
const PLAIN_TERM = /^[\p{L}\p{N}_]+$/u;
const REFUSED = /[*:"'“”‘’(){}[\]=<>|&]/;

/** Parses a pattern of bare terms and phrases. */
export function parseTermsPattern(source: PatternSource): TermsPattern | undefined {
  const { text } = source;
  const language = queryLanguageHint(text);
  if (language !== undefined) {
    source.error(0, text.length, language);
    return undefined;
  }
  if (/^\s*\(*\s*\$\./.test(text)) {
    const start = text.search(/\S/);
    source.error(start, text.length, message('Conditions on fields stand in braces.'), {
      title: message('Add the braces'),
      text: `{ ${text.trim()} }`,
    });
    return undefined;
  }
  const terms: Term[] = [];
  for (let at = skipSpace(text, 0); at < text.length; at = skipSpace(text, at)) {
    const term = readTerm(source, at);
    terms.push(term);
    at = term.end;
  }
  warnIgnoredOptional(source, terms);
  return { kind: 'terms', terms };
}

function readTerm(source: PatternSource, start: number): Term {
  const { text } = source;
  const sign = text[start];
  const mode = sign === '-' ? 'excluded' : sign === '?' ? 'optional' : 'required';
  const at = mode === 'required' ? start : start + 1;
  const value = text[at] === '"' ? phrase(source, at) : text[at] === '%' ? regex(source, at) : word(source, at, start);
  return { mode, value, start, end: value.end };
}

function phrase(source: PatternSource, at: number): TextValue {
  const { text } = source;
  let value = '';
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === '"') return { kind: 'text', text: value, quoted: true, start: at, end: i + 1 };
    if (text[i] === '\\' && (text[i + 1] === '"' || text[i + 1] === '\\')) i++;
    value += text[i]!;
  }
  source.error(at, text.length, message('The quote is not closed.'), {
    title: message('Close the quote'),
    text: '"',
    start: text.length,
  });
  return { kind: 'text', text: value, quoted: true, start: at, end: text.length };
}

function regex(source: PatternSource, at: number): RegexValue {
  const { text } = source;
  const close = text.indexOf('%', at + 1);
  const end = close < 0 ? text.length : close + 1;
  const inner = text.slice(at + 1, close < 0 ? text.length : close);
  if (close < 0) source.error(at, end, message('The regular expression is not closed with a percent sign.'));
  else source.checkRegex(inner, at, end, false);
  return { kind: 'regex', source: inner, start: at, end };
}

function word(source: PatternSource, at: number, start: number): TextValue {
  const { text } = source;
  let end = at;
  while (end < text.length && !/\s/.test(text[end]!)) end++;
  const term = text.slice(at, end);
  const aws = `Invalid character(s) in term '${term}'`;
  if (term === '') source.error(start, end, message('A term is expected after the sign.'), undefined, aws);
  else if (REFUSED.test(term)) {
    source.error(
      at,
      end,
      message(
        'The term {0} holds characters that need quotes. Terms have no wildcards: they match inside words anyway.',
        term,
      ),
      { title: message('Quote it'), text: `"${term.replaceAll(/["“”*]/g, '')}"` },
      aws,
    );
  } else if (!PLAIN_TERM.test(term)) {
    source.note(
      at,
      end,
      message('The documentation asks for quotes around {0}: it holds more than letters, digits and _', term),
    );
  }
  return { kind: 'text', text: term, quoted: false, start: at, end };
}

function warnIgnoredOptional(source: PatternSource, terms: readonly Term[]): void {
  const optional = terms.find((term) => term.mode === 'optional');
  if (optional === undefined || terms.every((term) => term.mode === 'optional')) return;
  const what = 'Beside other terms AWS ignores every term with a question mark: this one has no effect.';
  source.note(optional.start, optional.end, message(what));
}

function skipSpace(text: string, at: number): number {
  while (at < text.length && /\s/.test(text[at]!)) at++;
  return at;
}
