import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { english } from '../../../src/core/message';
import { Attack } from '../../../src/core/rules/attack';
import { addMute } from '../../../src/core/rules/files/addMute';
import type { FileProblem } from '../../../src/core/rules/files/fileProblem';
import { readMuteFile } from '../../../src/core/rules/files/muteFile';
import { readRuleFile } from '../../../src/core/rules/files/ruleFile';
import { ruleIdOf, ruleText } from '../../../src/core/rules/files/ruleText';
import { yamlText } from '../../../src/core/rules/files/yamlText';
import { attackData, definitions } from './support';

const schema = (name: string): ((data: unknown) => boolean) =>
  new Ajv({ strict: false }).compile(
    JSON.parse(readFileSync(join(__dirname, '../../../media', name), 'utf8')) as object,
  );
const ruleSchema = schema('rule.schema.json');
const muteSchema = schema('mutes.schema.json');

const context = {
  attack: new Attack(attackData),
  usedIn: (id: string) => (id === 'iam.CreateUser' ? 'built in' : undefined),
};
const NOW = Date.UTC(2026, 2, 4, 12);
const readRules = (text: string) => readRuleFile(text, context);
const readMutes = (text: string) => readMuteFile(text, NOW, new Set(['iam.CreateUser']));

/** Each problem as `level «what it is about»: message`. */
const told = (text: string, problems: readonly FileProblem[]): string[] =>
  problems.map(({ level, message, start, end }) => `${level} «${text.slice(start, end)}»: ${english(message)}`);
/** What the YAML extension says: every document against the schema. */
const accepts = (validate: ReturnType<typeof schema>, text: string): boolean =>
  [...parseAllDocuments(text)].every((document) => document.errors.length === 0 && validate(document.toJS()));

const HEAD = 'id: x\ntitle: X\nseverity: low\n';
const PATTERN = 'pattern: \'{ $.eventName = "CreateUser" }\'\n';
const GOOD = HEAD + PATTERN;

describe('rule files that are right', () => {
  test.each<[what: string, text: string, ids: string[]]>([
    ['one rule', GOOD, ['x']],
    [
      'all of it',
      `${GOOD}tactics: [TA0003, Persistence]\ntechniques: [T1098.001]\nwhy: a\ncheck: b\nrespond: c\nreferences: ['https://example.com/a?b=c']\nonRequest: true\n`,
      ['x'],
    ],
    [
      'a list',
      `- ${GOOD.trimEnd().replaceAll('\n', '\n  ')}\n- ${GOOD.trimEnd().replaceAll('\n', '\n  ').replace('id: x', 'id: y')}\n`,
      ['x', 'y'],
    ],
    ['documents', `${GOOD}---\n${GOOD.replace('id: x', 'id: y')}`, ['x', 'y']],
    [
      'a threshold',
      `${GOOD}threshold: { count: 5, window: 10m, groupBy: [principal, $.sourceIPAddress], distinct: $.awsRegion }\n`,
      ['x'],
    ],
    [
      'a sequence',
      `${HEAD}sequence:\n  window: 1h\n  groupBy: [principal]\n  steps:\n    - { pattern: A, count: 3 }\n    - { pattern: B }\n`,
      ['x'],
    ],
    ['a folded pattern', `${HEAD}pattern: >-\n  { ($.eventName = "A") ||\n  ($.eventName = "B") }\n`, ['x']],
    ['comments', `# mine\n${GOOD}# end\n`, ['x']],
    ['an empty list', '[]\n', []],
  ])('%s', (_what, text, ids) => {
    const { rules, problems } = readRules(text);
    expect(told(text, problems)).toEqual([]);
    expect(rules.map(({ rule }) => rule.id)).toEqual(ids);
    for (const { start, end, rule } of rules) expect(text.slice(start, end)).toBe(rule.id);
    expect(accepts(ruleSchema, text)).toBe(true);
  });

  test('nothing', () => expect(readRules('')).toEqual({ rules: [], problems: [] }));
  test('comments alone', () => expect(readRules('# nothing yet\n')).toEqual({ rules: [], problems: [] }));
  test('the built-in definitions have the same shape', () => expect(ruleSchema(definitions)).toBe(true));

  test('becomes a rule', () => {
    const [first] = readRules(
      `${HEAD}sequence: { window: 90m, steps: [{ pattern: A, count: 3 }, { pattern: B }] }\ntactics: [defense evasion]`,
    ).rules;
    expect(first!.rule).toMatchObject({
      id: 'x',
      title: 'X',
      why: 'X',
      severity: 'low',
      origin: 'own',
      onRequest: false,
      tactics: ['TA0005'],
      eventName: '*',
      condition: null,
      correlation: {
        kind: 'sequence',
        windowMs: 5_400_000,
        groupBy: [],
        steps: [
          { pattern: 'A', count: 3 },
          { pattern: 'B', count: 1 },
        ],
      },
    });
  });
});

