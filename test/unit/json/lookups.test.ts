import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FieldPlan } from '../../../src/core/json/fieldPlan';
import { type Step, findValue, findValues, keyStep, stepsOf } from '../../../src/core/json/find';
import { readValue } from '../../../src/core/json/foundValue';
import {
  type Span,
  eachElement,
  eachMember,
  skipValue,
  stringEquals,
  stringValue,
} from '../../../src/core/json/tokens';
import { textOf, utf8 } from '../../fixtures/bytes';
import { KEYS, jsonText } from '../../fixtures/jsonText';

const ANY: Step = { kind: 'any' };

/** A step as the tests write it: a key, an index, or `*`. */
type PathPart = string | number | typeof ANY;

function steps(path: readonly PathPart[]): Step[] {
  return path.flatMap((part) => (typeof part === 'object' ? [part] : stepsOf([part])));
}

/** All that `path` leads to in a parsed value: what the byte walk must agree with. */
function lookUp(value: unknown, path: readonly PathPart[]): unknown[] {
  const [part, ...rest] = path;
  if (part === undefined) return [value];
  return children(value, part).flatMap((child) => lookUp(child, rest));
}

function children(value: unknown, part: PathPart): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  if (typeof part === 'object') return Object.values(value);
  const isArray = Array.isArray(value);
  if (isArray !== (typeof part === 'number')) return [];
  const own = Object.getOwnPropertyDescriptor(value, part);
  return own === undefined || (isArray && part === 'length') ? [] : [own.value];
}

function found(bytes: Uint8Array, path: readonly PathPart[]): unknown[] {
  const values: unknown[] = [];
  findValues(bytes, 0, steps(path), (span) => void values.push(parsed(bytes, span)));
  return values;
}

function parsed(bytes: Uint8Array, { start, end }: Span): unknown {
  return JSON.parse(textOf(bytes.subarray(start, end)));
}

/** Objects list integer keys first and JSON text does not: only what is found counts. */
function unordered(values: readonly unknown[]): string[] {
  return values.map((value) => JSON.stringify(value)).sort();
}

const trimmedJson = jsonText.map((text) => text.trim());
const path = fc.array(fc.oneof(fc.constantFrom(...KEYS), fc.nat(4), fc.constant(ANY)), {
  maxLength: 4,
});
const keyPath = fc.array(fc.constantFrom(...KEYS), { minLength: 1, maxLength: 3 });

