import { message } from '../message';
import type { ParsedPattern, Pattern } from './ast';
import { checkPattern } from './check';
import { Cursor } from './cursor';
import { reportForeignLanguage } from './foreignLanguages';
import { parseJsonPattern } from './jsonPatternParser';
import { MAX_PATTERN_CHARACTERS, limitErrors } from './limits';
import { PatternSource } from './patternSource';
import { parseSpacePattern } from './spacePatternParser';
import { parseTermsPattern } from './termsParser';

/**
 * Parses a CloudWatch Logs filter pattern. The first character that is not blank tells which kind it is: `{` JSON, `[` space-delimited,
 * anything else terms; an empty pattern matches everything. With errors there is no pattern; each error has a place and, where the
 * meaning is plain, a fix.
 */
export function parsePattern(text: string): ParsedPattern {
  const source = new PatternSource(text);
  const pattern = parseSource(source);
  const limits = pattern === undefined ? [] : limitErrors(pattern);
  const errors = [...source.errors, ...limits].sort((a, b) => a.start - b.start);
  if (pattern === undefined || errors.length > 0) return { pattern: undefined, errors, notes: source.notes };
  return { pattern, errors, notes: [...source.notes, ...checkPattern(pattern)] };
}

function parseSource(source: PatternSource): Pattern | undefined {
  const cursor = new Cursor(source);
  cursor.skipSpace();
  if (reportForeignLanguage(cursor) || reportLength(cursor)) return undefined;
  switch (cursor.next) {
    case undefined:
      return { kind: 'all' };
    case '{':
      return parseJsonPattern(cursor);
    case '[':
      return parseSpacePattern(cursor);
    default:
      return parseTermsPattern(cursor);
  }
}

/** Reports a text longer than AWS takes. It is not parsed at all: what is parsed stays small, whatever is pasted. */
function reportLength(cursor: Cursor): boolean {
  const { text } = cursor;
  if (text.length <= MAX_PATTERN_CHARACTERS) return false;
  const characters = [...text];
  if (characters.length <= MAX_PATTERN_CHARACTERS) return false;
  const allowed = characters.slice(0, MAX_PATTERN_CHARACTERS).join('').length;
  const what = message('The pattern has {0} characters; AWS allows {1}.', characters.length, MAX_PATTERN_CHARACTERS);
  cursor.error(allowed, text.length, what);
  return true;
}
