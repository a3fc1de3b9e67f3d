import { type Message, message } from '../message';
import type {
  CompareOperator,
  Condition,
  JsonPattern,
  NumberValue,
  Selector,
  SelectorStep,
  SelectorTest,
  Test,
  Value,
} from './ast';
import { eventBridgeHint } from './foreignLanguages';
import type { PatternSource } from './patternSource';
import { ValueReader, isNumberText } from './valueSyntax';

const MAX_WILDCARD_SELECTORS = 3;
/** Parentheses deeper than this are refused: 1,024 characters could nest that many, real patterns a handful. */
const DEEPEST_NESTING = 256;

/** Parses a pattern that begins with `{`. Reports to `source`; answers undefined only when there is nothing to go on with. */
export function parseJsonPattern(source: PatternSource): JsonPattern | undefined {
  return new JsonPatternParser(source).parse();
}

class JsonPatternParser {
  private at = 0;
  private depth = 0;
  private wildcardSelectors = 0;
  private readonly values: ValueReader;
  private readonly text: string;

  constructor(private readonly source: PatternSource) {
    this.text = source.text;
    this.values = new ValueReader(source);
  }

  parse(): JsonPattern | undefined {
    this.skipSpace();
    const open = this.at++;
    const hint = eventBridgeHint(this.text.slice(open));
    if (hint !== undefined) {
      this.source.error(open, this.text.length, hint.message, hint.fix);
      return undefined;
    }
    this.skipSpace();
    const root = this.or();
    this.skipSpace();
    if (this.peek() === ')')
      this.error(this.at, this.at + 1, message('This parenthesis closes nothing.'), {
        title: message('Remove it'),
        text: '',
      });
    else if (this.peek() !== '}') this.missingBrace();
    else this.trailing();
    return root === undefined ? undefined : { kind: 'json', root };
  }

  private missingBrace(): void {
    const atEnd = this.at >= this.text.length;
    if (!atEnd) {
      this.error(this.at, this.wordEnd(), message('Expected {0}, {1} or {2} here.', '&&', '||', '}'));
      return;
    }
    const end = this.text.trimEnd().length;
    this.error(end, end, message('The closing brace is missing.'), {
      title: message('Add the closing brace'),
      text: ' }',
    });
  }

  private trailing(): void {
    this.at++;
    this.skipSpace();
    if (this.at < this.text.length)
      this.error(this.at, this.text.length, message('Nothing may follow the closing brace.'));
  }

  private or(): Condition | undefined {
    return this.joined('or', '||', () => this.and());
  }

  private and(): Condition | undefined {
    return this.joined('and', '&&', () => this.primary());
  }

  private joined(kind: 'and' | 'or', symbol: '&&' | '||', operand: () => Condition | undefined): Condition | undefined {
    const first = operand();
    if (first === undefined) return undefined;
    const operands = [first];
    while (this.joiner(symbol)) {
      const next = operand();
      if (next === undefined) return undefined;
      operands.push(next);
    }
    return operands.length === 1 ? first : { kind, operands };
  }

  /** Passes `&&` or `||`; its usual misspellings are reported and passed too. */
  private joiner(symbol: '&&' | '||'): boolean {
    this.skipSpace();
    if (this.text.startsWith(symbol, this.at)) {
      this.at += 2;
      return true;
    }
    const word = symbol === '&&' ? /^(and\b|&(?!&)|,)/i : /^(or\b|\|(?!\|))/i;
    const wrong = word.exec(this.text.slice(this.at));
    if (wrong === null) return false;
    const end = this.at + wrong[0].length;
    this.error(this.at, end, message('Conditions are joined with {0}, not with {1}.', symbol, wrong[0]), {
      title: message('Write {0}', symbol),
      text: symbol,
    });
    this.at = end;
    return true;
  }

  private primary(): Condition | undefined {
    this.skipSpace();
    const not = /^(not\b(?!\s+exists)|!(?!=))\s*/i.exec(this.text.slice(this.at));
    if (not !== null) {
      const what = 'There is no NOT operator. Turn the conditions inside around: {0} for {1}, {2} for a missing field.';
      this.error(this.at, this.at + not[0].trimEnd().length, message(what, '!=', '=', 'NOT EXISTS'));
      this.at += not[0].length;
    }
    return this.peek() === '(' ? this.parenthesised() : this.selectorTest();
  }

