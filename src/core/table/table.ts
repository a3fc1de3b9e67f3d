import { type CloudTrailEvent, eventOf } from '../events/event';
import { SPELLINGS } from '../events/recordView';
import { formatTime } from '../events/time';
import { decodeUtf8 } from '../json/bytes';
import { type FoundValue, readValue } from '../json/foundValue';
import { eachMember, stringValue } from '../json/tokens';
import {
  type Dictionary,
  DICTIONARY_FIELDS,
  type DictionaryField,
  type Exceptions,
  type IdColumn,
  type IdField,
  SEVERAL,
  type TableData,
} from './columns';
import { unpackUuid } from './uuid';

/** Every field of a record that a table holds. */
export type TableField = keyof typeof SPELLINGS;

/** A {@link TableData} with the reading of its values. Nothing is decoded before it is asked for. */
export class Table {
  private readonly dictionaries = new Map<DictionaryField, DecodedDictionary>();

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

/** A dictionary whose texts are kept once decoded. */
export class DecodedDictionary {
  private readonly texts: (string | null | undefined)[] = [];

  constructor(readonly dictionary: Dictionary) {}

  get size(): number {
    return this.dictionary.size;
  }

  /** What code `code` holds in a spelling, as comparisons see it. */
  value(code: number, spelling: number): FoundValue | undefined {
    return valueOf(this.dictionary, code, spelling);
  }

  /** The scalar of code `code` in the first spelling that has one. */
  text(code: number): string | undefined {
    const known = this.texts[code];
    if (known !== undefined) return known ?? undefined;
    const text = entryText(this.dictionary, code);
    this.texts[code] = text ?? null;
    return text;
  }
}

const DICTIONARY_SET: ReadonlySet<string> = new Set(DICTIONARY_FIELDS);

/** True for fields with a dictionary; the others are ids and the time. */
export function isDictionaryField(field: TableField | IdField | DictionaryField): field is DictionaryField {
  return DICTIONARY_SET.has(field);
}

/** The value of entry `code` in a spelling. */
export function valueOf(dictionary: Dictionary, code: number, spelling: number): FoundValue | undefined {
  const start = dictionary.offsets[code]!;
  const end = dictionary.offsets[code + 1]!;
  if (start === end) return undefined;
  const from = dictionary.spellings[code];
  if (from === spelling) return readValue(dictionary.bytes, { start, end });
  if (from !== SEVERAL) return undefined;
  let found: FoundValue | undefined;
  eachMember(dictionary.bytes.subarray(0, end), start, (keyStart, keyEnd, valueStart, valueEnd) => {
    if (Number(stringValue(dictionary.bytes, keyStart, keyEnd)) !== spelling) return false;
    found = readValue(dictionary.bytes, { start: valueStart, end: valueEnd });
    return true;
  });
  return found;
}

function entryText(dictionary: Dictionary, code: number): string | undefined {
  const from = dictionary.spellings[code]!;
  if (from !== SEVERAL) return textOf(valueOf(dictionary, code, from));
  // No field has more spellings than this.
  for (let spelling = 0; spelling < 8; spelling++) {
    const text = textOf(valueOf(dictionary, code, spelling));
    if (text !== undefined) return text;
  }
  return undefined;
}

/** As `readEvent` takes values: null, objects and arrays count as absent. */
function textOf(found: FoundValue | undefined): string | undefined {
  if (found?.type === 'string' || found?.type === 'number') return found.text;
  return found?.type === 'true' || found?.type === 'false' ? found.type : undefined;
}

/** The token of an entry, as delivered. */
export function tokenOf(dictionary: Dictionary, code: number): string {
  return decodeUtf8(dictionary.bytes, dictionary.offsets[code], dictionary.offsets[code + 1]);
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

/** How many bits of a 32-bit word are set. */
export function popcount(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
