import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { INDEXED_PATHS } from '../../../src/core/events/recordView';
import type { Rule } from '../../../src/core/rules/rule';
import type { ScannerExports } from '../../../src/core/table/intake/scannerModule';
import { WasmScanner } from '../../../src/core/table/intake/wasmScanner';
import { RuleProbe } from '../../../src/core/table/ruleProbe';
import { concat, utf16, utf8 } from '../../fixtures/bytes';
import { CONTAINERS } from '../../fixtures/containers';
import { fileMutations } from '../../fixtures/mutations';
import { makeRecords } from '../../fixtures/records';
import { scannerModule } from '../../fixtures/scanner';
import { ruleWith } from '../rules/support';
import { recordJson } from './arbitraries';
import { SCANNERS, expectedIndex, indexOf, textsOf } from './intakeSupport';

const CATALOGUE = new URL('../../../src/core/rules/data/catalogue.json', import.meta.url);
const RULES = JSON.parse(readFileSync(CATALOGUE, 'utf8')) as Rule[];
const FILES = CONTAINERS.map(({ name, build }, i) => ({ name, bytes: utf8(build(makeRecords(4, i))) }));
const record = (members: string): string => `{"eventVersion":"1.11","eventName":"A"${members}}`;
const TIME = '"eventTime":"2026-03-04T05:06:07Z"';
/** The keys of all paths that are sought, some twice so that they meet, and one that is not. */
const KEYS = [
  ...new Set(INDEXED_PATHS.flatMap((path) => path.split('.'))),
  'userIdentity',
  'userIdentity',
  'x',
  'x',
  'x',
]
  .filter((key) => key !== 'eventVersion')
  .map((key) => JSON.stringify(key));
const delivered = (...records: string[]): Uint8Array => utf8(`{"Records":[${records.join(',')}]}`);

