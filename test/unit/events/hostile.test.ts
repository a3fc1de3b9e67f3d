import { describe, expect, it } from 'vitest';
import { RecordView } from '../../../src/core/events/recordView';
import { readEvent } from '../../../src/core/events/event';
import { RecordReader } from '../../../src/core/events/recordReader';
import { inPieces, utf8 } from '../../fixtures/bytes';
import { type ReadContent, lossesOf, readAll } from '../../fixtures/readAll';
import { makeRecords } from '../../fixtures/records';

const RECORD = '{"eventVersion":"1.11","eventName":"X"}';
/** Long enough for anything quadratic to run into the time limit of the test runner. */
const MANY = 100_000;
const MEGABYTE = 1024 * 1024;
/** Of the usual size. */
const ONE = JSON.stringify(makeRecords(1)[0]);

function read(text: string): ReadContent {
  return readAll(inPieces(utf8(text), 65_536));
}

describe('traps for readers that go back', () => {
  it.each<[name: string, text: string]>([
    ['brackets that open lines', `${'[\n'.repeat(MANY)}x`],
    ['objects that open lines', `${'{"a":\n'.repeat(MANY)}x`],
    ['objects that open lines and do not end', '{"a":\n'.repeat(MANY)],
    ['records in records', `{"Records":[${'{"eventVersion":\n'.repeat(MANY)}x`],
    ['records in records that do not end', `{"Records":[${'{"eventVersion":['.repeat(MANY)}`],
    ['containers in containers', '{"Records":['.repeat(MANY)],
    ['containers in arrays', `${'[{"Records":['.repeat(MANY)}${']}]'.repeat(MANY)}`],
    ['hits in hits', '{"hits":'.repeat(MANY)],
    ['quotes', '{"'.repeat(MANY)],
    ['quotes in lines', '{"\n'.repeat(MANY)],
    ['texts that end in objects', `{":":1}\n["{",":1,${'","{",":1,'.repeat(MANY)}`],
    ['backslashes', `{"a":"${'\\'.repeat(MANY)}`],
    ['records cut in a text', '{"eventVersion":"1.11","a":"\n'.repeat(MANY)],
    ['records cut before a value', '{"eventVersion":"1.11","a":\n'.repeat(MANY)],
    ['records cut anywhere', `${RECORD.slice(0, 30)}\n`.repeat(MANY)],
    ['a new key in each record', Array.from({ length: MANY }, (_, i) => `{"k${i}":}`).join('\n')],
    ['a bracket and blanks', `[${RECORD}x${`{${' '.repeat(100)}`.repeat(MANY / 10)}`],
    ['time stamps', '2026-03-04T05:00:00.000Z '.repeat(MANY)],
    ['brackets in a text in a text', JSON.stringify({ message: JSON.stringify({ message: '[\n'.repeat(MANY) }) })],
    ['damaged texts', `${JSON.stringify({ message: '{"eventVersion"'.repeat(5) })}\n`.repeat(MANY / 10)],
    ['quotes that do not close in a table', `"_raw","b"\n${'"a\n'.repeat(MANY)}`],
    ['quotes at the end of lines of a table', `"_raw","b"\n${'"\n\n\n"x'.repeat(MANY)}`],
    ['commas in a table', `"_raw","b"\n${','.repeat(MANY)}\n`],
    ['structs in structs', `eventtime,useridentity\nt,"${'{a='.repeat(MANY)}"\n`],
    ['fields of a struct', `eventtime,useridentity\nt,"{${'a=b, '.repeat(MANY)}}"\n`],
    ['lists in a struct', `eventtime,useridentity\nt,"${'[a, '.repeat(MANY)}"\n`],
    ['duplicate objects', `{"eventVersion":"1.1",${'"userIdentity":{"type":"a"},'.repeat(MANY)}"a":1}`],
    ['escaped keys', `{${'"\\u0061":1,'.repeat(MANY)}"a":1}`],
    ['a long line that is no table', `a${'"'.repeat(MANY)}`],
    ['NUL', '\0'.repeat(MANY)],
  ])('%s', (_, text) => {
    const { records, problems } = read(text);
    expect(problems.length).toBeGreaterThan(records.length > 0 ? -1 : 0);
    // However much is wrong, it is told in a few lines.
    expect(problems.length).toBeLessThan(60);
  });

  it('and what follows them is read', () => {
    const { records } = read(`${RECORD}\n${'{"a":[\n'.repeat(100_000)}x\n${RECORD}`);
    expect(records.length).toBe(2);
  });
});

describe('depth', () => {
  const deep = (depth: number): string => `${'{"a":['.repeat(depth)}1${']}'.repeat(depth)}`;

  it.each([10_000, 500_000])('of %i in a record costs nothing', (depth) => {
    const text = `{"eventVersion":"1.11","requestParameters":${deep(depth)},"eventName":"X"}`;
    const { records, problems } = read(`{"Records":[${text},${RECORD}]}`);
    expect(records.map(({ json }) => json)).toEqual([text, RECORD]);
    expect(problems).toEqual([]);
    expect(readEvent(new RecordView(utf8(text))).eventName).toBe('X');
  });

  it.each<[name: string, wrap: (deep: string) => string, records: number]>([
    ['a text', (value) => JSON.stringify({ message: `{"eventVersion":"1.11","a":${value}}` }), 1],
    [
      'an OCSF event',
      (value) =>
        `{"class_uid":6003,"metadata":{"product":{"name":"CloudTrail"}},"time":1,"api":{"operation":${value}}}`,
      0,
    ],
    ['ECS fields', (value) => `{"_source":{"event":{"action":"a","provider":${value}}}}`, 0],
    ['a table', (value) => `eventtime,requestparameters\nt,"${value.replaceAll('"', '""')}"\n`, 0],
    [
      'a console table',
      (value) =>
        `User name,AWS access key,Event time,Event source,Event name,AWS region,Resources\na,b,c,d,e,f,"[{""resourceName"":${value.replaceAll('"', '""')}}]"\n`,
      0,
    ],
    [
      'a query result',
      (value) => `{"QueryResultRows":[[{"eventTime":"t"},{"requestParameters":${JSON.stringify(value)}}]]}`,
      0,
    ],
  ])('in %s is no exception', (_, wrap, records) => {
    // What has to be built as an object is given up; what can be passed on as bytes is not.
    expect(read(wrap(deep(100_000))).records.length).toBe(records);
    expect(read(wrap(deep(3))).records.length).toBe(1);
  });
});

describe('size', () => {
  it('a string of 5 MB is one field of a record', () => {
    const text = `{"eventVersion":"1.11","requestParameters":{"a":"${'x'.repeat(5 * MEGABYTE)}"},"eventName":"X"}`;
    const { records, problems } = read(`${RECORD}\n${text}\n${RECORD}`);
    expect(records.map(({ json }) => json.length)).toEqual([RECORD.length, text.length, RECORD.length]);
    expect(problems).toEqual([]);
  });

  it.each<[name: string, megabytes: number, build: (count: number) => string]>([
    ['a container', 50, (count) => `{"Records":[${`${ONE},`.repeat(count - 1)}${ONE}]}`],
    ['glued records', 10, (count) => ONE.repeat(count)],
    [
      'a container in a text',
      16,
      (count) => JSON.stringify({ message: `{"Records":[${`${ONE},`.repeat(count - 1)}${ONE}]}` }),
    ],
  ])('in a line of many MB is read: %s', (_, megabytes, build) => {
    const count = Math.ceil((megabytes * MEGABYTE) / build(1000).length) * 1000;
    let records = 0;
    const problems: string[] = [];
    const reader = new RecordReader({ record: () => records++, problem: ({ kind }) => problems.push(kind) });
    for (const piece of inPieces(utf8(build(count)), 256 * 1024)) {
      expect(reader.isHopeless).toBe(false);
      reader.push(piece);
    }
    reader.end();
    expect(records).toBe(count);
    expect(problems).toEqual([]);
  });

  it('a record of more than 64 MB is passed over and the next one read', () => {
    const reader: string[] = [];
    const problems: string[] = [];
    const it = new RecordReader({
      record: ({ start }) => reader.push(String(start)),
      problem: ({ kind }) => problems.push(kind),
    });
    const start = utf8(`{"Records":[${RECORD},{"eventVersion":"1.11","a":"`);
    const filler = utf8('x'.repeat(MEGABYTE));
    it.push(start);
    for (let i = 0; i < 66; i++) it.push(filler);
    it.push(utf8(`"},${RECORD}]}`));
    expect(it.end().format).toBe('records');
    expect(reader.length).toBe(2);
    expect(problems).toEqual(['record-too-large']);
  });
});

describe('content that is not CloudTrail', () => {
  it.each<[name: string, chunk: string]>([
    ['JSON lines', '{"level":"info","text":"hello"}\n'],
    ['a JSON array', '{"level":"info","text":"hello"},'],
    ['a table', 'a,b,c\n'],
    ['text', 'hello world\n'],
    ['text in one line', 'hello world '],
    ['damaged JSON', '{"level":}\n'],
  ])('is left alone after a few MB: %s', (name, chunk) => {
    const first = name === 'a JSON array' ? '[' : '';
    function* endless(): Generator<Uint8Array> {
      yield utf8(first);
      for (let i = 0; i < 1000; i++) yield utf8(chunk.repeat(65_536 / chunk.length));
      throw new Error('read to the end');
    }
    const content = readAll(endless());
    expect(content.gaveUp).toBe(true);
    expect(content.format).toBe('unknown');
    expect(lossesOf(content)).toContain('not-cloudtrail');
    // It was left, not cut off.
    expect(lossesOf(content)).not.toContain('truncated');
  });
});

describe('values that other readers change', () => {
  it.each([
    ['integers above 2^53', '{"eventVersion":"1.11","a":9007199254740993,"b":1.0,"c":1E400}'],
    ['lone surrogates', '{"eventVersion":"1.11","a":"\\ud800","b":"\\udc00\\ud800"}'],
    ['duplicate keys', '{"eventVersion":"1.11","a":1,"a":2,"eventVersion":"1.11"}'],
    ['prototypes', '{"eventVersion":"1.11","__proto__":{"a":1},"constructor":{"prototype":1}}'],
    ['controls', '{"eventVersion":"1.11","a":"\\u0000\\u001b[31m\u007f\u009b"}'],
    ['escaped keys', '{"event\\u0056ersion":"1.11","event\\u004eame":"X"}'],
  ])('%s pass to the byte', (_, text) => {
    expect(read(`{"Records":[${text}]}`).records.map(({ json }) => json)).toEqual([text]);
    expect(read(JSON.stringify({ message: text })).records.map(({ json }) => json)).toEqual([text]);
  });

  it('of duplicate keys the last one counts', () => {
    const event = readEvent(
      new RecordView(
        utf8(
          '{"eventName":"A","userIdentity":{"type":"Root","arn":"x"},"userIdentity":{"type":"IAMUser"},"event\\u004eame":"B"}',
        ),
      ),
    );
    expect(event).toMatchObject({ eventName: 'B', identityType: 'IAMUser', arn: undefined });
  });

  it('bytes that are no UTF-8 cost no record', () => {
    const bytes = utf8(`{"Records":[{"eventVersion":"1.11","a":"??"},${RECORD}]}`);
    bytes.set([0xc3, 0x28], Buffer.from(bytes).indexOf('??'));
    const { records, problems } = readAll([bytes]);
    expect(records.length).toBe(2);
    expect(problems).toEqual([]);
  });
});
