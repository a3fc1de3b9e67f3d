import { message } from '../message';
import type { CompareOperator, FieldCondition, NumberValue, SpaceField, SpacePattern } from './ast';
import type { PatternSource } from './patternSource';
import { ValueReader } from './valueSyntax';

const FIELD_NAME = /^[A-Za-z_][\w-]*/;
const OPERATOR = /^(==|!=|>=|<=|=|>|<)/;

/** Parses a pattern that begins with `[`: fields separated by commas, each with conditions on itself. */
export function parseSpacePattern(source: PatternSource): SpacePattern | undefined {
  return new SpacePatternParser(source).parse();
}

class SpacePatternParser {
  private at = 0;
  private readonly text: string;
  private readonly values: ValueReader;
  private readonly names = new Set<string>();

  constructor(private readonly source: PatternSource) {
    this.text = source.text;
    this.values = new ValueReader(source);
  }

  parse(): SpacePattern | undefined {
    this.skipSpace();
    this.at++;
    const fields: SpaceField[] = [];
    this.skipSpace();
    while (this.text[this.at] !== ']') {
      const field = this.field(fields);
      if (field === undefined) return undefined;
      fields.push(field);
      this.skipSpace();
      if (this.text[this.at] === ',') this.at++;
      else if (this.text[this.at] !== ']') return this.expected();
      this.skipSpace();
    }
    this.at++;
    this.skipSpace();
    if (this.at < this.text.length)
      this.source.error(this.at, this.text.length, message('Nothing may follow the closing bracket.'));
    return { kind: 'space', fields };
  }

  private expected(): undefined {
    const end = this.text.trimEnd().length;
    if (this.at >= end) {
      this.source.error(end, end, message('The closing bracket is missing.'), {
        title: message('Add the closing bracket'),
        text: ']',
      });
    } else this.source.error(this.at, this.at + 1, message('Expected a comma or {0} here.', ']'));
    return undefined;
  }

  private field(before: readonly SpaceField[]): SpaceField | undefined {
    const start = this.at;
    if (this.text.startsWith('...', this.at)) {
      this.at += 3;
      if (before.some((each) => each.kind === 'ellipsis')) {
        this.source.error(start, this.at, message('Only one {0} is allowed.', '...'));
      }
      return { kind: 'ellipsis' };
    }
    const name = FIELD_NAME.exec(this.text.slice(this.at))?.[0];
    if (name === undefined) {
      if (this.at >= this.text.length) return this.expected();
      this.source.error(this.at, this.at + 1, message('A field name is expected here.'));
      return undefined;
    }
    if (this.names.has(name)) {
      this.source.error(
        start,
        start + name.length,
        message('The field {0} is named twice.', name),
        undefined,
        `Duplicate field '${name}'`,
      );
    }
    this.names.add(name);
    this.at += name.length;
    this.skipSpace();
    if (!OPERATOR.test(this.text.slice(this.at))) return { kind: 'field', name, condition: undefined };
    this.at = start;
    const condition = this.or(name);
    return condition === undefined ? undefined : { kind: 'field', name, condition };
  }

  private or(name: string): FieldCondition | undefined {
    return this.joined('or', '||', () => this.joined('and', '&&', () => this.primary(name)));
  }

  private joined(
    kind: 'and' | 'or',
    symbol: string,
    operand: () => FieldCondition | undefined,
  ): FieldCondition | undefined {
    const first = operand();
    if (first === undefined) return undefined;
    const operands = [first];
    for (this.skipSpace(); this.text.startsWith(symbol, this.at); this.skipSpace()) {
      this.at += symbol.length;
      const next = operand();
      if (next === undefined) return undefined;
      operands.push(next);
    }
    return operands.length === 1 ? first : { kind, operands };
  }

  private primary(name: string): FieldCondition | undefined {
    this.skipSpace();
    if (this.text[this.at] !== '(') return this.test(name);
    const open = this.at++;
    const inner = this.or(name);
    if (inner === undefined) return undefined;
    this.skipSpace();
    if (this.text[this.at] !== ')') {
      this.source.error(open, open + 1, message('This parenthesis is not closed.'));
      return undefined;
    }
    this.at++;
    return inner;
  }

  private test(name: string): FieldCondition | undefined {
    const start = this.at;
    const written = FIELD_NAME.exec(this.text.slice(this.at))?.[0];
    if (written === undefined) {
      this.source.error(start, start + 1, message('A condition on the field {0} is expected here.', name));
      return undefined;
    }
    this.at += written.length;
    if (written !== name) {
      this.source.error(start, this.at, message('The conditions of the field {0} may name only that field.', name));
    }
    this.skipSpace();
    const operator = OPERATOR.exec(this.text.slice(this.at))?.[0];
    if (operator === undefined) {
      this.source.error(this.at, this.at + 1, message('An operator is expected here: = != < <= > or >=.'));
      return undefined;
    }
    if (operator === '==') {
      this.source.error(this.at, this.at + 2, message('The operator is {0}, not {1}.', '=', '=='), {
        title: message('Write {0}', '='),
        text: '=',
      });
    }
    this.at += operator.length;
    return this.operand(operator === '==' ? '=' : operator);
  }

  private operand(operator: string): FieldCondition | undefined {
    this.skipSpace();
    const value = this.values.read(this.at);
    if (value === undefined) {
      this.source.error(this.at, this.at + 1, message('A value is expected after {0}.', operator));
      return undefined;
    }
    this.at = value.end;
    if (operator === '=' || operator === '!=') return { kind: 'equals', negated: operator === '!=', value };
    if (value.kind === 'number') return { kind: 'compare', operator: operator as CompareOperator, value };
    this.source.error(value.start, value.end, message('Only a number without quotes may follow {0}.', operator));
    const zero: NumberValue = { kind: 'number', raw: '0', start: value.start, end: value.end };
    return { kind: 'compare', operator: operator as CompareOperator, value: zero };
  }

  private skipSpace(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at++;
  }
}
