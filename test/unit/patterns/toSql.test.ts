import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { english } from '../../../src/core/message';
import { sqlStatement } from '../../../src/core/patterns/sqlStatement';
import { type SqlDialect, toSql } from '../../../src/core/patterns/toSql';
import { jsonPattern, spacePattern, termsPattern } from './arbitraries';
import { valid, withMarks } from './support';

function condition(pattern: string, dialect: SqlDialect): string | undefined {
  const { condition, refusals } = toSql(valid(pattern), dialect);
  expect(refusals.map(({ message }) => english(message))).toEqual([]);
  return condition;
}

/** Notes, or refusals, with their places marked. */
function said(
  pattern: string,
  list: readonly { start: number; end: number; message: Parameters<typeof english>[0] }[],
) {
  return list.map((each) => [withMarks(pattern, each), english(each.message)]);
}

const A = `json_extract_scalar(requestparameters,'$.a')`;
const A_JSON = `json_format(json_extract(requestparameters,'$.a'))`;
const EVENT_A = `json_extract_scalar(eventJson,'$.requestParameters.a')`;
const EVENT_A_JSON = `json_format(json_extract(eventJson,'$.requestParameters.a'))`;
const NO_BOOLEAN = `NOT IN ('true', 'false')`;

describe('a condition', () => {
  test.each<[pattern: string, athena: string, lake: string]>([
    ['', 'TRUE', 'TRUE'],
    ['{ $.eventName = X }', `eventname = 'X'`, `eventName = 'X'`],
    ['{ $.userIdentity.type = "Root" }', `useridentity.type = 'Root'`, `userIdentity.type = 'Root'`],
    [
      '{ $.userIdentity.sessionContext.sessionIssuer.userName = "admin" }',
      `useridentity.sessioncontext.sessionissuer.username = 'admin'`,
      `userIdentity.sessionContext.sessionIssuer.userName = 'admin'`,
    ],
    ['{ $.requestParameters.a = "x" }', `${A} = 'x'`, `element_at(requestParameters,'a') = 'x'`],
    [
      '{ $.requestParameters.a.b[0].c = x }',
      `json_extract_scalar(requestparameters,'$.a.b[0].c') = 'x'`,
      `json_extract_scalar(eventJson,'$.requestParameters.a.b[0].c') = 'x'`,
    ],
    [
      '{ $.requestParameters.x-amz-acl = public-read }',
      `json_extract_scalar(requestparameters,'$["x-amz-acl"]') = 'public-read'`,
      `element_at(requestParameters,'x-amz-acl') = 'public-read'`,
    ],
    [
      `{ $.requestParameters.['it.s "a\\'] = x }`,
      `json_extract_scalar(requestparameters,'$["it.s \\"a\\\\"]') = 'x'`,
      `element_at(requestParameters,'it.s "a\\') = 'x'`,
    ],
    [`{ $.errorMessage = "it's" }`, `errormessage = 'it''s'`, `errorMessage = 'it''s'`],
    ['{ $.errorCode != "x" }', `errorcode <> 'x'`, `errorCode <> 'x'`],
    ['{ $.errorCode = "pre*" }', `errorcode LIKE 'pre%' ESCAPE '\\'`, `errorCode LIKE 'pre%' ESCAPE '\\'`],
    ['{ $.errorCode = "*suf" }', `errorcode LIKE '%suf' ESCAPE '\\'`, `errorCode LIKE '%suf' ESCAPE '\\'`],
    [
      `{ $.errorCode != "*5%_\\\\'*" }`,
      `errorcode NOT LIKE '%5\\%\\_\\\\''%' ESCAPE '\\'`,
      `errorCode NOT LIKE '%5\\%\\_\\\\''%' ESCAPE '\\'`,
    ],
    ['{ $.errorCode = %^Acc% }', `regexp_like(errorcode,'^Acc')`, `regexp_like(errorCode,'^Acc')`],
    ['{ $.errorCode != %a% }', `NOT regexp_like(errorcode,'a')`, `NOT regexp_like(errorCode,'a')`],
    [
      `{ $.errorCode = %[]&[a]{,3}\\x27\\{% }`,
      `regexp_like(errorcode,'[\\]\\&\\[a]{0,3}\\x27\\{')`,
      `regexp_like(errorCode,'[\\]\\&\\[a]{0,3}\\x27\\{')`,
    ],
    [
      '{ $.requestParameters.a > 900 }',
      `(TRY_CAST(${A} AS double) > 900 AND ${A_JSON} NOT LIKE '"%')`,
      `(TRY_CAST(element_at(requestParameters,'a') AS double) > 900 AND ${EVENT_A_JSON} NOT LIKE '"%')`,
    ],
    ['{ $.readOnly IS TRUE }', `readonly = 'true'`, 'readOnly = true'],
    ['{ $.readOnly IS FALSE }', `readonly = 'false'`, 'readOnly = false'],
    ['{ $.requestParameters.a IS TRUE }', `${A_JSON} = 'true'`, `${EVENT_A_JSON} = 'true'`],
    ['{ $.readOnly = true }', 'FALSE', 'FALSE'],
    ['{ $.eventName > 1 }', 'FALSE', 'FALSE'],
    ['{ $.sessionCredentialFromConsole IS TRUE }', 'FALSE', 'FALSE'],
    ['{ $.userIdentity = x }', 'FALSE', 'FALSE'],
    ['{ $.errorCode NOT EXISTS }', 'errorcode IS NULL', 'errorCode IS NULL'],
    [
      '{ $.requestParameters.a NOT EXISTS }',
      `json_extract(requestparameters,'$.a') IS NULL`,
      `json_extract(eventJson,'$.requestParameters.a') IS NULL`,
    ],
    ['{ $.errorCode = * }', 'errorcode IS NOT NULL', 'errorCode IS NOT NULL'],
    ['{ $.errorCode != * }', 'FALSE', 'FALSE'],
    ['{ $.resources[0].ARN = x }', `element_at(resources,1).arn = 'x'`, `element_at(resources,1).arn = 'x'`],
    [
      '{ $.resources[*].ARN = "x*" }',
      `any_match(resources, r -> r.arn LIKE 'x%' ESCAPE '\\')`,
      `any_match(resources, r -> r.arn LIKE 'x%' ESCAPE '\\')`,
    ],
    [
      '{ $.resources[*].ARN NOT EXISTS }',
      'NOT COALESCE(any_match(resources, r -> r.arn IS NOT NULL), FALSE)',
      'NOT COALESCE(any_match(resources, r -> r.arn IS NOT NULL), FALSE)',
    ],
    [
      '{ $.resources[*] NOT EXISTS }',
      'NOT COALESCE(any_match(resources, r -> TRUE), FALSE)',
      'NOT COALESCE(any_match(resources, r -> TRUE), FALSE)',
    ],
    [
      '{ $.requestParameters.a[*].b = x }',
      `any_match(COALESCE(TRY_CAST(json_extract(requestparameters,'$.a') AS array(json)), map_values(TRY_CAST(json_extract(requestparameters,'$.a') AS map(varchar, json)))), e -> json_extract_scalar(e,'$.b') = 'x')`,
      `any_match(COALESCE(TRY_CAST(json_extract(eventJson,'$.requestParameters.a') AS array(json)), map_values(TRY_CAST(json_extract(eventJson,'$.requestParameters.a') AS map(varchar, json)))), e -> json_extract_scalar(e,'$.b') = 'x')`,
    ],
    [
      '{ $.userIdentity.sessionContext.webIdFederationData.attributes.x = y }',
      `element_at(useridentity.sessioncontext.webidfederationdata.attributes,'x') = 'y'`,
      `element_at(userIdentity.sessionContext.webIdFederationData.attributes,'x') = 'y'`,
    ],
    // What SQL would mix up: true with "true", 1 with "1.0", 901 with "901".
    ['{ $.requestParameters.a = "true" }', `${A_JSON} = '"true"'`, `${EVENT_A_JSON} = '"true"'`],
    [
      '{ $.requestParameters.a != x }',
      `(${A} <> 'x' AND ${A_JSON} ${NO_BOOLEAN})`,
      `(${EVENT_A} <> 'x' AND ${EVENT_A_JSON} ${NO_BOOLEAN})`,
    ],
    [
      '{ $.requestParameters.a = * }',
      `(${A} IS NOT NULL AND ${A_JSON} ${NO_BOOLEAN})`,
      `(${EVENT_A} IS NOT NULL AND ${EVENT_A_JSON} ${NO_BOOLEAN})`,
    ],
    ['{ $.requestParameters.a = "x*" }', `${A} LIKE 'x%' ESCAPE '\\'`, `${EVENT_A} LIKE 'x%' ESCAPE '\\'`],
    [
      '{ $.requestParameters.a = "t*" }',
      `(${A} LIKE 't%' ESCAPE '\\' AND ${A_JSON} ${NO_BOOLEAN})`,
      `(${EVENT_A} LIKE 't%' ESCAPE '\\' AND ${EVENT_A_JSON} ${NO_BOOLEAN})`,
    ],
    [
      '{ $.requestParameters.a = 1 }',
      `(${A} = '1' OR TRY_CAST(${A_JSON} AS double) = 1)`,
      `(${EVENT_A} = '1' OR TRY_CAST(${EVENT_A_JSON} AS double) = 1)`,
    ],
    [
      '{ $.requestParameters.a != 1e3 }',
      `(${A} <> '1e3' AND COALESCE(TRY_CAST(${A_JSON} AS double) <> DOUBLE '1000', TRUE) AND ${A_JSON} ${NO_BOOLEAN})`,
      `(${EVENT_A} <> '1e3' AND COALESCE(TRY_CAST(${EVENT_A_JSON} AS double) <> DOUBLE '1000', TRUE) AND ${EVENT_A_JSON} ${NO_BOOLEAN})`,
    ],
    ['{ $.requestParameters.a = 12345678901234567 }', `${A} = '12345678901234567'`, `${EVENT_A} = '12345678901234567'`],
    [
      '{ $.recipientAccountId = 111122223333 }',
      `recipientaccountid = '111122223333'`,
      `recipientAccountId = '111122223333'`,
    ],
    [
      '{ ($.eventType = T || $.eventName = X) && $.errorCode = Y || $.awsRegion = Z }',
      `(((eventtype = 'T' OR eventname = 'X') AND errorcode = 'Y') OR awsregion = 'Z')`,
      `(((eventType = 'T' OR eventName = 'X') AND errorCode = 'Y') OR awsRegion = 'Z')`,
    ],
  ])('%s', (pattern, athena, lake) => {
    expect([condition(pattern, 'athena'), condition(pattern, 'lake')]).toEqual([athena, lake]);
  });

  test.each<[pattern: string, lake: string]>([
    ['AccessDenied', `eventJson LIKE '%AccessDenied%'`],
    ['a -"b c" ?d', `(eventJson LIKE '%a%' AND eventJson NOT LIKE '%b c%')`],
    ['?a ?"5%" ?%x+%', `(eventJson LIKE '%a%' OR eventJson LIKE '%5\\%%' ESCAPE '\\' OR regexp_like(eventJson,'x+'))`],
    ['-%x%', `NOT regexp_like(eventJson,'x')`],
    ['{ $.managementEvent IS TRUE }', 'managementEvent = true'],
    ['{ $.eventTime = "2026-03-04*" }', `json_extract_scalar(eventJson,'$.eventTime') LIKE '2026-03-04%' ESCAPE '\\'`],
    ['{ $.someday.new = x }', `json_extract_scalar(eventJson,'$.someday.new') = 'x'`],
    ['{ $.responseElements NOT EXISTS }', `json_extract(eventJson,'$.responseElements') IS NULL`],
    [
      '{ $.responseElements IS NULL }',
      `(json_format(json_extract(eventJson,'$.responseElements')) = 'null' OR any_match(TRY_CAST(json_extract(eventJson,'$.responseElements') AS array(json)), n -> n IS NULL OR json_format(n) = 'null'))`,
    ],
  ])('%s, in Lake only', (pattern, lake) => expect(condition(pattern, 'lake')).toBe(lake));
});

