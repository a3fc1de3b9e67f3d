import { beforeAll, describe, expect, it } from 'vitest';
import { CommandLine } from '../../fixtures/commandLine';
import { TestFolder } from '../../fixtures/folder';

const folder = new TestFolder();
const cli = new CommandLine(folder.path);

const record = (minute: number, fields: object): string =>
  JSON.stringify({
    eventVersion: '1.11',
    userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/hanako', userName: 'hanako' },
    eventTime: `2026-03-04T05:${String(minute).padStart(2, '0')}:00Z`,
    eventSource: 's3.amazonaws.com',
    eventName: 'GetObject',
    sourceIPAddress: '203.0.113.24',
    eventID: `e-${minute}`,
    ...fields,
  });
const RULE = `id: mine.get
title: Objects read
severity: high
pattern: '{ $.eventName = "GetObject" }'
why: It is mine.
check: Look.
respond: Act.
`;
const THRESHOLD = `${RULE.replace('mine.get', 'mine.many')}threshold: { count: 3, window: 10m, groupBy: [principal] }\n`;

let log = '';
let rules = '';
const file = (name: string, text: string): string => folder.write(name, text);
const run = (...args: string[]) => cli.run('findings', ...args, log);
const ids = (...args: string[]): string[] =>
  (JSON.parse(run('--format', 'json', ...args).out) as { rule: string }[]).map(({ rule }) => rule);

beforeAll(async () => {
  await cli.build('1.2.3');
  // Not in order of time, and one delivered twice.
  log = file('log.jsonl', [9, 0, 4, 4, 40].map((minute) => record(minute, {})).join('\n'));
  file('rules/a.yaml', RULE);
  file('rules/deeper/b.yml', THRESHOLD);
  rules = `${folder.path}/rules`;
});

describe('rules of one’s own', () => {
  it('are added to the built-in ones, from a folder or a file', () => {
    expect(ids('--severity', 'high')).toEqual([]);
    expect(ids('--severity', 'high', '--rules', rules)).toEqual(['mine.many', ...Array<string>(4).fill('mine.get')]);
    expect(ids('--only-rules', '--rules', `${rules}/a.yaml`)).toEqual(Array<string>(4).fill('mine.get'));
  });

  it('may be asked for by name, and so may those that wait for it', () => {
    expect(ids('--rules', rules, '--rule', 'mine.many')).toEqual(['mine.many']);
    const wait = file('wait.yaml', `${RULE}onRequest: true\n`);
    expect(ids('--rules', wait, '--only-rules')).toEqual([]);
    expect(ids('--rules', wait, '--rule', 'mine.get').length).toBe(4);
    expect(ids('--rule', 'pattern.trail-changes')).toEqual([]);
  });

  it('say what several records have in common, and where they are', () => {
    const [found] = JSON.parse(run('--format', 'json', '--rules', rules, '--rule', 'mine.many').out) as object[];
    expect(found).toMatchObject({
      rule: 'mine.many',
      title: 'Objects read',
      severity: 'high',
      respond: 'Act.',
      group: { principal: 'arn:aws:iam::111122223333:user/hanako' },
      count: 3,
      firstTime: '2026-03-04T05:00:00Z',
      lastTime: '2026-03-04T05:09:00Z',
      events: [{ eventID: 'e-0', file: log }, { eventID: 'e-4' }, { eventID: 'e-9', at: 0 }],
    });
  });

  it.each<[what: string, name: string, text: string, told: RegExp]>([
    ['an error', 'bad.yaml', RULE.replace('high', 'hihg'), /bad\.yaml:3:11: error: A severity is one of/],
    ['an error in a pattern', 'bad2.yaml', RULE.replace(' = ', ' == '), /bad2\.yaml:4:25: error: The operator is =/],
    [
      'an id that is built in',
      'bad3.yaml',
      RULE.replace('mine.get', 'iam.CreateUser'),
      /bad3\.yaml:1:5: error: .*used already/,
    ],
  ])('with %s are told with their place, and the rest is evaluated', (_what, name, text, told) => {
    const { code, out, err } = run('--rules', file(name, `${text}---\n${THRESHOLD}`));
    expect(err).toMatch(told);
    expect(out).toContain('mine.many');
    expect(code).toBe(3);
  });

  it.each<[args: string[], code: number, err: RegExp]>([
    [['--only-rules'], 2, /--only-rules needs --rules/],
    [['--rule', 'nothing'], 2, /There is no rule nothing/],
    [['--rules', '/nowhere/at/all'], 3, /nowhere.*Cannot be read/],
    [['--mutes', '/nowhere/at/all'], 3, /nowhere.*Cannot be read/],
  ])('%j', (args, code, err) => {
    const ran = run(...args);
    expect(ran.code).toBe(code);
    expect(ran.err).toMatch(err);
  });
});

