import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Message, english } from '../../../src/core/message';
import { explain, flatLines } from '../../../src/core/patterns/explain';
import { parsePattern } from '../../../src/core/patterns/parse';
import { jsonPattern, spacePattern, termsPattern } from './arbitraries';
import { valid } from './support';

const JAPANESE = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../l10n/bundle.l10n.ja.json'), 'utf8'),
) as Record<string, string>;

function japanese({ template, args }: Message): string {
  return english({ template: JAPANESE[template] ?? template, args });
}

/** The explanation as a person reads it, two blanks a level. */
function lines(pattern: string, say = english): string[] {
  return flatLines(explain(valid(pattern)).meaning).map(({ depth, text }) => '  '.repeat(depth) + say(text));
}

/** What is said of the one test of `$.a`. */
function saidOf(test: string): string {
  const [head, said, ...rest] = lines(`{ $.a ${test} }`);
  expect([head, rest]).toEqual(['A record matches when this holds:', []]);
  return said!.trim();
}

describe('a test of a field', () => {
  test.each([
    ['= "x"', '$.a is "x"'],
    ['= x', '$.a is "x"'],
    ['= "say \\"x\\""', '$.a is "say \\"x\\""'],
    ['= ""', '$.a is an empty text'],
    ['= *', '$.a is a text or a number, whichever'],
    ['= "AccessDenied*"', '$.a begins with "AccessDenied"'],
    ['= *Exception', '$.a ends with "Exception"'],
    ['= "*Unauthorized*"', '$.a contains "Unauthorized"'],
    ['= "a*b"', '$.a has the form "a*b", where * stands for any characters or none'],
    ['= "*a*b"', '$.a has the form "*a*b", where * stands for any characters or none'],
    ['= 1', '$.a is the number 1 or the text "1"'],
    ['= -1.5e3', '$.a is the number -1.5e3 or the text "-1.5e3"'],
    ['= %^ab%', '$.a has a part that fits the regular expression ^ab'],
    ['!= "x"', '$.a is a text or number other than "x"'],
    ['!= ""', '$.a is a number, or a text that is not empty'],
    ['!= *', '$.a is a text or number that fits * not, which is impossible: this never holds'],
    ['!= "x*"', '$.a is a text or number that does not begin with "x"'],
    ['!= "*x"', '$.a is a text or number that does not end with "x"'],
    ['!= "*x*"', '$.a is a text or number that does not contain "x"'],
    ['!= "x*y"', '$.a is a text or number not of the form "x*y", where * stands for any characters or none'],
    ['!= 1', '$.a is a number other than 1 or a text other than "1"'],
    ['!= %x%', '$.a is a text or number without a part that fits the regular expression x'],
    ['> 900', '$.a is a number greater than 900'],
    ['>= 900', '$.a is a number of at least 900'],
    ['< 900', '$.a is a number less than 900'],
    ['<= 900', '$.a is a number of at most 900'],
    ['IS NULL', '$.a is null, or a list with a null in it'],
    ['IS TRUE', '$.a is true: the JSON value, not the text'],
    ['IS FALSE', '$.a is false: the JSON value, not the text'],
    ['NOT EXISTS', '$.a is missing'],
  ])('%s', (written, said) => expect(saidOf(written)).toBe(said));
});

