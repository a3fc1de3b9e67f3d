import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EVENT_COLUMNS } from '../../../src/core/events/eventColumns';
import { zipOf } from '../../fixtures/archives';
import { CommandLine } from '../../fixtures/commandLine';
import { TestFolder } from '../../fixtures/folder';
import { makeRecords } from '../../fixtures/records';

const folder = new TestFolder();
const cli = new CommandLine(folder.path);
const RECORDS = makeRecords(6).map((record) => JSON.stringify(record));
const STOP_LOGGING = JSON.stringify({
  eventVersion: '1.11',
  userIdentity: {
    type: 'IAMUser',
    arn: 'arn:aws:iam::111122223333:user/hanako',
    accountId: '111122223333',
    userName: 'hanako',
  },
  eventTime: '2026-03-04T05:08:00Z',
  eventSource: 'cloudtrail.amazonaws.com',
  eventName: 'StopLogging',
  awsRegion: 'us-east-1',
  sourceIPAddress: '203.0.113.24',
  eventID: 'stop',
  eventType: 'AwsApiCall',
  recipientAccountId: '111122223333',
});

/** The fixtures, by what they are called in the tests. */
const files: Record<string, string> = {};

beforeAll(async () => {
  await cli.build('1.2.3');
  Object.assign(files, {
    delivered: folder.write('logs/a.json.gz', gzipSync(`{"Records":[${RECORDS.slice(0, 3).join(',')}]}`)),
    lines: folder.write('logs/b/c.jsonl', RECORDS.slice(3).join('\n')),
    pretty: folder.write(
      'pretty.json',
      JSON.stringify({ Records: RECORDS.map((each) => JSON.parse(each) as unknown) }, null, 2),
    ),
    stop: folder.write('stop.json', `{"Records":[${STOP_LOGGING}]}`),
    cut: folder.write('cut.jsonl', `${RECORDS[0]!}\n${RECORDS[1]!.slice(0, 100)}`),
    packedCut: folder.write('cut.json.gz', gzipSync(`{"Records":[${RECORDS.join(',')}]}`).subarray(0, -30)),
    other: folder.write('other.json', '{"name":"x"}'),
    empty: folder.write('empty.json', ''),
    noRecords: folder.write('none.json', '{"Records":[]}'),
    zip: folder.write('logs.zip', zipOf([{ name: 'x.json', content: Buffer.from(`[${RECORDS[0]!}]`) }])),
    missing: join(folder.path, 'missing.json'),
    logs: join(folder.path, 'logs'),
  });
  folder.write('logs/README.md', '# not a log');
  folder.write('logs/notes', 'not a log either');
  mkdirSync(join(folder.path, 'nothing'));
  files['nothing'] = join(folder.path, 'nothing');
});
afterAll(() => folder.remove());

describe('exit codes', () => {
  it.each<[args: readonly string[], code: number]>([
    [['inspect', 'delivered'], 0],
    [['inspect', 'other'], 0],
    [['inspect', 'nothing'], 1],
    [['inspect', '--format', 'json', 'nothing'], 1],
    [['inspect', 'missing'], 3],
    [['inspect', 'cut'], 3],
    [['events', 'delivered'], 0],
    [['events', 'noRecords'], 1],
    [['events', 'other'], 1],
    [['events', 'empty'], 1],
    [['events', 'nothing'], 1],
    [['events', '--format', 'json', 'noRecords'], 1],
    [['events', 'packedCut'], 3],
    [['events', 'missing', 'delivered'], 3],
    [['findings', 'stop'], 0],
    [['findings', 'noRecords'], 1],
    [['findings', '--format', 'sarif', 'noRecords'], 1],
    [['findings', 'missing'], 3],
    [[], 2],
    [['inspect'], 2],
    [['events'], 2],
    [['findings'], 2],
    [['inspect', '--wrong', 'delivered'], 2],
    [['inspect', '--format', 'xml', 'delivered'], 2],
    [['inspect', '--format'], 2],
    [['events', '--format=', 'delivered'], 2],
    [['findings', '--severity', 'worst', 'stop'], 2],
    [['findings', '--attack', 'v1', 'stop'], 2],
    [['wrong'], 2],
    [['toString'], 2],
    [['constructor'], 2],
    [['__proto__'], 2],
    [['--help'], 0],
    [['-h'], 0],
    [['help'], 0],
    [['events', '--help'], 0],
    [['--version'], 0],
    [['-v'], 0],
  ])('%j: %i', (args, code) => {
    const { code: answered, out, err } = cli.run(...args.map((arg) => files[arg] ?? arg));
    expect(answered).toBe(code);
    if (code === 2) {
      expect(out).toBe('');
      expect(err).toMatch(/--help|Usage/);
      // It says what to do, and nothing of where in the program it was found.
      expect(err).not.toMatch(/\n {4}at /);
    }
  });

  it('are those that the help tells of', () => {
    const { out } = cli.run('--help');
    for (const line of [
      '0  something was printed',
      '1  nothing was found',
      '2  the command line makes no sense',
      '3  something could not be read',
    ]) {
      expect(out).toContain(line);
    }
  });

  it('prints its version and nothing else', () => {
    expect(cli.run('--version')).toEqual({ code: 0, out: '1.2.3\n', err: '' });
  });
});

