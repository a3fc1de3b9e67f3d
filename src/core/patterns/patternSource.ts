import { type Message, message } from '../message';
import type { PatternError, PatternFix, PatternNote, Range } from './ast';

/** What AWS answers where it has no better word. */
const AWS_INVALID = 'Invalid metric filter pattern';

/** A fix as parsers give it: it replaces the range of its error unless it says otherwise. Positions are those of {@link PatternSource.text}. */
export interface Fix {
  readonly title: Message;
  readonly text: string;
  readonly start?: number;
  readonly end?: number;
}

/**
 * The text of a pattern as its parsers read it: cut loose from shell quoting where it was pasted with it, with every position mapped back
 * to the text the user wrote, and with the errors and notes found so far.
 */
export class PatternSource {
  readonly text: string;
  readonly errors: PatternError[] = [];
  readonly notes: PatternNote[] = [];
  /** Where each position of {@link text} stands in what the user wrote; undefined when that is the same text. */
  private readonly positions: readonly number[] | undefined;

  constructor(original: string) {
    const unwrapped = unwrapPaste(original);
    this.text = unwrapped?.text ?? original;
    this.positions = unwrapped?.positions;
    if (unwrapped !== undefined) {
      const what = message(
        'The quotes of a shell around the pattern were dropped. AWS itself would look for the quoted text as a phrase.',
      );
      this.notes.push({ ...unwrapped.range, message: what });
    }
  }

  /** A range of {@link text} as a range of what the user wrote. */
  range(start: number, end: number): Range {
    return { start: this.position(start), end: this.position(Math.max(start, end)) };
  }

  /** Reports an error, unless there is one at the same place: what follows from an error is no news. */
  error(start: number, end: number, what: Message, fix?: Fix, aws = AWS_INVALID): void {
    const range = this.range(start, end);
    if (this.errors.some((each) => each.start === range.start)) return;
    this.errors.push({ ...range, message: what, aws, ...(fix && { fix: this.fix(fix, start, end) }) });
  }

  note(start: number, end: number, what: Message): void {
    this.notes.push({ ...this.range(start, end), message: what });
  }

  private fix(fix: Fix, start: number, end: number): PatternFix {
    // Between the quotes of a shell a quote is escaped: as the last character it would pass for the closing one.
    const text = this.positions === undefined ? fix.text : fix.text.replaceAll('"', '\\"');
    return { title: fix.title, text, ...this.range(fix.start ?? start, fix.end ?? end) };
  }

  private position(at: number): number {
    const within = Math.min(at, this.text.length);
    return this.positions === undefined ? within : this.positions[within]!;
  }
}

/**
 * People paste patterns wrapped for a shell: outer quotes, `\"` inside, sometimes the closing quote lost. If the text starts with a
 * quote followed by `{` or `[`, the quote is dropped, a matching one at the end too, and `\"` becomes `"`.
 */
function unwrapPaste(original: string): { text: string; positions: number[]; range: Range } | undefined {
  const opening = /^\s*(["'])\s*[{[]/.exec(original);
  if (opening === null) return undefined;
  const quote = opening[1]!;
  const start = original.indexOf(quote);
  const end = original.trimEnd().length;
  const closed = original[end - 1] === quote && original[end - 2] !== '\\';
  const to = closed ? end - 1 : original.length;
  const positions: number[] = [];
  let text = '';
  for (let i = start + 1; i < to; i++) {
    positions.push(i);
    if (original[i] === '\\' && original[i + 1] === '"') i++;
    text += original[i]!;
  }
  positions.push(to);
  return { text, positions, range: { start, end } };
}
