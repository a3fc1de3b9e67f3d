import { describe, expect, test } from 'vitest';
import { Catalogue } from '../../../src/core/rules/catalogue';
import { pinsOf } from '../../../src/core/rules/pins';
import { valid } from '../patterns/support';
import { findIn, ruleWith } from './support';

const list = (set: ReadonlySet<string> | undefined): string[] | undefined => (set === undefined ? undefined : [...set]);

describe('what a pattern says of the event', () => {
  test.each<[pattern: string, sources: string[] | undefined, names: string[] | undefined]>([
    ['', undefined, undefined],
    ['AccessDenied', undefined, undefined],
    ['[a, b]', undefined, undefined],
    ['{ $.a = 1 }', undefined, undefined],
    ['{ $.eventName = CreateUser }', undefined, ['CreateUser']],
    ['{ $.eventName = "Create*" }', undefined, undefined],
    ['{ $.eventName = %^Create% }', undefined, undefined],
    ['{ $.eventName = 1 }', undefined, undefined],
    ['{ $.eventName != CreateUser }', undefined, undefined],
    ['{ $.eventName NOT EXISTS }', undefined, undefined],
    ['{ $.detail.eventName = CreateUser }', undefined, undefined],
    ['{ ($.eventName = A) || ($.eventName = B) }', undefined, ['A', 'B']],
    ['{ ($.eventName = A) || ($.a = B) }', undefined, undefined],
    ['{ ($.eventName = A) && ($.a = B) }', undefined, ['A']],
    ['{ ($.eventName = A) && ($.eventName = B) }', undefined, []],
    ['{ $.eventSource = s && (($.eventName = A) || ($.eventName = B)) }', ['s'], ['A', 'B']],
    ['{ ($.eventSource = s && $.eventName = A) || ($.eventSource = t && $.eventName = B) }', ['s', 't'], ['A', 'B']],
  ])('%s', (pattern, sources, names) => {
    const pins = pinsOf(valid(pattern));
    expect([list(pins.eventSource), list(pins.eventName)]).toEqual([sources, names]);
  });
});

describe('rules that are patterns', () => {
  const any = { eventSource: '*', eventName: '*' };
  const catalogue = new Catalogue([
    ruleWith({ id: 'named', ...any, condition: '{ $.eventName = "PutThing" }' }),
    ruleWith({
      id: 'either',
      ...any,
      condition: '{ ($.eventName = "PutThing") || ($.eventName = "PutThing20150331") }',
    }),
    ruleWith({ id: 'sourced', ...any, condition: '{ $.eventSource = "s3.amazonaws.com" }' }),
    ruleWith({ id: 'service', ...any, eventSource: 's3.amazonaws.com', condition: '{ $.eventName = "PutThing" }' }),
    ruleWith({ id: 'open', ...any, condition: '{ $.a = 1 }' }),
    ruleWith({ id: 'own', ...any, condition: '{ $.a = 1 }', origin: 'own' }),
    ruleWith({ id: 'terms', ...any, condition: '"needle"' }),
    ruleWith({ id: 'asked', ...any, condition: '{ $.a = 1 }', onRequest: true }),
    ruleWith({
      id: 'many',
      ...any,
      condition: '{ $.a = 1 }',
      correlation: { kind: 'threshold', count: 2, windowMs: 1, groupBy: [], distinct: null },
    }),
    ruleWith({ id: 'row' }),
  ]);
  const s3 = 's3.amazonaws.com';
  test.each<[record: Record<string, unknown>, ids: string[]]>([
    [{ eventSource: s3, eventName: 'PutThing' }, ['service', 'row', 'named', 'either', 'sourced']],
    [{ eventSource: 'x', eventName: 'PutThing' }, ['named', 'either']],
    // A pattern holds the name as it is delivered against its own, as AWS does; a row takes the date off.
    [{ eventSource: s3, eventName: 'PutThing20150331' }, ['row', 'either', 'sourced']],
    [{ eventSource: s3, eventName: 'Other', a: 1 }, ['own', 'sourced', 'open']],
    [{ a: 1 }, ['own', 'open']],
    [{ a: 'a needle in it' }, ['terms']],
    [{ eventName: '*' }, []],
  ])('%j', (record, ids) => expect(findIn(catalogue, record)?.rules.map(({ id }) => id) ?? []).toEqual(ids));
});
