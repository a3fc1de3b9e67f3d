import { RecordView } from '../../../src/core/events/recordView';
import { encodeUtf8 } from '../../../src/core/json/bytes';
import { english } from '../../../src/core/message';
import type { ParsedPattern, Pattern, PatternError } from '../../../src/core/patterns/ast';
import { compilePattern } from '../../../src/core/patterns/match';
import { parsePattern } from '../../../src/core/patterns/parse';

/** A record as JSON text, for what JavaScript's values cannot say (raw numbers, duplicate keys), or as a value. */
export type Json = string | Readonly<Record<string, unknown>>;

export function recordOf(json: Json): RecordView {
  return new RecordView(encodeUtf8(typeof json === 'string' ? json : JSON.stringify(json)));
}

/** The pattern, which has to be free of errors. */
export function valid(text: string): Pattern {
  const parsed = parsePattern(text);
  if (parsed.pattern === undefined) throw new Error(`${text}\n${errorTexts(parsed).join('\n')}`);
  return parsed.pattern;
}

export function matches(pattern: string, json: Json): boolean {
  return compilePattern(valid(pattern))(recordOf(json));
}

export { applyReplacement as applyFix } from '../../../src/core/patterns/mend';

export function errorTexts({ errors }: ParsedPattern): string[] {
  return errors.map((error) => english(error.message));
}

export function noteTexts(pattern: string): string[] {
  return parsePattern(pattern).notes.map((note) => english(note.message));
}

/** The pattern with `«…»` around the range of the error. */
export function withMarks(text: string, { start, end }: Pick<PatternError, 'start' | 'end'>): string {
  return `${text.slice(0, start)}«${text.slice(start, end)}»${text.slice(end)}`;
}

/** A tree without its positions. */
export function withoutPositions(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPositions);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !['start', 'end', 'range'].includes(key))
      .map(([key, inner]) => [key, withoutPositions(inner)]),
  );
}
