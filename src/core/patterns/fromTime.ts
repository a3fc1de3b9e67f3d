import { formatTime } from '../events/time';
import type { Condition } from './ast';

/** The least digit at each place: months and days begin at 1. */
const LEAST = '0000-01-01T00:00:00';
/** The greatest digit at each place, whatever stands before it. */
const MOST = '9999-19-39T29:59:59';
/** Where their last digits stand. */
const [MONTH, DAY, HOUR] = [6, 9, 12];
const NOWHERE = { start: 0, end: 0 };

/**
 * The condition that an event's time, a text, lies between two times in epoch milliseconds, the first included and the second not. Patterns
 * compare no texts by order, so it is a regular expression with the beginnings that times in between have. Whole seconds: CloudTrail has
 * no finer ones. Undefined when nothing lies in between.
 */
export function timeCondition(from: number, to: number): Condition | undefined {
  const branches = between(texts(from), texts(to));
  if (branches.length === 0) return undefined;
  return {
    kind: 'test',
    selector: { steps: [{ kind: 'key', key: 'eventTime' }], ...NOWHERE },
    test: {
      kind: 'equals',
      negated: false,
      value: { kind: 'regex', source: branches.map((branch) => `^${branch}`).join('|'), ...NOWHERE },
    },
    range: NOWHERE,
  };
}

function texts(time: number): string {
  return formatTime(Math.ceil(time / 1000) * 1000).slice(0, LEAST.length);
}

/** Regular expressions for the beginnings of all texts from `low` on and before `high`, both as long as {@link LEAST}. */
function between(low: string, high: string): string[] {
  if (low >= high) return [];
  let at = 0;
  while (low[at] === high[at]) at++;
  const common = low.slice(0, at);
  const first = isLeast(low, at + 1) ? digit(low, at) : digit(low, at) + 1;
  return [
    ...(first > digit(low, at) ? fromOn(low, at + 1) : []),
    ...digits(common, first, digit(high, at) - 1),
    ...before(high, at + 1),
  ];
}

/** Beginnings of texts that share `low` up to `at` and do not come before it. */
function fromOn(low: string, at: number): string[] {
  if (isLeast(low, at)) return [low.slice(0, at)];
  if (!isDigit(low, at)) return fromOn(low, at + 1);
  if (isLeast(low, at + 1)) return digits(low.slice(0, at), digit(low, at), most(low, at));
  return [...fromOn(low, at + 1), ...digits(low.slice(0, at), digit(low, at) + 1, most(low, at))];
}

/** Beginnings of texts that share `high` up to `at` and come before it. */
function before(high: string, at: number): string[] {
  if (isLeast(high, at)) return [];
  if (!isDigit(high, at)) return before(high, at + 1);
  return [...digits(high.slice(0, at), 0, digit(high, at) - 1), ...before(high, at + 1)];
}

/** `prefix` with a digit from `from` to `to` after it. */
function digits(prefix: string, from: number, to: number): string[] {
  if (from > to) return [];
  return [from === to ? `${prefix}${from}` : `${prefix}[${from}-${to}]`];
}

/** The greatest digit that a time has at a place: no month is 13, no day 32, no hour 24. */
function most(text: string, at: number): number {
  if (at === MONTH && text[at - 1] === '1') return 2;
  if (at === DAY && text[at - 1] === '3') return 1;
  if (at === HOUR && text[at - 1] === '2') return 3;
  return Number(MOST[at]);
}

/** True when nothing that begins as `text` does up to `at` comes before it. */
function isLeast(text: string, at: number): boolean {
  // The tens of a month or day have been passed: 10 and 20 are least after 1 and 2.
  const rest = text.slice(at);
  if (/^\d(?:\D|$)/.test(rest) && text[at - 1] !== '0' && isDigit(text, at - 1)) {
    return rest.startsWith('0') && rest.slice(1) === LEAST.slice(at + 1);
  }
  return rest === LEAST.slice(at);
}

function isDigit(text: string, at: number): boolean {
  return /\d/.test(text[at] ?? '');
}

function digit(text: string, at: number): number {
  return Number(text[at]);
}
