import { describe, expect, test } from 'vitest';
import { parsePattern } from '../../../src/core/patterns/parse';
import { errorTexts, matches, noteTexts, valid } from './support';

function steps(selector: string): string {
  const pattern = valid(`{ ${selector} = 1 }`);
  if (pattern.kind !== 'json' || pattern.root.kind !== 'test') throw new Error(selector);
  return pattern.root.selector.steps
    .map((step) => (step.kind === 'key' ? `<${step.key}>` : step.kind === 'index' ? `#${step.index}` : '*'))
    .join('');
}

describe('steps', () => {
  test.each([
    ['$.eventName', '<eventName>'],
    ['$.userIdentity.sessionContext.attributes', '<userIdentity><sessionContext><attributes>'],
    ['$.requestParameters.x-amz-acl', '<requestParameters><x-amz-acl>'],
    ['$.a_b-9', '<a_b-9>'],
    ['$.9', '<9>'],
    ['$.-', '<->'],
    ['$.a[0]', '<a>#0'],
    ['$.a[10][2].b', '<a>#10#2<b>'],
    ['$.a[*].b', '<a>*<b>'],
    ['$.a.*', '<a>*'],
    ['$.*', '*'],
    ['$.*.a', '*<a>'],
    ["$.['cluster.name']", '<cluster.name>'],
    ["$.a.['b c'].d", '<a><b c><d>'],
    ["$.a.['it's']", "<a><it's>"],
    ["$.['*']", '<*>'],
    ["$.['']", '<>'],
    // Not settled: a key in brackets without the dot, or in double quotes.
    ["$.a['b']", '<a><b>'],
    ['$.a["b"]', '<a><b>'],
    ["$['b']", '<b>'],
    ['$.["b"]', '<b>'],
  ])('%s', (selector, expected) => expect(steps(selector)).toBe(expected));

  test.each([
    ["$.['x']", 0],
    ["$.a.['x'].b", 0],
    ["$.a['x']", 1],
    ['$.a["x"]', 1],
    ['$.["x"]', 1],
    ["$['x']", 1],
  ])('%s: %i notes', (selector, count) => expect(noteTexts(`{ ${selector} = 1 }`)).toHaveLength(count));
});

describe('rejected', () => {
  test.each([
    '$."detail-type"',
    '$..x',
    '$.a..x',
    '$.a[-1]',
    '$.a[0:2]',
    '$.a[]',
    '$.a[b]',
    '$.a[*',
    '$.a[1.5]',
    '$',
    '$.',
    '$.a.',
    '$[0]',
    '$[*]',
    '$ .a',
    "$.['a",
    '$.[0]',
    '$.é',
    '$eventName',
    'eventName',
    '.eventName',
    '"$.a"',
  ])('%s', (selector) => {
    const parsed = parsePattern(`{ ${selector} = 1 }`);
    expect(parsed.pattern).toBeUndefined();
    expect(errorTexts(parsed)).toHaveLength(1);
  });
});

describe('what they lead to', () => {
  test.each([
    ['{ $.eventName = X }', { eventName: 'X' }, true],
    ['{ $.eventname = X }', { eventName: 'X' }, false],
    ['{ $.EventName = X }', { eventName: 'X' }, false],
    ['{ $.requestParameters.Key = X }', { requestParameters: { key: 'X' } }, false],
    ['{ $.requestParameters.x-amz-acl = "private" }', { requestParameters: { 'x-amz-acl': 'private' } }, true],
    ["{ $.['cluster.name'] = x }", { 'cluster.name': 'x' }, true],
    ["{ $.['cluster.name'] = x }", { cluster: { name: 'x' } }, false],
    ['{ $.cluster.name = x }', { 'cluster.name': 'x' }, false],
    ['{ $.cluster.name = x }', { cluster: { name: 'x' } }, true],
    // The same for a path that every record has indexed.
    ["{ $.['userIdentity.type'] = Root }", { 'userIdentity.type': 'Root' }, true],
    ["{ $.['userIdentity.type'] = Root }", { userIdentity: { type: 'Root' } }, false],
    ['{ $.userIdentity.type = Root }', { 'userIdentity.type': 'Root' }, false],
    ['{ $.a[0] = x }', { a: ['x', 'y'] }, true],
    ['{ $.a[1] = x }', { a: ['x', 'y'] }, false],
    ['{ $.a[1] = y }', { a: ['x', 'y'] }, true],
    ['{ $.a[2] NOT EXISTS }', { a: ['x', 'y'] }, true],
    ['{ $.a[0] NOT EXISTS }', { a: { 0: 'x' } }, true],
    ['{ $.a.0 = x }', { a: { 0: 'x' } }, true],
    ['{ $.a.0 = x }', { a: ['x'] }, false],
    ['{ $.a[0][1] = x }', { a: [['w', 'x']] }, true],
    ['{ $.a[0].b = x }', { a: [{ b: 'x' }] }, true],
    ['{ $.a.b = x }', { a: [{ b: 'x' }] }, false],
    ['{ $.a = x }', { a: ['x'] }, false],
  ])('%s over %j is %s', (pattern, record, expected) => expect(matches(pattern, record)).toBe(expected));
});

