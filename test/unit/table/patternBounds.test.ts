import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SPELLINGS } from '../../../src/core/events/recordView';
import { findValue, stepsOf } from '../../../src/core/json/find';
import type { Condition, Pattern, SelectorTest, Test, Value } from '../../../src/core/patterns/ast';
import { compilePattern } from '../../../src/core/patterns/match';
import { anchorsOf } from '../../../src/core/table/anchor';
import { Bitset } from '../../../src/core/table/bitset';
import { patternBounds } from '../../../src/core/table/patternBounds';
import { indexOfBytes } from '../../fixtures/bytes';
import { jsonPattern, recordText, spacePattern, termsPattern } from '../patterns/arbitraries';
import { valid } from '../patterns/support';
import { recordJson } from './arbitraries';
import { type MadeTable, tableOf } from './support';

const NOWHERE = { start: 0, end: 0 };
const PATHS = [...new Set(Object.values(SPELLINGS).flat()), 'a', 'requestParameters.key', 'resources', 'userIdentity'];
const TEXTS = ['a', 'ab', 'a*', '*', '*o*', 'Root', 'AccessDenied', '*kali', '1', '1.0', 'true', 'é😀', '', 'a/b'];
const DATED = ['2026*', '2026-03-04T05:06:07Z', '*:07Z', '2026-03-04T05:06:*', '1772600000', '2025-12-31T15:00:00Z'];
const IDS = ['00000000-0000-4000-8000-000000000001', '00000000*', '*2'];

const value: fc.Arbitrary<Value> = fc.oneof(
  fc.constantFrom(...TEXTS, ...DATED, ...IDS).map((text): Value => ({ kind: 'text', text, quoted: true, ...NOWHERE })),
  fc.constantFrom('1', '10', '-0', '1772600000').map((raw): Value => ({ kind: 'number', raw, ...NOWHERE })),
  fc.constantFrom('^a', '0[12]$', 'T05', '.').map((source): Value => ({ kind: 'regex', source, ...NOWHERE })),
);
const oneTest: fc.Arbitrary<Test> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('equals' as const), negated: fc.boolean(), value }) },
  fc.constantFrom('NULL' as const, 'TRUE' as const, 'FALSE' as const).map((what): Test => ({ kind: 'is', what })),
  fc.constant<Test>({ kind: 'not-exists' }),
  fc.constantFrom('>' as const, '<=' as const).map((operator): Test => {
    return { kind: 'compare', operator, value: { kind: 'number', raw: '1', ...NOWHERE } };
  }),
);
const leaf = fc.tuple(fc.constantFrom(...PATHS), oneTest).map(([path, made]): SelectorTest => {
  const steps = path.split('.').map((key) => ({ kind: 'key' as const, key }));
  return { kind: 'test', selector: { steps, ...NOWHERE }, test: made, range: NOWHERE };
});
const condition: fc.Arbitrary<Condition> = fc.letrec<{ node: Condition }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      operands: fc.array(tie('node'), { minLength: 2, maxLength: 3 }),
    }),
  ),
})).node;
const columnPattern = condition.map((root): Pattern => ({ kind: 'json', root }));

/** What columns say holds for every record, and so does what a search for the anchor's texts leaves out. */
function expectSound(pattern: Pattern, { table, records }: MadeTable, within: Bitset): void {
  const holds = compilePattern(pattern);
  const { must, may } = patternBounds(table, pattern, within);
  const anchors = anchorsOf(pattern);
  records.forEach((record, row) => {
    const answer = within.has(row) && holds(record);
    const json = new TextDecoder().decode(record.bytes);
    if (must === may) expect(must.has(row), json).toBe(answer);
    else {
      expect(answer || !must.has(row), json).toBe(true);
      expect(may.has(row) || !answer, json).toBe(true);
    }
    if (!holds(record)) return;
    for (const { literals, escapes, within } of anchors) {
      const place = within === undefined ? record.bytes : valueOf(record.bytes, within);
      const found = [...literals, ...escapes].some((text) => indexOfBytes(place, text) >= 0);
      expect(found, json).toBe(true);
    }
  });
}

