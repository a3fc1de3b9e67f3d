import { formatTime } from '../events/time';
import type { Test } from '../patterns/ast';
import type { ValueTest } from '../patterns/valueTest';
import { Bitset } from './bitset';
import { valueOf } from './decodedDictionary';
import type { Table } from './table';
import { datedRows } from './timeRange';

/** The rows of `within` whose `eventTime`, in one of its spellings, meets a test. */
export function testEventTime(
  table: Table,
  spelling: number,
  test: Test,
  meets: ValueTest,
  within: Bitset | undefined,
): Bitset {
  const { time, eventTime } = table.data;
  const found = new Bitset(table.rowCount);
  if (spelling === 0) addCanonical(time, test, meets, found);
  else if (meets(undefined)) found.addRange(0, table.rowCount);
  // Rows without any time stand among those without a time that can be read.
  if (spelling === 0 && meets(undefined)) found.addRange(datedRows(time), table.rowCount);
  eventTime.rows.forEach((row, i) => {
    if (meets(valueOf(eventTime.dictionary, i + 1, spelling))) found.add(row);
    else found.remove(row);
  });
  return within === undefined ? found : found.and(within);
}

/** Adds the rows whose time, as CloudTrail writes it, meets the test; exceptions are seen to later. */
function addCanonical(time: Float64Array, test: Test, meets: ValueTest, found: Bitset): void {
  const to = datedRows(time);
  const prefix = prefixOf(test);
  if (prefix !== undefined) {
    const first = firstRow(to, (row) => formatTime(time[row]!) >= prefix);
    const end = firstRow(to, (row) => formatTime(time[row]!).slice(0, prefix.length) > prefix);
    found.addRange(first, end);
    return;
  }
  const text = timeFormatter();
  for (let row = 0; row < to;) {
    const end = endOfRun(time, row, to);
    if (meets({ type: 'string', text: text(time[row]!) })) found.addRange(row, end);
    row = end;
  }
}

/** The text that a value has to begin with, when that is all the test asks. */
function prefixOf(test: Test): string | undefined {
  if (test.kind !== 'equals' || test.negated || test.value.kind !== 'text') return undefined;
  const match = /^([^*]*)\*+$/.exec(test.value.text);
  return match?.[1];
}

/** The first row below `count` from which on `holds` is true; `count` when it never is. */
function firstRow(count: number, holds: (row: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function endOfRun(time: Float64Array, row: number, to: number): number {
  let end = row + 1;
  while (end < to && time[end] === time[row]) end++;
  return end;
}

const DAY_MS = 86_400_000;
const TWO_DIGITS = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));

/** `formatTime` for many times in order: the text of the day is made once a day. */
function timeFormatter(): (time: number) => string {
  let day = NaN;
  let prefix = '';
  return (time) => {
    const ofDay = Math.floor(time / DAY_MS);
    if (ofDay !== day) {
      day = ofDay;
      prefix = formatTime(day * DAY_MS).slice(0, -9);
    }
    const seconds = Math.floor((time - day * DAY_MS) / 1000);
    const minutes = Math.floor(seconds / 60);
    const hour = TWO_DIGITS[Math.floor(minutes / 60)]!;
    return `${prefix}${hour}:${TWO_DIGITS[minutes % 60]!}:${TWO_DIGITS[seconds % 60]!}Z`;
  };
}