describe('inspect', () => {
  interface Inspected {
    readonly path: string;
    readonly format: string;
    readonly compression: string;
    readonly records: number;
    readonly firstEventName: string | null;
    readonly problems: readonly { readonly kind: string; readonly message: string; readonly at: number | null }[];
  }
  const inspect = (...paths: string[]): Inspected[] =>
    JSON.parse(cli.run('inspect', '--format', 'json', ...paths).out) as Inspected[];
  const first = (JSON.parse(RECORDS[0]!) as { eventName: string }).eventName;

  it('answers JSON with a row for each file', () => {
    const rows = inspect(files['delivered']!, files['cut']!);
    expect(rows).toMatchObject([
      {
        path: files['delivered'],
        format: 'records',
        compression: 'gzip',
        records: 3,
        firstEventName: first,
        firstTime: '2026-03-04T05:00:00Z',
        lastTime: '2026-03-04T05:00:02Z',
        duplicates: 0,
        problems: [],
      },
      {
        path: files['cut'],
        format: 'ndjson',
        compression: 'none',
        records: 1,
        firstEventName: first,
        problems: [{ kind: 'truncated', level: 'error' }],
      },
    ]);
    const [problem] = rows[1]!.problems;
    expect(problem!.message).toMatch(/^The file ends in the middle of a value/);
    expect(problem!.at).toBe(Buffer.byteLength(RECORDS[0]!) + 101);
    expect(Object.keys(rows[0]!)).toEqual(
      expect.arrayContaining(['path', 'format', 'compression', 'records', 'firstEventName', 'problems']),
    );
  });

  it.each([
    [
      'other',
      {
        format: 'unknown',
        records: 0,
        firstEventName: null,
        firstTime: null,
        lastTime: null,
        problems: [{ kind: 'not-cloudtrail', at: null }],
      },
    ],
    ['empty', { format: 'empty', records: 0, problems: [{ kind: 'empty', at: null }] }],
    ['missing', undefined],
  ])('tells of %s', (name, row) => {
    expect(inspect(files[name]!)[0]).toEqual(
      row === undefined
        ? undefined
        : expect.objectContaining({ ...row, problems: [expect.objectContaining(row.problems[0])] }),
    );
  });

  it('walks folders, and is silent on files that never meant to be logs', () => {
    expect(inspect(files['logs']!).map(({ path, records }) => [path, records])).toEqual([
      [files['delivered'], 3],
      [files['lines'], 3],
    ]);
  });

  it('looks into archives', () => {
    expect(inspect(files['zip']!)).toMatchObject([
      { path: `${files['zip']!}!/x.json`, format: 'record-array', compression: 'zip', records: 1 },
    ]);
  });

  it('counts what was delivered twice', () => {
    const path = folder.write('twice.json', `[${RECORDS[0]!},${RECORDS[1]!},${RECORDS[0]!}]`);
    expect(inspect(path)).toMatchObject([{ records: 3, duplicates: 1 }]);
    expect(cli.run('inspect', path).out).toContain('3 records, 1 delivered twice');
  });

  it('prints a paragraph for each file', () => {
    const { out } = cli.run('inspect', files['delivered']!);
    expect(out).toBe(
      `${files['delivered']!}\n  records, gzip, 3 records\n  first event ${first}\n  from 2026-03-04T05:00:00Z to 2026-03-04T05:00:02Z\n`,
    );
  });
});

