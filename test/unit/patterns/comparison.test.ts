import { describe, expect, test } from 'vitest';
import { parsePattern } from '../../../src/core/patterns/parse';
import { matches } from './support';

/** Where a field may stand: sought in the bytes, or indexed with every record. Comparisons must not differ. */
const FIELDS = [
  ['$.a', (value: string): string => `{"a":${value}}`],
  ['$.errorCode', (value: string): string => `{"errorCode":${value}}`],
  ['$.userIdentity.invokedBy', (value: string): string => `{"userIdentity":{"invokedBy":${value}}}`],
  ['$.a[*]', (value: string): string => `{"a":[${value}]}`],
] as const;

const NEVER = ['true', 'false', 'null', '{}', '{"a":"x"}', '[]', '["x"]', '[1]'];

describe.each(FIELDS)('%s', (field, record) => {
  // `=` and `!=`: `undefined` where neither holds.
  test.each<[string, string, boolean | undefined]>([
    // A text against a string.
    ['"x"', 'x', true],
    ['"x"', '"x"', true],
    ['"x"', '"y"', false],
    ['"x"', '*', true],
    ['"x"', '"x*"', true],
    ['"x"', '%^x$%', true],
    ['"x"', '%y%', false],
    ['""', '*', true],
    ['""', '""', true],
    ['"true"', 'true', true],
    ['"true"', '"true"', true],
    ['"null"', '"null"', true],
    ['"\\u0078"', 'x', true],
    ['"a\\nb"', '"a\nb"', true],
    // A text against a number: its characters in the log.
    ['1', '"1"', true],
    ['1.0', '"1"', false],
    ['1.0', '"1.0"', true],
    ['1', '"1.0"', false],
    ['1e2', '"100"', false],
    ['1e2', '"1e2"', true],
    ['404', '*', true],
    ['404', '"4*"', true],
    ['404', '4*', true],
    ['404', '%^4\\d\\d$%', true],
    ['404', '%5%', false],
    ['404', '""', false],
    // A bare number against a string: its characters in the pattern.
    ['"1"', '1', true],
    ['"1.0"', '1', false],
    ['"1.0"', '1.0', true],
    ['"01"', '1', false],
    ['"x"', '1', false],
    ['""', '0', false],
    ['"+1"', '+1', true],
    ['"1"', '+1', false],
    // A bare number against a number: what they are worth.
    ['1', '1', true],
    ['1', '1.0', true],
    ['1.0', '1', true],
    ['1e2', '100', true],
    ['100', '1e2', true],
    ['-0', '0', true],
    ['0.1', '1e-1', true],
    ['1', '+1', true],
    ['1', '2', false],
    ['-1', '1', false],
    ['12345678901234567890', '12345678901234567890', true],
    ['12345678901234567890', '12345678901234567891', false],
    ['12345678901234567890', '+12345678901234567890', true],
    // Everything else compares with nothing.
    ...NEVER.flatMap((value): [string, string, undefined][] =>
      ['x', '"true"', 'true', 'false', '"null"', '""', '*', '"*"', '1', '%x%', '%.*%'].map((operand) => [
        value,
        operand,
        undefined,
      ]),
    ),
  ])('%s = %s: %s', (value, operand, expected) => {
    expect(matches(`{ ${field} = ${operand} }`, record(value))).toBe(expected ?? false);
    expect(matches(`{ ${field} != ${operand} }`, record(value))).toBe(expected === undefined ? false : !expected);
  });

  test.each([
    ['5', '>', '4', true],
    ['5', '>', '5', false],
    ['5', '>=', '5', true],
    ['5', '>=', '5.5', false],
    ['5', '<', '6', true],
    ['5', '<', '5', false],
    ['5', '<=', '5', true],
    ['5', '<=', '4', false],
    ['-5', '<', '0', true],
    ['5.5', '>', '5', true],
    ['1e3', '>=', '+1000', true],
    ['1e-3', '<', '1e-2', true],
    ['"5"', '>', '4', false],
    ['"5"', '<', '6', false],
    ...NEVER.flatMap((value): [string, string, string, boolean][] => [
      [value, '>', '-1', false],
      [value, '<=', '1', false],
    ]),
  ])('%s %s %s is %s', (value, operator, operand, expected) => {
    expect(matches(`{ ${field} ${operator} ${operand} }`, record(value))).toBe(expected);
  });

  test.each([
    ['true', 'TRUE', true],
    ['false', 'TRUE', false],
    ['true', 'FALSE', false],
    ['false', 'FALSE', true],
    ['"true"', 'TRUE', false],
    ['"false"', 'FALSE', false],
    ['1', 'TRUE', false],
    ['0', 'FALSE', false],
    ['null', 'FALSE', false],
    ['[true]', 'TRUE', false],
    ['null', 'NULL', true],
    ['[null]', 'NULL', true],
    ['["x", null, 1]', 'NULL', true],
    ['[[null]]', 'NULL', false],
    ['[{"a":null}]', 'NULL', false],
    ['[]', 'NULL', false],
    ['{"a":null}', 'NULL', false],
    ['"null"', 'NULL', false],
    ['0', 'NULL', false],
    ['""', 'NULL', false],
    ['false', 'NULL', false],
  ])('%s IS %s: %s', (value, what, expected) => {
    expect(matches(`{ ${field} IS ${what} }`, record(value))).toBe(expected);
  });

  test.each(['"x"', '1', '""', ...NEVER])('%s exists', (value) => {
    expect(matches(`{ ${field} NOT EXISTS }`, record(value))).toBe(false);
  });
});

