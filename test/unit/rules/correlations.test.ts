import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readEvent } from '../../../src/core/events/event';
import { CountRuns } from '../../../src/core/rules/correlation/countRuns';
import { Correlations } from '../../../src/core/rules/correlation/correlations';
import { DistinctRuns } from '../../../src/core/rules/correlation/distinctRuns';
import type { Run, Runs } from '../../../src/core/rules/correlation/run';
import { SequenceRuns } from '../../../src/core/rules/correlation/sequenceRuns';
import { english } from '../../../src/core/message';
import { Mutes } from '../../../src/core/rules/mutes';
import type { Correlation, Rule } from '../../../src/core/rules/rule';
import { recordOf } from '../patterns/support';
import { defined, ruleWith } from './support';

const SECOND = 1000;

/** A record of the test log: when in seconds, and whatever else it holds. */
type Line = readonly [at: number, fields: Readonly<Record<string, unknown>>];

function evaluate(rules: readonly Rule[], lines: readonly Line[], mutes?: Mutes): Correlations<number> {
  const correlations = new Correlations<number>(rules, mutes);
  for (const [at, fields] of lines) {
    const eventTime = new Date(Date.UTC(2026, 2, 4) + at * SECOND).toISOString().replace('.000Z', 'Z');
    const record = recordOf({ eventTime, eventID: `${at}-${JSON.stringify(fields)}`, ...fields });
    correlations.add(readEvent(record), record, () => at);
  }
  return correlations;
}

const found = (rule: Rule, lines: readonly Line[]): (readonly [group: string, count: number, places: number[]])[] =>
  evaluate([rule], lines)
    .findings()
    .map(({ group, count, places }) => [group.map(({ value }) => value ?? '-').join(' '), count, [...places]]);

function correlated(correlation: Partial<Correlation>, condition: string | null = '{ $.bad IS TRUE }'): Rule {
  const whole = {
    kind: 'threshold',
    count: 3,
    windowMs: 10 * SECOND,
    groupBy: ['$.who'],
    distinct: null,
    ...correlation,
  };
  return ruleWith({ id: 'x', eventSource: '*', eventName: '*', condition, correlation: whole as Correlation });
}
const bad = (who: string | null = 'a', more: object = {}): Line[1] => ({ bad: true, who, ...more });

