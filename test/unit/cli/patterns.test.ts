import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CommandLine } from '../../fixtures/commandLine';
import { TestFolder } from '../../fixtures/folder';

const folder = new TestFolder();
const cli = new CommandLine(folder.path);
const RECORDS = [
  '{"eventVersion":"1.11","eventTime":"2026-03-04T05:00:00Z","eventSource":"iam.amazonaws.com","eventName":"CreateUser","readOnly":false,"eventID":"1","n":1.0}',
  '{"eventVersion":"1.11","eventTime":"2026-03-04T05:00:01Z","eventSource":"iam.amazonaws.com","eventName":"GetUser","errorCode":"AccessDenied","readOnly":true,"eventID":"2"}',
  '{"eventVersion":"1.11","eventTime":"2026-03-04T05:00:02Z","eventSource":"s3.amazonaws.com","eventName":"GetObject","errorCode":"NoSuchKey","readOnly":true,"eventID":"3"}',
];
let log: string;
let missing: string;

beforeAll(async () => {
  await cli.build('1.2.3');
  log = folder.write('log.json', `{"Records":[${RECORDS.join(',')}]}`);
  missing = `${folder.path}/missing.json`;
});
afterAll(() => folder.remove());

/** The records that `out` holds, by their place. */
function numbers(out: string): number[] {
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => RECORDS.indexOf(line) + 1);
}

describe('events --pattern', () => {
  it.each<[pattern: string, printed: number[]]>([
    ['{ $.eventName = "CreateUser" }', [1]],
    ['{ $.eventSource = iam.amazonaws.com }', [1, 2]],
    ['{ $.n = 1 }', [1]],
    ['{ $.readOnly IS TRUE && $.errorCode = "*Denied" }', [2]],
    ['{ $.errorCode != "AccessDenied" }', [3]],
    ['{ ($.errorCode NOT EXISTS) || ($.errorCode != "AccessDenied") }', [1, 3]],
    ['NoSuchKey', [3]],
    ['', [1, 2, 3]],
    ['{ $.eventName = "Nothing" }', []],
  ])('%s prints what matches, as delivered', (pattern, printed) => {
    const { code, out } = cli.run('events', '--pattern', pattern, log);
    expect([numbers(out), code]).toEqual([printed, printed.length > 0 ? 0 : 1]);
  });

  it('prints in other formats if asked', () => {
    const { out } = cli.run('events', '--format', 'json', '--pattern', '{ $.eventName = Get* }', log);
    expect((JSON.parse(out) as { eventName: string }[]).map(({ eventName }) => eventName)).toEqual([
      'GetUser',
      'GetObject',
    ]);
    expect(cli.run('events', '--format', 'table', '--pattern', '{ $.eventName = Get* }', log).out).toMatch(/^TIME/);
  });

  it('counts repeats among what matches only', () => {
    const { out, err } = cli.run('events', '--unique', '--pattern', '{ $.eventName = CreateUser }', log, log);
    expect(numbers(out)).toEqual([1]);
    expect(err).toBe('1 records were delivered more than once and are printed once.\n');
  });

  it('prints what matches when something cannot be read', () => {
    const { code, out } = cli.run('events', '--pattern', '{ $.n = 1 }', missing, log);
    expect([code, numbers(out)]).toEqual([3, [1]]);
  });

  it('says first what may surprise', () => {
    const { err } = cli.run('events', '--pattern', '{ $.errorCode != "x" && $.eventname = "y" }', log);
    expect(err.split('\n')).toEqual([
      'note: Records without $.errorCode do not match: != is false for a missing field.',
      '  { $.errorCode != "x" && $.eventname = "y" }',
      '    ^^^^^^^^^^^^^^^^^^',
      '  Match records without it too: { (($.errorCode NOT EXISTS) || ($.errorCode != "x")) && $.eventname = "y" }',
      'note: CloudTrail records have no field $.eventname; there is $.eventName.',
      '  { $.errorCode != "x" && $.eventname = "y" }',
      '                          ^^^^^^^^^^^',
      '  Write $.eventName: { $.errorCode != "x" && $.eventName = "y" }',
      '',
    ]);
  });
});