describe('events', () => {
  it('as ndjson are each record to the byte, one a line', () => {
    const odd = [
      '{"eventVersion":"1.11","a":1.0,"a":9007199254740993,"b":"\\u0041\\ud800 \\/"}',
      '{ "eventVersion" : "1.11",\t"c":"日本" }',
    ];
    const path = folder.write('odd.json', `{"Records": [${odd.join(' ,\n ')}]}`);
    expect(cli.bytesOf('events', '--format', 'ndjson', path).toString()).toBe(`${odd.join('\n')}\n`);
    expect(cli.run('events', '--format', 'ndjson', files['logs']!).out).toBe(`${RECORDS.join('\n')}\n`);
  });

  it('as ndjson are put on one line where they were laid out', () => {
    expect(cli.run('events', '--format', 'ndjson', files['pretty']!).out).toBe(`${RECORDS.join('\n')}\n`);
  });

  it('as json have the columns', () => {
    const rows = JSON.parse(cli.run('events', '--format', 'json', files['logs']!).out) as Record<string, unknown>[];
    expect(rows.length).toBe(6);
    for (const row of rows) expect(Object.keys(row)).toEqual([...EVENT_COLUMNS, 'file']);
    expect(JSON.parse(cli.run('events', '--format', 'json', files['noRecords']!).out)).toEqual([]);
  });

  it('as csv have the columns, and no formulas', () => {
    const path = folder.write(
      'formula.json',
      '{"eventVersion":"1.11","eventName":"=cmd()","userAgent":"a,\\"b\\"\\n@c"}',
    );
    const [header, row] = cli.run('events', '--format', 'csv', path).out.split('\n');
    expect(header).toBe([...EVENT_COLUMNS, 'file'].join(','));
    expect(row).toContain(`,'=cmd(),`);
  });

  it('as a table have a head and a line each', () => {
    const lines = cli.run('events', files['stop']!).out.split('\n');
    expect(lines[0]).toMatch(/^TIME +EVENT +PRINCIPAL/);
    expect(lines[1]).toMatch(
      /^2026-03-04T05:08:00Z +cloudtrail:StopLogging +hanako +203\.0\.113\.24 +us-east-1 +111122223333 +ok$/,
    );
    expect(lines.length).toBe(3);
  });

  it('are printed once if asked', () => {
    const twice = [files['logs']!, files['pretty']!];
    expect(cli.run('events', '--format', 'ndjson', ...twice).out.split('\n').length).toBe(13);
    const { out, err } = cli.run('events', '--unique', '--format', 'ndjson', ...twice);
    expect(out).toBe(`${RECORDS.join('\n')}\n`);
    expect(err).toBe('6 records were delivered more than once and are printed once.\n');
  });

  it('that can be read are printed, and the others told of on standard error', () => {
    const { code, out, err } = cli.run(
      'events',
      '--format',
      'ndjson',
      files['missing']!,
      files['packedCut']!,
      files['lines']!,
    );
    expect(code).toBe(3);
    expect(out.endsWith(`${RECORDS.slice(3).join('\n')}\n`)).toBe(true);
    expect(err.split('\n')).toEqual(
      expect.arrayContaining([
        `${files['missing']!}: There is no such file or folder.`,
        expect.stringMatching(/cut\.json\.gz \(byte \d+\): The packed file is cut off/),
      ]),
    );
  });
});

describe('findings', () => {
  it('as json name rules, tactics and techniques', () => {
    const [finding] = JSON.parse(cli.run('findings', '--format', 'json', files['stop']!).out) as Record<
      string,
      unknown
    >[];
    expect(finding).toMatchObject({
      rule: 'cloudtrail.StopLogging',
      event: { eventName: 'StopLogging' },
      file: files['stop'],
      at: 12,
    });
    expect(Object.keys(finding!)).toEqual([
      'rule',
      'title',
      'severity',
      'tactics',
      'techniques',
      'why',
      'check',
      'respond',
      'references',
      'rules',
      'event',
      'file',
      'at',
    ]);
  });

  it('as SARIF say where they stand', () => {
    const log = JSON.parse(cli.run('findings', '--format', 'sarif', files['stop']!).out) as {
      version: string;
      runs: [{ tool: { driver: { version: string } }; results: object[] }];
    };
    expect(log.version).toBe('2.1.0');
    expect(log.runs[0].tool.driver.version).toBe('1.2.3');
    expect(log.runs[0].results).toMatchObject([
      {
        ruleId: 'cloudtrail.StopLogging',
        locations: [{ physicalLocation: { region: { byteOffset: 12, byteLength: STOP_LOGGING.length } } }],
      },
    ]);
  });

  it('below the asked severity are left out, and one event is one finding', () => {
    expect(cli.run('findings', files['stop']!, files['stop']!).out.split('\n').length).toBe(2);
    const low = folder.write(
      'low.json',
      '{"eventVersion":"1.11","eventSource":"ec2.amazonaws.com","eventName":"DescribeInstances","eventTime":"2026-03-04T05:08:00Z"}',
    );
    expect(cli.run('findings', '--severity', 'critical', low).code).toBe(1);
  });
});

