import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Needle } from '../../../src/core/json/needle';
import type { Test, Value } from '../../../src/core/patterns/ast';
import { compileTest } from '../../../src/core/patterns/valueTest';
import { codeTest } from '../../../src/core/table/codeTest';
import { type Dictionary, SEVERAL } from '../../../src/core/table/columns';
import { DecodedDictionary, valueOf } from '../../../src/core/table/decodedDictionary';
import { indexOfBytes, utf8 } from '../../fixtures/bytes';

const NOWHERE = { start: 0, end: 0 };
const bytesOf = (values: readonly number[]): Uint8Array => Uint8Array.from(values);

/** Entries as bytes: what no text can say too. */
function dictionaryOf(entries: readonly (readonly [token: Uint8Array, spelling: number])[]): DecodedDictionary {
  const all = [[new Uint8Array(0), 0] as const, ...entries];
  const offsets = new Uint32Array(all.length + 1);
  all.forEach(([token], code) => (offsets[code + 1] = offsets[code]! + token.length));
  const bytes = new Uint8Array(offsets.at(-1)!);
  all.forEach(([token], code) => bytes.set(token, offsets[code]));
  const dictionary: Dictionary = { size: all.length, spellings: Uint8Array.from(all, ([, at]) => at), offsets, bytes };
  return new DecodedDictionary(dictionary);
}

const PIECES = ['a', 'ab', 'ba', 'kali', 'linux', 'é', '😀', '-', '1', '10', ' ', '/', ''];
const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 5 }).map((pieces) => pieces.join(''));
const string = fc.oneof(
  { weight: 6, arbitrary: text.map((each) => utf8(JSON.stringify(each))) },
  { weight: 2, arbitrary: fc.constantFrom('"\\u0061b"', '"a\\/b"', '"a\\"b"', '"k\\u0061li"').map(utf8) },
  { weight: 1, arbitrary: fc.constantFrom('"a\ufffdb"', '""').map(utf8) },
  // Bytes that are no UTF-8, alone and before a letter.
  { weight: 1, arbitrary: fc.constantFrom([0x22, 0xff, 0x61, 0x22], [0x22, 0xe3, 0x61, 0x62, 0x22]).map(bytesOf) },
);
const token = fc.oneof(
  { weight: 6, arbitrary: string },
  {
    weight: 2,
    arbitrary: fc.constantFrom('1', '10', '-1', '1.0', 'true', 'false', 'null', '{}', '[]', '[null]').map(utf8),
  },
);
const entry = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(token, fc.constantFrom(0, 1)) },
  {
    weight: 1,
    arbitrary: fc.tuple(token, token).map(([a, b]): [Uint8Array, number] => {
      return [Uint8Array.from([...utf8('{"0":'), ...a, ...utf8(',"1":'), ...b, ...utf8('}')]), SEVERAL];
    }),
  },
);
const wildcards = fc
  .array(fc.constantFrom(...PIECES, '*', '*', '"', '\ufffd'), { maxLength: 5 })
  .map((pieces): Value => ({ kind: 'text', text: pieces.join(''), quoted: true, ...NOWHERE }));
const asked: fc.Arbitrary<Test> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ kind: fc.constant('equals' as const), negated: fc.boolean(), value: wildcards }),
  },
  fc.constantFrom('NULL' as const, 'TRUE' as const).map((what): Test => ({ kind: 'is', what })),
  fc.constant<Test>({ kind: 'not-exists' }),
  fc.constant<Test>({ kind: 'equals', negated: false, value: { kind: 'number', raw: '10', ...NOWHERE } }),
  fc.constant<Test>({ kind: 'equals', negated: true, value: { kind: 'regex', source: '^a|i$', ...NOWHERE } }),
);

describe('a test of a dictionary', () => {
  test('says of each entry, and of all, what it says of their values', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 12 }), fc.constantFrom(0, 1), asked, (entries, spelling, made) => {
        const decoded = dictionaryOf(entries);
        const meets = compileTest(made);
        const values = Array.from({ length: decoded.size }, (_, code) => valueOf(decoded.dictionary, code, spelling));
        const expected = values.map((value) => meets(value));
        const one = codeTest(decoded, spelling, made);
        expect(values.map((_, code) => one.of(code))).toEqual(expected);
        expect([...one.all()].map(Boolean)).toEqual(expected);
        expect(
          values.map((_, code) => one.of(code)),
          'when the escapes are known',
        ).toEqual(expected);
      }),
      { numRuns: 3000 },
    );
  });
});

test('a needle stands where it stands first', () => {
  const letters = fc.array(fc.constantFrom(1, 2, 255), { maxLength: 40 });
  fc.assert(
    fc.property(
      letters,
      fc.array(fc.constantFrom(1, 2, 255), { minLength: 1, maxLength: 5 }),
      fc.nat(45),
      (hay, needle, from) => {
        const [bytes, wanted] = [bytesOf(hay), bytesOf(needle)];
        const found = indexOfBytes(bytes.subarray(from), wanted);
        expect(new Needle(wanted).indexIn(bytes, from, bytes.length)).toBe(found < 0 ? -1 : found + from);
      },
    ),
    { numRuns: 2000 },
  );
});