describe('mutes', () => {
  const mutes = (text: string): string[] => [
    '--rules',
    rules,
    '--severity',
    'high',
    '--mutes',
    file('mutes.yaml', text),
  ];
  it('leave findings out and say how many', () => {
    const args = mutes('- { rule: mine.get, principal: hanako, reason: known }\n');
    expect(ids(...args)).toEqual(['mine.many']);
    expect(run(...args).err).toBe('Muted rules were met by events: 4\n');
    expect(run('--format', 'markdown', ...args).out).toContain('Muted: 4.');
  });

  it('reach what several records show', () => {
    expect(ids(...mutes('- { rule: "mine.*", arn: "*:user/hanako", reason: known }\n'))).toEqual([]);
  });

  it('that have run out leave nothing out, and are told', () => {
    const args = mutes('- { rule: mine.get, reason: known, until: 2020-01-01 }\n');
    expect(ids(...args).length).toBe(5);
    expect(run(...args).err).toMatch(/mutes\.yaml:1:\d+: warning: This mute has run out/);
  });
});

describe('formats', () => {
  it('table', () => {
    expect(run('--rules', rules, '--rule', 'mine.many').out).toMatch(
      /^high {6}2026-03-04T05:00:00Z {2}Objects read .*3 in 540 s .*mine\.many\n$/,
    );
  });

  it('csv', () => {
    const [head, ...lines] = run('--format', 'csv', '--rules', rules, '--severity', 'high').out.trimEnd().split('\n');
    expect(head).toMatch(
      /^severity,rule,title,.*,count,group,firstTime,lastTime,eventTime,.*,file,byteOffset,why,check,respond$/,
    );
    expect(lines.length).toBe(5);
    expect(lines[0]).toContain('high,mine.many,Objects read');
    expect(
      new Set([head!, ...lines].map((line) => line.split(',').length - (line.match(/"[^"]*,[^"]*"/g) ?? []).length))
        .size,
    ).toBe(1);
  });

  it('sarif', () => {
    const { runs } = JSON.parse(run('--format', 'sarif', '--rules', rules, '--rule', 'mine.many').out) as {
      runs: [{ tool: { driver: { rules: object[] } }; results: object[] }];
    };
    expect(runs[0].tool.driver.rules).toMatchObject([{ id: 'mine.many', help: { text: 'Look.\n\nAct.' } }]);
    expect(runs[0].results).toMatchObject([
      {
        ruleId: 'mine.many',
        ruleIndex: 0,
        level: 'error',
        locations: [{}],
        relatedLocations: [{ id: 0 }, { id: 1 }, { id: 2 }],
        properties: { count: 3 },
      },
    ]);
  });

  it('markdown', () => {
    const { out } = run('--format', 'markdown', '--rules', rules, '--severity', 'high');
    expect(out).toMatch(
      /^# CloudTrail findings\n\n\| Severity \| Findings \| Rules \|\n\|( --- \|){3}\n\| high \| 5 \| 2 \|\n/,
    );
    expect(out).toContain('## high: Objects read');
    expect(out).toContain('- **Check**: Look.');
    expect(out).toContain('- **Respond**: Act.');
  });

  it('let log text be nothing but text', () => {
    const evil = '![x](https://evil.example/a.png) <img src=x> | [c](javascript:1) `=cmd()` **b**\n# h\u202e\u001b[2J';
    const hostile = file(
      'evil.jsonl',
      record(1, { userIdentity: { type: 'IAMUser', userName: evil }, sourceIPAddress: `=${evil}`, errorCode: evil }),
    );
    const markdown = cli.run('findings', '--format', 'markdown', '--rules', rules, hostile).out;
    expect(markdown).not.toMatch(/<img|(?<!\\)\]\(|https:\/\/evil|^# h|\u202e|\u001b/m);
    expect(
      markdown
        .split('\n')
        .filter((line) => line.startsWith('| 2026'))
        .every((line) => (line.match(/(?<!\\)\|/g) ?? []).length === 7),
    ).toBe(true);
    const csv = cli.run('findings', '--format', 'csv', '--rules', rules, hostile).out;
    expect(csv).not.toMatch(/(^|,)"?[=+@]/m);
    expect(csv).not.toMatch(/\u001b|\u202e/);
  });
});