  private parenthesised(): Condition | undefined {
    const open = this.at++;
    if (++this.depth > DEEPEST_NESTING) {
      this.error(open, open + 1, message('The parentheses are nested too deep.'));
      return undefined;
    }
    const inner = this.or();
    this.depth--;
    if (inner === undefined) return undefined;
    this.skipSpace();
    if (this.peek() === ')') this.at++;
    else if (this.peek() === '}' || this.peek() === undefined) {
      this.error(open, open + 1, message('This parenthesis is not closed.'), {
        title: message('Close the parenthesis'),
        text: ')',
        start: this.at,
        end: this.at,
      });
    } else {
      this.error(this.at, this.wordEnd(), message('Expected {0}, {1} or {2} here.', '&&', '||', ')'));
      return undefined;
    }
    return inner;
  }

  private selectorTest(): SelectorTest | undefined {
    const start = this.at;
    const selector = this.selector();
    if (selector === undefined) return undefined;
    this.skipSpace();
    const test = this.test(selector);
    if (test === undefined) return undefined;
    return { kind: 'test', selector, test, range: { start, end: this.at } };
  }

  private selector(): Selector | undefined {
    const start = this.at;
    if (!this.selectorRoot()) return undefined;
    const steps: SelectorStep[] = [];
    for (let step = this.step(); step !== undefined; step = this.step()) steps.push(step);
    if (steps.length === 0) {
      this.error(start, this.wordEnd(), message('A selector names a field, for instance {0}.', '$.eventName'));
      return undefined;
    }
    this.checkWildcards(steps, start);
    return { start, end: this.at, steps };
  }

  /** Passes `$`; a field without it, or without the dot, is reported and read as if it were there. */
  private selectorRoot(): boolean {
    if (this.peek() === '$') {
      this.at++;
      if (/^[A-Za-z_]/.test(this.text.slice(this.at))) {
        this.error(this.at - 1, this.wordEnd(), message('A dot is missing after the dollar sign.'), {
          title: message('Insert the dot'),
          text: '.',
          start: this.at,
          end: this.at,
        });
        this.bareField = true;
      }
      return true;
    }
    if (/^\.?[A-Za-z_]/.test(this.text.slice(this.at))) {
      const dotted = this.peek() === '.';
      this.error(this.at, this.wordEnd(), message('A field begins with {0}', '$.'), {
        title: message('Insert {0}', dotted ? '$' : '$.'),
        text: dotted ? '$' : '$.',
        start: this.at,
        end: this.at,
      });
      this.bareField = !dotted;
      return true;
    }
    if (this.at >= this.text.length || this.peek() === '}' || this.peek() === ')') {
      this.error(
        this.at,
        this.at + 1,
        message('A condition is missing here, for instance {0}.', '$.eventName = "CreateUser"'),
      );
    } else
      this.error(this.at, this.wordEnd(), message('A condition begins with a field, for instance {0}.', '$.eventName'));
    return false;
  }

  /** The next step has no dot before it: it was reported. */
  private bareField = false;