describe('a byte walk finds what JSON.parse finds', () => {
  it('by keys, indexes and wildcards', () => {
    fc.assert(
      fc.property(trimmedJson, path, (text, parts) => {
        expect(unordered(found(utf8(text), parts))).toEqual(unordered(lookUp(JSON.parse(text), parts)));
      }),
      { numRuns: 3000 },
    );
  });

  it('of many fields in one walk', () => {
    fc.assert(
      fc.property(
        trimmedJson,
        fc.uniqueArray(keyPath, { maxLength: 6, selector: (each) => JSON.stringify(each) }),
        (text, paths) => {
          const bytes = utf8(text);
          const plan = new FieldPlan(paths);
          plan.read(bytes, 0);
          const values = paths.map((_, slot) => {
            const start = plan.spans[slot * 2]!;
            return start < 0 ? [] : [parsed(bytes, { start, end: plan.spans[slot * 2 + 1]! })];
          });
          expect(values).toEqual(paths.map((each) => lookUp(JSON.parse(text), each)));
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('of one field as of many', () => {
    fc.assert(
      fc.property(trimmedJson, keyPath, (text, parts) => {
        const bytes = utf8(text);
        const plan = new FieldPlan([parts]);
        plan.read(bytes, 0);
        const [start = -1, end = -1] = plan.spans;
        expect(findValue(bytes, 0, stepsOf(parts))).toEqual(start < 0 ? undefined : { start, end });
      }),
      { numRuns: 1000 },
    );
  });

  it('where a value ends', () => {
    fc.assert(
      fc.property(trimmedJson, fc.constantFrom('', ' ', ',1', '}', ']\n'), (text, rest) => {
        expect(skipValue(utf8(text + rest), 0)).toBe(utf8(text).length);
      }),
    );
  });

  it('all members and elements, in order, duplicates included', () => {
    const bytes = utf8(' { "a" : 1 , "b":[ 2 ,"x"] ,"a":{ } } ');
    const members: string[] = [];
    eachMember(bytes, 1, (keyStart, keyEnd, start, end) => {
      members.push(`${textOf(bytes.subarray(keyStart, keyEnd))}=${textOf(bytes.subarray(start, end))}`);
    });
    expect(members).toEqual(['"a"=1', '"b"=[ 2 ,"x"]', '"a"={ }']);
    const elements: string[] = [];
    eachElement(bytes, textOf(bytes).indexOf('['), (start, end, index) => {
      elements.push(`${index}=${textOf(bytes.subarray(start, end))}`);
    });
    expect(elements).toEqual(['0=2', '1="x"']);
  });
});

describe('findValue', () => {
  it.each<[string, readonly (string | number)[], string | undefined]>([
    ['{"a":1,"a":2}', ['a'], '2'],
    ['{"a":{"b":1},"a":{"c":2}}', ['a', 'b'], undefined],
    ['{"a":{"b":1},"a":3}', ['a', 'b'], undefined],
    ['{"event\\u004eame":"x"}', ['eventName'], '"x"'],
    ['{"eventName":"x","event\\u004eame":"y"}', ['eventName'], '"y"'],
    ['{"eventNam":1,"eventNames":2}', ['eventName'], undefined],
    ['{"日本":1}', ['日本'], '1'],
    ['{"\\u65e5\\u672c":1}', ['日本'], '1'],
    ['{"\\ud83d\\ude00":1}', ['😀'], '1'],
    ['{"a\\"b":1}', ['a"b'], '1'],
    ['{"a\\\\":1}', ['a\\'], '1'],
    ['{"":1}', [''], '1'],
    ['{"__proto__":{"x":1}}', ['__proto__', 'x'], '1'],
    ['{"a":1}', ['toString'], undefined],
    ['[[1,2],[3]]', [1, 0], '3'],
    ['[1]', [1], undefined],
    ['[1]', ['0'], undefined],
    ['{"0":1}', [0], undefined],
    ['"text"', ['a'], undefined],
    ['7', [], '7'],
    ['{"resources":[{"ARN":"arn"}]}', ['resources', 0, 'ARN'], '"arn"'],
  ])('%s at %j', (text, keys, value) => {
    const bytes = utf8(text);
    const span = findValue(bytes, 0, stepsOf(keys));
    expect(span && textOf(bytes.subarray(span.start, span.end))).toBe(value);
  });

  it('looks below the value it is pointed at only', () => {
    const bytes = utf8('{"a":{"b":1},"b":2}');
    expect(findValue(bytes, 5, [keyStep('b')])).toEqual({ start: 10, end: 11 });
  });
});

describe('findValues', () => {
  it.each<[string, readonly PathPart[], unknown[]]>([
    ['{"a":[{"b":1},{"b":2},{"c":3}]}', ['a', ANY, 'b'], [1, 2]],
    ['{"a":{"x":{"b":1},"y":{"b":2}}}', ['a', ANY, 'b'], [1, 2]],
    ['{"a":{"x":1,"x":2}}', ['a', ANY], [2]],
    ['[[1,[2]],3]', [ANY, ANY], [1, [2]]],
    ['{"a":1}', ['a', ANY], []],
    ['[]', [ANY], []],
  ])('%s at %j', (text, parts, values) => {
    expect(found(utf8(text), parts)).toEqual(values);
  });

  it('stops when the visitor has enough', () => {
    const visited: number[] = [];
    const stopped = findValues(utf8('[1,2,3]'), 0, [ANY], ({ start }) => visited.push(start) === 2);
    expect(stopped).toBe(true);
    expect(visited).toEqual([1, 3]);
    expect(findValues(utf8('[1,2,3]'), 0, [ANY], () => false)).toBe(false);
  });
});

describe('FieldPlan', () => {
  it('keeps nothing of the record before', () => {
    const plan = new FieldPlan([['a'], ['b', 'c']]);
    plan.read(utf8('{"a":1,"b":{"c":2}}'), 0);
    expect([...plan.spans]).toEqual([5, 6, 16, 17]);
    plan.read(utf8('{"b":{"d":3}}'), 0);
    expect([...plan.spans]).toEqual([-1, -1, -1, -1]);
    plan.read(utf8('[{"a":1}]'), 0);
    expect([...plan.spans]).toEqual([-1, -1, -1, -1]);
  });

  it('fills a path and one below it', () => {
    const plan = new FieldPlan([['a'], ['a', 'b']]);
    plan.read(utf8('{"a":{"b":1}}'), 0);
    expect([...plan.spans]).toEqual([5, 12, 10, 11]);
  });

  it('does not take an escape for its letters', () => {
    const plan = new FieldPlan([['a\\n'], ['a\n']]);
    plan.read(utf8('{"a\\n":1}'), 0);
    expect([...plan.spans]).toEqual([-1, -1, 7, 8]);
    plan.read(utf8('{"a\\\\n":1}'), 0);
    expect([...plan.spans]).toEqual([8, 9, -1, -1]);
  });

  it('tells keys apart that a hash does not', () => {
    const long = `eventName${'x'.repeat(65_536 - 1)}e`;
    const plan = new FieldPlan([['eventName'], ['eventMame'], ['']]);
    plan.read(utf8(`{"${long}":1,"eventMame":2,"":3}`), 0);
    expect(plan.spans[0]).toBe(-1);
    expect(plan.spans[2]).toBeGreaterThan(0);
    expect(plan.spans[4]).toBeGreaterThan(0);
  });
});

describe('strings', () => {
  it.each([
    ['"a"', 'a'],
    ['""', ''],
    ['"\\u0041\\n\\/"', 'A\n/'],
    ['"\\ud83d\\ude00"', '😀'],
    ['"\\ud800"', '\ud800'],
    ['"日本"', '日本'],
    ['"a\\\\n"', 'a\\n'],
  ])('%s is %j', (token, value) => {
    const bytes = utf8(token);
    expect(stringValue(bytes, 0, bytes.length)).toBe(value);
    expect(stringEquals(bytes, 0, bytes.length, value, utf8(value))).toBe(true);
    expect(stringEquals(bytes, 0, bytes.length, `${value}x`, utf8(`${value}x`))).toBe(false);
  });

  it('equal texts and no others', () => {
    const key = fc.oneof(
      fc.constantFrom(...KEYS).map((each) => JSON.stringify(each).slice(1, -1)),
      fc.string({ unit: fc.constantFrom('a', 'é', '\\u0061', '\\n', '😀') }),
    );
    fc.assert(
      fc.property(key, fc.constantFrom(...KEYS, 'aa', 'é', '\n', '\\n'), (token, text) => {
        const bytes = utf8(`"${token}"`);
        expect(stringEquals(bytes, 0, bytes.length, text, utf8(text))).toBe(JSON.parse(`"${token}"`) === text);
      }),
    );
  });
});

describe('readValue', () => {
  it.each([
    ['"a\\n"', { type: 'string', text: 'a\n' }],
    ['1.0', { type: 'number', text: '1.0' }],
    ['1E5', { type: 'number', text: '1E5' }],
    ['9007199254740993', { type: 'number', text: '9007199254740993' }],
    ['true', { type: 'true', text: '' }],
    ['false', { type: 'false', text: '' }],
    ['null', { type: 'null', text: '' }],
    ['{"a":null}', { type: 'object', text: '' }],
    ['[1,null]', { type: 'array', text: '', holdsNull: true }],
    ['[1,[null],"null"]', { type: 'array', text: '', holdsNull: false }],
    ['[]', { type: 'array', text: '', holdsNull: false }],
  ])('%s', (text, value) => {
    expect(readValue(utf8(text), { start: 0, end: text.length })).toEqual(value);
  });
});

describe('nothing here loops or throws on bytes that are no JSON', () => {
  it.each(['{', '{"', '{"a', '{"a"', '{"a":', '{"a":[', '{"a":"\\', '[1', '["', '[1,', '{"a":1,', '{"a":1 "b"', ''])(
    '%j',
    (text) => {
      const bytes = utf8(text);
      const plan = new FieldPlan([['a', 'b'], ['a']]);
      plan.read(bytes, 0);
      findValues(bytes, 0, [ANY, ANY], () => false);
      findValue(bytes, 0, stepsOf(['a', 0]));
      expect(skipValue(bytes, 0)).toBeLessThanOrEqual(bytes.length);
    },
  );
});
