import { describe, expect, test } from 'vitest';
import { english } from '../../../src/core/message';
import { mendedPattern } from '../../../src/core/patterns/mend';
import { parsePattern } from '../../../src/core/patterns/parse';
import { applyFix, errorTexts, withMarks } from './support';

const INVALID = 'Invalid metric filter pattern';

describe('one mistake, one error: its range, what is said, what the fix makes of it', () => {
  test.each<[marked: string, said: RegExp, fixed: string | undefined]>([
    // Operators and joiners of other languages.
    ['{ $.a «==» 1 }', /The operator is =, not ==/, '{ $.a = 1 }'],
    ['{ $.a «===» 1 }', /=, not ===/, '{ $.a = 1 }'],
    ['{ $.a «!==» 1 }', /!=, not !==/, '{ $.a != 1 }'],
    ['{ $.a «<>» 1 }', /!=, not <>/, '{ $.a != 1 }'],
    ['{ $.a «=~» %x% }', /=, not =~/, '{ $.a = %x% }'],
    ['{ $.a «=>» 1 }', />=, not =>/, '{ $.a >= 1 }'],
    ['{ $.a «=<» 1 }', /<=, not =</, '{ $.a <= 1 }'],
    ['{ $.a = 1 «AND» $.b = 2 }', /joined with &&, not with AND/, '{ $.a = 1 && $.b = 2 }'],
    ['{ $.a = 1 «and» $.b = 2 }', /not with and/, '{ $.a = 1 && $.b = 2 }'],
    ['{ $.a = 1 «&» $.b = 2 }', /not with &/, '{ $.a = 1 && $.b = 2 }'],
    ['{$.a=1«&»$.b=2}', /not with &/, '{$.a=1&&$.b=2}'],
    ['{ $.a = 1 «OR» $.b = 2 }', /joined with \|\|, not with OR/, '{ $.a = 1 || $.b = 2 }'],
    ['{ $.a = 1 «or» $.b = 2 }', /not with or/, '{ $.a = 1 || $.b = 2 }'],
    ['{ $.a = 1 «|» $.b = 2 }', /not with \|/, '{ $.a = 1 || $.b = 2 }'],
    ['{ ($.a = 1) «and» ($.b = 2) }', /not with and/, '{ ($.a = 1) && ($.b = 2) }'],
    ['{ «NOT» $.a = 1 }', /There is no NOT operator/, undefined],
    ['{ «!»($.a = 1) }', /There is no NOT operator/, undefined],
    ['{ $.a = 1 && «not» ($.b = 2) }', /There is no NOT operator/, undefined],
    // Fields.
    ['{ «eventName» = "x" }', /A field begins with \$\./, '{ $.eventName = "x" }'],
    ['{ «.eventName» = "x" }', /A field begins with \$\./, '{ $.eventName = "x" }'],
    ['{ «userIdentity».type = "x" }', /A field begins with \$\./, '{ $.userIdentity.type = "x" }'],
    ['{ $.a = 1 && «b» = 2 }', /A field begins with \$\./, '{ $.a = 1 && $.b = 2 }'],
    ['{ («b» = 2) }', /A field begins with \$\./, '{ ($.b = 2) }'],
    ['{ «$eventName» = "x" }', /A dot is missing/, '{ $.eventName = "x" }'],
    ['{ $.«"detail-type"» = "x" }', /written in brackets/, '{ $.[\'detail-type\'] = "x" }'],
    ['{ $.a.«\'b.c\'».d = "x" }', /written in brackets/, '{ $.a.[\'b.c\'].d = "x" }'],
    ['{ $«..x» = 1 }', /Two dots do not search all levels/, undefined],
    ['{ $.a«[-1]» = 1 }', /Only an index from zero or a star/, undefined],
    ['{ $.a«[0:2]» = 1 }', /Only an index from zero or a star/, undefined],
    ["{ $.«['a» = 1 }", /The key in brackets is not closed/, undefined],
    ['{ $.«[0]» = 1 }', /A key in quotes is expected in the brackets/, undefined],
    ['{ $.a«.» = 1 }', /A field name is expected after the dot/, undefined],
    ['{ «"$.a"» = 1 }', /A condition begins with a field/, undefined],
    ['{ «1» = 1 }', /A condition begins with a field/, undefined],
    ['{ «NOT EXISTS» $.a }', /NOT EXISTS stands after the field/, undefined],
    ['{ «EXISTS» $.a }', /NOT EXISTS stands after the field/, undefined],
    // Quotes.
    ["{ $.a = «'x'» }", /straight double quotes, not with '/, '{ $.a = "x" }'],
    ['{ $.a = «‘x y’» }', /straight double quotes, not with ‘/, '{ $.a = "x y" }'],
    ['{ $.a = «“x y”» }', /straight double quotes, not with “/, '{ $.a = "x y" }'],
    ['{ $.a = «”x”» && $.b = 1 }', /straight double quotes, not with ”/, '{ $.a = "x" && $.b = 1 }'],
    ['{ $.a = «„x“» }', /straight double quotes, not with „/, '{ $.a = "x" }'],
    ['{ $.a = «“x"» }', /straight double quotes, not with “/, '{ $.a = "x" }'],
    ['{ $.a = «\'say "hi" \\o/\'» }', /straight double quotes/, '{ $.a = "say \\"hi\\" \\\\o/" }'],
    ["{ $.a = «'x» }", /straight double quotes/, '{ $.a = "x" }'],
    ['{ $.a = «"x» }', /The quote is not closed/, '{ $.a = "x" }'],
    ['{ ($.a = «"x y») }', /The quote is not closed/, '{ ($.a = "x y") }'],
    ['{ ($.a = 1) && ($.b = «"x») }', /The quote is not closed/, '{ ($.a = 1) && ($.b = "x") }'],
    ['{ $.a = «"x» && $.b = 1 }', /The quote is not closed/, '{ $.a = "x" && $.b = 1 }'],
    ['{ $.a = «"x”» }', /The quote is not closed/, '{ $.a = "x" }'],
    ['{ $.a = «\\"x y\\"» }', /The quotes of a value are not escaped/, '{ $.a = "x y" }'],
    ['{ $.a = «%x y» }', /not closed with a percent sign/, '{ $.a = %x y% }'],
    // Keywords.
    ['{ $.a «EXISTS» }', /EXISTS is not an operator/, '{ $.a = * }'],
    ['{ $.a «IS EXISTS» }', /IS EXISTS is not an operator/, '{ $.a = * }'],
    ['{ $.a «IS NOT NULL» }', /IS NOT NULL is not an operator/, '{ $.a = * }'],
    ['{ $.a «is not null» && $.b = 1 }', /IS NOT NULL is not an operator/, '{ $.a = * && $.b = 1 }'],
    ['{ $.a «IS NOT EXISTS» }', /NOT EXISTS, not IS NOT EXISTS/, '{ $.a NOT EXISTS }'],
    ['{ $.a «IS NOT» TRUE }', /IS NOT is not an operator/, undefined],
    ['{ $.a IS «"x"» }', /After IS comes NULL, TRUE or FALSE/, undefined],
    ['{ $.a «LIKE» "x" }', /LIKE is not an operator/, undefined],
    ['{ $.a «NOT IN» ("x") }', /NOT IN is not an operator/, undefined],
    ['{ $.a «= null» }', /ask with IS NULL/, '{ $.a IS NULL }'],
    ['{ $.a «=null» }', /ask with IS NULL/, '{ $.a IS NULL }'],
    ['{ $.a «!= null» }', /null cannot be compared/, '{ $.a = * }'],
    // Numbers.
    ['{ $.a < «"900"» }', /Only a number without quotes may follow </, '{ $.a < 900 }'],
    ['{ $.a >= «"-1.5"» }', /may follow >=/, '{ $.a >= -1.5 }'],
    ['{ $.a > «"x"» }', /may follow >/, undefined],
    ['{ $.a > «x» }', /may follow >/, undefined],
    ['{ $.a > «%5%» }', /may follow >/, '{ $.a > 5 }'],
    // Braces and parentheses.
    ['{ $.a = 1«»', /The closing brace is missing/, '{ $.a = 1 }'],
    ['{ $.a = 1«»  ', /The closing brace is missing/, '{ $.a = 1 }  '],
    ['{ $.a NOT EXISTS«»', /The closing brace is missing/, '{ $.a NOT EXISTS }'],
    ['{ «(»$.a = 1 }', /This parenthesis is not closed/, '{ ($.a = 1 )}'],
    ['{ ($.a = 1) && «(»$.b = 2}', /This parenthesis is not closed/, '{ ($.a = 1) && ($.b = 2)}'],
    ['{ «(»($.a = 1) || $.b = 1 }', /This parenthesis is not closed/, '{ (($.a = 1) || $.b = 1 )}'],
    ['{ $.a = 1«)» }', /This parenthesis closes nothing/, '{ $.a = 1 }'],
    ['{ $.a = 1 } «x y»', /Nothing may follow the closing brace/, undefined],
    ['{ $.a = 1 «$.b» = 2 }', /Expected &&, \|\| or } here/, undefined],
    ['{ ($.a = 1 «$.b» = 2) }', /Expected &&, \|\| or \) here/, undefined],
    ['{ ($.a = 1«,» $.b = 2) }', /Expected &&, \|\| or \) here/, undefined],
    ['{ $.a = «}»', /A value is expected after =/, undefined],
    ['{ $.a «}»', /An operator is expected/, undefined],
    ['{ $.a = 1 && «}»', /A condition is missing/, undefined],
    ['{«}»', /A condition is missing/, undefined],
    ['{«»', /A condition is missing/, undefined],
    ['{ $.a = «$.b» }', /not with another field/, undefined],
    // Braces forgotten.
    ['«$.eventName = "x"»', /stand in braces/, '{ $.eventName = "x" }'],
    [' «($.a = 1) && ($.b = 2)» ', /stand in braces/, ' { ($.a = 1) && ($.b = 2) } '],
    ['«$.a = 1 }»', /stand in braces/, '{ $.a = 1 }'],
    ['«eventName = "x"»', /stand in braces/, '{ $.eventName = "x" }'],
    ['«(userIdentity.type != Root )»', /stand in braces/, '{ ($.userIdentity.type != Root ) }'],
    // The other languages.
    ["«SELECT * FROM trail WHERE eventname = 'x'»", /This is SQL/, undefined],
    ['«select eventName, userAgent from t»', /This is SQL/, undefined],
    ["«WITH x AS (select 1) select 'a'»", /This is SQL/, undefined],
    ['«fields @timestamp | filter eventName = "x"»', /This is a Logs Insights query/, undefined],
  ])('%s', (marked, said, fixed) => {
    const text = marked.replace(/[«»]/g, '');
    const parsed = parsePattern(text);
    expect(parsed.pattern).toBeUndefined();
    expect(
      parsed.errors.map((error) => withMarks(text, error)),
      errorTexts(parsed).join('\n'),
    ).toEqual([marked]);
    const error = parsed.errors[0]!;
    expect(english(error.message)).toMatch(said);
    expect(error.aws).toBe(INVALID);
    expect(error.fix && applyFix(text, error.fix)).toBe(fixed);
    if (fixed !== undefined) expect(errorTexts(parsePattern(fixed))).toEqual([]);
  });

  test('columns count UTF-16 units', () => {
    const text = '{ $.a = "😀" AND $.b = 1 }';
    expect(parsePattern(text).errors).toMatchObject([{ start: 13, end: 16 }]);
  });

  test('several mistakes, each with its own fix', () => {
    let text = '{ ($.a == "1" and eventName = \'x\' OR $.b > "5"';
    const parsed = parsePattern(text);
    expect(parsed.errors.map(({ start, end }) => text.slice(start, end))).toEqual([
      '(',
      '==',
      'and',
      'eventName',
      "'x'",
      'OR',
      '"5"',
      '',
    ]);
    for (let fix = parsed.errors[0]!.fix; fix !== undefined; fix = parsePattern(text).errors[0]?.fix) {
      text = applyFix(text, fix);
    }
    expect(text).toBe('{ ($.a = "1" && $.eventName = "x" || $.b > 5) }');
    expect(parsePattern(text).errors).toEqual([]);
  });
});