describe.each(SCANNERS)('%s', (_, make) => {
  test.each(FILES)('reads $name', async ({ bytes }) => {
    const { table, duplicates } = await indexOf(make(), [bytes]);
    expect({ table, duplicates }).toEqual(expectedIndex([bytes]));
    expect(table.rowCount + duplicates.rowCount).toBeGreaterThan(0);
  });

  test.each([
    ['delivered', true, delivered(record(''), record(''))],
    ['blanks everywhere', true, utf8(`\n { "Records" :\t[ ${record(' , "a" : [ ] ')} ,\r\n${record('')} ] } \n`)],
    ['an array', true, utf8(`[${record('')}]`)],
    ['lines', true, utf8(`${record('')}\n${record('')}\n`)],
    ['deliveries one after another', true, concat(delivered(record('')), '\n', delivered(record('')))],
    ['no record', false, delivered()],
    ['another key', false, utf8(`{"Records":[${record('')}],"NextToken":"x"}`)],
    ['a page', false, utf8(record(',"nextToken":"x"'))],
    ['a page whose key is escaped', false, utf8(record(',"next\\u0054oken":"x"'))],
    ['a container in a record by itself', false, utf8(record(',"events":[]'))],
    ['no version', true, delivered('{"eventSource":"s3.amazonaws.com","eventName":"A","eventTime":"x"}')],
    ['no record by its keys', false, delivered('{"a":1}')],
    ['an S3 notification', false, delivered('{"eventVersion":"2.1","eventSource":"aws:s3"}')],
    ['an S3 notification, escaped', false, delivered('{"eventVersion":"1.1","eventSource":"a\\u0077s:s3"}')],
    ['cut off', false, utf8(`{"Records":[${record('')},`)],
    ['cut off in a record', false, utf8(`{"Records":[${record('')},{"eventVersion":"1.1`)],
    ['cut off before the end', false, utf8(`{"Records":[${record('')}]`)],
    ['garbage behind', false, concat(delivered(record('')), 'x')],
    ['a byte order mark', false, concat('\ufeff', delivered(record('')))],
    ['UTF-16', false, utf16(`{"Records":[${record('')}]}`, 'le', false)],
    ['a control character', false, delivered(record(',"a":"\u0001"'))],
    ['a bad escape', false, delivered(record(',"a":"\\x"'))],
    ['a bad number', false, delivered(record(',"a":01'))],
    ['numbers', true, delivered(record(',"a":[-0,1.5e+7,0.25,-12E3,10]'))],
    ['a bad literal', false, delivered(record(',"a":nul'))],
    ['a comma too many', false, delivered(record(',"a":[1,]'))],
    ['a key without a value', false, delivered(record(',"a"'))],
  ])('takes what is plain and refuses what is not: %s', async (_name, isPlain, bytes) => {
    const { table, duplicates, plain } = await indexOf(make(), [bytes]);
    expect(plain).toBe(Number(isPlain));
    expect({ table, duplicates }).toEqual(expectedIndex([bytes]));
  });

  test.each([
    ['keys in any order', record(',"userIdentity":{"userName":"u","type":"T"},"awsRegion":"r"')],
    ['an escaped key', '{"eventVersion":"1.11","event\\u004eame":"A","eventID":"x"}'],
    ['an escaped value', record(',"errorCode":"Access\\u0044enied"')],
    ['a key a second time', record(',"eventName":"B","userIdentity":{"type":"T"},"userIdentity":{"arn":"a"}')],
    ['an object gone the second time', record(',"userIdentity":{"type":"T"},"userIdentity":null')],
    [
      'values of every type',
      record(',"readOnly":true,"errorCode":null,"awsRegion":1.0,"userAgent":{},"errorMessage":[]'),
    ],
    ['arrays with and without null', record(',"errorCode":[null],"userAgent":[[null]]')],
    ['two spellings', record(',"insightDetails":{"eventName":"B","eventSource":"C"}')],
    ['another spelling', '{"eventVersion":"1.11","insightDetails":{"eventName":"B"}}'],
    ['times of all kinds', record(',"eventTime":"2026-02-29T00:00:00Z"')],
    ['a leap day', record(',"eventTime":"2024-02-29T23:59:59Z"')],
    ['a time with milliseconds', record(',"eventTime":"2024-02-29T23:59:59.500Z"')],
    ['a time as a number', record(',"eventTime":1772600880')],
    ['a UUID in upper case', record(',"eventID":"00000000-0000-4000-8000-00000000000A"')],
    ['a UUID with a letter too many', record(',"requestID":"g0000000-0000-4000-8000-000000000000"')],
    ['an empty key', record(',"":1')],
    ['an empty text', record(',"userAgent":""')],
    ['other scripts', record(',"userAgent":"日本😀","errorCode":"é"')],
    ['a long value', record(`,"userAgent":"${'x'.repeat(5000)}"`)],
    ['a long key', record(`,"${'x'.repeat(5000)}":1`)],
    ['deep values', record(`,"a":${'['.repeat(100)}${']'.repeat(100)}`)],
    ['values too deep for recursion', record(`,"a":${'['.repeat(100_000)}${']'.repeat(100_000)}`)],
    ['quotes at every place', record(`,"a":"${'\\"'.repeat(40)}","b":"${'\\\\'.repeat(33)}"`)],
  ])('reads a record with %s', async (_name, json) => {
    const bytes = delivered(record(',"eventName":"before"'), json, record(',"eventName":"after"'));
    const { table, duplicates } = await indexOf(make(), [bytes]);
    expect({ table, duplicates }).toEqual(expectedIndex([bytes]));
    expect(table.rowCount).toBe(3);
  });

  const identity = (session: string, more = ''): string =>
    `"userIdentity":{"type":"AssumedRole","principalId":"AROAEXAMPLEEXAMPLEEX:${session}","arn":"arn:aws:sts::111122223333:assumed-role/r/${session}"` +
    `,"accountId":"111122223333","accessKeyId":"ASIA${session}"${more}}`;
  const REPEATED = [
    identity('a'),
    identity('b'),
    identity('a', ',"sessionContext":{"attributes":{"mfaAuthenticated":"true"}}'),
    identity('a', ',"sessionContext":{"attributes":{"mfaAuthenticated":true},"attributes":{}}'),
    identity('a', ',"accountId":"444455556666"'),
    identity('a', ',"userName":{"a":1}'),
    identity('a', ',"userName":"\u0061"'),
    identity('a', ',"user\u004eame":"u"'),
    identity('a', ',"userName":"日本"'),
    identity('a', `,"note":"${'x'.repeat(2000)}"`),
    `${identity('a')},"userIdentity":null`,
    `${identity('a')},${identity('b')}`,
    `"userIdentity":null,${identity('a')}`,
    `${identity('a')},"eventVersion":"1.08"`,
    '"userIdentity":{"type":"AWSService","invokedBy":"config.amazonaws.com"}',
    '"userIdentity":{ "type" : "AWSService" , "invokedBy" : "config.amazonaws.com" }',
    '"userIdentity":{}',
  ];

  test('reads identities that come again, among others that are almost the same', async () => {
    const some = fc.array(fc.constantFrom(...REPEATED), { minLength: 2, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(some, fc.boolean(), fc.option(fc.nat(6000)), async (identities, isLast, cut) => {
        const records = identities.map((each) => record(isLast ? `,${TIME},${each}` : `,${each},${TIME}`));
        const bytes = delivered(...records).subarray(0, cut ?? undefined);
        const rules = new RuleProbe([
          ruleWith({ eventSource: '*', eventName: '*', condition: '{ $.userIdentity.note = "x*" }' }),
        ]);
        const { table, duplicates } = await indexOf(make(rules), [bytes]);
        expect({ table, duplicates }).toEqual(expectedIndex([bytes], rules));
      }),
      { numRuns: 150 },
    );
  });

  test('reads identities about as long as those that are remembered', async () => {
    const bare = identity('a', ',"note":""').length - '"userIdentity":'.length;
    const records = [1022, 1023, 1024, 1025, 1026].flatMap((length) => {
      const note = 'x'.repeat(length - bare - 1);
      return ['y', 'z', 'y', 'y'].map((last) =>
        record(`,${TIME},${identity('a', `,"note":"${note}${last}"`)},"userAgent":"u"`),
      );
    });
    const bytes = delivered(...records);
    const { table, duplicates } = await indexOf(make(), [bytes]);
    expect({ table, duplicates }).toEqual(expectedIndex([bytes]));
  });

  test('reads bytes that are no characters as the general reader does', async () => {
    const bytes = concat('{"Records":[', record(',"userAgent":"'), '').slice(0, -1);
    const file = concat(bytes, Uint8Array.of(0xff, 0x61), '"},', record(',"userAgent":"\ufffda"'), ']}');
    const { table, duplicates } = await indexOf(make(), [file]);
    expect({ table, duplicates }).toEqual(expectedIndex([file]));
    expect(table.columns.userAgent.dictionary.size).toBe(2);
  });

  test('reads any records', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(recordJson, { maxLength: 12 }), fc.boolean(), async (jsons, versioned) => {
        const bytes = delivered(...(versioned ? jsons.map(withVersion) : jsons));
        const { table, duplicates } = await indexOf(make(), [bytes]);
        expect({ table, duplicates }).toEqual(expectedIndex([bytes]));
      }),
      { numRuns: 150 },
    );
  });

  test('takes no key of one object for that of another', async () => {
    const nested = `${'{"x":1,"userIdentity":'.repeat(30_000)}{}${'}'.repeat(30_000)}`;
    const bytes = delivered(
      record(`,${TIME},"userIdentity":{"x":1,"userName":"u","arn":"a"}`),
      record(`,${TIME},"requestParameters":{"x":1,"userName":"other"}`),
      record(`,${TIME},"x":1,"eventType":"t","requestParameters":{"x":1,"eventType":"other"}`),
      record(`,${TIME},"x":1,"userIdentity":{"x":1,"userIdentity":${nested}}`),
    );
    const { table, duplicates } = await indexOf(make(), [bytes]);
    expect({ table, duplicates }).toEqual(expectedIndex([bytes]));
    expect(textsOf(table, 'userName')).toEqual(['u', undefined, undefined, undefined]);
  });

  test('reads records whose objects have the keys of others', async () => {
    const { object } = fc.letrec<{ object: string; value: string }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4, depthSize: 'medium' },
        fc.constantFrom('"a"', '"b"', '1', 'null', '"é"', '[{"arn":1}]'),
        tie('object'),
        tie('object'),
      ),
      object: fc
        .array(fc.tuple(fc.constantFrom(...KEYS), tie('value')), { maxLength: 7 })
        .map((members) => `{${members.map(([key, value]) => `${key}:${value}`).join(',')}}`),
    }));
    await fc.assert(
      fc.asyncProperty(fc.array(object, { minLength: 1, maxLength: 12 }), async (objects) => {
        const twice = [...objects, ...objects].map((each) => (each === '{}' ? '' : `,${each.slice(1, -1)}`));
        const bytes = delivered(...twice.map((members) => record(`,${TIME}${members}`)));
        const { table, duplicates } = await indexOf(make(), [bytes]);
        expect({ table, duplicates }).toEqual(expectedIndex([bytes]));
      }),
      { numRuns: 60 },
    );
  });

  test('reads damaged files as the general reader does', async () => {
    const mutations = fileMutations(FILES.map(({ bytes }) => bytes));
    await fc.assert(
      fc.asyncProperty(fc.nat(FILES.length - 1), mutations, async (file, changes) => {
        const damaged = changes.reduce((each, change) => change(each), FILES[file]!.bytes);
        const { table, duplicates } = await indexOf(make(), [damaged]);
        expect({ table, duplicates }).toEqual(expectedIndex([damaged]));
      }),
      { numRuns: 300 },
    );
  });

  test('asks the rules about the records that concern them', async () => {
    const rules = new RuleProbe(RULES);
    const bytes = delivered(
      record(
        ',"eventSource":"iam.amazonaws.com","eventName":"AttachUserPolicy","requestParameters":{"policyArn":"arn:aws:iam::aws:policy/AdministratorAccess"}',
      ),
      record(
        ',"eventSource":"iam.amazonaws.com","eventName":"AttachUserPolicy","requestParameters":{"policyArn":"arn:aws:iam::aws:policy/ReadOnlyAccess"}',
      ),
      record(',"requestParameters":{"omitted":true,"originalSize":110000}'),
      record(''),
    );
    const { table, duplicates } = await indexOf(make(rules), [bytes]);
    expect({ table, duplicates }).toEqual(expectedIndex([bytes], rules));
    expect(table.columns.ruleTests.dictionary.size).toBeGreaterThan(1);
  });

  test('asks about keys with a dot in them, which are no paths', async () => {
    const rules = new RuleProbe([
      ruleWith({ eventSource: '*', eventName: 'A', condition: '{ $.["userIdentity.type"] = "abc*" }' }),
    ]);
    const bytes = delivered(
      record(`,${TIME},"a":1`),
      record(`,${TIME},"userIdentity.type":"abcd"`),
      record(`,${TIME},"userIdentity.type":"abcd","userIdentity":{"type":"x"}`),
      record(`,${TIME},"userIdentity":{"type":"abcd"}`),
    );
    const { table, duplicates } = await indexOf(make(rules), [bytes]);
    expect({ table, duplicates }).toEqual(expectedIndex([bytes], rules));
    expect([...table.columns.ruleTests.codes]).toEqual([0, 1, 1, 0]);
  });

  test('asks about an event of very many sources', async () => {
    const rules = new RuleProbe([ruleWith({ eventSource: 's47.x', eventName: 'A', condition: '{ $.a = "b*" }' })]);
    const records = Array.from({ length: 200 }, (_, i) =>
      record(`,${TIME},"eventSource":"s${i % 50}.x","a":"${i % 3 === 0 ? 'bc' : 'c'}"`),
    );
    const { table, duplicates } = await indexOf(make(rules), [delivered(...records)]);
    expect({ table, duplicates }).toEqual(expectedIndex([delivered(...records)], rules));
    expect(table.columns.ruleTests.dictionary.size).toBe(2);
  });

  test('tells events apart whose sources and names have blanks', async () => {
    const rules = new RuleProbe([ruleWith({ eventSource: '*', eventName: 'B', condition: '{ $.a = "b*" }' })]);
    const bytes = delivered(
      record(`,${TIME},"eventSource":"s.x","eventName":"A B","a":"bc"`),
      record(`,${TIME},"eventSource":"s.x A","eventName":"B","a":"bc"`),
    );
    const { table } = await indexOf(make(rules), [bytes]);
    expect([...table.columns.ruleTests.codes]).toEqual([0, 1]);
  });

  test('passes no record over that meets a rule', async () => {
    const conditions = [
      '{ $.additionalEventData.bytesTransferredOut > 1000 }',
      '{ $.additionalEventData.bytesTransferredOut >= 99.5 }',
      '{ $.requestParameters.key = %^secret|[.]pem$|x+% }',
      '{ $.requestParameters.key = "*se/cret*" }',
      '{ ($.requestParameters.key = "a*") || ($.additionalEventData.bytesTransferredOut > 5) }',
      '{ ($.errorCode = "*") && ($.requestParameters.key NOT EXISTS) }',
    ];
    const rules = ['*', 'A', 'B'].flatMap((eventName) =>
      conditions.map((condition, i) => ruleWith({ id: `${eventName}-${i}`, eventSource: '*', eventName, condition })),
    );
    const member = fc.constantFrom(
      ...['999', '1000', '1001', '99.5', '1e9', '-1001', '"5000"', '[1001]', '1001.5', '12345678'].map(
        (value) => `"additionalEventData":{"bytesTransferredOut":${value}}`,
      ),
      '"additionalEventData":{"bytesTransferredOut" : 1001 }',
      String.raw`"additionalEventData":{"bytesTransferred\u004fut":1001}`,
      ...['"secret"', '"a.pem"', String.raw`"se\/cret"`, String.raw`"\u0073ecret"`, '"plain"', '7'].map(
        (value) => `"requestParameters":{"key":${value}}`,
      ),
      '"errorCode":"AccessDenied"',
      '"eventName":"B"',
      '"eventName":"C"',
      '"eventSource":"b.amazonaws.com"',
    );
    const made = fc.array(fc.uniqueArray(member, { maxLength: 4, selector: (each) => each.slice(0, 15) }), {
      minLength: 1,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(fc.subarray(rules, { minLength: 1 }), made, async (chosen, records) => {
        const probe = new RuleProbe(chosen);
        const bytes = delivered(...records.map((members) => record(['', TIME, ...members].join(','))));
        const { table, duplicates } = await indexOf(make(probe), [bytes]);
        expect({ table, duplicates }).toEqual(expectedIndex([bytes], probe));
      }),
      { numRuns: 300 },
    );
  });

  test('keeps files apart, and the rows of a refused one out', async () => {
    const files = [
      delivered(record(',"eventID":"1"'), record(',"eventID":"2"')),
      concat(delivered(record(',"eventID":"3"')), 'x'),
      delivered(record(',"eventID":"2"'), record(',"eventID":"4"')),
      utf8('no log'),
    ];
    const { table, duplicates, plain } = await indexOf(make(), files);
    expect(plain).toBe(2);
    expect({ table, duplicates }).toEqual(expectedIndex(files));
    expect(textsOf(table, 'eventID')).toEqual(['1', '2', '3', '4']);
    expect([...table.file]).toEqual([0, 0, 1, 2]);
    expect(textsOf(duplicates, 'eventID')).toEqual(['2']);
  });

  test('takes more records than a batch holds', async () => {
    const count = 20_000;
    const jsons = Array.from({ length: count }, (_, i) =>
      record(`,"eventID":"${i}","userIdentity":{"userName":"u${i % 300}"}`),
    );
    const { table } = await indexOf(make(), [delivered(...jsons.slice(0, 9000)), delivered(...jsons.slice(9000))]);
    expect(textsOf(table, 'eventID')).toEqual(Array.from({ length: count }, (_, i) => String(i)));
    expect(textsOf(table, 'userName')).toEqual(Array.from({ length: count }, (_, i) => `u${i % 300}`));
  });
});

