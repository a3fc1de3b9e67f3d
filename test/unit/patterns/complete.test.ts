import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FieldData } from '../../../src/core/events/fieldReference';
import { english } from '../../../src/core/message';
import { type Completion, type CompletionSources, completePattern } from '../../../src/core/patterns/complete';
import { parsePattern } from '../../../src/core/patterns/parse';
import { printPattern } from '../../../src/core/patterns/print';
import { jsonPattern } from './arbitraries';
import { applyFix } from './support';

const { fields } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../src/core/events/data/record-fields.json'), 'utf8'),
) as FieldData;

const VALUES: Readonly<Record<string, [string, number][]>> = {
  '$.eventName': [
    ['GetObject', 5],
    ['CreateUser', 9],
    ['ConsoleLogin', 7],
  ],
  '$.userAgent': [['aws-cli/2.1 "x" \\', 3]],
  '$.errorMessage': [['null', 1]],
};

const sources: CompletionSources = {
  fields,
  seen: [
    { selector: '$.requestParameters.userName', count: 4 },
    { selector: '$.requestParameters.bucketName', count: 40 },
    { selector: "$.requestParameters.['Host.name']", count: 1 },
    { selector: '$.eventName', count: 100 },
  ],
  values: (selector) =>
    selector === '$.requestParameters.maxItems'
      ? [
          { text: '100', type: 'number', count: 2 },
          { text: 'all', type: 'string', count: 3 },
        ]
      : (VALUES[selector] ?? []).map(([text, count]) => ({ text, type: 'string', count })),
};

/** The completions where `|` stands. */
function at(marked: string): Completion[] {
  const caret = marked.indexOf('‸');
  return completePattern(marked.replace('‸', ''), caret, sources);
}

function labels(marked: string): string[] {
  return at(marked).map(({ label }) => label);
}

/** What the text becomes by the first completion, or the one with the label. */
function completed(marked: string, label?: string): string {
  const found = at(marked).find((each) => label === undefined || each.label === label);
  return found === undefined ? 'nothing' : applyFix(marked.replace('‸', ''), found.edit);
}

describe('fields', () => {
  test.each<[string, string[]]>([
    ['{ ‸', ['$.eventName', '$.requestParameters.bucketName', '$.requestParameters.userName']],
    ['{ $‸', ['$.eventName', '$.requestParameters.bucketName']],
    ['{ $.‸', ['$.eventName', '$.requestParameters.bucketName']],
    [
      '{ $.req‸',
      ['$.requestParameters.bucketName', '$.requestParameters.userName', "$.requestParameters.['Host.name']"],
    ],
    ['{ $.userIdentity.sess‸', ['$.userIdentity.sessionContext']],
    ['{ $.userN‸', ['$.requestParameters.userName', '$.userIdentity.userName']],
    ['{ mfaa‸', ['$.userIdentity.sessionContext.attributes.mfaAuthenticated']],
    ['{ $.a = "x" && $.errorC‸', ['$.errorCode']],
    ['{ ($.a = "(" || ($.errorC‸', ['$.errorCode']],
    ['{ $.a = x && $.EVENTNA‸ = 1 }', ['$.eventName']],
    ["{ $.['a && b'] = x && $.eventNa‸", ['$.eventName']],
    ['{ $.a == "x" and $.b = 1 && $.errorC‸', ['$.errorCode']],
    ['{ $.x y z && $.errorC‸', ['$.errorCode']],
    ['{ $.resources[2].A‸', ['$.resources[2].ARN', '$.resources[2].ARNPrefix', '$.resources[2].accountId']],
    ['{ $.resources[*].A‸', ['$.resources[*].ARN']],
    ['‸', ['$.eventName']],
    ['eventNa‸', ['$.eventName']],
    ['$.eventNa‸', ['$.eventName']],
  ])('%s', (marked, first) => expect(labels(marked).slice(0, first.length)).toEqual(first));

  test.each([
    ['{ $.eventN‸', '{ $.eventName'],
    ['{ even‸tName = "x" }', '{ $.eventName = "x" }'],
    ['{ $.errorC‸', '{ $.errorCode'],
    ['{ ($.a = 1) && host‸', "{ ($.a = 1) && $.requestParameters.['Host.name']"],
    ['eventN‸', '{ $.eventName'],
    [' ‸', ' { $.eventName'],
  ])('%s becomes %s', (marked, text) => expect(completed(marked)).toBe(text));

  test('tell what they are and how often they occur', () => {
    expect(at('{ $.eventNa‸')[0]).toMatchObject({
      kind: 'field',
      count: 100,
      detail: fields.find(({ path }) => path === 'eventName')!.description,
    });
  });

  test('every one of the reference is offered as a selector that parses', () => {
    const offered = completePattern('{ $.', 4, { fields }, Infinity);
    expect(offered.length).toBe(fields.length);
    for (const { label } of offered) expect(parsePattern(`{ ${label} = "x" }`).errors, label).toEqual([]);
  });
});

