import { message } from '../message';
import type { ParsedPattern, Pattern } from './ast';
import { parseJsonPattern } from './jsonPatternParser';
import { MAX_PATTERN_CHARACTERS, PatternSource } from './patternSource';
import { parseSpacePattern } from './spacePatternParser';
import { parseTermsPattern } from './termsParser';

/**
 * Parses a CloudWatch Logs filter pattern. The first character that is not blank tells which kind it is: `{` JSON, `[` space-delimited,
 * anything else terms; an empty pattern matches everything. With errors there is no pattern; each error has a place and, where the
 * meaning is plain, a fix.
 */
export function parsePattern(text: string): ParsedPattern {
  const source = new PatternSource(text);
  const characters = [...source.text].length;
  if (characters > MAX_PATTERN_CHARACTERS) {
    const what = message('The pattern has {0} characters; AWS allows {1}.', characters, MAX_PATTERN_CHARACTERS);
    source.error(MAX_PATTERN_CHARACTERS, source.text.length, what);
  }
  const pattern = parseKind(source);
  const errors = [...source.errors].sort((a, b) => a.start - b.start);
  return { pattern: errors.length === 0 ? pattern : undefined, errors, notes: source.notes };
}

function parseKind(source: PatternSource): Pattern | undefined {
  const first = source.text.trimStart()[0];
  if (first === undefined) return { kind: 'all' };
  if (first === '{') return parseJsonPattern(source);
  if (first === '[') return parseSpacePattern(source);
  return parseTermsPattern(source);
}
