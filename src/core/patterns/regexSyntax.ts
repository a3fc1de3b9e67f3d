import { type Message, message } from '../message';
import { type CharSet, complement, rangesSet, union } from './charSet';

/**
 * The regular expressions that CloudWatch Logs allows between percent signs: no groups, so every quantifier belongs to one character
 * class. That makes a linear matcher simple; see `regexMatcher.ts`.
 */
export type RegexItem =
  | { readonly kind: 'set'; readonly set: CharSet; readonly min: number; readonly max: number }
  | { readonly kind: 'start' | 'end' };

/** Branches between `|`; each is a sequence. */
export type RegexTree = readonly (readonly RegexItem[])[];

export interface RegexError {
  /** Offset in the source. */
  readonly at: number;
  readonly message: Message;
}

/** A longer row of characters, counts multiplied out, would make a matcher too slow: AWS's own bound is not documented. */
const LONGEST = 2000;
const LAST_ASCII = 0x7f;
const PLAIN = /[A-Za-z0-9 :_#=@/;,-]/;
const DIGIT = rangesSet([0x30, 0x39]);
const WORD = rangesSet([0x30, 0x39], [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a]);
const SPACE = rangesSet([0x09, 0x0d], [0x20, 0x20]);
/** `.` stands for anything but a line break. */
const ANY = complement(rangesSet([0x0a, 0x0a], [0x0d, 0x0d]));
const CLASSES: ReadonlyMap<string, CharSet> = new Map([
  ['d', DIGIT],
  ['D', complement(DIGIT)],
  ['w', WORD],
  ['W', complement(WORD)],
  ['s', SPACE],
  ['S', complement(SPACE)],
]);

/** Parses the text between the percent signs. */
export function parseRegex(source: string): { tree: RegexTree } | { error: RegexError } {
  const parser = new Parser(source);
  const tree = parser.branches();
  return parser.error === undefined ? { tree } : { error: parser.error };
}

/** What a backslash, a class or a character in brackets stands for; `code` when that is one character, so that it can begin or end a range. */
interface Part {
  readonly set: CharSet;
  readonly code: number | undefined;
}

class Parser {
  private at = 0;
  private length = 0;
  error: RegexError | undefined;

  constructor(private readonly source: string) {}

  branches(): RegexItem[][] {
    const branches: RegexItem[][] = [[]];
    while (this.at < this.source.length && this.error === undefined) {
      if (this.source[this.at] === '|') {
        this.at++;
        branches.push([]);
      } else {
        const item = this.item();
        if (item !== undefined) branches.at(-1)!.push(item);
      }
    }
    return branches;
  }

  private fail(at: number, text: Message): undefined {
    this.error ??= { at, message: text };
    return undefined;
  }

  private item(): RegexItem | undefined {
    const letter = this.source[this.at];
    if (letter === '^' || letter === '$') {
      this.at++;
      return { kind: letter === '^' ? 'start' : 'end' };
    }
    const set = this.set();
    if (set === undefined) return undefined;
    const [min, max] = this.quantifier();
    return { kind: 'set', set, min, max };
  }

  private set(): CharSet | undefined {
    const start = this.at;
    const letter = this.source[this.at++]!;
    if (letter === '.') return ANY;
    if (letter === '\\') return this.escape(start)?.set;
    if (letter === '[') return this.bracket(start);
    if (PLAIN.test(letter)) return character(letter).set;
    if ('*+?{'.includes(letter)) return this.fail(start, message('Nothing to repeat before {0}.', letter));
    return this.refuse(start, letter);
  }

  private refuse(at: number, letter: string): undefined {
    if (letter === '(' || letter === ')') {
      return this.fail(
        at,
        message('Groups are not supported; a literal parenthesis is written {0}.', letter === '(' ? '\\x28' : '\\x29'),
      );
    }
    const code = letter.charCodeAt(0);
    if (code > LAST_ASCII) return this.fail(at, message('Only ASCII characters are allowed in a regular expression.'));
    const hex = `\\x${code.toString(16).padStart(2, '0')}`;
    return this.fail(
      at,
      message('The character {0} is not allowed in a regular expression; write it as {1}.', letter, hex),
    );
  }

  private escape(start: number): Part | undefined {
    const letter = this.source[this.at++];
    if (letter === undefined) return this.fail(start, message('A backslash needs a character after it.'));
    if (letter === 'x') {
      const hex = this.source.slice(this.at, this.at + 2);
      if (!/^[0-9A-Fa-f]{2}$/.test(hex)) {
        return this.fail(start, message('Two hexadecimal digits belong after {0}.', '\\x'));
      }
      this.at += 2;
      return character(String.fromCharCode(parseInt(hex, 16)));
    }
    const named = CLASSES.get(letter);
    if (named !== undefined) return { set: named, code: undefined };
    if (/[A-Za-z0-9]/.test(letter)) {
      return this.fail(start, message('The escape {0} is not supported.', `\\${letter}`));
    }
    return isRefused(letter) ? this.refuse(start, letter) : character(letter);
  }

  private bracket(start: number): CharSet | undefined {
    const negated = this.source[this.at] === '^';
    if (negated) this.at++;
    const sets: CharSet[] = [];
    for (let first = true; this.source[this.at] !== ']' || first; first = false) {
      const part = this.bracketPart(start);
      if (part === undefined) return undefined;
      sets.push(part);
    }
    this.at++;
    return negated ? complement(union(sets)) : union(sets);
  }

  /** A class, a character or a range of characters between brackets. */
  private bracketPart(bracket: number): CharSet | undefined {
    const start = this.at;
    const low = this.bracketCharacter(bracket);
    const isRange =
      low?.code !== undefined && this.source[this.at] === '-' && !']'.includes(this.source[this.at + 1] ?? ']');
    if (!isRange) return low?.set;
    this.at++;
    const high = this.bracketCharacter(bracket);
    if (high === undefined) return undefined;
    if (high.code === undefined) return this.fail(start, message('A range in brackets ends in a character.'));
    if (high.code < low.code) return this.fail(start, message('A range in brackets runs backwards.'));
    return rangesSet([low.code, high.code]);
  }

  private bracketCharacter(bracket: number): Part | undefined {
    const start = this.at;
    const letter = this.source[this.at++];
    if (letter === undefined) return this.fail(bracket, message('The bracket is not closed.'));
    if (letter === '\\') return this.escape(start);
    return isRefused(letter) ? this.refuse(start, letter) : character(letter);
  }

  private quantifier(): [number, number] {
    const start = this.at;
    const [min, max] = this.count();
    if (max < min) this.fail(start, message('The count runs backwards.'));
    this.length += max === Infinity ? min + 1 : max;
    if (this.length > LONGEST) {
      this.fail(start, message('The counts of a regular expression may add up to {0} at most.', LONGEST));
    }
    return [min, max];
  }

  /** Passes `?`, `*`, `+`, `{2}`, `{2,}`, `{,3}` or `{2,3}`; once when there is none. */
  private count(): [number, number] {
    const rest = this.source.slice(this.at);
    const simple = /^[?*+]/.exec(rest)?.[0];
    if (simple !== undefined) {
      this.at++;
      return [simple === '+' ? 1 : 0, simple === '?' ? 1 : Infinity];
    }
    const counted = /^\{(\d*)(,?)(\d*)\}/.exec(rest);
    if (counted === null || (counted[1] === '' && counted[3] === '')) return [1, 1];
    this.at += counted[0].length;
    const min = counted[1] === '' ? 0 : Number(counted[1]);
    return [min, counted[2] === '' ? min : counted[3] === '' ? Infinity : Number(counted[3])];
  }
}

/** Refused wherever it stands, escaped and in brackets too. */
function isRefused(letter: string): boolean {
  return '()!'.includes(letter) || letter.charCodeAt(0) > LAST_ASCII;
}

function character(letter: string): Part {
  const code = letter.charCodeAt(0);
  return { set: rangesSet([code, code]), code };
}
