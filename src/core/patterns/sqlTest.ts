import { type Message, message } from '../message';
import type { Comparison, NumberValue, Test, TextValue } from './ast';
import type { SqlPlace, SqlTarget } from './sqlPlace';
import { sqlLike, sqlLiteral, sqlNumber, sqlRegex } from './sqlText';
import { compileText } from './valueTest';

/** The condition of a test, or why there is none; `note` tells of a condition that can never hold or is not exact. */
export type SqlTest =
  { readonly sql: string; readonly note?: Message; readonly refusal?: undefined } | { readonly refusal: Message };

/** Puts one test on the place its selector leads to into SQL. The answer is an operand of AND and OR as it stands. */
export function sqlTest({ place, each }: SqlTarget, test: Test, path: string): SqlTest {
  if (each === undefined) return testPlace(place, test, path);
  const { list, element } = each;
  if (test.kind === 'not-exists') {
    const found = presence(place, element);
    return { sql: `NOT COALESCE(any_match(${list}, ${element} -> ${found}), FALSE)` };
  }
  const inner = testPlace(place, test, path);
  if (inner.refusal !== undefined || inner.sql === NEVER) return inner;
  return { sql: `any_match(${list}, ${element} -> ${inner.sql})` };
}

const NEVER = 'FALSE';

/** Of the elements themselves every one counts, nulls included. */
function presence(place: SqlPlace, element: string): string {
  if (place.kind !== 'json') return place.sql === element ? 'TRUE' : `${place.sql} IS NOT NULL`;
  return place.json === `json_extract(${element},'$')` ? 'TRUE' : `${place.json} IS NOT NULL`;
}

function testPlace(place: SqlPlace, test: Test, path: string): SqlTest {
  if (test.kind === 'not-exists') return missingTest(place, path);
  if (test.kind === 'is' && test.what === 'NULL') {
    if (place.json !== undefined) return { sql: isNull(place.json) };
    return { refusal: message('The column of {0} does not tell null from a missing field.', path) };
  }
  switch (place.kind) {
    case 'json':
      return {
        sql: test.kind === 'is' ? `json_format(${place.json}) = '${boolean(test.what)}'` : jsonTest(place, test),
      };
    case 'container':
      return { sql: NEVER, note: message('{0} is an object or a list: no comparison matches it.', path) };
    case 'boolean': {
      if (test.kind !== 'is') {
        return { sql: NEVER, note: message('{0} is true or false in the log: no comparison matches it.', path) };
      }
      const value = boolean(test.what);
      return { sql: `${place.sql} = ${place.quoted ? sqlLiteral(value) : value}` };
    }
    case 'text':
      return textTest(place.sql, test, path);
  }
}

/** A column is null for null too. Objects are null in many logs, so the record itself is asked where it is at hand. */
function missingTest(place: SqlPlace, path: string): SqlTest {
  if (place.kind === 'json') return { sql: `${place.json} IS NULL` };
  if (place.kind !== 'container') return { sql: `${place.sql} IS NULL` };
  if (place.json !== undefined) return { sql: `${place.json} IS NULL` };
  const note = message('The column of {0} does not tell null from a missing field: records with null match too.', path);
  return { sql: `${place.sql} IS NULL`, note };
}

/** `null`, or a list with null directly in it. Whether a null in a cast list is SQL's or JSON's does not matter. */
function isNull(json: string): string {
  const within = `any_match(TRY_CAST(${json} AS array(json)), n -> n IS NULL OR json_format(n) = 'null')`;
  return `(json_format(${json}) = 'null' OR ${within})`;
}

function boolean(what: 'NULL' | 'TRUE' | 'FALSE'): string {
  return what.toLowerCase();
}

function textTest(sql: string, test: Extract<Test, { kind: 'is' | 'equals' | 'compare' }>, path: string): SqlTest {
  if (test.kind !== 'equals') {
    return { sql: NEVER, note: message('{0} is a text in the log: this never matches it.', path) };
  }
  const { value, negated } = test;
  if (value.kind === 'number') return { sql: `${sql} ${negated ? '<>' : '='} ${sqlLiteral(value.raw)}` };
  if (value.kind === 'regex') return { sql: regexTest(sql, value.source, negated) };
  return { sql: wildcardTest(sql, value, negated) };
}

/** Stars at any place; a value of stars alone fits every text and number. */
function wildcardTest(sql: string, { text }: TextValue, negated: boolean): string {
  if (!text.includes('*')) return `${sql} ${negated ? '<>' : '='} ${sqlLiteral(text)}`;
  if (/^\*+$/.test(text)) return negated ? NEVER : `${sql} IS NOT NULL`;
  return sqlLike(sql, text, negated);
}

function regexTest(sql: string, source: string, negated: boolean): string {
  return `${negated ? 'NOT ' : ''}regexp_like(${sql},${sqlRegex(source)})`;
}

/**
 * A comparison of any JSON value. SQL gives true and false as texts and numbers in quotes as numbers, which the pattern does not mean: where
 * that could matter, the value's own JSON is looked at too.
 */
function jsonTest(place: Extract<SqlPlace, { kind: 'json' }>, test: Comparison): string {
  const { scalar, cell, json } = place;
  const noBoolean = `json_format(${json}) NOT IN ('true', 'false')`;
  if (test.kind === 'compare') {
    return `(TRY_CAST(${cell} AS double) ${test.operator} ${sqlNumber(test.value.raw)} AND json_format(${json}) NOT LIKE '"%')`;
  }
  const { value, negated } = test;
  if (value.kind === 'number') {
    const number = numberTest(scalar, json, value, negated);
    return negated ? `(${number} AND ${noBoolean})` : number;
  }
  if (value.kind === 'text' && !negated && /^(true|false)$/.test(value.text)) {
    return `json_format(${json}) = ${sqlLiteral(`"${value.text}"`)}`;
  }
  const plain = value.kind === 'text' && !negated && !value.text.includes('*');
  const sql =
    value.kind === 'regex'
      ? regexTest(scalar, value.source, negated)
      : wildcardTest(plain ? cell : scalar, value, negated);
  const matches = compileText(value);
  const mixesUp = sql !== NEVER && (matches('true') !== negated || matches('false') !== negated);
  return mixesUp ? `(${sql} AND ${noBoolean})` : sql;
}

/** A number, whatever way it is written, or the text as written. Whole numbers too long for a double are compared as written. */
function numberTest(scalar: string, json: string, { raw }: NumberValue, negated: boolean): string {
  const asText = `${scalar} ${negated ? '<>' : '='} ${sqlLiteral(raw)}`;
  if (/^[+-]?\d{16,}$/.test(raw)) return asText;
  const number = `TRY_CAST(json_format(${json}) AS double)`;
  return negated
    ? `${asText} AND COALESCE(${number} <> ${sqlNumber(raw)}, TRUE)`
    : `(${asText} OR ${number} = ${sqlNumber(raw)})`;
}