function valueOf(record: Uint8Array, key: string): Uint8Array {
  const span = findValue(record, 0, stepsOf([key]));
  return span === undefined ? new Uint8Array() : record.subarray(span.start, span.end);
}

describe('a pattern over columns', () => {
  test.each([
    ['on fields with columns', columnPattern, recordJson],
    ['of JSON in general', jsonPattern, recordText],
    ['of terms', termsPattern, recordText],
    ['of space-delimited text', spacePattern, recordText],
  ])('%s agrees with the records', (_, patterns, records) => {
    fc.assert(
      fc.property(
        patterns,
        fc.array(records, { maxLength: 6 }),
        fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
        (pattern, jsons, kept) => {
          const made = tableOf(jsons);
          const within = new Bitset(jsons.length);
          jsons.forEach((_json, row) => kept[row] && within.add(row));
          expectSound(pattern, made, Bitset.full(jsons.length));
          expectSound(pattern, made, within);
        },
      ),
      { numRuns: 1500 },
    );
  });

  test('is exact when every field has a column', () => {
    fc.assert(
      fc.property(columnPattern, (pattern) => {
        const names = JSON.stringify(pattern);
        fc.pre(!/"key":"(a|key|resources)"/.test(names) && !names.includes('[{"kind":"key","key":"userIdentity"}]'));
        const { must, may } = patternBounds(tableOf(['{}']).table, pattern, Bitset.full(1));
        expect(must).toBe(may);
      }),
    );
  });

  test('finds many rows and few, by words and by posting lists', () => {
    const jsons = Array.from({ length: 1000 }, (_, i) => `{"eventName":"${i % 100 === 7 ? 'Rare' : 'Common'}"}`);
    const { table } = tableOf(jsons);
    const rows = (text: string): number[] => [...patternBounds(table, valid(text), Bitset.full(1000)).must.rows()];
    expect(rows('{ $.eventName = "Rare" }')).toEqual([7, 107, 207, 307, 407, 507, 607, 707, 807, 907]);
    expect(rows('{ $.eventName = "Common" }')).toHaveLength(990);
    expect(rows('{ $.eventName = "None" }')).toEqual([]);
    expect(rows('{ ($.eventName = "Rare") && ($.requestID NOT EXISTS) && ($.eventName != "Common") }')).toHaveLength(
      10,
    );
  });
});

describe('the texts to search for', () => {
  test.each([
    ['{ $.requestParameters.key = "*.tfstate" }', ['.tfstate', '"key"'], '\\u'],
    ['{ $.requestParameters.key = "*.pem" }', ['.pem', '"key"'], '\\u'],
    ['{ $.requestParameters.key = "a/b/c" }', ['a/b/c', '"key"'], '\\u \\/'],
    ['{ $.requestParameters.roleName IS NULL }', ['"roleName"'], '\\u'],
    ['{ $.requestParameters.enabled = "true" }', ['"enabled"'], '\\u'],
    ['{ ($.a.b = "one") || ($.a.b = "three") }', ['one|three'], '\\u'],
    ['{ ($.a.b = "one") && ($.a.b = "three") }', ['three', 'one', '"b"'], '\\u'],
    ['{ $.a.tls = "say \\"hello\\" to" }', ['hello', '"tls"'], '\\u'],
    ['"\\"eventName\\": \\"Run"', ['eventName'], ''],
    ['?ERROR ?denied', ['ERROR|denied'], ''],
  ])('of %s', (text, literals, escapes) => {
    const anchors = anchorsOf(valid(text));
    const decode = (texts: readonly Uint8Array[], joint: string): string =>
      texts.map((each) => new TextDecoder().decode(each)).join(joint);
    expect(anchors.map((anchor) => decode(anchor.literals, '|'))).toEqual(literals);
    expect(decode(anchors[0]!.escapes, ' ')).toBe(escapes);
  });

  test.each(['', '{ $.a.b NOT EXISTS }', '{ ($.aa.b = "one") || ($.aa.b NOT EXISTS) }', '-ERROR', '[a, b=x]', '%x%'])(
    'of %s: none',
    (text) => expect(anchorsOf(valid(text))).toEqual([]),
  );
});