describe('a threshold', () => {
  const rule = correlated({});
  test.each<[what: string, lines: Line[], expected: ReturnType<typeof found>]>([
    [
      'too few',
      [
        [0, bad()],
        [1, bad()],
      ],
      [],
    ],
    [
      'just enough, the ends of the window included',
      [
        [0, bad()],
        [5, bad()],
        [10, bad()],
      ],
      [['a', 3, [0, 5, 10]]],
    ],
    [
      'a second too late',
      [
        [0, bad()],
        [5, bad()],
        [11, bad()],
      ],
      [],
    ],
    [
      'in any order',
      [
        [10, bad()],
        [0, bad()],
        [5, bad()],
      ],
      [['a', 3, [0, 5, 10]]],
    ],
    [
      'of different groups',
      [
        [0, bad('a')],
        [1, bad('b')],
        [2, bad('a')],
      ],
      [],
    ],
    [
      'in two groups',
      [
        [0, bad('b')],
        [1, bad('b')],
        [2, bad('b')],
        [0, bad('a')],
        [1, bad('a')],
        [2, bad('a')],
      ],
      [
        ['a', 3, [0, 1, 2]],
        ['b', 3, [0, 1, 2]],
      ],
    ],
    [
      'windows that share records are one',
      [0, 4, 8, 12, 16].map((at): Line => [at, bad()]),
      [['a', 5, [0, 4, 8, 12, 16]]],
    ],
    [
      'windows apart are two',
      [0, 1, 2, 60, 61, 62].map((at): Line => [at, bad()]),
      [
        ['a', 3, [0, 1, 2]],
        ['a', 3, [60, 61, 62]],
      ],
    ],
    [
      'others do not count',
      [
        [0, bad()],
        [1, { who: 'a' }],
        [2, bad()],
      ],
      [],
    ],
    [
      'a record delivered twice counts once',
      [
        [0, bad()],
        [1, bad()],
        [1, bad()],
      ],
      [],
    ],
    [
      'without what they are grouped by they have nothing in common',
      [
        [0, bad(null)],
        [1, bad(null)],
        [2, bad(null)],
      ],
      [],
    ],
    [
      'records without a time are left out',
      [
        [0, bad()],
        [1, bad()],
        [2, bad('a', { eventTime: 'x' })],
      ],
      [],
    ],
  ])('%s', (_what, lines, expected) => expect(found(rule, lines)).toEqual(expected));

  test('without groups counts over everything', () => {
    expect(
      found(correlated({ groupBy: [] }), [
        [0, bad('a')],
        [1, bad('b')],
        [2, bad(null)],
      ]),
    ).toEqual([['', 3, [0, 1, 2]]]);
  });

  test('tells of records without a time', () => {
    const correlations = evaluate([rule], [[0, bad('a', { eventTime: 'x' })]]);
    expect(correlations.problems().map(({ message }) => english(message))).toEqual([
      '1 records without a time were left out of rules over several records.',
    ]);
  });

  test('leaves out what is muted', () => {
    const lines: Line[] = [0, 1, 2].map((at) => [at, bad('a', { userIdentity: { userName: 'ci' } })]);
    const mutes = new Mutes([{ rule: 'x', principal: 'ci', arn: null, reason: '', until: null }], 0);
    expect(evaluate([rule], lines).findings().length).toBe(1);
    expect(evaluate([rule], lines, mutes).findings()).toEqual([]);
  });

  test('answers as often as it is asked, and goes on', () => {
    const correlations = evaluate(
      [rule],
      [
        [0, bad()],
        [1, bad()],
        [2, bad()],
      ],
    );
    expect(correlations.findings()).toEqual(correlations.findings());
    const record = recordOf({ ...bad(), eventTime: '2026-03-04T00:00:03Z' });
    correlations.add(readEvent(record), record, () => 3);
    expect(correlations.findings()[0]!.places).toEqual([0, 1, 2, 3]);
  });
});

describe('different values', () => {
  const rule = correlated({ distinct: '$.what' });
  const what = (value: unknown): Line[1] => bad('a', { what: value });
  test.each<[what: string, lines: Line[], expected: ReturnType<typeof found>]>([
    [
      'the same one does not count twice',
      [
        [0, what('x')],
        [1, what('x')],
        [2, what('y')],
      ],
      [],
    ],
    [
      'three',
      [
        [0, what('x')],
        [4, what('x')],
        [5, what('y')],
        [10, what('z')],
      ],
      [['a', 3, [0, 4, 5, 10]]],
    ],
    [
      'too far apart',
      [
        [0, what('x')],
        [5, what('y')],
        [11, what('z')],
      ],
      [],
    ],
    [
      'numbers and booleans are values',
      [
        [0, what(1)],
        [5, what(true)],
        [6, what('z')],
      ],
      [['a', 3, [0, 5, 6]]],
    ],
    [
      'objects, null and nothing are none',
      [
        [0, what('x')],
        [1, what('y')],
        [2, what({})],
        [3, what(null)],
        [4, bad()],
      ],
      [],
    ],
  ])('%s', (_what, lines, expected) => expect(found(rule, lines)).toEqual(expected));
});