describe('operators', () => {
  test.each<[string, string[]]>([
    ['{ $.eventName ‸', ['=', '!=', 'NOT EXISTS']],
    ['{ $.readOnly ‸', ['NOT EXISTS', 'IS TRUE', 'IS FALSE', '=']],
    ['{ $.additionalEventData.bytesTransferredIn ‸', ['=', '!=', '>', '>=', '<', '<=']],
    ['{ $.userIdentity ‸', ['NOT EXISTS', 'IS NULL']],
    ['{ $.eventName i‸', ['IS TRUE', 'IS FALSE', 'IS NULL']],
    ['{ $.eventName IS  n‸', ['IS NULL']],
    ['{ $.eventName not‸', ['NOT EXISTS']],
  ])('%s', (marked, first) => expect(labels(marked).slice(0, first.length)).toEqual(first));

  test.each([
    ['{ $.eventName ‸', '{ $.eventName = '],
    ['{ $.readOnly is t‸', '{ $.readOnly IS TRUE'],
    ['{ $.errorCode no‸t }', '{ $.errorCode NOT EXISTS }'],
  ])('%s becomes %s', (marked, text) => expect(completed(marked)).toBe(text));
});

describe('values', () => {
  test.each<[string, string[]]>([
    ['{ $.eventName = ‸', ['CreateUser', 'ConsoleLogin', 'GetObject']],
    ['{ $.eventName = "‸', ['CreateUser', 'ConsoleLogin', 'GetObject']],
    ['{ $.eventName = "con‸', ['ConsoleLogin']],
    ['{ $.eventName != "user‸', ['CreateUser']],
    ['{ $.eventName = "*Log‸', ['ConsoleLogin']],
    ['{ $.eventName = Get‸', ['GetObject']],
    ['{ $.userIdentity.type = ‸', ['Root', 'IAMUser', 'AssumedRole']],
    ['{ $.requestParameters.maxItems = ‸', ['all', '100']],
    ['{ $.requestParameters.maxItems > ‸', ['100']],
    ['{ $.a = 1 && ($.eventName = "a b && c" || $.eventName = "Cre‸")', ['CreateUser']],
  ])('%s', (marked, first) => expect(labels(marked).slice(0, first.length)).toEqual(first));

  test.each([
    ['{ $.eventName = ‸', '{ $.eventName = "CreateUser"'],
    ['{ $.eventName = "Cons‸', '{ $.eventName = "ConsoleLogin"'],
    ['{ $.eventName = "Cons‸ole" && $.a = 1 }', '{ $.eventName = "ConsoleLogin" && $.a = 1 }'],
    ['{ $.eventName = "Cons‸ && $.a = "x" }', '{ $.eventName = "ConsoleLogin" && $.a = "x" }'],
    ['{ $.eventName = Cons‸ole }', '{ $.eventName = ConsoleLogin }'],
    ['{ $.userAgent = aws‸ }', '{ $.userAgent = "aws-cli/2.1 \\"x\\" \\\\" }'],
    ['{ $.errorMessage = nu‸ }', '{ $.errorMessage = "null" }'],
    ['{ $.requestParameters.maxItems > 1‸ }', '{ $.requestParameters.maxItems > 100 }'],
  ])('%s becomes %s', (marked, text) => expect(completed(marked)).toBe(text));

  test('of fields that are true or false are not compared', () => expect(at('{ $.readOnly = ‸')).toEqual([]));
  test('of regular expressions are not offered', () => expect(at('{ $.eventName = %Cr‸')).toEqual([]));
});

