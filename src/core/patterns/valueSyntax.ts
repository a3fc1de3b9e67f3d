import { message } from '../message';
import type { Range, RegexValue, TextValue, Value } from './ast';
import type { PatternSource } from './patternSource';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
/** What the documentation lets stand without quotes. */
const DOCUMENTED_BAREWORD = /^[A-Za-z0-9_.*+]+$/;
const BAREWORD = /[^\s(){}[\]&|"'“”‘’%=!<>,]/;
const CLOSING_QUOTE: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '“': '”',
  '”': '”',
  '‘': '’',
  '’': '’',
  '„': '“',
};

/** True when `text` is a number as a pattern writes one. */
export function isNumberText(text: string): boolean {
  return NUMBER.test(text);
}

/** Reads quoted texts, bare words and regular expressions: the values of JSON and space-delimited patterns. */
export class ValueReader {
  constructor(private readonly source: PatternSource) {}

  /** The value at `at`, or undefined when none begins there. Errors inside it are reported and the value is read on as it was meant. */
  read(at: number): Value | undefined {
    const letter = this.source.text[at];
    if (letter === undefined) return undefined;
    if (letter === '"') return this.quoted(at);
    if (CLOSING_QUOTE[letter] !== undefined) return this.wronglyQuoted(at, letter);
    if (letter === '%') return this.regex(at);
    return this.bareword(at);
  }

  private quoted(at: number): TextValue {
    const { text } = this.source;
    let value = '';
    for (let i = at + 1; i < text.length; i++) {
      if (text[i] === '"') return this.text(value, true, { start: at, end: i + 1 });
      if (text[i] === '\\' && (text[i + 1] === '"' || text[i + 1] === '\\')) i++;
      value += text[i]!;
    }
    this.source.error(at, text.length, message('The quote is not closed.'), {
      title: message('Close the quote'),
      text: '"',
      start: text.length,
      end: text.length,
    });
    return { kind: 'text', text: value, quoted: true, start: at, end: text.length };
  }

  private wronglyQuoted(at: number, opening: string): TextValue {
    const { text } = this.source;
    const closing = CLOSING_QUOTE[opening]!;
    const close = text.indexOf(closing, at + 1);
    const end = close < 0 ? text.length : close + 1;
    const inner = text.slice(at + 1, close < 0 ? text.length : close);
    this.source.error(at, end, message('Values are quoted with straight double quotes, not with {0}.', opening), {
      title: message('Use straight double quotes'),
      text: `"${inner.replaceAll('"', '\\"')}"`,
    });
    return { kind: 'text', text: inner, quoted: true, start: at, end };
  }

  private regex(at: number): RegexValue {
    const { text } = this.source;
    const close = text.indexOf('%', at + 1);
    const end = close < 0 ? text.length : close + 1;
    const source = text.slice(at + 1, close < 0 ? text.length : close);
    if (close < 0) this.source.error(at, end, message('The regular expression is not closed with a percent sign.'));
    else this.source.checkRegex(source, at, end, true);
    return { kind: 'regex', source, start: at, end };
  }

  private bareword(at: number): Value | undefined {
    const { text } = this.source;
    let end = at;
    while (end < text.length && BAREWORD.test(text[end]!)) end++;
    if (end === at) return undefined;
    const word = text.slice(at, end);
    if (isNumberText(word)) return { kind: 'number', raw: word, start: at, end };
    if (!DOCUMENTED_BAREWORD.test(word)) {
      this.source.note(
        at,
        end,
        message('The documentation asks for quotes around {0}: it holds more than letters, digits and _ . * +', word),
      );
    }
    return this.text(word, false, { start: at, end });
  }

  private text(text: string, quoted: boolean, range: Range): TextValue {
    if (/[^*]\*+[^*]/.test(text)) {
      const what =
        'A star in the middle of a value is taken as a wildcard; AWS documents stars at the beginning and the end only.';
      this.source.note(range.start, range.end, message(what));
    }
    return { kind: 'text', text, quoted, ...range };
  }
}