describe('a sequence', () => {
  const step = (name: string): string => `{ $.eventName = "${name}" }`;
  const rule = correlated(
    {
      kind: 'sequence',
      steps: [
        { pattern: step('Fail'), count: 2 },
        { pattern: step('Win'), count: 1 },
      ],
    },
    null,
  );
  const fail: Line[1] = { eventName: 'Fail', who: 'a' };
  const win: Line[1] = { eventName: 'Win', who: 'a' };
  test.each<[what: string, lines: Line[], expected: ReturnType<typeof found>]>([
    [
      'in order',
      [
        [0, fail],
        [1, fail],
        [2, win],
      ],
      [['a', 3, [0, 1, 2]]],
    ],
    [
      'read in another order',
      [
        [2, win],
        [1, fail],
        [0, fail],
      ],
      [['a', 3, [0, 1, 2]]],
    ],
    [
      'too few of the first',
      [
        [0, fail],
        [2, win],
      ],
      [],
    ],
    [
      'the wrong way round',
      [
        [0, win],
        [1, fail],
        [2, fail],
      ],
      [],
    ],
    [
      'the last comes too late',
      [
        [0, fail],
        [5, fail],
        [11, win],
      ],
      [],
    ],
    [
      'the latest ones are within the window',
      [
        [0, fail],
        [5, fail],
        [6, fail],
        [11, win],
      ],
      [['a', 3, [5, 6, 11]]],
    ],
    [
      'of the same second counts as in order',
      [
        [0, win],
        [0, fail],
        [0, { ...fail, n: 2 }],
      ],
      [['a', 3, [0, 0, 0]]],
    ],
    [
      'somebody else does not help',
      [
        [0, fail],
        [1, { ...fail, who: 'b' }],
        [2, win],
      ],
      [],
    ],
  ])('%s', (_what, lines, expected) => expect(found(rule, lines)).toEqual(expected));
});

describe('the built-in rules over several records', () => {
  const login = (at: number, result: string, more: object = {}): Line => [
    at,
    {
      eventSource: 'signin.amazonaws.com',
      eventName: 'ConsoleLogin',
      userIdentity: { type: 'IAMUser', userName: 'hanako', accountId: '111122223333' },
      sourceIPAddress: '203.0.113.24',
      responseElements: { ConsoleLogin: result },
      ...more,
    },
  ];
  const denied = (at: number, eventName = 'ListThings'): Line => [
    at,
    {
      eventName,
      errorCode: 'AccessDenied',
      userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/h' },
    },
  ];
  const by = (at: number, eventName: string): Line => [
    at,
    { eventName, eventSource: 'iam.amazonaws.com', userIdentity: { arn: 'arn:aws:iam::111122223333:user/h' } },
  ];
  test.each<[what: string, lines: Line[], ids: string[]]>([
    [
      'guessing that succeeds',
      [...[0, 10, 20].map((at) => login(at, 'Failure')), login(60, 'Success')],
      ['correlation.login-after-failures'],
    ],
    ['a slip', [login(0, 'Failure'), login(60, 'Success')], []],
    ['five refused calls', [0, 60, 120, 180, 600].map((at) => denied(at)), ['correlation.refused-calls']],
    ['five refused calls over more than ten minutes', [0, 60, 120, 180, 601].map((at) => denied(at)), []],
    [
      'eight refused calls of different kinds over an hour',
      [0, 1, 2, 3, 4, 5, 6, 7].map((n) => denied(n * 500, `Get${n}`)),
      ['correlation.refused-variety'],
    ],
    [
      'a user made, allowed and equipped',
      [by(0, 'CreateUser'), by(60, 'AttachUserPolicy'), by(120, 'CreateAccessKey')],
      ['correlation.user-made-administrator'],
    ],
    ['a user made and equipped', [by(0, 'CreateUser'), by(120, 'CreateAccessKey')], []],
  ])('%s', (_what, lines, ids) => {
    expect(
      evaluate(defined, lines)
        .findings()
        .map(({ rule }) => rule.id),
    ).toEqual(ids);
  });
});