describe('rule files that are wrong', () => {
  // `schema`: whether the schema sees it too; what is in patterns, ids and names only the reader knows.
  test.each<[text: string, problems: string[], schema: boolean]>([
    ['title: X\nseverity: low\npattern: a\n', ['error «title: X»: id is missing.'], true],
    [`id: x\nseverity: low\n${PATTERN}`, ['error «id: x»: title is missing.'], true],
    [HEAD, ['error «id: x»: pattern is missing.'], true],
    [`${GOOD}patern: a\n`, ['error «patern»: Unknown key patern. Is pattern meant?'], true],
    [
      `${GOOD}xyzzy: a\n`,
      [
        'error «xyzzy»: Unknown key xyzzy. Known are: id, title, severity, tactics, techniques, pattern, threshold, sequence, why, check, respond, references, onRequest.',
      ],
      true,
    ],
    [GOOD.replace('low', 'hihg'), ['error «hihg»: A severity is one of info, low, medium, high, critical.'], true],
    [GOOD.replace('low', '3'), ['error «3»: severity has to be a text.'], true],
    [
      GOOD.replace('id: x', 'id: a b'),
      ['error «a b»: An id is made of letters, digits, dots, hyphens and underscores.'],
      true,
    ],
    [
      GOOD.replace('id: x', 'id: iam.CreateUser'),
      ['error «iam.CreateUser»: The id iam.CreateUser is used already: built in.'],
      false,
    ],
    [`${GOOD}---\n${GOOD}`, ['error «x»: The id x is used twice in this file.'], false],
    [
      `${HEAD}pattern: { $.eventName = X }\n`,
      [
        'error «{ $.eventName = X }»: YAML takes the brace for its own: put the pattern in single quotes, or on the next line after >-.',
      ],
      true,
    ],
    [`${HEAD}pattern: '{ $.eventName == "X" }'\n`, ['error «==»: The operator is =, not ==.'], false],
    [`${HEAD}pattern: "{ $.eventName == \\"X\\" }"\n`, ['error «==»: The operator is =, not ==.'], false],
    [
      `${HEAD}pattern: "{ $.a = \\"\\u0041\\" && $.eventName == \\"X\\" }"\n`,
      ['error «==»: The operator is =, not ==.'],
      false,
    ],
    [
      `${HEAD}pattern: >-\n    { $.a = 'b' &&\n      $.eventName == "X" }\n`,
      [
        "error «'b'»: Values are quoted with straight double quotes, not with '.",
        'error «==»: The operator is =, not ==.',
      ],
      false,
    ],
    [
      `${HEAD}pattern: |\n    { $.a = 1 &&\n      $.eventName == "X" }\n`,
      ['error «==»: The operator is =, not ==.'],
      false,
    ],
    [`${HEAD}pattern: '{ $.a = "it''s" && $.eventName == "X" }'\n`, ['error «==»: The operator is =, not ==.'], false],
    [`${GOOD}tactics: [TA0999]\n`, ['error «TA0999»: ATT&CK has no tactic TA0999.'], false],
    [`${GOOD}techniques: [X1]\n`, ['error «X1»: X1 is no id of an ATT&CK technique, such as T1078.004.'], true],
    [`${GOOD}tactics: TA0003\n`, ['error «TA0003»: tactics has to be a list of texts.'], true],
    [
      `${GOOD}references: ['javascript:alert(1)']\n`,
      ["error «'javascript:alert(1)'»: A reference is the address of a page: https://…"],
      true,
    ],
    [`${GOOD}onRequest: maybe\n`, ['error «maybe»: onRequest has to be true or false.'], true],
    [`${GOOD}threshold: 5\n`, ['error «5»: threshold has to be a map with count and window.'], true],
    [
      `${GOOD}threshold: { count: 1, window: 10m }\n`,
      ['error «1»: count has to be a whole number from 2 to 100000.'],
      true,
    ],
    [
      `${GOOD}threshold: { count: 5, window: ten }\n`,
      ['error «ten»: A window is a number with s, m, h, d, up to 31 days: 10m'],
      true,
    ],
    [
      `${GOOD}threshold: { count: 5, window: 10m, grupBy: [principal] }\n`,
      ['error «grupBy»: Unknown key grupBy. Is groupBy meant?'],
      true,
    ],
    [
      `${GOOD}threshold: { count: 5, window: 10m, groupBy: [userName] }\n`,
      ['error «userName»: A field begins with $.'],
      false,
    ],
    [
      `${GOOD}sequence: { window: 1h, steps: [{ pattern: A }, { pattern: B }] }\n`,
      ['error «pattern»: A rule has either pattern or sequence.'],
      true,
    ],
    [
      `${HEAD}sequence: { window: 1h, steps: [{ pattern: A }] }\n`,
      ['error «[{ pattern: A }]»: steps has to be a list of two or more maps with pattern.'],
      true,
    ],
    [`${HEAD}sequence: { window: 1h }\n`, ['error «{ window: 1h }»: steps is missing.'], true],
    ['just a text\n', ['error «just a text»: A rule has to be a map with id, title and so on.'], true],
    ['- 1\n', ['error «1»: A rule has to be a map with id, title and so on.'], true],
    [
      'id: [\n',
      ['error «»: Not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]'],
      true,
    ],
  ])('%s', (text, problems, inSchema) => {
    const read = readRules(text);
    const errors = told(text, read.problems);
    expect(errors).toEqual(problems);
    expect(read.rules.length).toBeLessThanOrEqual(text.includes('---') ? 1 : 0);
    expect(accepts(ruleSchema, text)).toBe(!inSchema);
  });

  test('a rule with errors costs that rule', () => {
    expect(readRules(`${GOOD.replace('low', 'x')}---\n${GOOD}`).rules.map(({ rule }) => rule.id)).toEqual(['x']);
  });

  test.each<[text: string, warnings: string[]]>([
    [`${GOOD}techniques: [T1562.008]\n`, ['warning «T1562.008»: ATT&CK v19 calls T1562.008 T1685.002.']],
    [`${GOOD}techniques: [T1003]\n`, ['warning «T1003»: The cloud matrix of ATT&CK v19 has no technique T1003.']],
    [
      `${HEAD}pattern: '{ $.readOnly = "true" }'\n`,
      expect.arrayContaining([expect.stringMatching(/^warning «/)]) as string[],
    ],
  ])('warns: %s', (text, warnings) => {
    const { rules, problems } = readRules(text);
    expect(told(text, problems)).toEqual(warnings);
    expect(rules.length).toBe(1);
  });

  test.each<[text: string, mended: string]>([
    [`${GOOD}patern: a\n`, `${GOOD}pattern: a\n`],
    [GOOD.replace('low', 'hihg'), GOOD.replace('low', 'high')],
    [`${HEAD}pattern: '{ $.eventName == "X" }'\n`, `${HEAD}pattern: '{ $.eventName = "X" }'\n`],
    [`${GOOD}techniques: [T1562.008]\n`, `${GOOD}techniques: [T1685.002]\n`],
  ])('offers a fix: %s', (text, mended) => {
    const { fix } = readRules(text).problems[0]!;
    expect(text.slice(0, fix!.start) + fix!.text + text.slice(fix!.end)).toBe(mended);
  });

  test('whatever is in the file, problems have a place in it', () =>
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc
            .array(fc.constantFrom(...'{}[]:-,\n \'"|>&*#!?', 'id', 'title: X\n', 'pattern: ', '$.a ', '= 1'))
            .map((parts) => parts.join('')),
        ),
        (text) => {
          for (const { problems } of [readRules(text), readMutes(text)]) {
            for (const { start, end } of problems) expect(0 <= start && start <= end && end <= text.length).toBe(true);
          }
        },
      ),
    ));
});

