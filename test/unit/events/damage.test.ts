import { describe, expect, it } from 'vitest';
import { concat, inPieces, textOf, utf16, utf8 } from '../../fixtures/bytes';
import { CONTAINERS, type Container } from '../../fixtures/containers';
import { lossesOf, readAll } from '../../fixtures/readAll';
import { type CloudTrailRecord, makeRecords, withSortedKeys } from '../../fixtures/records';

function container(name: string): Container {
  const found = CONTAINERS.find((each) => each.name === name);
  if (found === undefined) throw new Error(name);
  return found;
}

/** Short records, so that every byte of a file can be tried. */
const SHORT: readonly CloudTrailRecord[] = ['CreateUser', 'GetObject', 'Decrypt'].map((eventName, i) => ({
  eventVersion: '1.11',
  userIdentity: { type: 'IAMUser', arns: [`arn:${i}`, { a: [] }] },
  eventTime: `2026-03-04T05:06:0${i}Z`,
  eventName,
  note: 'é "quoted" \\ {',
  n: -1.5e3,
  ok: true,
  responseElements: null,
}));

describe('a file that is cut off gives every whole record before the cut', () => {
  const [first] = SHORT;

  it('delivered: at every byte', () => {
    const bytes = utf8(container('delivered').build(SHORT));
    const whole = readAll([bytes]).records;
    for (let cut = 1; cut < bytes.length; cut++) {
      const read = readAll([bytes.subarray(0, cut)]);
      expect(read.records).toEqual(whole.filter(({ end }) => end <= cut));
      expect(lossesOf(read).filter((kind) => kind !== 'not-cloudtrail')).toEqual(['truncated']);
      expect(read.problems.find(({ kind }) => kind === 'truncated')?.at).toBe(cut);
    }
  });

  it('JSON lines: at every byte', () => {
    const text = container('JSON lines').build(SHORT);
    const bytes = utf8(text);
    const whole = readAll([bytes]).records;
    for (let cut = 1; cut < bytes.length; cut++) {
      const read = readAll([bytes.subarray(0, cut)]);
      const betweenLines = whole.some(({ end }) => cut === end || cut === end + 1);
      expect(read.records).toEqual(whole.filter(({ end }) => end <= cut));
      expect(lossesOf(read).filter((kind) => kind !== 'not-cloudtrail')).toEqual(betweenLines ? [] : ['truncated']);
    }
  });

  it.each(['le', 'be'] as const)('UTF-16%s: at every byte', (order) => {
    const bytes = utf16(container('delivered').build([first!]), order, true);
    for (let cut = 20; cut < bytes.length; cut++) {
      const read = readAll([bytes.subarray(0, cut)]);
      expect(lossesOf(read).filter((kind) => kind !== 'not-cloudtrail')).toEqual(['truncated']);
    }
  });

  it.each(CONTAINERS)('$name: at every byte', ({ build, format }) => {
    const isTable = format === 'athena-csv' || format === 'lake-csv';
    const bytes = utf8(build(SHORT));
    const whole = readAll([bytes]).records;
    for (let cut = 1; cut < bytes.length; cut++) {
      const { records } = readAll([bytes.subarray(0, cut)]);
      // Where the next one has begun, a record is whole. The last row of a table may be cut without a trace.
      const certain = whole.filter(({ start }) => whole.some((next) => next.start > start && next.start <= cut));
      const sure = isTable ? certain.length : records.length;
      expect(records.slice(0, sure).map(({ json }) => json)).toEqual(whole.slice(0, sure).map(({ json }) => json));
      expect(records.length).toBeGreaterThanOrEqual(certain.length);
    }
  });

  it('says where the value that was cut begins', () => {
    const read = readAll([utf8('{"eventVersion":"1.11"}\n{"eventVersion":"1.11","a":')]);
    expect(read.problems.map(({ text }) => text)).toEqual([
      'The file ends in the middle of a value that begins at byte 24; 1 whole records come before it.',
    ]);
  });
});

/** Containers in which a record stands as it is, so that damage to one can be made in the file's text. */
const OPEN_CONTAINERS = [
  'delivered',
  'delivered, pretty-printed',
  'array',
  'JSON lines',
  'JSON lines of containers',
  'glued objects',
  'glued containers',
  'objects between tabs',
  'pretty-printed objects',
  'create-export-task',
  'LookupEvents, opened',
  'EventBridge',
  'OpenSearch, opened',
].map(container);

/** Ways to spoil a text at `at`. */
const DAMAGES: readonly (readonly [name: string, spoil: (text: string, at: number) => string])[] = [
  ['the rest lost', (text, at) => text.slice(0, at)],
  ['a character lost', (text, at) => text.slice(0, at) + text.slice(at + 1)],
  ['a quote put in', (text, at) => `${text.slice(0, at)}"${text.slice(at)}`],
  ['an opening brace put in', (text, at) => `${text.slice(0, at)}{${text.slice(at)}`],
  ['a closing brace put in', (text, at) => `${text.slice(0, at)}}${text.slice(at)}`],
  ['a closing bracket put in', (text, at) => `${text.slice(0, at)}]${text.slice(at)}`],
  ['a line break put in', (text, at) => `${text.slice(0, at)}\n${text.slice(at)}`],
  ['a NUL put in', (text, at) => `${text.slice(0, at)}\u0000${text.slice(at)}`],
];