describe('a missing field meets nothing but NOT EXISTS', () => {
  test.each([
    ['$.a', '{}'],
    ['$.a', '{"b":{"a":1}}'],
    ['$.errorCode', '{}'],
    ['$.errorCode', '{"x":{"errorCode":1}}'],
    ['$.a.b', '{"a":null}'],
    ['$.a.b', '{"a":[{"b":1}]}'],
    ['$.a.b', '{"a":"b"}'],
    ['$.a.b', '{"a":1}'],
    ['$.a.b', '{}'],
    ['$.a.b', '{"a":{}}'],
    ['$.a[0]', '{"a":[]}'],
    ['$.a[0]', '{"a":{"0":1}}'],
    ['$.userIdentity.invokedBy', '{"userIdentity":null}'],
    ['$.userIdentity.invokedBy', '{"userIdentity":[{"invokedBy":1}]}'],
    ['$.userIdentity.invokedBy', '{"userIdentity":"x"}'],
    ['$.userIdentity.invokedBy', '{}'],
    ['$.userIdentity.invokedBy', '{"userIdentity":{}}'],
    ['$.a[*]', '{}'],
    ['$.a[*].b', '{"a":[1,null,"b",[]]}'],
  ])('%s in %s', (field, record) => {
    expect(matches(`{ ${field} NOT EXISTS }`, record)).toBe(true);
    for (const test of ['= *', '= ""', '!= "x"', '!= 1', '!= %x%', '> -1', '< 1', 'IS NULL', 'IS TRUE', 'IS FALSE']) {
      expect(matches(`{ ${field} ${test} }`, record), test).toBe(false);
    }
  });

  test.each([
    ['{"errorCode":"x"}', false],
    ['{"errorCode":"y"}', true],
    ['{"errorCode":null}', false],
    ['{}', true],
  ])('the idiom with NOT EXISTS over %s is %s', (record, expected) => {
    expect(matches('{ ($.errorCode NOT EXISTS) || ($.errorCode != "x") }', record)).toBe(expected);
  });

  test('… and with IS NULL where null must count', () => {
    const pattern = '{ ($.errorCode NOT EXISTS) || ($.errorCode != "x") || ($.errorCode IS NULL) }';
    expect(matches(pattern, '{"errorCode":null}')).toBe(true);
  });
});