describe('files of mutes', () => {
  const MUTE = '- rule: iam.CreateUser\n  reason: known\n';
  test.each<[text: string, problems: string[], mutes: number, schema: boolean]>([
    [MUTE, [], 1, true],
    [`${MUTE}  principal: ci\n  arn: arn:aws:iam::111122223333:role/ci\n  until: 2026-12-31\n`, [], 1, true],
    ['- { rule: "*", arn: "arn:*", reason: known }\n', [], 1, true],
    [
      '- { rule: "*", reason: known }\n',
      ['error «"*"»: A mute of every rule has to say for whom: principal or arn.'],
      0,
      false,
    ],
    ['- rule: iam.CreateUser\n', ['error «rule: iam.CreateUser»: reason is missing.'], 0, false],
    [
      `${MUTE}  user: ci\n`,
      ['error «user»: Unknown key user. Known are: rule, principal, arn, reason, until.'],
      0,
      false,
    ],
    [`${MUTE}  until: soon\n`, ['error «soon»: until has to be a day: 2026-12-31'], 0, false],
    [`${MUTE}  until: 2026-02-30\n`, ['error «2026-02-30»: until has to be a day: 2026-12-31'], 0, true],
    [
      `${MUTE}  until: 2026-03-03\n`,
      ['warning «2026-03-03»: This mute has run out: it silences nothing any more.'],
      1,
      true,
    ],
    [`${MUTE}  until: 2026-03-04\n`, [], 1, true],
    ['- { rule: nothing, reason: known }\n', ['warning «nothing»: There is no rule nothing.'], 1, true],
    ['- nothing\n', ['error «nothing»: A mute has to be a map with rule, reason and so on.'], 0, false],
  ])('%s', (text, problems, mutes, inSchema) => {
    const read = readMutes(text);
    expect(told(text, read.problems)).toEqual(problems);
    expect(read.mutes.length).toBe(mutes);
    expect(accepts(muteSchema, text)).toBe(inSchema);
  });

  test('says what a mute holds', () => {
    expect(readMutes(`${MUTE}  until: 2026-03-04\n`).mutes).toEqual([
      { rule: 'iam.CreateUser', principal: null, arn: null, reason: 'known', until: Date.UTC(2026, 2, 5) },
    ]);
  });
});

