import { type CloudTrailEvent, eventOf } from '../events/event';
import { SPELLINGS } from '../events/recordView';
import { formatTime } from '../events/time';
import type { FoundValue } from '../json/foundValue';
import {
  DICTIONARY_FIELDS,
  type DictionaryField,
  type Exceptions,
  type IdColumn,
  type IdField,
  type TableData,
} from './columns';
import { DecodedDictionary, textOf, valueOf } from './decodedDictionary';
import { popcount } from './popcount';
import { Postings, countCodes } from './postings';
import { unpackUuid } from './uuid';

/** Every field of a record that a table holds. */
export type TableField = keyof typeof SPELLINGS;

/** Tests of dictionaries that are remembered, one byte an entry each. */
const MOST_TESTS = 50;

/** A {@link TableData} with the reading of its values. Nothing is decoded before it is asked for. */
export class Table {
  private readonly dictionaries = new Map<DictionaryField, DecodedDictionary>();
  private readonly totals = new Map<DictionaryField, Uint32Array>();
  private readonly tests = new Map<string, Uint8Array>();
  private postings: Postings | undefined;

  constructor(readonly data: TableData) {}

  get rowCount(): number {
    return this.data.rowCount;
  }

  /** The dictionary of a field, its entries decoded as they are asked for. */
  dictionary(field: DictionaryField): DecodedDictionary {
    let known = this.dictionaries.get(field);
    if (known === undefined) {
      known = new DecodedDictionary(this.data.columns[field].dictionary);
      this.dictionaries.set(field, known);
    }
    return known;
  }

  /** How many rows have each code of a field. */
  frequencies(field: DictionaryField): Uint32Array {
    let known = this.totals.get(field);
    if (known === undefined) {
      const { codes, dictionary } = this.data.columns[field];
      known = countCodes(codes, dictionary.size);
      this.totals.set(field, known);
    }
    return known;
  }

  /** As {@link frequencies}, if they were counted. */
  knownFrequencies(field: DictionaryField): Uint32Array | undefined {
    return this.totals.get(field);
  }

  /** What the test named `key` says of the entries of a dictionary: asked again when only the time range changes. */
  remember(key: string, test: () => Uint8Array): Uint8Array {
    const known = this.tests.get(key) ?? test();
    this.tests.delete(key);
    this.tests.set(key, known);
    if (this.tests.size > MOST_TESTS) this.tests.delete(this.tests.keys().next().value!);
    return known;
  }

  /** The rows of each event name. */
  get eventNames(): Postings {
    this.postings ??= new Postings(this.data.columns.eventName.codes, this.frequencies('eventName'));
    return this.postings;
  }

  /** What the record of `row` has at `SPELLINGS[field][spelling]`, as comparisons see it. */
  value(row: number, field: TableField, spelling: number): FoundValue | undefined {
    if (isDictionaryField(field)) return this.dictionary(field).value(this.data.columns[field].codes[row]!, spelling);
    if (field === 'eventTime') {
      const found = exceptionAt(this.data.eventTime, row);
      if (found !== undefined) return valueOf(this.data.eventTime.dictionary, found, spelling);
      const time = this.data.time[row]!;
      return spelling !== 0 || Number.isNaN(time) ? undefined : { type: 'string', text: formatTime(time) };
    }
    const column = this.data.ids[field];
    const place = packedAt(column, row);
    if (place >= 0) return spelling === 0 ? { type: 'string', text: unpackUuid(column.packed, place) } : undefined;
    const found = exceptionAt(column.exceptions, row);
    return found === undefined ? undefined : valueOf(column.exceptions.dictionary, found, spelling);
  }

  /** The text of a field as `readEvent` gives it: scalars only, the first spelling that has one. */
  text(row: number, field: TableField): string | undefined {
    if (isDictionaryField(field)) return this.dictionary(field).text(this.data.columns[field].codes[row]!);
    const spellings = SPELLINGS[field].length;
    for (let spelling = 0; spelling < spellings; spelling++) {
      const text = textOf(this.value(row, field, spelling));
      if (text !== undefined) return text;
    }
    return undefined;
  }

  /** The row of the record: what `readEvent` reads from its bytes. */
  event(row: number): CloudTrailEvent {
    const time = this.data.time[row]!;
    return eventOf((field) => this.text(row, field), Number.isNaN(time) ? undefined : time);
  }
}

const DICTIONARY_SET: ReadonlySet<string> = new Set(DICTIONARY_FIELDS);

/** True for fields with a dictionary; the others are ids and the time. */
export function isDictionaryField(field: TableField | IdField | DictionaryField): field is DictionaryField {
  return DICTIONARY_SET.has(field);
}

/** The entry of a row among exceptions; undefined for a row that is none. */
export function exceptionAt({ rows }: Exceptions, row: number): number | undefined {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rows[middle]! < row) low = middle + 1;
    else high = middle;
  }
  return rows[low] === row ? low + 1 : undefined;
}

/** Where the 16 bytes of a row stand in `packed`; -1 for a row without. */
export function packedAt({ present, ranks }: IdColumn, row: number): number {
  const word = present[row >>> 5]!;
  const bit = 1 << (row & 31);
  if ((word & bit) === 0) return -1;
  return 16 * (ranks[row >>> 5]! + popcount(word & (bit - 1)));
}
