import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formats } from '../../../src/core/events/data/input-formats.json';
import type { FormatId } from '../../../src/core/events/formats';
import { PIECE_SIZES, concat, cutAt, inPieces, textOf, utf16, utf8 } from '../../fixtures/bytes';
import { CONTAINERS, type Container } from '../../fixtures/containers';
import { type ReadContent, eventNames, lossesOf, readAll } from '../../fixtures/readAll';
import { type CloudTrailRecord, makeRecords, withSortedKeys } from '../../fixtures/records';

/** Records and first eventName in each fragment of the format reference. */
const FRAGMENTS: Readonly<Record<string, readonly [records: number, firstEventName?: string]>> = {
  records: [1, 'CreateUser'],
  'lookup-events': [1, 'CreateUser'],
  'lookup-events-strings': [1, 'CreateUser'],
  'single-record': [1, 'CreateUser'],
  'record-array': [1, 'CreateUser'],
  ndjson: [2, 'CreateUser'],
  concatenated: [2, 'CreateUser'],
  'cloudwatch-export': [1, 'CreateUser'],
  'cloudwatch-events': [1, 'CreateUser'],
  'cloudwatch-insights': [1],
  'cloudwatch-subscription': [1],
  eventbridge: [1, 'CreateUser'],
  'event-history-csv': [1, 'CreateUser'],
  'event-history-csv-legacy': [1, 'CreateRole'],
  'athena-csv': [1, 'CreateUser'],
  'lake-csv': [1, 'CreateUser'],
  'lake-query-results': [1, 'CreateUser'],
  elastic: [1, 'CreateUser'],
  'splunk-json': [1],
  'splunk-csv': [1],
  'message-wrapper': [1],
  ocsf: [1, 'CreateUser'],
  parquet: [0],
  digest: [0],
  'public-keys': [0],
  'digest-signatures': [0],
  'lake-sign': [0],
  'trail-notification': [0],
  's3-event-notification': [0],
};

/** The same content in other encodings and with other line breaks. */
const VARIANTS: readonly (readonly [name: string, encode: (text: string) => Uint8Array])[] = [
  ['UTF-8', utf8],
  ['UTF-8 with a byte order mark', (text) => utf8(`\ufeff${text}`)],
  ['UTF-16LE with a byte order mark', (text) => utf16(text, 'le', true)],
  ['UTF-16BE with a byte order mark', (text) => utf16(text, 'be', true)],
  ['UTF-16LE', (text) => utf16(text, 'le', false)],
  ['UTF-16BE', (text) => utf16(text, 'be', false)],
  ['CRLF', (text) => utf8(text.replaceAll('\n', '\r\n'))],
  ['no final line break', (text) => utf8(text.trimEnd())],
  ['blank lines around', (text) => utf8(`\n  \r\n\n${text}\n\n \n`)],
  ['PowerShell: UTF-16LE, CRLF', (text) => utf16(text.replaceAll('\n', '\r\n'), 'le', true)],
];

/** What must not depend on encoding, line breaks or pieces; positions may. */
function substance({ format, records, problems }: ReadContent): object {
  return {
    format,
    records: records.map(({ json }) => JSON.parse(json) as unknown),
    problems: problems.map(({ kind }) => kind),
  };
}

const RECORDS = makeRecords(4, 7);
/** CSV of chosen columns cannot give whole records back. */
const CHOSEN_COLUMNS: readonly FormatId[] = ['athena-csv', 'lake-csv', 'lake-query-results'];

function expectedRecords({ format }: Container, records: readonly CloudTrailRecord[]): readonly unknown[] {
  if (!CHOSEN_COLUMNS.includes(format)) return records;
  return records.map(({ eventVersion, eventTime, eventName, eventSource, eventID }) => ({
    eventVersion,
    eventTime,
    eventName,
    eventSource,
    eventID,
  }));
}

describe('every format of the reference is told by its fragment', () => {
  it('and every one has a case here', () => {
    expect(Object.keys(FRAGMENTS).sort()).toEqual(formats.map(({ id }) => id).sort());
  });

  describe.each(formats)('$id', ({ id, fragment }) => {
    // Parquet is no text.
    it.each(id === 'parquet' ? VARIANTS.slice(0, 1) : VARIANTS)('in %s', (_, encode) => {
      const read = readAll([encode(fragment)]);
      const [records, firstEventName] = FRAGMENTS[id]!;
      expect(read.format).toBe(id);
      expect(read.records.length).toBe(records);
      expect(eventNames(read)[0]).toBe(firstEventName);
    });

    it('in any pieces', () => {
      const whole = readAll([utf8(fragment)]);
      for (const size of PIECE_SIZES) expect(readAll(inPieces(utf8(fragment), size))).toEqual(whole);
    });
  });
});