describe('one damaged record costs no other', () => {
  describe.each(OPEN_CONTAINERS)('$name', ({ build }) => {
    const text = build(SHORT);
    const spans = readAll([utf8(text)]).records.map(({ start, end }) => {
      const from = textOf(utf8(text).subarray(0, start)).length;
      return { from, to: from + textOf(utf8(text).subarray(start, end)).length };
    });

    describe.each(DAMAGES)('%s', (_, spoil) => {
      it.each([0, 1, 2])('in record %i, at every character', (index) => {
        const { from, to } = spans[index]!;
        const record = text.slice(from, to);
        const others = SHORT.filter((_each, i) => i !== index).map(({ eventName }) => eventName);
        for (let at = 1; at < record.length; at++) {
          const damaged = text.slice(0, from) + spoil(record, at) + text.slice(to);
          const names = readAll([utf8(damaged)]).records.map(
            ({ json }) => (JSON.parse(json) as CloudTrailRecord)['eventName'],
          );
          expect(names, damaged).toEqual(expect.arrayContaining(others));
          expect(names.length, damaged).toBeLessThanOrEqual(3);
        }
      });
    });
  });

  it.each(OPEN_CONTAINERS)('nor where the keys are sorted: $name', ({ build }) => {
    // Sorted, records begin with different keys.
    const sorted = SHORT.map((record, i) =>
      withSortedKeys({ ...record, ...(i === 1 ? { additionalEventData: {} } : { awsRegion: 'r' }) }),
    );
    const text = build(sorted as CloudTrailRecord[]);
    for (const { eventName } of SHORT) {
      const damaged = text.replace(`"${String(eventName)}"`, `"${String(eventName)}`);
      const names = readAll([utf8(damaged)]).records.map(
        ({ json }) => (JSON.parse(json) as CloudTrailRecord)['eventName'],
      );
      expect(names).toEqual(SHORT.map((record) => record['eventName']).filter((name) => name !== eventName));
    }
  });

  it('nor in a log of thousands, where each damage is told of or counted', () => {
    const records = makeRecords(3000);
    const lines = records.map((record, i) =>
      i % 3 === 1 ? JSON.stringify(record).slice(0, 300) : JSON.stringify(record),
    );
    const read = readAll(inPieces(utf8(lines.join('\n')), 65_536));
    expect(read.records.map(({ json }) => json)).toEqual(lines.filter((_, i) => i % 3 !== 1));
    const errors = read.problems.filter(({ level }) => level === 'error');
    expect(errors.length).toBeLessThan(60);
    expect(errors.map(({ text }) => text)).toContainEqual(
      expect.stringMatching(/^9\d\d more problems of the same kind\.$/),
    );
  });

  it.each([
    ['lines of a table', container('Splunk CSV')],
    ['rows of Athena', container('Athena')],
    ['rows of Lake', container('Lake CSV')],
  ])('nor in %s', (_, { build }) => {
    const lines = build(SHORT).split('\n');
    for (const index of [1, 2, 3]) {
      for (let cut = 1; cut < lines[index]!.length; cut++) {
        const damaged = lines.map((line, i) => (i === index ? line.slice(0, cut) : line)).join('\n');
        const names = readAll([utf8(damaged)]).records.map(
          ({ json }) => (JSON.parse(json) as CloudTrailRecord)['eventName'],
        );
        // A row that was cut in its last cell looks whole.
        const looksWhole = lines[index]!.slice(0, cut).split(',').length === lines[index]!.split(',').length;
        const given = SHORT.filter((_each, i) => i !== index - 1 || (looksWhole && names.length === 3));
        expect(names, damaged).toEqual(given.map(({ eventName }) => eventName));
      }
    }
  });

  it('nor a file that was joined to it', () => {
    const text = container('delivered').build(SHORT);
    for (let cut = 1; cut < text.length; cut++) {
      for (const glue of ['', '\n']) {
        const read = readAll([concat(text.slice(0, cut), glue, text)]);
        const names = read.records.slice(-3).map(({ json }) => (JSON.parse(json) as CloudTrailRecord)['eventName']);
        expect(names).toEqual(SHORT.map(({ eventName }) => eventName));
      }
    }
  });
});

describe('damage is told with its place', () => {
  it.each([
    [
      'a cut line',
      '{"eventVersion":"1.11","a":"x\n{"eventVersion":"1.11"}\n',
      1,
      'cut-record',
      29,
      'byte 0 is cut off at byte 29',
    ],
    [
      'a missing value',
      '{"eventVersion":"1.11","a":}\n{"eventVersion":"1.11"}\n',
      1,
      'malformed-json',
      27,
      'Not valid JSON at byte 27: the record that begins at byte 0',
    ],
    ['a stray bracket', '{"eventVersion":"1.11"}\n]\n{"eventVersion":"1.11"}\n', 2, 'malformed-json', 24, 'at byte 24'],
    ['a missing comma', '[{"eventVersion":"1.11"}{"eventVersion":"1.11"}]', 2, 'malformed-json', 24, 'at byte 24'],
    [
      'a broken container',
      '{"Records":[{"eventVersion":"1.11"}],"x":]}{"Records":[{"eventVersion":"1.11"}]}',
      2,
      'malformed-json',
      41,
      'at byte 41',
    ],
  ])('%s', (_, text, records, kind, at, words) => {
    const read = readAll([utf8(text)]);
    expect(read.records.length).toBe(records);
    expect(read.problems).toEqual([{ kind, level: 'error', at, text: expect.stringContaining(words) as string }]);
    expect(readAll(inPieces(utf8(text), 1))).toEqual(read);
  });
});