describe('notes', () => {
  test.each<[string, string]>([
    ['{ $.eventName = X && «$.readOnly = true» }', '$.readOnly is true or false in the log: no comparison matches it.'],
    ['{ «$.eventName > 1» }', '$.eventName is a text in the log: this never matches it.'],
    ['{ «$.userIdentity = x» }', '$.userIdentity is an object or a list: no comparison matches it.'],
    ['{ «$.resources[*] = x» }', '$.resources[*] is an object or a list: no comparison matches it.'],
    [
      '{ «$.responseElements NOT EXISTS» }',
      'The column of $.responseElements does not tell null from a missing field: records with null match too.',
    ],
  ])('%s', (marked, note) => {
    const pattern = marked.replace(/[«»]/g, '');
    expect(said(pattern, toSql(valid(pattern), 'athena').notes)).toEqual([[marked, note]]);
  });
});

describe('what SQL cannot say', () => {
  const anyField = 'SQL cannot ask for any field of a record: $.* has no column.';
  const noColumn = (path: string): string => `The usual table of Athena has no column for ${path}.`;
  const spaces = 'A space-delimited pattern splits the text of a message: SQL has only its fields.';
  test.each<[SqlDialect, string, string]>([
    ['athena', '{ $.eventName = X || «$.*» = x }', anyField],
    ['lake', '{ $.eventName = X || «$.*» = x }', anyField],
    ['athena', '{ «$.managementEvent» IS TRUE }', noColumn('$.managementEvent')],
    ['athena', '{ «$.userIdentity.*» = x }', noColumn('$.userIdentity.*')],
    ['athena', '{ «$.userIdentity.identityProvider» = x }', noColumn('$.userIdentity.identityProvider')],
    ['athena', '{ «$.eventname» = x }', noColumn('$.eventname')],
    ['athena', '{ «$.eventName.x» = x }', noColumn('$.eventName.x')],
    ['athena', '{ «$.resources[0].ARNPrefix» = x }', noColumn('$.resources[0].ARNPrefix')],
    ['athena', '{ «$.errorCode IS NULL» }', 'The column of $.errorCode does not tell null from a missing field.'],
    ['athena', '«a -"b c"»', 'Terms search the whole text of a record, which no column of Athena’s table holds.'],
    ['athena', '«»[a, b = 1]', spaces],
    ['lake', '«»[a, b = 1]', spaces],
  ])('%s: %s', (dialect, marked, why) => {
    const pattern = marked.replace(/[«»]/g, '');
    const answer = toSql(valid(pattern), dialect);
    expect(answer.condition).toBeUndefined();
    expect(said(pattern, answer.refusals)).toEqual([[marked, why]]);
    expect(answer.refusals).toMatchObject([{ kind: 'not-in-sql', at: marked.indexOf('«') }]);
  });

  test('is told of as a whole', () => {
    const { refusals } = toSql(valid('{ $.* = x && $.errorCode IS NULL }'), 'athena');
    expect(refusals.map(({ start }) => start)).toEqual([2, 13]);
  });
});