describe('a syntax error', () => {
  it.each<[pattern: string, lines: string[]]>([
    [
      '{ $.eventName == "CreateUser" }',
      [
        'The operator is =, not ==.',
        '  { $.eventName == "CreateUser" }',
        '                ^^',
        '  Write =: { $.eventName = "CreateUser" }',
      ],
    ],
    [
      '{ $.eventName = "日本" AND $.a = 1 }',
      [
        'Conditions are joined with &&, not with AND.',
        '  { $.eventName = "日本" AND $.a = 1 }',
        `  ${' '.repeat(23)}^^^`,
        '  Write &&: { $.eventName = "日本" && $.a = 1 }',
      ],
    ],
    [
      '{ $.a = 1 &&\n  $.b }',
      ['An operator is expected here: = != < <= > >= IS or NOT EXISTS.', '    $.b }', '        ^'],
    ],
    [
      '{ eventName == x }',
      [
        'A field begins with $.',
        '  { eventName == x }',
        '    ^^^^^^^^^',
        'The operator is =, not ==.',
        '  { eventName == x }',
        '              ^^',
        '  Write it as: { $.eventName = x }',
      ],
    ],
    ['{ $.a =', ['A value is expected after =.', '  { $.a =', '         ^']],
    ['{ $.a = \u001b[2J }', ['Expected &&, || or } here.', '  { $.a = \u241b[2J }', '           ^^^']],
  ])('%j stands under its column', (pattern, lines) => {
    for (const args of [
      ['events', log, '--pattern', pattern],
      ['explain', pattern],
      ['sql', pattern],
    ]) {
      const { code, out, err } = cli.run(...args);
      expect([code, out, err.split('\n')]).toEqual([2, '', [...lines, '']]);
    }
  });

  it('is told as JSON if asked', () => {
    const pattern = '{ $.a = 1 &&\n $.b == "x" }';
    for (const args of [
      ['events', log, '--pattern', pattern],
      ['explain', pattern],
      ['sql', pattern],
    ]) {
      const { code, out, err } = cli.run(...args, '--json');
      expect([code, out]).toEqual([2, '']);
      expect(JSON.parse(err)).toEqual({
        errors: [
          {
            message: 'The operator is =, not ==.',
            aws: 'Invalid metric filter pattern',
            start: 18,
            end: 20,
            line: 2,
            column: 6,
            fix: { title: 'Write =', start: 18, end: 20, text: '=', pattern: '{ $.a = 1 &&\n $.b = "x" }' },
          },
        ],
        notes: [],
      });
    }
  });
});

describe('explain', () => {
  it('says what a pattern means, and what may surprise', () => {
    const { code, out, err } = cli.run('explain', '{ $.readOnly = true || ($.eventName = A && $.a[0] > 1) }');
    expect([code, err]).toEqual([0, '']);
    expect(out.split('\n')).toEqual([
      'A record matches when at least one of these holds:',
      '  $.readOnly is "true"',
      '  All of these hold:',
      '    $.eventName is "A"',
      '    $.a[0] is a number greater than 1',
      '      [0] is element number 1 of the list $.a: indexes count from zero.',
      '',
      '$.readOnly is true or false in the log, which no comparison matches; ask with IS TRUE or IS FALSE.',
      '  { $.readOnly = true || ($.eventName = A && $.a[0] > 1) }',
      '    ^^^^^^^^^^^^^^^^^',
      '  Write IS TRUE: { $.readOnly IS TRUE || ($.eventName = A && $.a[0] > 1) }',
      '',
      'CloudTrail records have no field $.a.',
      '  { $.readOnly = true || ($.eventName = A && $.a[0] > 1) }',
      '                                             ^^^^^^',
      '',
    ]);
  });

  it('answers in JSON if asked', () => {
    const { out } = cli.run('explain', '--json', '{ $.errorCode NOT EXISTS }');
    expect(JSON.parse(out)).toEqual({
      meaning: {
        text: 'A record matches when this holds:',
        below: [{ text: '$.errorCode is missing', below: [] }],
      },
      notes: [],
    });
  });
});

describe('sql', () => {
  const PATTERN = '{ $.eventName = "StopLogging" }';
  it.each<[args: string[], out: string]>([
    [['--condition'], `eventname = 'StopLogging'\n`],
    [['--condition', '--dialect', 'lake'], `eventName = 'StopLogging'\n`],
    [
      ['--from', '2026-03-04', '--to', '2026-03-05T12:00:00Z', '--table', 'audit.logs'],
      `SELECT *\nFROM audit.logs\nWHERE eventname = 'StopLogging'\n  AND eventtime >= '2026-03-04T00:00:00Z'\n  AND eventtime < '2026-03-05T12:00:00Z';\n`,
    ],
  ])('%j', (args, out) => expect(cli.run('sql', PATTERN, ...args)).toEqual({ code: 0, out, err: '' }));

  it('refuses what SQL cannot say, with the place', () => {
    const { code, out, err } = cli.run('sql', '--dialect', 'athena', '{ $.managementEvent IS TRUE }');
    expect([code, out]).toEqual([1, '']);
    expect(err).toBe(
      'The usual table of Athena has no column for $.managementEvent.\n  { $.managementEvent IS TRUE }\n    ^^^^^^^^^^^^^^^^^\n',
    );
    const json = cli.run('sql', '--json', 'AccessDenied');
    expect([json.code, JSON.parse(json.err)]).toMatchObject([
      1,
      { refusals: [{ start: 0, end: 12, line: 1, column: 1 }] },
    ]);
  });

  it('tells of what never matches, once', () => {
    const { code, out, err } = cli.run('sql', '--condition', '{ $.readOnly = true }');
    expect([code, out]).toEqual([0, 'FALSE\n']);
    expect(err.match(/^note/gm)).toHaveLength(1);
  });
});

describe('exit code 2', () => {
  it.each([
    [['explain']],
    [['explain', 'a', 'b']],
    [['sql']],
    [['sql', 'a', '--dialect', 'mysql']],
    [['sql', 'a', '--from', 'yesterday']],
    [['events', '--pattern', 'x']],
    [['events', '--pattern']],
  ])('%j', (args) => expect(cli.run(...args).code).toBe(2));
});
