import type { RecordView } from '../events/recordView';
import { formatTime, parseTime } from '../events/time';
import { readEvent } from '../events/event';
import {
  type Codes,
  type DictionaryColumn,
  type DictionaryField,
  type Exceptions,
  ID_FIELDS,
  type IdColumn,
  type IdField,
  RULE_TESTS,
  SPELLED_FIELDS,
  type TableData,
  type TableFile,
  newCodes,
} from './columns';
import { DictionaryBuilder } from './dictionaryBuilder';
import { type FieldToken, fieldToken } from './fieldToken';
import { isUuid, packUuid } from './uuid';

/** Where a record stands: see `TableData.offset` and `length`. */
export interface RecordPlace {
  readonly file: number;
  readonly offset: number;
  readonly length: number;
}

/** A column under way: entries in the order of arrival. */
class ColumnBuilder {
  private readonly entries: (FieldToken | undefined)[] = [];

  add(entry: FieldToken | undefined): void {
    this.entries.push(entry);
  }

  /** Codes are given in the order in which rows have them first. */
  build(order: Uint32Array): DictionaryColumn {
    const dictionary = new DictionaryBuilder();
    const codes = Array.from(order, (from) => {
      const entry = this.entries[from];
      return entry === undefined ? 0 : dictionary.codeOf(entry.token, entry.spelling);
    });
    const all = newCodes(order.length, dictionary.size);
    all.set(codes);
    return { codes: all, dictionary: dictionary.build() };
  }
}

/**
 * Builds a table record by record, plainly: what the index workers make has to be equal to it, to the byte. For tests, and for the few
 * records of a file that is open.
 */
export class TableBuilder {
  private readonly places: RecordPlace[] = [];
  private readonly times: number[] = [];
  private readonly eventTimes: (FieldToken | undefined)[] = [];
  private readonly columns = new Map<DictionaryField, ColumnBuilder>();
  private readonly ids = new Map<IdField, (FieldToken | undefined)[]>();

  constructor() {
    for (const field of [...SPELLED_FIELDS, RULE_TESTS] as const) this.columns.set(field, new ColumnBuilder());
    for (const field of ID_FIELDS) this.ids.set(field, []);
  }

  /** `ruleTests`: what `RuleProbe` answers for the record, or undefined for none. */
  add(record: RecordView, place: RecordPlace, ruleTests?: string): void {
    this.places.push(place);
    const time = readEvent(record).time ?? NaN;
    this.times.push(time);
    const eventTime = fieldToken(record, 'eventTime');
    this.eventTimes.push(isCanonical(eventTime, time) ? undefined : eventTime);
    for (const field of SPELLED_FIELDS) this.columns.get(field)!.add(fieldToken(record, field));
    this.columns.get(RULE_TESTS)!.add(ruleTests === undefined ? undefined : { token: ruleTests, spelling: 0 });
    for (const field of ID_FIELDS) this.ids.get(field)!.push(fieldToken(record, field));
  }

  /** The table of all records added; `files` are what the places' `file` counts. */
  build(files: readonly TableFile[]): TableData {
    const order = this.order();
    const count = order.length;
    const file: Codes = newCodes(count, files.length);
    const large = this.places.some(({ offset }) => offset > 0xffffffff);
    const offset = large ? new Float64Array(count) : new Uint32Array(count);
    const length = new Uint32Array(count);
    const time = new Float64Array(count);
    order.forEach((from, row) => {
      const place = this.places[from]!;
      file[row] = place.file;
      offset[row] = place.offset;
      length[row] = place.length;
      time[row] = this.times[from]!;
    });
    const columns = Object.fromEntries(
      [...this.columns].map(([field, column]) => [field, column.build(order)]),
    ) as unknown as Record<DictionaryField, DictionaryColumn>;
    const ids = Object.fromEntries(
      [...this.ids].map(([field, values]) => [field, buildIds(values, order)]),
    ) as unknown as Record<IdField, IdColumn>;
    const eventTime = buildExceptions(this.eventTimes, order);
    return { rowCount: count, files, time, eventTime, file, offset, length, columns, ids };
  }

  private order(): Uint32Array {
    const order = Uint32Array.from(this.places, (_, i) => i);
    return order.sort((a, b) => {
      const byTime = compareTimes(this.times[a]!, this.times[b]!);
      const [one, two] = [this.places[a]!, this.places[b]!];
      return byTime || one.file - two.file || one.offset - two.offset || a - b;
    });
  }
}

function compareTimes(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a - b;
}

function isCanonical(entry: FieldToken | undefined, time: number): boolean {
  if (entry?.spelling !== 0 || Number.isNaN(time)) return false;
  return entry.token === `"${formatTime(time)}"` && parseTime(formatTime(time)) === time;
}

function buildExceptions(values: readonly (FieldToken | undefined)[], order: Uint32Array): Exceptions {
  const dictionary = new DictionaryBuilder();
  const rows: number[] = [];
  order.forEach((from, row) => {
    const entry = values[from];
    if (entry === undefined) return;
    dictionary.append(entry.token, entry.spelling);
    rows.push(row);
  });
  return { rows: Uint32Array.from(rows), dictionary: dictionary.build() };
}

function buildIds(values: readonly (FieldToken | undefined)[], order: Uint32Array): IdColumn {
  const isPacked = (entry: FieldToken | undefined): entry is FieldToken =>
    entry?.spelling === 0 && isUuid(entry.token.slice(1, -1)) && entry.token.startsWith('"');
  const words = Math.ceil(order.length / 32);
  const present = new Uint32Array(words);
  const ranks = new Uint32Array(words);
  const packed = new Uint8Array(values.filter(isPacked).length * 16);
  let count = 0;
  order.forEach((from, row) => {
    if ((row & 31) === 0) ranks[row >>> 5] = count;
    const entry = values[from];
    if (!isPacked(entry)) return;
    present[row >>> 5]! |= 1 << (row & 31);
    packUuid(entry.token.slice(1, -1), packed, 16 * count++);
  });
  const others = values.map((entry) => (isPacked(entry) ? undefined : entry));
  return { present, ranks, packed, exceptions: buildExceptions(others, order) };
}