describe('a statement', () => {
  const from = Date.UTC(2026, 2, 4, 5);
  const to = Date.UTC(2026, 2, 4, 6, 30);
  test.each<[SqlDialect, Parameters<typeof sqlStatement>[2], string[]]>([
    [
      'athena',
      undefined,
      [
        'SELECT *',
        'FROM cloudtrail_logs',
        `WHERE eventname = 'X'`,
        `  AND eventtime >= date_format(current_timestamp - INTERVAL '7' DAY, '%Y-%m-%dT%H:%i:%sZ')`,
      ],
    ],
    [
      'athena',
      { table: 'audit.cloud-trail"x', from, to },
      [
        'SELECT *',
        'FROM audit."cloud-trail""x"',
        `WHERE eventname = 'X'`,
        `  AND eventtime >= '2026-03-04T05:00:00Z'`,
        `  AND eventtime < '2026-03-04T06:30:00Z'`,
      ],
    ],
    [
      'lake',
      undefined,
      [
        'SELECT eventTime, eventSource, eventName, awsRegion, recipientAccountId, userIdentity.arn, sourceIPAddress, errorCode, eventID, eventJson',
        'FROM <event data store id>',
        `WHERE eventName = 'X'`,
        `  AND eventTime >= current_timestamp - INTERVAL '7' DAY`,
      ],
    ],
    [
      'lake',
      { table: '01234567-89ab-cdef-0123-456789abcdef', to },
      [
        expect.stringMatching(/^SELECT eventTime, .*, eventJson$/) as string,
        'FROM 01234567-89ab-cdef-0123-456789abcdef',
        `WHERE eventName = 'X'`,
        `  AND eventTime < TIMESTAMP '2026-03-04 06:30:00'`,
      ],
    ],
  ])('for %s, %o', (dialect, scope, lines) => {
    expect(sqlStatement(condition('{ $.eventName = X }', dialect)!, dialect, scope).split('\n')).toEqual(lines);
  });
});

/** What is left of SQL without its literals; they have to be closed, and parentheses outside them too. */
function withoutLiterals(sql: string): string {
  return sql.replace(/'(?:[^']|'')*'/g, '');
}

test.each([
  ['JSON', jsonPattern],
  ['terms', termsPattern],
  ['space-delimited', spacePattern],
])('of every %s pattern the SQL is whole, or refused with a reason', (_, arbitrary) => {
  fc.assert(
    fc.property(arbitrary, fc.constantFrom<SqlDialect>('athena', 'lake'), (pattern, dialect) => {
      const { condition, refusals } = toSql(pattern, dialect);
      expect(condition === undefined).toBe(refusals.length > 0);
      if (condition === undefined) return;
      const rest = withoutLiterals(condition);
      expect(rest).not.toContain("'");
      expect(rest.match(/[^A-Za-z0-9_ (),.<>=-]/g), condition).toBeNull();
      expect(rest.split('(').length).toBe(rest.split(')').length);
    }),
    { numRuns: 3000 },
  );
});
