import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UnitPlan } from '../../../src/core/json/unitPlan';
import { UnitSplitter } from '../../../src/core/json/unitSplitter';
import { cutAt, inPieces, textOf, utf8 } from '../../fixtures/bytes';
import { brokenJsonText, jsonText } from '../../fixtures/jsonText';

const OPTIONS = { containers: ['Records', 'hits.hits'], members: ['NextToken'], firstKeys: ['eventVersion'] };
const PLAN = new UnitPlan({ ...OPTIONS, maxUnitBytes: 1024 });
/** For generated texts, which may be longer. */
const WIDE_PLAN = new UnitPlan({ ...OPTIONS, maxUnitBytes: 1 << 20 });

interface Split {
  readonly units: readonly string[];
  readonly places: readonly { start: number; end: number }[];
  readonly damages: readonly string[];
  readonly members: readonly string[];
  readonly containers: readonly string[];
  readonly values: readonly string[];
}

function split(pieces: Iterable<Uint8Array>, plan = PLAN): Split {
  const units: string[] = [];
  const places: { start: number; end: number }[] = [];
  const damages: string[] = [];
  const members: string[] = [];
  const containers: string[] = [];
  const values: string[] = [];
  const splitter = new UnitSplitter(plan, {
    unit: ({ bytes, start, end, container }) => {
      units.push(`${container}: ${textOf(bytes)}`);
      places.push({ start, end });
    },
    damage: ({ kind, at, start }) => damages.push(`${kind} ${start}-${at}`),
    member: (key, json) => members.push(`${key}=${json}`),
    container: (container) => containers.push(container),
    topLevelValue: (lineBreak, linePrefix) =>
      values.push(`${lineBreak ? 'line' : 'same'}${linePrefix ? ' prefix' : ''}`),
  });
  for (const piece of pieces) splitter.push(piece);
  splitter.end();
  return { units, places, damages, members, containers, values };
}

