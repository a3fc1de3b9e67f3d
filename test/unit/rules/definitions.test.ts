import { describe, expect, test } from 'vitest';
import { readEvent } from '../../../src/core/events/event';
import { parsePattern } from '../../../src/core/patterns/parse';
import { parseSelector } from '../../../src/core/patterns/selector';
import { Catalogue } from '../../../src/core/rules/catalogue';
import { formatDuration, parseDuration } from '../../../src/core/rules/duration';
import { PRINCIPAL } from '../../../src/core/rules/rule';
import { SEVERITIES } from '../../../src/core/rules/severity';
import { errorTexts, recordOf, valid } from '../patterns/support';
import { attackData, defined, rules } from './support';
import { counterexamples, witnesses } from './witness';

const patternsOf = (rule: (typeof defined)[number]): string[] =>
  rule.correlation?.kind === 'sequence' ? rule.correlation.steps.map(({ pattern }) => pattern) : [rule.condition!];

describe.each(defined)('$id', (rule) => {
  test('says what it means', () => {
    expect(rule.title.trim()).not.toBe('');
    expect(rule.why.trim()).not.toBe('');
    expect(rule.check.trim()).not.toBe('');
    expect(SEVERITIES).toContain(rule.severity);
    expect(rules.map(({ id }) => id)).not.toContain(rule.id);
    const tactics = attackData.tacticsInMatrixOrder.map(({ id }) => id);
    for (const id of rule.tactics) expect(tactics).toContain(id);
    for (const id of rule.techniques)
      expect({ ...attackData.techniques, ...attackData.allIaasTechniques }).toHaveProperty([id]);
  });

  test('has patterns that some records meet and others miss', () => {
    for (const text of patternsOf(rule)) {
      expect(errorTexts(parsePattern(text))).toEqual([]);
      const pattern = valid(text);
      if (pattern.kind !== 'json') throw new Error(text);
      const one = { ...rule, condition: text };
      const holds = new Catalogue([]).matcher(one);
      const meets = (record: Record<string, unknown>): boolean => holds(readEvent(recordOf(record)), recordOf(record));
      expect(witnesses(pattern.root).some(meets), text).toBe(true);
      expect(counterexamples(pattern.root).every(meets), text).toBe(false);
    }
  });

  test('groups by fields', () => {
    const { correlation } = rule;
    if (correlation === null) return expect(rule.onRequest).toBe(true);
    expect(correlation.groupBy.length).toBeGreaterThan(0);
    const distinct = correlation.kind === 'threshold' ? (correlation.distinct ?? []) : [];
    for (const field of correlation.groupBy.concat(distinct)) {
      if (field !== PRINCIPAL) expect(parseSelector(field).errors, field).toEqual([]);
    }
  });
});

test('both forms are there where the published one misses what it is about', () => {
  const matches = (id: string, record: Record<string, unknown>): boolean => {
    const rule = defined.find((each) => each.id === id)!;
    return new Catalogue([]).matcher(rule)(readEvent(recordOf(record)), recordOf(record));
  };
  const session = { eventSource: 'ssm.amazonaws.com', eventName: 'StartSession' };
  expect(matches('pattern.session-events', session)).toBe(true);
  expect(matches('pattern.session-events-as-published', session)).toBe(false);
  const decrypt = { eventName: 'Decrypt', errorCode: 'AccessDenied' };
  expect(matches('pattern.unauthorized-calls', decrypt)).toBe(true);
  expect(matches('pattern.unauthorized-calls-as-published', decrypt)).toBe(false);
});

describe('windows', () => {
  test.each<[text: string, milliseconds: number | undefined]>([
    ['30s', 30_000],
    ['10m', 600_000],
    ['1h', 3_600_000],
    ['90 m', 5_400_000],
    ['31d', 31 * 86_400_000],
    ['32d', undefined],
    ['0s', undefined],
    ['10', undefined],
    ['-1m', undefined],
    ['1.5h', undefined],
    ['1w', undefined],
    ['', undefined],
  ])('%j', (text, milliseconds) => expect(parseDuration(text)).toBe(milliseconds));

  test.each([
    [30_000, '30s'],
    [600_000, '10m'],
    [5_400_000, '90m'],
    [86_400_000, '1d'],
  ])('%d ms is %s', (milliseconds, text) => expect(formatDuration(milliseconds)).toBe(text));
});
