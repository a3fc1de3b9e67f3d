import { describe, expect, test } from 'vitest';
import type { Condition } from '../../../src/core/patterns/ast';
import { compilePattern } from '../../../src/core/patterns/match';
import { parsePattern } from '../../../src/core/patterns/parse';
import { baseEventName } from '../../../src/core/rules/ruleIndex';
import type { Rule } from '../../../src/core/rules/rule';
import { SEVERITIES } from '../../../src/core/rules/severity';
import { errorTexts, recordOf, valid } from '../patterns/support';
import { attackData, findIn, builtIn, idsOf, rules } from './support';
import { counterexamples, witnesses } from './witness';

const conditional = rules.filter(({ condition }) => condition !== null);

function rootOf({ condition }: Rule): Condition {
  const pattern = valid(condition!);
  if (pattern.kind !== 'json') throw new Error(condition!);
  return pattern.root;
}

/** The record made one of the event that the rule is about. */
function ofEvent({ eventSource, eventName }: Rule, fields: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    eventSource: 'example.amazonaws.com',
    eventName: 'DescribeExample',
    ...fields,
    ...(eventSource !== '*' && { eventSource }),
    ...(eventName !== '*' && { eventName }),
  };
}

describe('every row', () => {
  test('has an id of its own, made of the service and the event', () => {
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    for (const { id, eventSource, eventName } of rules) {
      const service = eventSource === '*' ? 'any' : eventSource.replace(/\.amazonaws\.com$/, '');
      const prefix = `${service}.${eventName === '*' ? 'any' : eventName}`;
      expect(id === prefix || id.startsWith(`${prefix}.`), id).toBe(true);
    }
  });

  test('is looked up by the name it is kept under', () => {
    for (const { eventName } of rules) expect(baseEventName(eventName)).toBe(eventName);
  });

  test('has a known severity, and something to say', () => {
    for (const { id, title, severity, why, check, respond, references } of rules) {
      expect(SEVERITIES, id).toContain(severity);
      expect(why.trim(), id).not.toBe('');
      expect(check.trim(), id).not.toBe('');
      expect(references.length, id).toBeGreaterThan(0);
      expect(title.trim(), id).not.toBe('');
      expect(respond.trim(), id).not.toBe('');
    }
  });

  test('has tactics and techniques that ATT&CK knows', () => {
    const tactics = new Set(attackData.tacticsInMatrixOrder.map(({ id }) => id));
    for (const rule of rules) {
      expect(rule.tactics.length, rule.id).toBeGreaterThan(0);
      for (const id of rule.tactics) expect(tactics, rule.id).toContain(id);
      for (const id of rule.techniques) expect(Object.keys(attackData.techniques), rule.id).toContain(id);
    }
  });

  test('is met by some record of its event', () => {
    for (const rule of rules.filter(({ condition }) => condition === null)) {
      expect(idsOf(ofEvent(rule)), rule.id).toContain(rule.id);
    }
  });
});

describe('every condition', () => {
  test.each(conditional)('$id', (rule) => {
    expect(errorTexts(parsePattern(rule.condition!))).toEqual([]);
    const root = rootOf(rule);
    const holds = compilePattern({ kind: 'json', root });
    const met = witnesses(root).map((fields) => ofEvent(rule, fields));
    expect(met.some((record) => holds(recordOf(record)) && idsOf(record).includes(rule.id))).toBe(true);
    const missed = counterexamples(root).map((fields) => ofEvent(rule, fields));
    expect(missed.some((record) => !holds(recordOf(record)) && !idsOf(record).includes(rule.id))).toBe(true);
  });

  test.each(conditional)('$id can be pasted into a metric filter: no reading of it is unsettled', ({ condition }) => {
    const unsettled = parsePattern(condition!).notes.filter(({ fix }) => fix === undefined);
    expect(unsettled).toEqual([]);
  });
});

describe('a denied call', () => {
  const denied = (rule: Rule): Record<string, unknown> =>
    ofEvent(rule, { errorCode: 'AccessDenied', requestParameters: null, responseElements: null });

  test('is found by the plain rows of its event', () => {
    for (const rule of rules.filter(({ condition }) => condition === null)) {
      expect(idsOf(denied(rule)), rule.id).toContain(rule.id);
    }
  });

  test('is found at all, though its event has rows with conditions on parameters only', () => {
    for (const rule of rules) expect(findIn(builtIn, denied(rule)), rule.id).toBeDefined();
  });
});