describe('adding a mute', () => {
  const mute = { rule: 'iam.CreateUser', principal: 'Deploy/ci', reason: 'the pipeline: yes' };
  const ENTRY = '- rule: iam.CreateUser\n  principal: Deploy/ci\n  reason: "the pipeline: yes"\n';
  test.each<[text: string, expected: string | undefined]>([
    ['# mine\n', `# mine\n${ENTRY}`],
    ['# mine', `# mine\n${ENTRY}`],
    ['- rule: a # why\n  reason: b\n\n# end\n', `- rule: a # why\n  reason: b\n\n# end\n${ENTRY}`],
    ['- rule: a\n  reason: b', `- rule: a\n  reason: b\n${ENTRY}`],
    ['  - rule: a\n    reason: b\n', `  - rule: a\n    reason: b\n${ENTRY.replace(/^(?=.)/gm, '  ')}`],
    ['---\n- rule: a\n  reason: b\n...\n', `---\n- rule: a\n  reason: b\n${ENTRY}...\n`],
    ['# none yet\n[]\n', `# none yet\n${ENTRY}`],
    ['[{ rule: a, reason: b }]\n', undefined],
    ['rule: a\nreason: b\n', undefined],
    ['- [\n', undefined],
  ])('%j', (text, expected) => {
    const added = addMute(text, mute);
    expect(added).toBe(expected);
    if (added === undefined) return;
    const { mutes, problems } = readMutes(added);
    expect(problems.filter(({ level }) => level === 'error')).toEqual([]);
    expect(mutes.at(-1)).toMatchObject({ rule: 'iam.CreateUser', principal: 'Deploy/ci', reason: 'the pipeline: yes' });
  });

  test('begins a file with what it is', () =>
    expect(addMute('', mute)).toMatch(/^# .*\n# .*\n- rule: iam\.CreateUser\n/));

  test('any text comes back as it was', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (reason) => {
        fc.pre(reason.trim() !== '');
        const { mutes } = readMutes(addMute('', { rule: 'a', reason })!);
        expect(mutes[0]!.reason).toBe(reason);
      }),
    ));
});

describe('writing a rule', () => {
  test.each([
    ['Failed sign-ins, often', 'failed-sign-ins-often'],
    ['  Ünïcode!  ', 'u-ni-code'],
    ['鍵', 'my-rule'],
    ['...', 'my-rule'],
  ])('the id of %j', (title, id) => {
    expect(ruleIdOf(title)).toBe(id);
  });

  test.each([
    '{ $.eventName = "CreateUser" }',
    `{ ${Array.from({ length: 30 }, (_, i) => `($.eventName = "Event${i}")`).join(' || ')} }`,
    '{ $.a = "two  blanks" }',
    '{ $.a = "鍵" }',
    'AccessDenied -"x y"',
    "{ $.a = \"it's # a: 'b'\" }",
    '{ $.a = "\\"q\\"" }',
  ])('%s', (pattern) => {
    const text = ruleText({ id: 'mine', title: 'Mine: yes', pattern });
    const { rules, problems } = readRules(text);
    expect(problems.filter(({ level }) => level === 'error')).toEqual([]);
    expect(rules[0]!.rule).toMatchObject({ id: 'mine', title: 'Mine: yes', condition: pattern });
    expect(text.split('\n').every((line) => line.length < 130)).toBe(true);
    expect(accepts(ruleSchema, text)).toBe(true);
    expect(
      readRules(text.replace(/^# (threshold:|  count|  window|  groupBy)/gm, '$1')).rules[0]!.rule.correlation,
    ).toMatchObject({ count: 5 });
  });

  test.each([
    'a',
    'true',
    'No',
    'null',
    '1',
    'a: b',
    'a #b',
    '- a',
    '"',
    "'",
    ' a',
    'a ',
    '{a}',
    '\u0085',
    '\u2028',
    '\ufeff',
    '',
    '~',
    '2026-01-01',
  ])('%j as YAML', (text) => {
    expect((parseAllDocuments(`a: ${yamlText(text)}`) as { toJS(): { a: unknown } }[])[0]!.toJS().a).toBe(text);
  });
});