describe('a pattern', () => {
  test.each<[string, string[]]>([
    ['', ['Every record matches: the pattern is empty.']],
    [
      '{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}',
      [
        'A record matches when all of these hold:',
        '  $.userIdentity.type is "Root"',
        '  $.userIdentity.invokedBy is missing',
        '  $.eventType is a text or number other than "AwsServiceEvent"',
      ],
    ],
    [
      '{($.errorCode = "*UnauthorizedOperation" || $.errorCode = "AccessDenied*") && ($.eventName != "Decrypt" || $.userIdentity.invokedBy != "config.amazonaws.com" )}',
      [
        'A record matches when all of these hold:',
        '  At least one of these holds:',
        '    $.errorCode ends with "UnauthorizedOperation"',
        '    $.errorCode begins with "AccessDenied"',
        '  At least one of these holds:',
        '    $.eventName is a text or number other than "Decrypt"',
        '    $.userIdentity.invokedBy is a text or number other than "config.amazonaws.com"',
      ],
    ],
    // What differs in a value only is told in one line, in its place among the others.
    [
      '{ $.eventSource = kms.amazonaws.com && ($.eventName = "DisableKey" || $.readOnly IS TRUE || ($.eventName = "ScheduleKeyDeletion")) }',
      [
        'A record matches when all of these hold:',
        '  $.eventSource is "kms.amazonaws.com"',
        '  At least one of these holds:',
        '    $.eventName is one of: "DisableKey", "ScheduleKeyDeletion"',
        '    $.readOnly is true: the JSON value, not the text',
      ],
    ],
    [
      '{ ($.eventName = CreateTrail) || ($.eventName = UpdateTrail) || ($.eventName = DeleteTrail) }',
      ['A record matches when this holds:', '  $.eventName is one of: "CreateTrail", "UpdateTrail", "DeleteTrail"'],
    ],
    [
      '{ $.eventName = X && ($.a = 1 || $.b = 2) && ($.c = x || $.c = y) && $.d != x && $.d != y }',
      [
        'A record matches when all of these hold:',
        '  $.eventName is "X"',
        '  At least one of these holds:',
        '    $.a is the number 1 or the text "1"',
        '    $.b is the number 2 or the text "2"',
        '  $.c is one of: "x", "y"',
        '  $.d is a text or number, and none of: "x", "y"',
      ],
    ],
    // `= x && = y` and `!= x || != y` are no lists.
    ['{ $.a = x && $.a = y }', ['A record matches when all of these hold:', '  $.a is "x"', '  $.a is "y"']],
    [
      '{ $.resources[*].ARN = "*bucket*" || $.resources[0].type = x || $.resources[0].type = y }',
      [
        'A record matches when at least one of these holds:',
        '  $.resources[*].ARN contains "bucket"',
        '    [*] is any element or field of $.resources, one level down; one that fits is enough.',
        '  $.resources[0].type is one of: "x", "y"',
        '    [0] is element number 1 of the list $.resources: indexes count from zero.',
      ],
    ],
    [
      '{ $.requestParameters.* NOT EXISTS }',
      [
        'A record matches when this holds:',
        '  $.requestParameters.* is missing',
        '    .* is any element or field of $.requestParameters, one level down; none of them may have a value there.',
      ],
    ],
    [
      'ERROR -"access denied" -%a+%',
      [
        'A record matches when all of these hold for its text, the JSON on one line, capitals and all:',
        '  It contains "ERROR"',
        '  It does not contain "access denied"',
        '  No part of it fits the regular expression a+',
      ],
    ],
    [
      '?a ?%b%',
      [
        'A record matches when at least one of these holds for its text, the JSON on one line, capitals and all:',
        '  It contains "a"',
        '  A part of it fits the regular expression b',
      ],
    ],
    [
      'a ?b',
      [
        'A record matches when all of these hold for its text, the JSON on one line, capitals and all:',
        '  It contains "a"',
        '  ?"b" has no effect beside the other terms.',
      ],
    ],
    ['[]', ['Every message that is not empty matches.']],
    [
      '[ip, user = "root" || user = 404, size > 10 && size < 20]',
      [
        'A message matches when it has at least this many fields, split at blanks, with "…" and […] around one field: 3',
        '  Field 1, ip: anything',
        '  Field 2, user:',
        '    user is one of: "root", "404"',
        '  Field 3, size: all of these hold:',
        '    size is a number greater than 10',
        '    size is a number less than 20',
        '  Further words belong to the last field.',
      ],
    ],
    [
      '[a, ..., status != 200, size = "x*" || size = 1]',
      [
        'A message matches when it has at least this many fields, split at blanks, with "…" and […] around one field: 3',
        '  Field 1, a: anything',
        '  Then any number of fields',
        '  Field 2 from the end, status:',
        '    status is a text or number other than "200"',
        '  Field 1 from the end, size: at least one of these holds:',
        '    size begins with "x"',
        '    size is "1"',
      ],
    ],
  ])('%s', (pattern, said) => expect(lines(pattern)).toEqual(said));
});

describe('in Japanese', () => {
  test.each<[string, string[]]>([
    [
      '{ $.eventName = "ConsoleLogin" && $.additionalEventData.MFAUsed != "Yes" }',
      [
        '次のすべてが成り立つレコードに一致します。',
        '  $.eventName が "ConsoleLogin" と等しい',
        '  $.additionalEventData.MFAUsed が "Yes" 以外の文字列または数値',
      ],
    ],
    [
      '{ $.a = "x*" || $.b NOT EXISTS || ($.c > 1 && $.d[0] IS NULL) }',
      [
        '次の少なくとも 1 つが成り立つレコードに一致します。',
        '  $.a が "x" で始まる',
        '  $.b がない',
        '  次のすべてが成り立つ:',
        '    $.c が 1 より大きい数値',
        '    $.d[0] が null、または null を含むリスト',
        '      [0] はリスト $.d の 1 番目の要素です。インデックスは 0 から数えます。',
      ],
    ],
  ])('%s', (pattern, said) => expect(lines(pattern, japanese)).toEqual(said));
});

describe('the notes', () => {
  test('are those of the check', () => {
    const { notes } = explain(valid('{ $.errorCode != "x" }'));
    expect(notes.map((note) => english(note.message))).toEqual([
      'Records without $.errorCode do not match: != is false for a missing field.',
    ]);
  });

  test('or those that were found when it was parsed', () => {
    const { pattern, notes } = parsePattern('"{ $.eventName = \\"X\\" }"');
    expect(explain(pattern!, notes).notes).toBe(notes);
  });
});

test.each([
  ['JSON', jsonPattern],
  ['terms', termsPattern],
  ['space-delimited', spacePattern],
])('every %s pattern can be explained, in both languages', (_, arbitrary) => {
  fc.assert(
    fc.property(arbitrary, (pattern) => {
      for (const { text } of flatLines(explain(pattern).meaning)) {
        expect(english(text)).not.toMatch(/undefined/);
        expect(JAPANESE[text.template]).toBeDefined();
      }
    }),
    { numRuns: 1000 },
  );
});
