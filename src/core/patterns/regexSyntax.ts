import { type Message, message } from '../message';

/**
 * The regular expressions that CloudWatch Logs allows between percent signs: no groups, no alternation in groups, so every quantifier
 * belongs to one character class. That makes a linear matcher simple; see `regexMatcher.ts`.
 */

/** A set of UTF-16 code units, as sorted, disjoint, closed ranges. */
export type CharSet = readonly (readonly [number, number])[];

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

const LAST = 0xffff;
/** More copies than this of one class would make a matcher too large: AWS's own bound is not documented. */
const MOST_REPEATS = 1000;
const PLAIN = /[A-Za-z0-9 :_#=@/;,\-]/;
const DIGIT: CharSet = [[0x30, 0x39]];
const WORD: CharSet = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
const SPACE: CharSet = [
  [0x09, 0x0d],
  [0x20, 0x20],
];
/** `.` stands for anything but a line break. */
const ANY: CharSet = complement([
  [0x0a, 0x0a],
  [0x0d, 0x0d],
]);
const CLASSES: Readonly<Record<string, CharSet>> = {
  d: DIGIT,
  D: complement(DIGIT),
  w: WORD,
  W: complement(WORD),
  s: SPACE,
  S: complement(SPACE),
};

/** Parses the text between the percent signs. */
export function parseRegex(source: string): { tree: RegexTree } | { error: RegexError } {
  const parser = new Parser(source);
  const tree = parser.branches();
  return parser.error === undefined ? { tree } : { error: parser.error };
}

class Parser {
  private at = 0;
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
    if (letter === '\\') return this.escape(start);
    if (letter === '[') return this.bracket(start);
    if (PLAIN.test(letter)) return single(letter.charCodeAt(0));
    if (letter === '(' || letter === ')') {
      return this.fail(
        start,
        message('Groups are not supported; a literal parenthesis is written {0}.', letter === '(' ? '\\x28' : '\\x29'),
      );
    }
    if ('*+?{'.includes(letter)) return this.fail(start, message('Nothing to repeat before {0}.', letter));
    return this.fail(
      start,
      message(
        'The character {0} is not allowed in a regular expression here; write it as {1}.',
        letter,
        hexEscape(letter),
      ),
    );
  }

  private escape(start: number): CharSet | undefined {
    const letter = this.source[this.at++];
    if (letter === undefined) return this.fail(start, message('A backslash needs a character after it.'));
    if (letter === 'x') {
      const hex = this.source.slice(this.at, this.at + 2);
      if (!/^[0-9A-Fa-f]{2}$/.test(hex))
        return this.fail(start, message('Two hexadecimal digits belong after {0}.', '\\x'));
      this.at += 2;
      return single(parseInt(hex, 16));
    }
    const named = CLASSES[letter];
    if (named !== undefined) return named;
    if (/[A-Za-z0-9]/.test(letter)) return this.fail(start, message('The escape {0} is not supported.', `\\${letter}`));
    return single(letter.charCodeAt(0));
  }

  private bracket(start: number): CharSet | undefined {
    const negated = this.source[this.at] === '^';
    if (negated) this.at++;
    const ranges: [number, number][] = [];
    for (let first = true; this.source[this.at] !== ']' || first; first = false) {
      if (this.at >= this.source.length) return this.fail(start, message('The bracket is not closed.'));
      const low = this.bracketPart();
      if (low === undefined) return undefined;
      const isRange =
        this.source[this.at] === '-' && this.source[this.at + 1] !== ']' && this.at + 1 < this.source.length;
      if (!isRange || low.length !== 1 || low[0]![0] !== low[0]![1]) {
        ranges.push(...low.map(([from, to]): [number, number] => [from, to]));
        continue;
      }
      this.at++;
      const high = this.bracketPart();
      if (high === undefined) return undefined;
      if (high[0]![0] < low[0]![0]) return this.fail(start, message('A range in brackets runs backwards.'));
      ranges.push([low[0]![0], high[0]![0]]);
    }
    this.at++;
    const set = normalise(ranges);
    return negated ? complement(set) : set;
  }

  private bracketPart(): CharSet | undefined {
    const start = this.at;
    const letter = this.source[this.at++];
    if (letter === undefined) return this.fail(start, message('The bracket is not closed.'));
    return letter === '\\' ? this.escape(start) : single(letter.charCodeAt(0));
  }

  private quantifier(): [number, number] {
    const rest = this.source.slice(this.at);
    const simple = { '?': [0, 1], '*': [0, Infinity], '+': [1, Infinity] }[rest[0] ?? ''] as
      [number, number] | undefined;
    if (simple !== undefined) {
      this.at++;
      return simple;
    }
    const counted = /^\{(\d*)(,?)(\d*)\}/.exec(rest);
    if (counted === null || (counted[1] === '' && counted[3] === '')) return [1, 1];
    const start = this.at;
    this.at += counted[0].length;
    const min = counted[1] === '' ? 0 : Number(counted[1]);
    const max = counted[2] === '' ? min : counted[3] === '' ? Infinity : Number(counted[3]);
    if (max < min) this.fail(start, message('The count runs backwards.'));
    if (min > MOST_REPEATS || (max > MOST_REPEATS && max !== Infinity)) {
      this.fail(start, message('At most {0} repeats are supported.', MOST_REPEATS));
    }
    return [min, max];
  }
}

function single(code: number): CharSet {
  return [[code, code]];
}

function hexEscape(letter: string): string {
  const code = letter.charCodeAt(0);
  return code <= 0xff ? `\\x${code.toString(16).padStart(2, '0')}` : '.';
}

function normalise(ranges: [number, number][]): CharSet {
  const merged: [number, number][] = [];
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

function complement(set: CharSet): CharSet {
  const gaps: [number, number][] = [];
  let next = 0;
  for (const [from, to] of set) {
    if (from > next) gaps.push([next, from - 1]);
    next = to + 1;
  }
  if (next <= LAST) gaps.push([next, LAST]);
  return gaps;
}
