import { describe, expect, it } from 'vitest';
import type { EventQuery } from '../../../src/core/table/selection';
import {
  type Choice,
  asksAll,
  exclude,
  include,
  spanOf,
  standing,
  toggleFilter,
  withSpan,
  withText,
} from '../../../webview/investigation/narrowing';

const decrypt: Choice = {
  field: 'eventName',
  text: 'Decrypt',
  include: '$.eventName = "Decrypt"',
  exclude: '($.eventName NOT EXISTS) || ($.eventName != "Decrypt")',
};
const high: Choice = { field: 'severity', text: 'high', include: null, exclude: null };
const without = '{ ($.eventName NOT EXISTS) || ($.eventName != "Decrypt") }';

describe('filtering for a value', () => {
  it.each<[what: string, before: EventQuery, choice: Choice, after: EventQuery]>([
    ['writes the pattern', { pattern: '' }, decrypt, { pattern: '{ $.eventName = "Decrypt" }' }],
    [
      'joins what stands there',
      { pattern: '{ $.awsRegion = "us-*" }', from: 1, to: 2 },
      decrypt,
      { pattern: '{ $.awsRegion = "us-*" && $.eventName = "Decrypt" }', from: 1, to: 2 },
    ],
    ['takes it back', { pattern: '{ $.eventName = "Decrypt" }' }, decrypt, { pattern: '' }],
    ['takes the place of filtering it out', { pattern: without }, decrypt, { pattern: '{ $.eventName = "Decrypt" }' }],
    [
      'stands beside patterns that cannot say it',
      { pattern: '' },
      high,
      { pattern: '', where: [{ field: 'severity', anyOf: ['high'] }] },
    ],
    [
      'stands beside patterns of terms',
      { pattern: 'Decrypt' },
      decrypt,
      { pattern: 'Decrypt', where: [{ field: 'eventName', anyOf: ['Decrypt'] }] },
    ],
    [
      'takes back what stands beside',
      { pattern: 'Decrypt', where: [{ field: 'eventName', anyOf: ['Decrypt'] }] },
      decrypt,
      { pattern: 'Decrypt', where: [] },
    ],
  ])('%s', (_what, before, choice, after) => expect(include(before, choice)).toEqual(after));

  it('goes beside the pattern when that would grow beyond the limits of AWS', () => {
    const long = `{ $.userAgent = "${'x'.repeat(1000)}" }`;
    expect(include({ pattern: long }, decrypt)).toEqual({
      pattern: long,
      where: [{ field: 'eventName', anyOf: ['Decrypt'] }],
    });
  });
});

describe('filtering a value out', () => {
  it.each<[what: string, before: EventQuery, choice: Choice, after: EventQuery | undefined]>([
    ['writes the pattern', { pattern: '' }, decrypt, { pattern: without }],
    ['takes it back', { pattern: without }, decrypt, { pattern: '' }],
    ['takes the place of filtering for it', { pattern: '{ $.eventName = "Decrypt" }' }, decrypt, { pattern: without }],
    ['cannot be said of a severity', { pattern: '' }, high, undefined],
    ['cannot be joined to terms', { pattern: 'Decrypt' }, decrypt, undefined],
  ])('%s', (_what, before, choice, after) => expect(exclude(before, choice)).toEqual(after));
});

describe('a query', () => {
  it.each<[EventQuery, Choice, ReturnType<typeof standing>]>([
    [{ pattern: '' }, decrypt, null],
    [{ pattern: '{ $.awsRegion = "us-*" && $.eventName = "Decrypt" }' }, decrypt, 'included'],
    [{ pattern: without }, decrypt, 'excluded'],
    [{ pattern: '{ $.eventName = "Decrypt" || $.awsRegion = "x" }' }, decrypt, null],
    [{ pattern: '', where: [{ field: 'severity', anyOf: ['low', 'high'] }] }, high, 'included'],
  ])('%o says how %o stands', (query, choice, stands) => expect(standing(query, choice)).toBe(stands));

  it('holds several values of a field', () => {
    const both = toggleFilter(toggleFilter({ pattern: '' }, 'severity', 'high'), 'severity', null);
    expect(both.where).toEqual([{ field: 'severity', anyOf: ['high', null] }]);
    expect(toggleFilter(both, 'severity', 'high').where).toEqual([{ field: 'severity', anyOf: [null] }]);
  });

  it('holds a span of time, or none', () => {
    const spanned = withSpan({ pattern: 'x' }, { from: 5, to: 9 });
    expect(spanOf(spanned)).toEqual({ from: 5, to: 9 });
    expect(withSpan(spanned, null)).toEqual({ pattern: 'x' });
  });

  it('tells when it leaves nothing out', () => {
    expect(asksAll({ pattern: ' ', where: [] })).toBe(true);
    expect(asksAll({ pattern: '', from: 1, to: 2 })).toBe(false);
    expect(asksAll({ pattern: '{ $.a = 1 }' })).toBe(false);
  });

  it('takes a condition only where it can', () => {
    expect(withText('{ $.a = 1 }', '$.b = 2')).toBe('{ $.a = 1 && $.b = 2 }');
    expect(withText('{ $.a == 1 }', '$.b = 2')).toBeUndefined();
    expect(withText('', null)).toBeUndefined();
  });
});