describe('a hostile log', () => {
  /** Anything that could move a cursor, change a title or turn text around; line breaks are the program's own. */
  const DANGEROUS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;
  const EVIL = '\u001b]0;owned\u0007\u001b[2J\u009b31m\r\nFAKE LINE\u202egpj.exe\u2028\u0000';

  it('cannot write to the terminal', () => {
    const record = JSON.stringify({
      eventVersion: '1.11',
      eventTime: EVIL,
      eventSource: 'cloudtrail.amazonaws.com',
      eventName: 'StopLogging',
      awsRegion: EVIL,
      sourceIPAddress: EVIL,
      userAgent: EVIL,
      errorCode: EVIL,
      recipientAccountId: EVIL,
      eventID: EVIL,
      userIdentity: { type: 'IAMUser', userName: EVIL, arn: EVIL },
    });
    const evil = folder.write(
      `evil/${EVIL.replaceAll('\u0000', '').replaceAll('/', '')}.json`,
      `${record}\n${record.replace(
        'StopLogging',
        EVIL.replaceAll(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
      )}\n{"eventVersion":`,
    );
    for (const args of [
      ['inspect'],
      ['inspect', '--format', 'json'],
      ['events'],
      ['events', '--format', 'json'],
      ['findings'],
      ['findings', '--format', 'json'],
      ['findings', '--format', 'sarif'],
    ]) {
      const { out, err } = cli.run(...args, join(folder.path, 'evil'));
      expect(out, args.join(' ')).not.toMatch(DANGEROUS);
      expect(err, args.join(' ')).not.toMatch(DANGEROUS);
      expect(out.split('\n'), args.join(' ')).not.toContain('FAKE LINE');
    }
    expect(cli.run('inspect', evil).err).not.toMatch(DANGEROUS);
  });
});

describe('a pipe', () => {
  it('whose reader goes away ends the program quietly', async () => {
    const large = folder.write('large.jsonl', `${RECORDS.join('\n')}\n`.repeat(2000));
    for (const format of ['ndjson', 'table', 'csv', 'json']) {
      const child = spawn(process.execPath, [cli.program, 'events', '--format', format, large], {
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const errors: Buffer[] = [];
      child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
      await once(child.stdout, 'data');
      child.stdout.destroy();
      const [code] = (await once(child, 'close')) as [number | null];
      expect(Buffer.concat(errors).toString()).toBe('');
      expect(code).toBe(0);
    }
  });

  it('gets all of a large log', () => {
    const text = `${RECORDS.join('\n')}\n`.repeat(3000);
    const path = folder.write('larger.jsonl.gz', gzipSync(text));
    expect(cli.bytesOf('events', '--format', 'ndjson', path).equals(Buffer.from(text))).toBe(true);
  });
});

describe('starting', () => {
  it('loads no more than it needs', () => {
    expect(cli.inputs.length).toBeGreaterThan(50);
    expect(cli.inputs.filter((path) => path.endsWith('.json'))).toEqual([]);
    expect(cli.bytes).toBeLessThan(400_000);
  });

  it('reads no reference data before it is asked for findings', () => {
    cli.removeData();
    try {
      expect(cli.run('--version').code).toBe(0);
      expect(cli.run('inspect', files['stop']!).code).toBe(0);
      expect(cli.run('events', files['stop']!).code).toBe(0);
      expect(cli.run('findings', files['stop']!).code).not.toBe(0);
    } finally {
      cli.addData();
    }
  });
});