describe('EventBridge patterns are translated', () => {
  test.each([
    ['{ "v": [1] }', '{ ($.v = 1) }'],
    [
      '{ "source": ["aws.iam"], "detail-type": ["AWS API Call via CloudTrail"], "detail": { "eventSource": ["iam.amazonaws.com"], "eventName": ["CreateUser", "DeleteUser"] } }',
      '{ ($.eventSource = "iam.amazonaws.com") && (($.eventName = "CreateUser") || ($.eventName = "DeleteUser")) }',
    ],
    ['{"detail":{"userIdentity":{"type":["Root"]}}}', '{ ($.userIdentity.type = "Root") }'],
    ['{"detail":{"source":["x"]}}', '{ ($.source = "x") }'],
    ['{"detail":{"a":[{"prefix":"x"}]}}', '{ ($.a = "x*") }'],
    ['{"detail":{"a":[{"suffix":"x"}]}}', '{ ($.a = "*x") }'],
    ['{"detail":{"a":[{"anything-but":"x"}]}}', '{ ($.a != "x") }'],
    ['{"detail":{"a":[{"exists":false}]}}', '{ ($.a NOT EXISTS) }'],
    [
      '{"detail":{"a":[true,false,null,-1.5]}}',
      '{ (($.a IS TRUE) || ($.a IS FALSE) || ($.a IS NULL) || ($.a = -1.5)) }',
    ],
    ['{"detail":{"a.b":["say \\"hi\\""]}}', '{ ($.[\'a.b\'] = "say \\"hi\\"") }'],
    // No twin: only the hint.
    ['{"detail":{"a":[{"exists":true}]}}', undefined],
    ['{"detail":{"a":[{"numeric":[">",5]}]}}', undefined],
    ['{"detail":{"a":[{"prefix":"x","suffix":"y"}]}}', undefined],
    ['{"detail":{"a":["x*"]}}', undefined],
    ['{"detail":{"$or":[{"a":["x"]}]}}', undefined],
    ['{"detail":{"a":[]}}', undefined],
    ['{"detail":{}}', undefined],
    ['{"source":["aws.iam"]}', undefined],
    ['{"eventVersion":"1.08","eventName":"CreateUser"}', undefined],
    ['{"a":[1]', undefined],
    ['{"a":[1]} x', undefined],
    [`{"a":${JSON.stringify(Array.from({ length: 200 }, (_, i) => i))}}`, undefined],
    [`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, undefined],
  ])('%.100s', (text, expected) => {
    const parsed = parsePattern(text);
    expect(errorTexts(parsed)).toEqual([expect.stringContaining('as EventBridge writes its patterns')]);
    expect(parsed.errors[0]).toMatchObject({ start: 0, end: text.length, aws: INVALID });
    expect(parsed.errors[0]!.fix?.text).toBe(expected);
    if (expected !== undefined) expect(parsePattern(expected).errors).toEqual([]);
  });

  test('an object of the pattern kind itself is none', () => {
    expect(errorTexts(parsePattern('{ "a" = 1 }'))).toEqual([expect.stringContaining('begins with a field')]);
  });
});

describe('all mistakes are mended at once', () => {
  test.each<[text: string, mended: string | undefined]>([
    ['{ ($.a == "1" and eventName = \'x\' OR $.b > "5"', '{ ($.a = "1" && $.eventName = "x" || $.b > 5) }'],
    ['{ eventName == "x" AND errorCode IS NOT NULL }', '{ $.eventName = "x" && $.errorCode = * }'],
    // The braces hide what is wrong between them.
    ['eventName == "x" AND $.a = null', '{ $.eventName = "x" && $.a IS NULL }'],
    [`"{ $.a == \\"x\\" AND $.b = 1 }"`, `"{ $.a = \\"x\\" && $.b = 1 }"`],
    ['a:b c=d', '"a:b" "c=d"'],
    // One fix is no more than that fix, and what has none is not guessed.
    ['{ $.a == 1 }', undefined],
    ['{ $.a == 1 && NOT $.b == 2 }', undefined],
    ['{ $.a == 1 AND $.b }', undefined],
    ['{ $.a = 1 }', undefined],
    [`{ ${Array.from({ length: 60 }, () => '$.a == 1').join(' && ')} }`, undefined],
  ])('%s', (text, mended) => {
    expect(mendedPattern(text)).toBe(mended);
    if (mended !== undefined) expect(errorTexts(parsePattern(mended))).toEqual([]);
  });
});