  private step(): SelectorStep | undefined {
    const rest = this.text.slice(this.at);
    if (this.bareField || rest.startsWith('.')) {
      const dot = this.bareField ? 0 : 1;
      this.bareField = false;
      if (rest.startsWith("['", dot) || rest.startsWith('["', dot)) return this.quotedKey(dot);
      const key = /^([A-Za-z0-9_-]+|\*)/.exec(rest.slice(dot));
      if (key === null) return this.badStep(dot, rest);
      this.at += dot + key[0].length;
      return key[0] === '*' ? { kind: 'any', bracket: false } : { kind: 'key', key: key[0] };
    }
    if (!rest.startsWith('[')) return undefined;
    const index = /^\[(\d+|\*)\]/.exec(rest);
    if (index !== null) {
      this.at += index[0].length;
      return index[1] === '*' ? { kind: 'any', bracket: true } : { kind: 'index', index: Number(index[1]) };
    }
    if (/^\[["']/.test(rest)) {
      this.source.note(
        this.at,
        this.at + 2,
        message('A quoted key directly after a bracket is read leniently; AWS writes {0}', "$.['key']"),
      );
      return this.quotedKey(0);
    }
    return this.badIndex(rest);
  }

  private quotedKey(dot: number): SelectorStep | undefined {
    const match = /^\[(["'])(.*?)\1\]/.exec(this.text.slice(this.at + dot));
    if (match === null) {
      this.error(this.at + dot, this.wordEnd(), message('The quoted key is not closed.'));
      return undefined;
    }
    this.at += dot + match[0].length;
    return { kind: 'key', key: match[2]! };
  }

  private badStep(dot: number, rest: string): undefined {
    const end = this.wordEnd();
    const next = rest[dot];
    if (next === '.') this.error(this.at, end, message('Two dots do not search all levels here: name every step.'));
    else if (next === '"') {
      const quoted = /^"([^"]*)"/.exec(rest.slice(dot));
      this.error(this.at + dot, end, message('A key in quotes is written in brackets.'), {
        title: message('Write {0}', "['…']"),
        text: `['${quoted?.[1] ?? ''}']`,
        start: this.at + dot,
        end: this.at + dot + (quoted?.[0].length ?? 1),
      });
    } else this.error(this.at, Math.max(end, this.at + 1), message('A field name is expected after the dot.'));
    this.at = end;
    return undefined;
  }

  private badIndex(rest: string): undefined {
    const end = this.at + Math.max(rest.indexOf(']') + 1, 1);
    this.error(
      this.at,
      end,
      message('Only an index from zero or a star may stand in brackets: {0} or {1}', '[0]', '[*]'),
    );
    this.at = end;
    return undefined;
  }

  private checkWildcards(steps: readonly SelectorStep[], start: number): void {
    const wildcards = steps.filter((step) => step.kind === 'any').length;
    if (wildcards > 1) {
      const aws = 'Your input exceeds the maximum of 1 wildcard allowed per json selector.';
      this.source.error(start, this.at, message('Only one wildcard is allowed in a selector.'), undefined, aws);
    }
    if (wildcards > 0 && ++this.wildcardSelectors > MAX_WILDCARD_SELECTORS) {
      const aws = 'Your input has exceeded the maximum of 3 JSON wildcard selectors allowed per filter pattern.';
      this.source.error(
        start,
        this.at,
        message('Only three selectors with a wildcard are allowed in a pattern.'),
        undefined,
        aws,
      );
    }
  }

  private test(selector: Selector): Test | undefined {
    const rest = this.text.slice(this.at);
    const operator = /^(==|!==|!=|>=|<=|=~|<>|=|>|<)/.exec(rest)?.[0];
    if (operator !== undefined) return this.operatorTest(operator, selector);
    const keyword =
      /^(is\s+not\s+null|is\s+not\b|is\s+exists|is\b|not\s+exists|exists|not\s+in\b|in\b|like\b|contains\b|matches\b)/i.exec(
        rest,
      );
    if (keyword !== null) return this.keywordTest(keyword[0], selector);
    this.error(
      this.at,
      Math.max(this.wordEnd(), this.at + 1),
      message('An operator is expected here: = != < <= > >= IS or NOT EXISTS.'),
    );
    return undefined;
  }

  private operatorTest(written: string, selector: Selector): Test | undefined {
    const start = this.at;
    const meant = ({ '==': '=', '!==': '!=', '<>': '!=', '=~': '=' } as Record<string, string>)[written] ?? written;
    if (meant !== written) {
      this.error(start, start + written.length, message('The operator is {0}, not {1}.', meant, written), {
        title: message('Write {0}', meant),
        text: meant,
      });
    }
    this.at += written.length;
    this.skipSpace();
    const value = this.values.read(this.at);
    if (value === undefined) {
      this.error(this.at, Math.max(this.wordEnd(), this.at + 1), message('A value is expected after {0}.', meant));
      return undefined;
    }
    this.at = value.end;
    if (meant === '=' || meant === '!=') return this.equals(meant === '!=', value, start, selector);
    return this.compare(meant as CompareOperator, value);
  }

  private equals(negated: boolean, value: Value, start: number, selector: Selector): Test {
    if (value.kind === 'text' && !value.quoted && /^null$/i.test(value.text)) {
      const instead = negated ? '= *' : 'IS NULL';
      const what = negated
        ? message('null cannot be compared. {0} asks for any text or number.', '= *')
        : message('null cannot be compared; ask with {0}.', 'IS NULL');
      this.error(start, value.end, what, { title: message('Write {0}', instead), text: instead });
    }
    if (negated && selector.steps.some((step) => step.kind === 'any')) {
      const what = '{0} under a wildcard is true as soon as one element differs; AWS does not document it.';
      this.source.note(selector.start, value.end, message(what, '!='));
    }
    return { kind: 'equals', negated, value };
  }

  private compare(operator: CompareOperator, value: Value): Test {
    if (value.kind === 'number') return { kind: 'compare', operator, value };
    const inner = value.kind === 'text' ? value.text : value.source;
    const number = isNumberText(inner);
    this.error(
      value.start,
      value.end,
      message('Only a number without quotes may follow {0}.', operator),
      number ? { title: message('Write {0}', inner), text: inner } : undefined,
    );
    const meant: NumberValue = { kind: 'number', raw: number ? inner : '0', start: value.start, end: value.end };
    return { kind: 'compare', operator, value: meant };
  }

  private keywordTest(written: string, selector: Selector): Test | undefined {
    const start = this.at;
    this.at += written.length;
    const keyword = written.toUpperCase().replace(/\s+/g, ' ');
    this.lenientCase(written, keyword, start);
    switch (keyword) {
      case 'NOT EXISTS':
        return { kind: 'not-exists' };
      case 'IS':
        return this.is(selector);
      case 'EXISTS':
      case 'IS EXISTS':
      case 'IS NOT NULL': {
        const what =
          '{0} is not an operator. {1} asks for any text or number; AWS has no test for “is there” that covers objects.';
        this.error(start, this.at, message(what, keyword, '= *'), { title: message('Write {0}', '= *'), text: '= *' });
        return {
          kind: 'equals',
          negated: false,
          value: { kind: 'text', text: '*', quoted: false, start, end: this.at },
        };
      }
      case 'IS NOT':
        this.error(
          start,
          this.wordEnd(),
          message('{0} is not an operator; {1} and {2} are.', 'IS NOT', '!=', 'NOT EXISTS'),
        );
        return undefined;
      default: {
        const what = '{0} is not an operator. Join comparisons with {1}, and use stars for parts of a text.';
        this.error(start, this.at, message(what, keyword, '||'));
        return undefined;
      }
    }
  }

  private is(selector: Selector): Test | undefined {
    this.skipSpace();
    const what = /^(null|true|false)\b/i.exec(this.text.slice(this.at))?.[0];
    if (what === undefined) {
      this.error(this.at, Math.max(this.wordEnd(), this.at + 1), message('After IS comes NULL, TRUE or FALSE.'));
      return undefined;
    }
    const upper = what.toUpperCase() as 'NULL' | 'TRUE' | 'FALSE';
    this.lenientCase(what, upper, this.at);
    this.at += what.length;
    if (upper === 'NULL' && selector.steps.some((step) => step.kind === 'any')) {
      this.source.note(
        selector.start,
        this.at,
        message('IS NULL under a wildcard is true when one element is null; AWS does not document it.'),
      );
    }
    return { kind: 'is', what: upper };
  }

  private lenientCase(written: string, keyword: string, start: number): void {
    if (written.replace(/\s+/g, ' ') === keyword) return;
    this.source.note(
      start,
      start + written.length,
      message('{0} is read as {1}; AWS documents capital letters only.', written, keyword),
    );
  }

  private error(start: number, end: number, what: Message, fix?: Parameters<PatternSource['error']>[3]): void {
    this.source.error(start, end, what, fix);
  }

  private peek(): string | undefined {
    return this.text[this.at];
  }

  private skipSpace(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at++;
  }

  private wordEnd(): number {
    let end = this.at;
    while (end < this.text.length && /[^\s(){}&|]/.test(this.text[end]!)) end++;
    return Math.min(Math.max(end, this.at + 1), this.text.length);
  }
}