describe('the record', () => {
  test.each([
    ['{"a":"x","a":"y"}', '$.a', 'y'],
    ['{"a":{"b":"x"},"a":{"b":"y"}}', '$.a.b', 'y'],
    ['{"a":"x","\\u0061":"y"}', '$.a', 'y'],
    ['{"eventName":"x","eventName":"y"}', '$.eventName', 'y'],
    ['{"userIdentity":{"type":"x"},"userIdentity":{"type":"y"}}', '$.userIdentity.type', 'y'],
    ['{"a":{"k":"x","k":"y"}}', '$.a.*', 'y'],
  ])('%s: the last duplicate key wins', (record, field, expected) => {
    expect(matches(`{ ${field} = ${expected} }`, record)).toBe(true);
    expect(matches(`{ ${field} = x }`, record)).toBe(false);
  });

  test.each([
    ['{"a":{"b":1},"a":{}}', '$.a.b'],
    ['{"userIdentity":{"type":"Root"},"userIdentity":{}}', '$.userIdentity.type'],
    ['{"userIdentity":{"type":"Root"},"userIdentity":null}', '$.userIdentity.type'],
  ])('%s: an earlier duplicate is not there at all', (record, field) => {
    expect(matches(`{ ${field} NOT EXISTS }`, record)).toBe(true);
    expect(matches(`{ ${field} = * }`, record)).toBe(false);
  });

  test.each(['{ $.a NOT EXISTS }', '{ $.errorCode NOT EXISTS }', '{ $.* = * }', '{ $.0 = * }'])(
    'a top-level array never matches %s',
    (pattern) => {
      expect(matches(pattern, '[]')).toBe(false);
      expect(matches(pattern, '[{"b":1},"x"]')).toBe(false);
    },
  );
});

describe('after < > <= >= stands a bare number', () => {
  test.each(['"5"', 'x', '"x"', '*', '%5%', 'true', '5*', '1.2.3'])('not %s', (operand) => {
    for (const operator of ['<', '>', '<=', '>=']) {
      expect(parsePattern(`{ $.a ${operator} ${operand} }`).errors).toHaveLength(1);
    }
  });

  test.each(['5', '-1', '55.5', '+1000', '1e-3', '.5', '1.'])('but %s', (operand) => {
    for (const operator of ['<', '>', '<=', '>=']) {
      expect(parsePattern(`{ $.a ${operator} ${operand} }`).errors).toEqual([]);
    }
  });
});

describe('true, false and null as operands', () => {
  test.each([
    ['{ $.readOnly = true }', { readOnly: true }],
    ['{ $.readOnly = "true" }', { readOnly: true }],
    ['{ $.readOnly != "true" }', { readOnly: false }],
    ['{ $.readOnly != "true" }', { readOnly: true }],
    ['{ $.managementEvent = * }', { managementEvent: true }],
  ])('%s never matches a JSON boolean', (pattern, record) => expect(matches(pattern, record)).toBe(false));

  test('IS TRUE does', () => {
    expect(matches('{ $.readOnly IS TRUE }', { readOnly: true })).toBe(true);
    expect(matches('{ $.managementEvent IS FALSE }', { managementEvent: false })).toBe(true);
  });

  test('mfaAuthenticated is a text', () => {
    const record = { userIdentity: { sessionContext: { attributes: { mfaAuthenticated: 'true' } } } };
    expect(matches('{ $.userIdentity.sessionContext.attributes.mfaAuthenticated = "true" }', record)).toBe(true);
    expect(matches('{ $.userIdentity.sessionContext.attributes.mfaAuthenticated IS TRUE }', record)).toBe(false);
  });

  test.each(['= null', '!= null', '= NULL'])('%s is an error', (test) => {
    expect(parsePattern(`{ $.a ${test} }`).pattern).toBeUndefined();
  });
});
