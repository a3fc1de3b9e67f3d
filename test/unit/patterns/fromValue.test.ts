import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatTime } from '../../../src/core/events/time';
import type { FoundValue } from '../../../src/core/json/foundValue';
import { addCondition, removeCondition, replaceCondition } from '../../../src/core/patterns/addCondition';
import type { Condition } from '../../../src/core/patterns/ast';
import { patternOfRecord } from '../../../src/core/patterns/fromRecord';
import { timeCondition } from '../../../src/core/patterns/fromTime';
import { type FieldPath, filterFor, filterForAny, filterOut } from '../../../src/core/patterns/fromValue';
import { parsePattern } from '../../../src/core/patterns/parse';
import { printPattern } from '../../../src/core/patterns/print';
import { type Json, errorTexts, matches, recordOf, withoutPositions } from './support';

const text = (value: string): FoundValue => ({ type: 'string', text: value });
const bare = (type: FoundValue['type']): FoundValue => ({ type, text: '' });

function printed(root: Condition | undefined): string | undefined {
  return root && printPattern({ kind: 'json', root });
}

describe('filter for, and filter out', () => {
  test.each<
    [path: FieldPath, value: FoundValue | undefined, included: string | undefined, excluded: string | undefined]
  >([
    [
      ['eventName'],
      text('GetUser'),
      '{ $.eventName = "GetUser" }',
      '{ ($.eventName NOT EXISTS) || ($.eventName != "GetUser") }',
    ],
    [['a'], text('say "x" \\'), '{ $.a = "say \\"x\\" \\\\" }', '{ ($.a NOT EXISTS) || ($.a != "say \\"x\\" \\\\") }'],
    [['a'], text(''), '{ $.a = "" }', '{ ($.a NOT EXISTS) || ($.a != "") }'],
    [
      ['requestParameters', 'x-amz-acl'],
      text('private'),
      '{ $.requestParameters.x-amz-acl = "private" }',
      '{ ($.requestParameters.x-amz-acl NOT EXISTS) || ($.requestParameters.x-amz-acl IS NULL) || ($.requestParameters.x-amz-acl != "private") }',
    ],
    [
      ['resources', 0, 'ARN'],
      text('arn:aws:s3:::b/*'),
      '{ $.resources[0].ARN = %^arn:aws:s3:::b/\\x2a$% }',
      '{ ($.resources[0].ARN NOT EXISTS) || ($.resources[0].ARN != %^arn:aws:s3:::b/\\x2a$%) }',
    ],
    [['a'], text('日*'), '{ $.a = "日*" }', '{ ($.a NOT EXISTS) || ($.a != "日*") }'],
    [
      ['a.b', 'c'],
      { type: 'number', text: '1.0' },
      "{ $.['a.b'].c = 1.0 }",
      "{ ($.['a.b'].c NOT EXISTS) || ($.['a.b'].c IS NULL) || ($.['a.b'].c != 1.0) }",
    ],
    [['readOnly'], bare('true'), '{ $.readOnly IS TRUE }', '{ ($.readOnly NOT EXISTS) || ($.readOnly IS FALSE) }'],
    [['readOnly'], bare('false'), '{ $.readOnly IS FALSE }', '{ ($.readOnly NOT EXISTS) || ($.readOnly IS TRUE) }'],
    [
      ['errorCode'],
      undefined,
      '{ $.errorCode NOT EXISTS }',
      '{ ($.errorCode = *) || ($.errorCode IS TRUE) || ($.errorCode IS FALSE) }',
    ],
    [['responseElements'], bare('null'), '{ $.responseElements IS NULL }', undefined],
    [['userIdentity'], bare('object'), undefined, undefined],
    [['resources'], bare('array'), undefined, undefined],
    [[`'"]']`], text('x'), undefined, undefined],
    [[], text('x'), undefined, undefined],
    [[0], text('x'), undefined, undefined],
  ])('%j %j', (path, value, included, excluded) => {
    expect([printed(filterFor(path, value)), printed(filterOut(path, value))]).toEqual([included, excluded]);
  });

  test('any of several values', () => {
    expect(printed(filterForAny(['eventName'], [text('A')]))).toBe('{ $.eventName = "A" }');
    expect(printed(filterForAny(['errorCode'], [text('A'), undefined]))).toBe(
      '{ ($.errorCode = "A") || ($.errorCode NOT EXISTS) }',
    );
    expect(filterForAny(['a'], [])).toBeUndefined();
    expect(filterForAny(['a'], [text('x'), bare('object')])).toBeUndefined();
  });

  const key = fc.constantFrom('eventName', 'a.b', 'x-y', "it's", 'say"', '');
  const scalar = fc.oneof(
    fc.string({ unit: 'binary-ascii', maxLength: 8 }),
    fc.constantFrom('*', 'a*b', '**', '%', '\\', '"', '(!)', '日本'),
    fc.integer(),
    fc.boolean(),
  );

  test('hold and do not hold for the record they come from, after a round through the parser', () => {
    fc.assert(
      fc.property(fc.array(key, { minLength: 1, maxLength: 3 }), scalar, (path, value) => {
        const record = path.reduceRight<unknown>((inner, name) => ({ [name]: inner }), value) as Json;
        const found: FoundValue =
          typeof value === 'boolean'
            ? bare(value ? 'true' : 'false')
            : { type: typeof value as 'string' | 'number', text: String(value) };
        const included = printed(filterFor(path, found))!;
        const excluded = printed(filterOut(path, found))!;
        expect([...errorTexts(parsePattern(included)), ...errorTexts(parsePattern(excluded))]).toEqual([]);
        expect(withoutPositions(parsePattern(included).pattern)).toEqual({
          kind: 'json',
          root: withoutPositions(filterFor(path, found)),
        });
        expect([matches(included, record), matches(excluded, record)]).toEqual([true, false]);
        expect([matches(included, '{}'), matches(excluded, '{}')]).toEqual([false, true]);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('adding a condition', () => {
  const one = filterFor(['eventName'], text('X'))!;
  const out = filterOut(['errorCode'], text('E'))!;
  test.each<[pattern: string, condition: Condition, answer: string | undefined]>([
    ['', one, '{ $.eventName = "X" }'],
    ['  ', out, '{ ($.errorCode NOT EXISTS) || ($.errorCode != "E") }'],
    ['{$.a=1}', one, '{$.a=1 && $.eventName = "X" }'],
    ['{ $.a = 1 && ($.b = "}" || $.c = 2) }', one, '{ $.a = 1 && ($.b = "}" || $.c = 2) && $.eventName = "X" }'],
    ['{ $.a = 1 || $.b = 2 }', one, '{ ($.a = 1 || $.b = 2) && $.eventName = "X" }'],
    [
      '{ ($.a = 1) && ($.b = 2) }',
      out,
      '{ ($.a = 1) && ($.b = 2) && (($.errorCode NOT EXISTS) || ($.errorCode != "E")) }',
    ],
    ['{ $.a = 1 && $.eventName = "X" }', one, '{ $.a = 1 && $.eventName = "X" }'],
    [
      '{ $.a = 1 && ($.errorCode NOT EXISTS || $.errorCode != "E") }',
      out,
      '{ $.a = 1 && ($.errorCode NOT EXISTS || $.errorCode != "E") }',
    ],
    ['"{ $.a = \\"y\\" }"', one, '{ $.a = "y" && $.eventName = "X" }'],
    ['{ $.a == 1 }', one, undefined],
    ['ERROR', one, undefined],
    ['[a, b]', one, undefined],
  ])('to %s', (pattern, condition, answer) => {
    expect(addCondition(pattern, condition)).toBe(answer);
    if (answer !== undefined) expect(errorTexts(parsePattern(answer))).toEqual([]);
  });

  test.each<[pattern: string, selector: string, condition: Condition | undefined, answer: string | undefined]>([
    ['', '$.eventName', one, '{ $.eventName = "X" }'],
    ['{ $.eventName = Y }', '$.eventName', one, '{ $.eventName = "X" }'],
    ['{ $.eventName = Y }', '$.eventName', undefined, ''],
    ['{ ($.eventName = Y || $.eventName = Z) && $.a = 1 }', '$.eventName', one, '{ $.a = 1 && $.eventName = "X" }'],
    ['{ $.eventName = Y || $.a = 1 }', '$.eventName', one, '{ (($.eventName = Y) || ($.a = 1)) && $.eventName = "X" }'],
    [
      '{ $.a = 1 && ($.b = 2 || $.c = 3) && $.eventName = Y }',
      '$.eventName',
      undefined,
      '{ $.a = 1 && (($.b = 2) || ($.c = 3)) }',
    ],
    ['ERROR', '$.eventName', one, undefined],
  ])('in place of another, %s %s', (pattern, selector, condition, answer) => {
    expect(replaceCondition(pattern, selector, condition)).toBe(answer);
    if (answer !== undefined) expect(errorTexts(parsePattern(answer))).toEqual([]);
  });
});

describe('taking a condition away again', () => {
  const one: Condition = filterFor(['eventName'], { type: 'string', text: 'X' })!;
  test.each<[pattern: string, answer: string | undefined]>([
    ['{ $.eventName = "X" }', ''],
    ['{ $.a = 1 && $.eventName = "X" }', '{ $.a = 1 }'],
    ['{ ($.a = 1 || $.b = 2) && ($.eventName = "X") }', '{ ($.a = 1) || ($.b = 2) }'],
    ['{ $.eventName = "Y" }', undefined],
    ['{ $.eventName = "X" || $.a = 1 }', undefined],
    ['', undefined],
    ['ERROR', undefined],
  ])('from %s', (pattern, answer) => expect(removeCondition(pattern, one)).toBe(answer));

  test('undoes the adding', () => {
    const added = addCondition('{ $.a = 1 }', filterOut(['errorCode'], { type: 'string', text: 'E' })!)!;
    expect(removeCondition(added, filterOut(['errorCode'], { type: 'string', text: 'E' })!)).toBe('{ $.a = 1 }');
  });
});

describe('a span of time', () => {
  const at = (time: string): number => Date.parse(`${time}Z`);
  test.each<[from: string, to: string, regex: string | undefined]>([
    ['2026-03-04T00:00:00', '2026-03-05T00:00:00', '^2026-03-04'],
    ['2026-03-04T05:00:00', '2026-03-04T07:30:00', '^2026-03-04T0[5-6]|^2026-03-04T07:[0-2]'],
    ['2026-03-01T00:00:00', '2026-04-01T00:00:00', '^2026-03'],
    ['2026-01-01T00:00:00', '2027-01-01T00:00:00', '^2026'],
    ['2026-03-09T23:59:59', '2026-03-10T00:00:01', '^2026-03-09T23:59:59|^2026-03-10T00:00:00'],
    ['2026-10-01T00:00:00', '2026-12-01T00:00:00', '^2026-1[0-1]'],
    ['2026-03-04T05:00:00', '2026-03-04T05:00:00', undefined],
  ])('from %s to %s', (from, to, regex) => {
    expect(printed(timeCondition(at(from), at(to)))).toBe(regex && `{ $.eventTime = %${regex}% }`);
  });

  test('holds for the times in it and no others, in one pattern', () => {
    const time = fc
      .date({ min: new Date('2013-01-01'), max: new Date('2033-01-01'), noInvalidDate: true })
      .map((date) => {
        return Math.floor(date.getTime() / 1000) * 1000;
      });
    const near = fc.oneof(fc.constant(0), fc.constantFrom(1, -1, 60, -3600, 86_400, 31 * 86_400, -365 * 86_400));
    fc.assert(
      fc.property(time, time, time, near, fc.constantFrom(1, 60, 3600, 86_400), (a, b, other, shift, unit) => {
        const [from, to] = [a, b].map((each) => each - (each % (unit * 1000))).sort((x, y) => x - y) as [
          number,
          number,
        ];
        const pattern = printed(timeCondition(from, to));
        fc.pre(pattern !== undefined);
        expect(pattern.length).toBeLessThan(700);
        for (const each of [from, from - 1000, to, to - 1000, other, from + shift * 1000, to + shift * 1000]) {
          expect(matches(pattern, { eventTime: formatTime(each) }), `${pattern} ${formatTime(each)}`).toBe(
            each >= from && each < to,
          );
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the pattern of a record', () => {
  test.each<[Json, string]>([
    [
      {
        eventSource: 'iam.amazonaws.com',
        eventName: 'GetUser',
        userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/hanako', userName: 'hanako' },
      },
      '{ ($.eventSource = "iam.amazonaws.com") && ($.eventName = "GetUser") }',
    ],
    [
      { eventSource: 's3.amazonaws.com', eventName: 'GetObject', errorCode: 'AccessDenied' },
      '{ ($.eventSource = "s3.amazonaws.com") && ($.eventName = "GetObject") && ($.errorCode = "AccessDenied") }',
    ],
    [{ eventName: 'Get*' }, '{ $.eventName = %^Get\\x2a$% }'],
    [{ insightDetails: { eventName: 'RunInstances' } }, '{ $.insightDetails.eventName = "RunInstances" }'],
    [{ eventVersion: '1.08' }, '{ $.eventVersion = "*" }'],
  ])('%j', (json, pattern) => {
    expect(patternOfRecord(recordOf(json))).toBe(pattern);
    expect(matches(pattern, json)).toBe(true);
  });
});