describe('UnitSplitter finds', () => {
  it.each<[name: string, text: string, units: readonly string[]]>([
    ['nothing', '', []],
    ['an object', '{"a":1}', [': {"a":1}']],
    ['objects in lines', '{"a":1}\n{"b":2}\n', [': {"a":1}', ': {"b":2}']],
    ['objects without anything between', '{"a":1}{"b":2}', [': {"a":1}', ': {"b":2}']],
    ['objects with commas between', '{"a":1},{"b":2},', [': {"a":1}', ': {"b":2}']],
    ['texts, numbers and words', '"a" 1 2.5e3 true null', [': "a"', ': 1', ': 2.5e3', ': true', ': null']],
    ['elements of an array', '[{"a":1}, 2,"x",[3]]', ['[]: {"a":1}', '[]: 2', '[]: "x"', '[]: [3]']],
    ['elements of several arrays', '[1][2]', ['[]: 1', '[]: 2']],
    [
      'elements of a container',
      '{"x":{"Records":[0]},"Records":[{"a":1},{}],"y":[2]}',
      ['Records: {"a":1}', 'Records: {}'],
    ],
    ['elements of a container deeper down', '{"hits":{"total":1,"hits":[{"a":1}]}}', ['hits.hits: {"a":1}']],
    ['nothing of a container under another path', '{"hits":[1]}', [': {"hits":[1]}']],
    ['elements of the same container twice', '{"Records":[1],"Records":[2]}', ['Records: 1', 'Records: 2']],
    ['a container with an escaped key', '{"\\u0052ecords":[1]}', ['Records: 1']],
    ['a container that is no array as a unit', '{"Records":{"a":1}}', [': {"Records":{"a":1}}']],
    [
      'values after time stamps',
      '2026-03-04T05:08:00.000Z {"a":1}\n2026-03-04T05:08:00.000+09:00\t{"a":2}',
      [': {"a":1}', ': {"a":2}'],
    ],
    ['a number that is no time stamp', '2026 {"a":1}', [': 2026', ': {"a":1}']],
    ['values after byte order marks', '\ufeff{"a":1}\n\ufeff{"a":2}', [': {"a":1}', ': {"a":2}']],
    ['values after record separators', '\x1e{"a":1}\n\x1e{"a":2}\n', [': {"a":1}', ': {"a":2}']],
  ])('%s', (_, text, units) => {
    const whole = split([utf8(text)]);
    expect(whole.units).toEqual(units);
    expect(whole.damages).toEqual([]);
    for (const size of [1, 2, 3, 7]) expect(split(inPieces(utf8(text), size))).toEqual(whole);
  });

  it('the values of any stream, where they stand', () => {
    const stream = fc.array(fc.tuple(jsonText, fc.constantFrom('\n', ' ', '\r\n\n', ',\n')), { maxLength: 4 });
    const plan = new UnitPlan({ containers: [], maxUnitBytes: 1 << 20 });
    fc.assert(
      fc.property(stream, fc.array(fc.nat(), { maxLength: 4 }), (parts, cuts) => {
        const bytes = utf8(parts.flat().join(''));
        const { units, places, damages } = split(cutAt(bytes, cuts), plan);
        const expected = parts.flatMap(([text]): unknown[] => {
          const value = JSON.parse(text) as unknown;
          return Array.isArray(value) ? value : [value];
        });
        expect(damages).toEqual([]);
        expect(units.map((unit) => JSON.parse(unit.replace(/^(\[\])?: /, '')) as unknown)).toEqual(expected);
        expect(places.map(({ start, end }) => textOf(bytes.subarray(start, end)))).toEqual(
          units.map((unit) => unit.replace(/^(\[\])?: /, '')),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('members it was asked for, and nothing of the others', () => {
    const { members } = split([
      utf8('{"NextToken":"a","x":{"NextToken":"b"},"Records":[{"NextToken":"c"}]}{"Next\\u0054oken":null}'),
    ]);
    expect(members).toEqual(['NextToken="a"', 'NextToken=null']);
  });

  it('how top-level values follow each other', () => {
    expect(split([utf8('{} {}\n{}\r\n\n[]2026-03-04T05:08:00Z {}')]).values).toEqual([
      'same',
      'same',
      'line',
      'line',
      'same prefix',
    ]);
  });

  it('containers, empty ones too', () => {
    expect(split([utf8('{"Records":[]}[]{"hits":{"hits":[]}}')]).containers).toEqual(['Records', '[]', 'hits.hits']);
  });

  it.each([
    ['{"a":1}\n{"b":2}', false],
    ['{\n"a":1}', true],
    ['{"Records":[\n]}', true],
    ['[1,\r\n2]', true],
  ])('whether a value spans lines: %j', (text, spans) => {
    const splitter = new UnitSplitter(PLAN, { unit: () => undefined, damage: () => undefined });
    splitter.push(utf8(text));
    splitter.end();
    expect(splitter.spansLines).toBe(spans);
  });
});

describe('UnitSplitter tells of damage', () => {
  it.each<[name: string, text: string, units: readonly string[], damages: readonly string[]]>([
    ['a cut value', '{"a":', [], ['truncated 0-5']],
    ['a cut element', '{"Records":[{"a":', [], ['truncated 12-17']],
    ['a cut container', '{"Records":[{}', ['Records: {}'], ['truncated 0-14']],
    ['a cut word', 'tru', [], ['truncated 0-3']],
    ['a comma before the end of an object', '{"a":1,}', [], ['malformed 0-7']],
    ['a comma before the end of an object that follows', '{"a":1}{"a":1,}', [': {"a":1}'], ['malformed 7-14']],
    ['a line cut in a text', '{"a":"x\n{"b":1}', [': {"b":1}'], ['cut 0-7']],
    ['a line cut before a value', '{"a":\n{"b":1}\n{"c":1}', [': {"b":1}', ': {"c":1}'], ['malformed 0-14']],
    ['the line before the last cut before a value', '{"a":\n{"b":1}', [': {"b":1}'], ['truncated 0-13']],
    ['several lines cut before a value', '{"a":\n{"b":\n{"c":1}', [': {"c":1}'], ['truncated 0-19']],
    ['a stray bracket', '{"a":1}]\n{"b":2}', [': {"a":1}', ': {"b":2}'], ['malformed 7-7']],
    ['a word between', '{"a":1} oops\n{"b":2}', [': {"a":1}', ': {"b":2}'], ['malformed 8-8']],
    [
      'an element among others',
      '{"Records":[{"a":1},{"a":x},{"a":3}]}',
      ['Records: {"a":1}', 'Records: {"a":3}'],
      ['malformed 20-25'],
    ],
    ['the first element', '{"Records":[{"a":x},{"a":3}]}', ['Records: {"a":3}'], ['malformed 12-17']],
    [
      'the first element, of a known kind',
      '{"Records":[{"b":x},{"eventVersion":3}]}',
      ['Records: {"eventVersion":3}'],
      ['malformed 12-17'],
    ],
    ['a row among others', '[[{"a":1}],[{"a":x}],[{"a":3}]]', ['[]: [{"a":1}]', '[]: [{"a":3}]'], ['malformed 11-17']],
    [
      'a text among others',
      '["{\\"a\\":1}","{\\"a\\nb":1}","{\\"a\\":3}"]',
      ['[]: "{\\"a\\":1}"', '[]: "{\\"a\\nb"', '[]: "{\\"a\\":3}"'],
      ['malformed 22-22'],
    ],
    [
      'a container cut, another after it',
      '{"Records":[{"a":1},{"a":{"Records":[{"a":2}]}',
      ['Records: {"a":1}', 'Records: {"a":2}'],
      ['truncated 20-46'],
    ],
  ])('%s', (_, text, units, damages) => {
    const whole = split([utf8(text)]);
    expect(whole.units).toEqual(units);
    expect(whole.damages).toEqual(damages);
    for (const size of [1, 2, 3, 7]) expect(split(inPieces(utf8(text), size))).toEqual(whole);
  });

  it('and gives nothing that is no JSON, however a text is broken and cut', () => {
    fc.assert(
      fc.property(
        fc.array(brokenJsonText, { minLength: 1, maxLength: 3 }),
        fc.array(fc.nat(), { maxLength: 4 }),
        (texts, cuts) => {
          const bytes = utf8(texts.join('\n'));
          const whole = split([bytes], WIDE_PLAN);
          for (const unit of whole.units) JSON.parse(unit.slice(unit.indexOf(':') + 1));
          expect(split(cutAt(bytes, cuts), WIDE_PLAN)).toEqual(whole);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('UnitSplitter passes over what is too large', () => {
  const long = `"${'x'.repeat(2000)}"`;
  it.each([
    ['a text', `{"a":1}\n${long}\n{"b":2}`, [': {"a":1}', ': {"b":2}'], ['too-large 8-8']],
    ['an object', `{"a":1}\n{"l":${long}}\n{"b":2}`, [': {"a":1}', ': {"b":2}'], ['too-large 8-8']],
    [
      'an object that is long by many members',
      `{${'"l":1,'.repeat(300)}"m":1}\n{"b":2}`,
      [': {"b":2}'],
      ['too-large 0-0'],
    ],
    [
      'an element',
      `{"Records":[{"a":1},{"l":${long}},{"b":2}]}`,
      ['Records: {"a":1}', 'Records: {"b":2}'],
      ['too-large 20-20'],
    ],
    ['a key', `{${long}:1}\n{"b":2}`, [': {"b":2}'], ['too-large 0-0']],
  ])('%s', (_, text, units, damages) => {
    for (const size of [Infinity, 1, 100, 1500]) {
      const { units: found, damages: told } = split(inPieces(utf8(text), size));
      expect(found).toEqual(units);
      expect(told).toEqual(damages);
    }
  });

  it('but not over a container after much else in the same object', () => {
    const text = `{"l":${long},"Records":[{"a":1}]}`;
    const whole = split([utf8(text)]);
    expect(whole.units).toEqual(['Records: {"a":1}']);
    // The key of the container must survive that what is before it was let go of.
    for (let size = 1; size < 40; size++) expect(split(inPieces(utf8(text), size))).toEqual(whole);
  });
});

describe('UnitSplitter holds little', () => {
  it.each([
    ['a text without an end', '"', 'x'],
    ['an object without an end', '{"a":1', ',"a":1'],
    ['an array without an end', '[1', ',{"a":[1,2]}'],
    ['a nest without an end', '', '[{"a":'],
    ['a container without an end', '{"Records":[1', ',{"a":1}'],
    ['blanks', '', ' '],
    ['what makes no sense', '}', '{"eventVersion"x'],
    ['values', '', '{"a":1}'],
  ])('of %s', (_, first, more) => {
    const splitter = new UnitSplitter(PLAN, { unit: () => undefined, damage: () => undefined });
    const chunk = utf8(more.repeat(Math.ceil(4096 / more.length)));
    splitter.push(utf8(first));
    let pushed = first.length;
    for (let i = 0; i < 500; i++) {
      splitter.push(chunk);
      pushed += chunk.length;
      expect(pushed - splitter.settled).toBeLessThanOrEqual(PLAN.maxUnitBytes + chunk.length);
    }
    splitter.end();
  });
});
