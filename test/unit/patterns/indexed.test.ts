import { describe, expect, test } from 'vitest';
import { compilePattern, needsBytes } from '../../../src/core/patterns/match';
import type { PatternRecord } from '../../../src/core/patterns/patternRecord';
import { matches, recordOf, valid } from './support';

/** A row of a table: it has the indexed fields, and reading the record for it is a mistake. */
function rowOf(json: Readonly<Record<string, unknown>>): PatternRecord {
  const record = recordOf(json);
  const unread = (): never => {
    throw new Error('The record was read');
  };
  return {
    isObject: true,
    field: (slot) => record.field(slot),
    spanOf: unread,
    get bytes(): Uint8Array {
      return unread();
    },
  };
}

const ROW = {
  eventName: 'CreateUser',
  readOnly: false,
  userIdentity: { type: 'Root', sessionContext: { attributes: { mfaAuthenticated: 'true' } } },
  errorCode: null,
};

describe('a pattern that touches only indexed fields does not read the record', () => {
  test.each<[pattern: string, met: boolean]>([
    ['', true],
    ['{ $.eventName = "CreateUser" }', true],
    ['{ $.eventName = A || $.eventName = CreateUser || $.eventName = B }', true],
    ['{ $.eventName = %^Create% && $.userIdentity.type != "IAMUser" }', true],
    ['{ $.userIdentity.invokedBy NOT EXISTS }', true],
    ['{ $.errorCode IS NULL && $.readOnly IS FALSE }', true],
    ['{ $.errorCode NOT EXISTS || $.errorCode = * || $.readOnly IS TRUE }', false],
    ['{ $.userIdentity.sessionContext.attributes.mfaAuthenticated = "true" }', true],
  ])('%s', (pattern, met) => {
    expect(needsBytes(valid(pattern))).toBe(false);
    expect(compilePattern(valid(pattern))(rowOf(ROW))).toBe(met);
  });
});

test.each(['{ $.requestParameters.a = 1 }', '{ $.resources[0].ARN = x }', '{ $.* = x }', 'CreateUser', '[a, b]'])(
  '%s needs the record',
  (pattern) => expect(needsBytes(valid(pattern))).toBe(true),
);

describe('values that are told apart in a list', () => {
  test.each<[json: string, met: boolean]>([
    ['{"a":"x"}', true],
    ['{"a":"1"}', true],
    ['{"a":1}', true],
    ['{"a":1.0}', false],
    ['{"a":true}', false],
    ['{"a":null}', false],
    ['{"b":{"c":["y","z"]}}', true],
    ['{"b":{"c":["x"]}}', false],
  ])('%s', (json, met) => {
    expect(matches('{ $.a = x || $.b.c[*] = "z" || $.a = "1" || $.a = "true" || $.b.c[*] = w }', json)).toBe(met);
  });
});

describe('terms in a record that is laid out', () => {
  test.each<[pattern: string, met: boolean]>([
    ['Denied', true],
    ['"access denied"', true],
    ['"code\\":\\"access"', true],
    ['"code\\": \\"access"', false],
    ['" "', true],
    ['"1 2"', false],
    ['-"\\": 1"', true],
    ['"1,\\"n"', true],
  ])('%s', (pattern, met) => {
    expect(matches(pattern, '{ "m" :  1,\n "n": 2, "code": "access denied",\t"x":"Denied" }')).toBe(met);
  });
});