describe('against an evaluation of every window', () => {
  const WINDOW = 10;
  const marks = fc.array(fc.tuple(fc.integer({ min: 0, max: 120 }), fc.constantFrom('x', 'y', 'z')), { maxLength: 60 });
  /** Which times runs cover, as text. */
  const covered = (runs: readonly Pick<Run<unknown>, 'firstTime' | 'lastTime'>[]): string =>
    runs.map(({ firstTime, lastTime }) => `${firstTime}-${lastTime}`).join(' ');
  const fill = (runs: Runs<null>, list: readonly (readonly [number, string])[]): Run<null>[] => {
    list.forEach(([time, value], i) =>
      runs.add(
        { time, id: `${i}`, place: null },
        ['x', 'y', 'z'].flatMap((each, step) => (each === value ? [step] : [])),
        value,
      ),
    );
    return runs.runs();
  };

  /** Windows that begin at a record and are full, those that share records as one. */
  function naive(list: readonly (readonly [number, string])[], full: (window: readonly string[]) => boolean): string {
    const sorted = [...list].sort(([a], [b]) => a - b);
    const spans: { firstTime: number; lastTime: number }[] = [];
    for (const [start] of sorted) {
      const window = sorted.filter(([time]) => time >= start && time <= start + WINDOW);
      if (!full(window.map(([, value]) => value))) continue;
      const lastTime = window.at(-1)![0];
      const last = spans.at(-1);
      if (last !== undefined && last.lastTime >= start) last.lastTime = lastTime;
      else spans.push({ firstTime: start, lastTime });
    }
    return covered(spans);
  }

  test('counts', () =>
    fc.assert(
      fc.property(marks, fc.integer({ min: 2, max: 6 }), (list, count) => {
        expect(covered(fill(new CountRuns(count, WINDOW), list))).toBe(naive(list, (window) => window.length >= count));
      }),
    ));

  test('different values', () =>
    fc.assert(
      fc.property(marks, fc.integer({ min: 2, max: 3 }), (list, count) => {
        const runs = fill(new DistinctRuns(count, WINDOW), list);
        const spans = naive(list, (window) => new Set(window).size >= count);
        // Runs that touch at most, without sharing a record, may be told as one.
        const times = list.map(([time]) => time);
        const inside = (text: string): number[] =>
          [...new Set(times)].filter((time) =>
            text.split(' ').some((span) => {
              const [from, to] = span.split('-').map(Number);
              return span !== '' && time >= from! && time <= to!;
            }),
          );
        expect(inside(covered(runs))).toEqual(inside(spans));
      }),
    ));

  test('sequences', () =>
    fc.assert(
      fc.property(marks, (list) => {
        const runs = fill(new SequenceRuns([2, 1, 1], WINDOW), list);
        const wanted = ['x', 'x', 'y', 'z'];
        const sorted = list
          .map(([time, value], i) => ({ time, value, i }))
          .sort((a, b) => a.time - b.time || (a.value < b.value ? -1 : Number(a.value > b.value)) || a.i - b.i);
        const spans: [number, number][] = [];
        // The shortest way to a last record is found backwards, taking the latest record each time.
        sorted.forEach(({ value, time }, end) => {
          if (value !== 'z') return;
          let at = end;
          for (const each of wanted.slice(0, -1).reverse()) {
            do at--;
            while (at >= 0 && sorted[at]!.value !== each);
          }
          if (at >= 0 && time - sorted[at]!.time <= WINDOW) spans.push([sorted[at]!.time, time]);
        });
        const within = (time: number, list: readonly (readonly [number, number])[]): boolean =>
          list.some(([from, to]) => time >= from && time <= to);
        const all = runs.map(({ firstTime, lastTime }): [number, number] => [firstTime, lastTime]);
        for (let time = 0; time <= 120; time++) expect(within(time, all), `${time}`).toBe(within(time, spans));
      }),
    ));

  test('the order of the records makes no difference, nor do many', () => {
    const list = Array.from({ length: 6000 }, (_, i): [number, string] => {
      const time = (i * 7919) % 6007;
      return [time, 'xyz'[time % 3]!];
    });
    const other = [...list.keys()].map((i) => list[(i * 4001) % list.length]!);
    for (const make of [() => new CountRuns<null>(5, WINDOW), () => new DistinctRuns<null>(3, WINDOW)]) {
      const [a, b] = [make(), make()];
      const runs = [fill(a, list), fill(b, other)];
      expect(
        runs[0]!.map(({ count, firstTime, lastTime, entries }) => [
          count,
          firstTime,
          lastTime,
          entries.map(({ time }) => time),
        ]),
      ).toEqual(
        runs[1]!.map(({ count, firstTime, lastTime, entries }) => [
          count,
          firstTime,
          lastTime,
          entries.map(({ time }) => time),
        ]),
      );
      expect(runs[0]!.length).toBe(1);
      const inOrder = make();
      fill(
        inOrder,
        list.toSorted(([x], [y]) => x - y),
      );
      expect(inOrder.size).toBeLessThan(1000);
    }
    expect(fill(new CountRuns(5, WINDOW), list)[0]!.count).toBe(6000);
  });
});