describe('joiners', () => {
  test.each<[string, string[]]>([
    ['{ $.a = "x" ‸', ['&&', '||', '}']],
    ['{ $.a = "x"‸', ['&&', '||', '}']],
    ['{ ($.a = "x" ‸', ['&&', '||', ')']],
    ['{ ($.a = "x")‸', ['&&', '||', '}']],
    ['{ $.a = "x" ‸ }', ['&&', '||']],
    ['{ $.a = "x" &‸', ['&&']],
    ['{ $.a IS TRUE ‸', ['&&', '||', '}']],
    ['{ $.a = %x% ‸', ['&&', '||', '}']],
    ['{ $.a = 1 ‸', ['&&', '||', '}']],
  ])('%s', (marked, offered) => expect(labels(marked)).toEqual(offered));

  test.each([
    ['{ $.a = "x"‸', '&&', '{ $.a = "x" && '],
    ['{ $.a = "x" ‸ $.b = 1 }', '||', '{ $.a = "x" || $.b = 1 }'],
    ['{ ($.a = "x"‸', ')', '{ ($.a = "x")'],
    ['{ $.a = "x"‸', '}', '{ $.a = "x" }'],
  ])('%s with %s becomes %s', (marked, label, text) => expect(completed(marked, label)).toBe(text));
});

test.each(['{ $.a = 1 }‸', '[a, b‸', 'two words‸', '"eventNa‸', '{ $.a NOT EXISTS x‸', '{ $.a b c‸', '{ NOT $.a‸'])(
  '%s has none',
  (marked) => expect(at(marked)).toEqual([]),
);

test('wherever the caret is, what is offered is a sound edit, and what it means is told', () => {
  fc.assert(
    fc.property(jsonPattern.map(printPattern), fc.nat(), fc.nat(6), (text, place, cut) => {
      const caret = place % (text.length + 1);
      const rest = cut === 0 ? text.slice(caret) : '';
      for (const each of completePattern(text.slice(0, caret) + rest, caret, sources, Infinity)) {
        const { start, end } = each.edit;
        expect(start).toBeLessThanOrEqual(caret);
        expect(end).toBeGreaterThanOrEqual(caret);
        expect(end).toBeLessThanOrEqual(caret + rest.length);
        if (typeof each.detail === 'object') expect(english(each.detail)).not.toBe('');
      }
    }),
    { numRuns: 500 },
  );
});

test('a pattern can be written with completions and the space bar alone', () => {
  let text = '';
  const find = (label: string): Completion | undefined =>
    completePattern(text, text.length, sources, Infinity).find((each) => each.label === label);
  const take = (label: string): void => {
    if (find(label) === undefined) text += ' ';
    const found = find(label);
    expect(found, `${text} + ${label}`).toBeDefined();
    text = applyFix(text, found!.edit);
  };
  for (const label of [
    '$.eventName',
    '=',
    'CreateUser',
    '&&',
    '$.readOnly',
    'IS FALSE',
    '||',
    '$.errorCode',
    'NOT EXISTS',
    '}',
  ])
    take(label);
  expect(text).toBe('{ $.eventName = "CreateUser" && $.readOnly IS FALSE || $.errorCode NOT EXISTS }');
  expect(parsePattern(text).errors).toEqual([]);
});