describe('wildcards select any element or any field, one level', () => {
  test.each([
    ['{ $.a[*] = x }', { a: ['w', 'x'] }, true],
    ['{ $.a[*] = x }', { a: ['w'] }, false],
    ['{ $.a[*] = x }', { a: [] }, false],
    ['{ $.a[*] = x }', { a: 'x' }, false],
    ['{ $.a[*] = x }', { a: [['x']] }, false],
    ['{ $.a[*] = x }', { a: { k: 'x' } }, true],
    ['{ $.a.* = x }', { a: { k: 'w', l: 'x' } }, true],
    ['{ $.a.* = x }', { a: ['w', 'x'] }, true],
    ['{ $.a.* = x }', { a: { k: { l: 'x' } } }, false],
    ['{ $.a[*].b = x }', { a: [{ b: 'w' }, { b: 'x' }] }, true],
    ['{ $.a[*].b[1] = x }', { a: [{ b: ['x'] }, { b: ['w', 'x'] }] }, true],
    ['{ $.* = x }', { a: 1, b: 'x' }, true],
    ['{ $.* = x }', { a: { b: 'x' } }, false],
    ['{ $.*.b = x }', { a: { b: 'x' } }, true],
    ['{ $.a[*] > 5 }', { a: [1, 6] }, true],
    ['{ $.a[*] IS TRUE }', { a: [false, true] }, true],
  ])('%s over %j is %s', (pattern, record, expected) => expect(matches(pattern, record)).toBe(expected));

  test('each condition searches on its own', () => {
    const pattern = '{ $.items[*].a = 1 && $.items[*].b = 2 }';
    expect(matches(pattern, { items: [{ a: 1 }, { b: 2 }] })).toBe(true);
    expect(matches(pattern, { items: [{ a: 1 }, { b: 3 }] })).toBe(false);
  });

  // Not settled by AWS: any value that meets the test is enough; NOT EXISTS asks that there be none at all.
  test.each([
    ['{ $.a[*] != x }', { a: ['x', 'y'] }, true],
    ['{ $.a[*] != x }', { a: ['x', 'x'] }, false],
    ['{ $.a[*] != x }', { a: [] }, false],
    ['{ $.a[*] IS NULL }', { a: ['x', null] }, true],
    ['{ $.a[*] IS NULL }', { a: ['x', [null]] }, true],
    ['{ $.a[*] IS NULL }', { a: ['x'] }, false],
    ['{ $.a[*].b NOT EXISTS }', { a: [{ c: 1 }] }, true],
    ['{ $.a[*].b NOT EXISTS }', { a: [{ c: 1 }, { b: 1 }] }, false],
    ['{ $.a[*] NOT EXISTS }', { a: [] }, true],
    ['{ $.a[*] NOT EXISTS }', { a: [null] }, false],
  ])('%s over %j is %s, with a note', (pattern, record, expected) => {
    expect(matches(pattern, record)).toBe(expected);
    expect(noteTexts(pattern).filter((note) => note.includes('under a wildcard'))).toHaveLength(1);
  });
});

describe('at most one wildcard a selector, three a pattern', () => {
  const perSelector = 'Your input exceeds the maximum of 1 wildcard allowed per json selector.';
  const perPattern = 'Your input has exceeded the maximum of 3 JSON wildcard selectors allowed per filter pattern.';

  test.each([
    ['{ $.a[*] = 1 && $.b.* = 1 && $.c[*].d = 1 }', []],
    ['{ $.a[*] = 1 && $.b.* = 1 && $.c[*].d = 1 && $.d = * }', []],
    ['{ $.a[*] = 1 || $.b[*] = 1 || $.c[*] = 1 || $.d[*] = 1 }', [['$.d[*]', perPattern]]],
    ['{ $.a[*].b[*] = 1 }', [['$.a[*].b[*]', perSelector]]],
    ['{ $.*.* = 1 }', [['$.*.*', perSelector]]],
  ])('%s', (text, expected) => {
    const { errors } = parsePattern(text);
    expect(errors.map(({ start, end, aws }) => [text.slice(start, end), aws])).toEqual(expected);
  });
});
