import { english } from '../core/message';
import type { ParsedPattern, Pattern, PatternError, PatternNote } from '../core/patterns/ast';
import { applyReplacement, mendedPattern } from '../core/patterns/mend';
import { parsePattern } from '../core/patterns/parse';
import { checkFields } from '../core/patterns/unknownFields';
import { visibleText } from '../core/text';
import { fieldReference } from '../node/referenceData';
import { jsonText } from './jsonText';
import { UsageError } from './usage';

/** A valid pattern, with what about it may surprise. */
export interface PatternArgument {
  readonly text: string;
  readonly pattern: Pattern;
  readonly notes: readonly PatternNote[];
}

/**
 * Parses a pattern of the command line. What is wrong with it goes to standard error, with a caret under the place or, if asked, as JSON;
 * the answer is then undefined.
 */
export function readPattern(text: string, json: boolean): PatternArgument | undefined {
  const parsed = parsePattern(text);
  const { pattern } = parsed;
  if (pattern === undefined) {
    process.stderr.write(json ? `${jsonText(jsonErrors(text, parsed), 2)}\n` : errorText(text, parsed.errors));
    return undefined;
  }
  return { text, pattern, notes: [...parsed.notes, ...checkFields(pattern, fieldReference('en'))] };
}

/** The one pattern that `explain` and `sql` are about. */
export function onePattern(positionals: readonly string[]): string {
  const [text] = positionals;
  if (text === undefined) throw new UsageError('Name the pattern.');
  if (positionals.length > 1) throw new UsageError('Name one pattern, in quotes: the shell takes it apart otherwise.');
  return text;
}

/** Notes as they stand on standard error. */
export function tellNotes({ text, notes }: PatternArgument): void {
  for (const note of notes) process.stderr.write(`note: ${said(text, note)}`);
}

/** A note or error as JSON: offsets in UTF-16 units, line and column from one. */
export function jsonNote(text: string, { start, end, message, fix }: PatternNote): object {
  return {
    message: english(message),
    start,
    end,
    ...placeOf(text, start),
    ...(fix && {
      fix: {
        title: english(fix.title),
        start: fix.start,
        end: fix.end,
        text: fix.text,
        pattern: applyReplacement(text, fix),
      },
    }),
  };
}

function jsonErrors(text: string, { errors, notes }: ParsedPattern): object {
  const mended = mendedPattern(text);
  return {
    errors: errors.map((error) => ({ ...jsonNote(text, error), aws: error.aws })),
    notes: notes.map((note) => jsonNote(text, note)),
    ...(mended !== undefined && { mended }),
  };
}

/** Each error in its place, with its fix; where several are needed, what all of them make of the pattern stands below instead. */
function errorText(text: string, errors: readonly PatternError[]): string {
  const mended = mendedPattern(text);
  if (mended === undefined) return errors.map((error) => said(text, error)).join('');
  const told = errors.map(({ start, end, message }) => said(text, { start, end, message }));
  return `${told.join('')}  Write it as: ${visibleText(mended)}\n`;
}

/** What is wrong, the line of the pattern, a caret under its place, and the fix where there is one. */
export function said(text: string, { start, end, message, fix }: PatternNote): string {
  const { line, column } = placeOf(text, start);
  const written = text.split('\n')[line - 1]!;
  const before = written.slice(0, column - 1);
  const marked = written.slice(column - 1, column - 1 + Math.max(end - start, 1));
  const carets = '^'.repeat(Math.max(width(visibleText(marked)), 1));
  return [
    visibleText(english(message)),
    `  ${visibleText(written)}`,
    `  ${' '.repeat(width(visibleText(before)))}${carets}`,
    ...(fix ? [`  ${visibleText(english(fix.title))}: ${visibleText(applyReplacement(text, fix))}`] : []),
    '',
  ].join('\n');
}

function placeOf(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

/** Columns of a terminal that a text takes: characters of East Asian scripts and emoji take two. */
function width(text: string): number {
  return [...text].reduce((sum, letter) => sum + (WIDE.test(letter) ? 2 : COMBINING.test(letter) ? 0 : 1), 0);
}

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const COMBINING = /\p{Mn}/u;
