import { type Message, message } from '../message';
import type { PatternError, PatternFix, PatternNote } from './ast';
import { parseRegex } from './regexSyntax';

/** Counted in characters (code points), not bytes. */
export const MAX_PATTERN_CHARACTERS = 1024;
/** At most two regular expressions a JSON or space-delimited pattern. */
export const MAX_REGEXES = 2;

/** What AWS answers where it has no better word. */
export const AWS_INVALID = 'Invalid metric filter pattern';

/**
 * The text of a pattern as its parsers read it: cut loose from shell quoting where it was pasted with it, with every position mapped back
 * to the text the user wrote, and with the errors and notes found so far.
 */
export class PatternSource {
  readonly text: string;
  readonly errors: PatternError[] = [];
  readonly notes: PatternNote[] = [];
  private readonly positions: number[];
  private regexes = 0;

  constructor(readonly original: string) {
    const { text, positions, wrapped } = unwrapPaste(original);
    this.text = text;
    this.positions = positions;
    if (wrapped) {
      const what =
        'The quotes of a shell around the pattern were dropped. AWS itself would look for the quoted text as a phrase.';
      this.note(0, text.length, message(what));
    }
  }

  /** Where position `at` of {@link text} stands in the text the user wrote. */
  originalPosition(at: number): number {
    return this.positions[at] ?? this.original.length;
  }

  error(
    start: number,
    end: number,
    what: Message,
    fix?: { title: Message; text: string; start?: number; end?: number },
    aws = AWS_INVALID,
  ): void {
    const range = {
      start: this.originalPosition(start),
      end: Math.max(this.originalPosition(end), this.originalPosition(start)),
    };
    if (this.errors.some((each) => each.start === range.start)) return;
    const mended: PatternFix | undefined = fix && {
      title: fix.title,
      text: fix.text,
      start: fix.start === undefined ? range.start : this.originalPosition(fix.start),
      end: fix.end === undefined ? range.end : this.originalPosition(fix.end),
    };
    this.errors.push({ ...range, message: what, aws, ...(mended && { fix: mended }) });
  }

  note(start: number, end: number, what: Message): void {
    this.notes.push({ start: this.originalPosition(start), end: this.originalPosition(end), message: what });
  }

  /** Checks the regular expression `source` that stands at `start`, and that there are not too many. */
  checkRegex(source: string, start: number, end: number, limited: boolean): void {
    const parsed = parseRegex(source);
    if ('error' in parsed) {
      const at = start + 1 + parsed.error.at;
      this.error(
        at,
        Math.max(at + 1, Math.min(at + 1, end)),
        parsed.error.message,
        undefined,
        'Failed to compile regular expression.',
      );
    }
    if (limited && ++this.regexes > MAX_REGEXES) {
      this.error(
        start,
        end,
        message('At most {0} regular expressions are allowed in a pattern.', MAX_REGEXES),
        undefined,
        'Your input has exceeded the maximum of 2 regular expressions per filter pattern.',
      );
    }
  }
}

/**
 * People paste patterns wrapped for a shell: outer quotes, `\"` inside, sometimes the closing quote lost. If the text starts with a
 * quote followed by `{` or `[`, the quote is dropped, a matching one at the end too, and `\"` becomes `"`.
 */
function unwrapPaste(original: string): { text: string; positions: number[]; wrapped: boolean } {
  const positions = Array.from({ length: original.length + 1 }, (_, i) => i);
  const opening = /^\s*(["'])\s*[{[]/.exec(original);
  if (opening === null) return { text: original, positions, wrapped: false };
  const quote = opening[1]!;
  const from = original.indexOf(quote) + 1;
  const trimmed = original.trimEnd();
  const closed = trimmed.length > from && trimmed.endsWith(quote) && !trimmed.endsWith(`\\${quote}`);
  const to = closed ? trimmed.length - 1 : original.length;
  let text = '';
  const kept: number[] = [];
  for (let i = from; i < to; i++) {
    if (original[i] === '\\' && original[i + 1] === '"') i++;
    kept.push(i);
    text += original[i]!;
  }
  kept.push(to);
  return { text, positions: kept, wrapped: true };
}