test('asks about an event of very many sources though the memory moves', async () => {
  const rules = new RuleProbe(
    ['b*', 'bc*', 'bcd'].map((text, i) =>
      ruleWith({ id: `r${i}`, eventSource: 's40.x', eventName: 'A', condition: `{ $.a = "${text}" }` }),
    ),
  );
  const bytes = delivered(
    ...Array.from({ length: 41 }, (_, i) => record(`,${TIME},"eventSource":"s${i}.x","a":"bcd"`)),
  );
  const module = scannerModule();
  const { memory } = module as ScannerExports & { memory: { grow(pages: number): number } };
  const moving = {
    ...module,
    allocate: (size: number): number => {
      const address = module.allocate(size);
      memory.grow(1);
      return address;
    },
  };
  const { table, duplicates } = await indexOf(new WasmScanner(moving, 7, rules), [bytes]);
  expect({ table, duplicates }).toEqual(expectedIndex([bytes], rules));
  expect(new TextDecoder().decode(table.columns.ruleTests.dictionary.bytes)).toBe('"r0 r1 r2"');
});

/** The record with the version that makes it one. */
function withVersion(json: string): string {
  return json === '{}' ? '{"eventVersion":"1.11"}' : json.replace('{', '{"eventVersion":"1.11",');
}