describe('whole files of every container', () => {
  describe.each(CONTAINERS)('$name', (container) => {
    const text = container.build(RECORDS);

    it.each(VARIANTS)('in %s', (_, encode) => {
      const read = readAll([encode(text)]);
      expect(read.records.map(({ json }) => JSON.parse(json) as unknown)).toEqual(expectedRecords(container, RECORDS));
      expect(read.format).toBe(container.format);
      expect(lossesOf(read)).toEqual([]);
    });

    it('with sorted keys', () => {
      const sorted = RECORDS.map((record) => withSortedKeys(record) as CloudTrailRecord);
      const read = readAll([utf8(container.build(sorted))]);
      expect(read.records.map(({ json }) => JSON.parse(json) as unknown)).toEqual(expectedRecords(container, RECORDS));
      expect(read.format).toBe(container.format);
    });

    it('in pieces of any size', () => {
      const bytes = utf8(text);
      const whole = readAll([bytes]);
      for (const size of PIECE_SIZES) expect(readAll(inPieces(bytes, size))).toEqual(whole);
    });

    it('in UTF-16, in pieces of any size', () => {
      const bytes = utf16(text, 'le', true);
      const whole = substance(readAll([bytes]));
      for (const size of PIECE_SIZES) expect(substance(readAll(inPieces(bytes, size)))).toEqual(whole);
    });

    it('cut anywhere', () => {
      const bytes = utf8(text);
      const whole = readAll([bytes]);
      fc.assert(
        fc.property(fc.array(fc.nat(), { maxLength: 8 }), (cuts) => {
          expect(readAll(cutAt(bytes, cuts))).toEqual(whole);
        }),
        { numRuns: 30 },
      );
    });

    it('gives records where they stand', () => {
      const bytes = utf8(text);
      for (const { json, start, end, embedded } of readAll([bytes]).records) {
        const place = textOf(bytes.subarray(start, end));
        if (embedded) expect(place).toBe(json);
        else expect(place.trim()).toMatch(/^["[{]/);
      }
    });
  });
});

describe('one record', () => {
  const [record] = makeRecords(1);
  it.each(CONTAINERS.filter(({ format }) => format === 'ndjson' || format === 'concatenated'))(
    'is no list of them: $name',
    ({ build }) => {
      expect(['single-record', 'records']).toContain(readAll([utf8(build([record!]))]).format);
    },
  );
});

describe('files without records are named', () => {
  it.each<[name: string, text: string, format: FormatId, kind: string, level: string]>([
    ['an empty file', '', 'empty', 'empty', 'note'],
    ['a blank file', ' \n\r\n\t', 'empty', 'empty', 'note'],
    ['a byte order mark', '\ufeff', 'empty', 'empty', 'note'],
    ['a delivered file without records', '{"Records":[]}', 'records', 'no-records', 'note'],
    ['a page without events', '{"Events":[],"NextToken":null}', 'lookup-events', 'no-records', 'note'],
    ['a search without hits', '{"hits":{"total":{"value":0},"hits":[]}}', 'elastic', 'no-records', 'note'],
    [
      'a control message',
      '{"messageType":"CONTROL_MESSAGE","owner":"CloudwatchLogs","logEvents":[{"id":"","timestamp":1772600880000,"message":"CWL CONTROL MESSAGE: Checking health of destination Firehose."}]}',
      'cloudwatch-subscription',
      'no-records',
      'note',
    ],
    [
      'an S3 event notification',
      '{"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"us-east-1","eventTime":"2026-03-04T05:08:00.000Z","eventName":"ObjectCreated:Put","s3":{}}]}',
      's3-event-notification',
      's3-event-notification',
      'note',
    ],
    [
      'a digest',
      '{"awsAccountId":"111122223333","digestStartTime":"2026-03-04T04:30:00Z","digestEndTime":"2026-03-04T05:30:00Z","digestS3Bucket":"b","digestS3Object":"o","logFiles":[{"s3Bucket":"b","s3Object":"o","hashValue":"0"}]}',
      'digest',
      'digest',
      'note',
    ],
    ['public keys', '{"publicKeyList":[]}', 'public-keys', 'public-keys', 'note'],
    [
      'saved signatures',
      '{"p/AWSLogs/111122223333/CloudTrail-Digest/r/2026/03/04/111122223333_CloudTrail-Digest_us-east-1_t_us-east-1_20260304T053000Z.json.gz":{"signature":"00"}}',
      'digest-signatures',
      'digest-signatures',
      'note',
    ],
    [
      'a Lake sign file',
      '{"version":"1.0","region":"us-east-1","files":[],"hashSignature":"0","publicKeyFingerprint":"0"}',
      'lake-sign',
      'lake-sign',
      'note',
    ],
    ['a delivery notice', '{"s3Bucket":"b","s3ObjectKey":["k"]}', 'trail-notification', 'trail-notification', 'note'],
    [
      'a delivery notice from SNS',
      JSON.stringify({
        Type: 'Notification',
        MessageId: 'm',
        Message: '{"s3Bucket":"b","s3ObjectKey":["k"]}',
        Timestamp: 't',
      }),
      'trail-notification',
      'trail-notification',
      'note',
    ],
    ['Parquet', 'PAR1\u0015\u0004', 'parquet', 'parquet', 'warning'],
    ['an error page', '<!DOCTYPE html>\n<html></html>', 'unknown', 'markup', 'warning'],
    ['an S3 error', '\n<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>', 'unknown', 'markup', 'warning'],
    ['other JSON', '{"name":"x","version":"1.0.0"}', 'unknown', 'not-cloudtrail', 'warning'],
    ['other JSON lines', '{"level":"info"}\n{"level":"warn"}\n', 'unknown', 'not-cloudtrail', 'warning'],
    ['other CSV', 'name,size\na,1\n', 'unknown', 'not-cloudtrail', 'warning'],
    ['a text', 'Hello, world.\n', 'unknown', 'not-cloudtrail', 'warning'],
    ['a JSON text', '"hello"', 'unknown', 'not-cloudtrail', 'warning'],
    ['a number', '42', 'unknown', 'not-cloudtrail', 'warning'],
    ['a header without rows', '"eventtime","eventname"\n', 'athena-csv', 'no-records', 'note'],
  ])('%s', (_, text, format, kind, level) => {
    const read = readAll([utf8(text)]);
    expect(read.format).toBe(format);
    expect(read.records).toEqual([]);
    expect(read.problems.at(-1)).toMatchObject({ kind, level, at: null });
    expect(readAll(inPieces(utf8(text), 1))).toEqual(read);
  });
});

describe('what is passed over without a loss', () => {
  it.each([
    [
      'other messages of a log group',
      '{"events":[{"message":"START RequestId: 1"},{"message":"[INFO] {x"},{"message":"{\\"eventVersion\\":\\"1.11\\"}"}]}',
      1,
    ],
    [
      'previews of Splunk',
      '{"preview":true,"result":{"_raw":"{\\"eventVersion\\":\\"1.11\\"}"}}\n{"preview":false,"result":{"_raw":"{\\"eventVersion\\":\\"1.11\\"}"}}',
      1,
    ],
    [
      'log lines of other programs',
      '{"log":"[main] started\\n"}\n{"log":"{\\"eventVersion\\":\\"1.11\\"}"}\n{"log":"{not json"}\n',
      1,
    ],
    ['other rows of a Logs Insights CSV', '@timestamp,@message\nt,"[INFO] {x"\nt,"{""eventVersion"":""1.11""}"\n', 1],
    [
      'notices between S3 notifications',
      '{"Records":[{"eventVersion":"2.1","eventSource":"aws:s3"},{"eventVersion":"1.11","eventName":"X"}]}',
      1,
    ],
    [
      'a text nested too deep',
      JSON.stringify({
        message: [1, 2, 3, 4, 5].reduce((text) => JSON.stringify({ message: text }), '{"eventVersion":"1.11"}'),
      }),
      0,
    ],
  ])('%s', (_, text, records) => {
    const read = readAll([utf8(text)]);
    expect(read.records.length).toBe(records);
    expect(read.problems.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('but a damaged record in a text is told of, once', () => {
    const read = readAll([
      utf8('{"message":"{\\"eventVersion\\":\\"1.11\\",\\"a\\":[}"}\n{"message":"{\\"eventVersion\\":\\"1.11\\"}"}\n'),
    ]);
    expect(read.records.length).toBe(1);
    expect(read.problems).toEqual([
      { kind: 'malformed-record-text', level: 'error', at: 11, text: expect.stringContaining('byte 11') as string },
    ]);
  });

  it('and a value among records that is none is noted, at its place', () => {
    const read = readAll([utf8('{"Records":[{"eventVersion":"1.11"},{"a":1},7]}')]);
    expect(read.problems.map(({ kind, level, at }) => [kind, level, at])).toEqual([
      ['not-a-record', 'note', 36],
      ['not-a-record', 'note', 44],
    ]);
  });
});

describe('an answer of several pages', () => {
  it.each([
    ['{"Events":[{"CloudTrailEvent":"{\\"eventVersion\\":\\"1.11\\"}"}],"NextToken":"EXAMPLE=="}', true],
    ['{"nextToken":"b/1","events":[]}', true],
    ['{"Events":[],"NextToken":null}', false],
    ['{"Events":[],"NextToken":""}', false],
    ['{"Events":[]}', false],
  ])('%s', (text, told) => {
    const { problems } = readAll([utf8(text)]);
    expect(problems.some(({ kind }) => kind === 'one-page')).toBe(told);
  });
});

describe('files joined by other tools', () => {
  const [a, b] = makeRecords(2).map((record) => JSON.stringify(record));
  it.each([
    ['with byte order marks', concat(`\ufeff{"Records":[${a!}]}`, `\ufeff{"Records":[${b!}]}`)],
    ['with commas', concat(`${a!},\n${b!},\n`)],
    ['with a front that was cut off', concat(`},{"eventVersion":"1.11"},${a!}]}{"Records":[${b!}]}`)],
  ])('%s', (_, bytes) => {
    const { records } = readAll([bytes]);
    expect(records.map(({ json }) => json)).toEqual(expect.arrayContaining([a, b]));
  });
});
