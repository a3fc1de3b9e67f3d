import type { Message } from '../message';
import type { Range } from './ast';
import type { Fix, PatternSource } from './patternSource';

/** A place in the text of a pattern: what the parsers move along. */
export class Cursor {
  at = 0;
  readonly text: string;

  constructor(private readonly source: PatternSource) {
    this.text = source.text;
  }

  /** The character here; undefined at the end. */
  get next(): string | undefined {
    return this.text[this.at];
  }

  skipSpace(): void {
    while (this.next !== undefined && /\s/.test(this.next)) this.at++;
  }

  /** Passes `word` when it stands here. */
  pass(word: string): boolean {
    if (!this.text.startsWith(word, this.at)) return false;
    this.at += word.length;
    return true;
  }

  /** What `pattern`, a sticky regular expression, finds here; nothing is passed. */
  match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text);
  }

  /** Where the word here ends: at a blank, a closing mark, a comma or a joiner, but at least one character on. */
  wordEnd(): number {
    const length = this.match(/[^\s(){}\]&|,]*/y)?.[0].length ?? 0;
    return Math.min(this.at + Math.max(length, 1), this.text.length);
  }

  /** From `start` to here, in the text the user wrote. */
  rangeFrom(start: number): Range {
    return this.source.range(start, this.at);
  }

  /** Reports an error; answers undefined, as a parser does that cannot go on. */
  error(start: number, end: number, what: Message, fix?: Fix, aws?: string): undefined {
    this.source.error(start, end, what, fix, aws);
    return undefined;
  }

  note(start: number, end: number, what: Message): void {
    this.source.note(start, end, what);
  }
}
