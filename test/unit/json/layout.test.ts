import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compactJson } from '../../../src/core/json/compact';
import { Layout } from '../../../src/core/json/layout';
import { concat, cutAt, inPieces, textOf, utf8 } from '../../fixtures/bytes';
import { brokenJsonText, jsonText } from '../../fixtures/jsonText';

function layOut(pieces: Iterable<Uint8Array>): string {
  const layout = new Layout();
  return textOf(concat(...[...pieces].map((piece) => layout.push(piece))));
}

function laidOut(text: string): string {
  return layOut([utf8(text)]);
}

/** The text without the white space outside its strings: what no layout may change. */
function tokens(text: string): string {
  let inString = false;
  let kept = '';
  for (let i = 0; i < text.length; i++) {
    const letter = text[i]!;
    if (inString || !' \t\r\n'.includes(letter)) kept += letter;
    if (inString && letter === '\\') kept += text[++i] ?? '';
    else if (letter === '"') inString = !inString;
  }
  return kept;
}

/** Several values one after another, as in JSON lines and in joined files. */
const jsonStream = fc
  .array(fc.tuple(jsonText, fc.constantFrom('\n', ' ', '\n\n', '\r\n', ',\n')), { minLength: 1, maxLength: 4 })
  .map((values) => values.flat().join(''));

describe('Layout', () => {
  it.each([
    ['{}', '{}'],
    ['[ ]', '[]'],
    ['{ "a" : 1 }', '{\n  "a": 1\n}'],
    ['[1,2]', '[\n  1,\n  2\n]'],
    ['{"a":[{"b":null},{}]}', '{\n  "a": [\n    {\n      "b": null\n    },\n    {}\n  ]\n}'],
    [
      '{"Records":[{"a":1.0,"b":1e5,"c":9007199254740993,"a":-0}]}',
      '{\n  "Records": [\n    {\n      "a": 1.0,\n      "b": 1e5,\n      "c": 9007199254740993,\n      "a": -0\n    }\n  ]\n}',
    ],
    ['"a {\\"b\\": [1, 2]}\\u0041\\ud800"', '"a {\\"b\\": [1, 2]}\\u0041\\ud800"'],
    ['{"a":1}{"b":2}', '{\n  "a": 1\n}\n{\n  "b": 2\n}'],
    ['{"a":1}\n\n{"b":2}\n', '{\n  "a": 1\n}\n{\n  "b": 2\n}'],
    ['1 2', '1\n2'],
    ['"a":{"b":1}', '"a": {\n  "b": 1\n}'],
    ['2026-03-04T05:08:00.000Z {"a":1}', '2026-03-04T05:08:00.000Z\n{\n  "a": 1\n}'],
    ['', ''],
    ['  \n', ''],
  ])('%j', (text, expected) => {
    expect(laidOut(text)).toBe(expected);
    expect(layOut(inPieces(utf8(text), 1))).toBe(expected);
  });

  it.each([
    ['a cut record', '{"a":[1,{"b":"x'],
    ['brackets that cross', '{"a":[1}]'],
    ['too many brackets', ']}{"a":1}]]'],
    ['words that are no JSON', '{ not json , at all }'],
    ['a comment', '// a\n{"a":1}'],
  ])('shows %s without losing a byte', (_, text) => {
    expect(tokens(laidOut(text))).toBe(tokens(text));
  });

  it('does not join words that are no JSON', () => {
    expect(laidOut('[tru e]')).toBe('[\n  tru e\n]');
  });

  it('changes nothing but the white space outside strings', () => {
    fc.assert(
      fc.property(fc.oneof(jsonText, jsonStream, brokenJsonText), (text) => {
        expect(tokens(laidOut(text))).toBe(tokens(text));
      }),
      { numRuns: 1500 },
    );
  });

  it('keeps the value', () => {
    fc.assert(
      fc.property(jsonText, (text) => {
        expect(JSON.parse(laidOut(text))).toEqual(JSON.parse(text));
      }),
      { numRuns: 500 },
    );
  });

  it('does not matter where the text is cut', () => {
    fc.assert(
      fc.property(fc.oneof(jsonStream, brokenJsonText), fc.array(fc.nat(), { maxLength: 5 }), (text, cuts) => {
        const bytes = utf8(text);
        const whole = laidOut(text);
        expect(layOut(cutAt(bytes, cuts))).toBe(whole);
        expect(layOut(inPieces(bytes, 1))).toBe(whole);
      }),
      { numRuns: 500 },
    );
  });

  it('is the same when done twice', () => {
    fc.assert(
      fc.property(fc.oneof(jsonStream, brokenJsonText), (text) => {
        const once = laidOut(text);
        expect(laidOut(once)).toBe(once);
      }),
      { numRuns: 1500 },
    );
  });

  it.each([
    ['nested arrays', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['nested objects', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
    ['a long array deep down', `${'['.repeat(10_000)}${'1,'.repeat(100_000)}1${']'.repeat(10_000)}`],
    ['closing brackets only', '}'.repeat(100_000)],
  ])('%s do not blow the text up', (_, text) => {
    const out = laidOut(text);
    expect(tokens(out)).toBe(tokens(text));
    expect(out.length).toBeLessThan(text.length * 2 + 10_000);
  });

  it('keeps a string of 5 MB as it is', () => {
    const text = `"${'x\\n'.repeat(1_700_000)}"`;
    expect(layOut(inPieces(utf8(text), 65_536)) === text).toBe(true);
  });
});

describe('compactJson', () => {
  it('takes out the white space between tokens and nothing else', () => {
    fc.assert(
      fc.property(jsonText, (text) => {
        expect(textOf(compactJson(utf8(text)))).toBe(tokens(text));
      }),
      { numRuns: 1000 },
    );
  });

  it('answers the same bytes when there is none', () => {
    const bytes = utf8('{"a b":[1,"\\" "]}');
    expect(compactJson(bytes)).toBe(bytes);
  });

  it('takes back what Layout put in', () => {
    fc.assert(
      fc.property(jsonText, (text) => {
        expect(textOf(compactJson(utf8(laidOut(text))))).toBe(tokens(text));
      }),
    );
  });
});
