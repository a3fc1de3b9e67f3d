import { type Message, message } from '../message';
import { type Problem, problem } from '../problem';
import type { Condition, Pattern, PatternNote, Range, SelectorTest, TermsPattern } from './ast';
import { isJoined } from './logic';
import { printSelector } from './print';
import { type SqlDialect, findPlace } from './sqlPlace';
import { sqlTest } from './sqlTest';
import { sqlContains, sqlRegex } from './sqlText';

export type { SqlDialect } from './sqlPlace';

/** Why a part of a pattern cannot be said in SQL; `at` is where the part begins in the pattern, in UTF-16 units. */
export interface SqlRefusal extends Problem, Range {
  readonly kind: 'not-in-sql';
}

export interface SqlAnswer {
  /** The condition alone, an operand of AND and OR as it stands; undefined when something was refused. */
  readonly condition: string | undefined;
  /** What can never match and so was written as FALSE, and where SQL is less exact than the log. */
  readonly notes: readonly PatternNote[];
  readonly refusals: readonly SqlRefusal[];
}

/**
 * The question of a pattern as an SQL condition on the usual CloudTrail table of Athena, or on an event data store of CloudTrail Lake. It
 * matches the records that the pattern matches; what SQL cannot say exactly is refused.
 */
export function toSql(pattern: Pattern, dialect: SqlDialect): SqlAnswer {
  const writer = new Writer(dialect);
  const condition = writer.pattern(pattern);
  const { notes, refusals } = writer;
  return { condition: refusals.length > 0 ? undefined : condition, notes, refusals };
}

class Writer {
  readonly notes: PatternNote[] = [];
  readonly refusals: SqlRefusal[] = [];

  constructor(private readonly dialect: SqlDialect) {}

  pattern(pattern: Pattern): string {
    switch (pattern.kind) {
      case 'all':
        return 'TRUE';
      case 'json':
        return this.condition(pattern.root);
      case 'terms':
        return this.terms(pattern);
      case 'space':
        return this.refuse(
          { start: 0, end: 0 },
          message('A space-delimited pattern splits the text of a message: SQL has only its fields.'),
        );
    }
  }

  private condition(condition: Condition): string {
    if (!isJoined(condition)) return this.test(condition);
    const operands = condition.operands.map((operand) => this.condition(operand));
    return `(${operands.join(condition.kind === 'and' ? ' AND ' : ' OR ')})`;
  }

  private test({ selector, test, range }: SelectorTest): string {
    const target = findPlace(selector, this.dialect);
    if ('template' in target) return this.refuse(selector, target);
    const answer = sqlTest(target, test, printSelector(selector));
    if (answer.refusal !== undefined) return this.refuse(range, answer.refusal);
    if (answer.note !== undefined) this.notes.push({ ...range, message: answer.note });
    return answer.sql;
  }

  /** Terms search the whole text of a record, which Lake keeps as it is. */
  private terms({ terms }: TermsPattern): string {
    if (this.dialect === 'athena') {
      const range = { start: terms[0]?.start ?? 0, end: terms.at(-1)?.end ?? 0 };
      return this.refuse(
        range,
        message('Terms search the whole text of a record, which no column of Athena’s table holds.'),
      );
    }
    const anyOf = terms.every(({ mode }) => mode === 'optional');
    const conditions = terms.flatMap(({ mode, value }) => {
      // Beside other terms the optional ones have no effect.
      if (mode === 'optional' && !anyOf) return [];
      const negated = mode === 'excluded';
      if (value.kind === 'text') return [sqlContains('eventJson', value.text, negated)];
      return [`${negated ? 'NOT ' : ''}regexp_like(eventJson,${sqlRegex(value.source)})`];
    });
    return conditions.length === 1 ? conditions[0]! : `(${conditions.join(anyOf ? ' OR ' : ' AND ')})`;
  }

  private refuse({ start, end }: Range, why: Message): string {
    this.refusals.push({ ...problem('not-in-sql', 'error', start, why), kind: 'not-in-sql', start, end });
    return '';
  }
}
