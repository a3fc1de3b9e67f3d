import { SPELLINGS } from '../events/recordView';
import { PLAIN_ARRAYS } from './arrays';

/**
 * The shape of a table in memory, in a message and on disk: flat typed arrays beside plain data, nothing else. Whoever fills one (the plain
 * builder, the index workers) and whoever asks one knows this file and no more of the other.
 */

/** Fields whose values are nearly all distinct UUIDs: 16 bytes each. */
export const ID_FIELDS = ['eventID', 'requestID', 'sharedEventID'] as const;
export type IdField = (typeof ID_FIELDS)[number];

/** Which raw tests of the built-in rules a record meets, worked out while its bytes are at hand; no field of a record. */
export const RULE_TESTS = 'ruleTests';

type SpelledField = Exclude<keyof typeof SPELLINGS, IdField | 'eventTime'>;
export type DictionaryField = SpelledField | typeof RULE_TESTS;

const NOT_IN_DICTIONARIES: ReadonlySet<string> = new Set([...ID_FIELDS, 'eventTime']);

/** The fields with a dictionary that stand in records, in the order of {@link SPELLINGS}. */
export const SPELLED_FIELDS = Object.keys(SPELLINGS).filter(
  (field): field is SpelledField => !NOT_IN_DICTIONARIES.has(field),
);
export const DICTIONARY_FIELDS: readonly DictionaryField[] = [...SPELLED_FIELDS, RULE_TESTS];

/** Codes of a column, as narrow as its dictionary allows. */
export type Codes = Uint8Array | Uint16Array | Uint32Array;

/**
 * The distinct values of a field. An entry is a JSON token as delivered, in UTF-8, together with the spelling it came from: `true`, `"true"`, `1`
 * and `1.0` are four entries, and so are `"A"` and its escaped form. An object is `{}`, an array `[]`, or `[null]` when one of its direct
 * elements is null: comparisons know no more of them. Code 0 is "the record has none" and holds an empty token.
 */
export interface Dictionary {
  /** Codes in use, with code 0. */
  readonly size: number;
  /** Per code: index in `SPELLINGS[field]`, or {@link SEVERAL}. */
  readonly spellings: Uint8Array;
  /** Token of code `c`: `bytes[offsets[c] … offsets[c + 1])`; `size + 1` of them. */
  readonly offsets: Uint32Array;
  readonly bytes: Uint8Array;
}

/**
 * The spelling of an entry for records that have the field in more than one: its token is an object from the index of each spelling that is
 * there, ascending, to its token: `{"0":null,"1":"RunInstances"}`.
 */
export const SEVERAL = 255;

export interface DictionaryColumn {
  /** One for each row. */
  readonly codes: Codes;
  readonly dictionary: Dictionary;
}

/** Values that a compact form cannot hold, by row. */
export interface Exceptions {
  /** Ascending. */
  readonly rows: Uint32Array;
  /** Row `rows[i]` has entry `i + 1`; entries need not be distinct. */
  readonly dictionary: Dictionary;
}

/** A column of UUIDs. A row that is neither present nor an exception has no such field. */
export interface IdColumn {
  /** Bit set over rows, bit `row & 31` of word `row >>> 5`: the token is a lower-case UUID in the field's first spelling and no other is there. */
  readonly present: Uint32Array;
  /** For each word of `present`: how many bits are set before it. */
  readonly ranks: Uint32Array;
  /** 16 bytes for each row that is present, in the order of rows. */
  readonly packed: Uint8Array;
  readonly exceptions: Exceptions;
}

/** Where a record came from. */
export interface TableFile {
  /** As `readLog` names it: `a/logs.zip!/b.json.gz` for a file in an archive. */
  readonly path: string;
  /** Bytes on disk (of the archive, for a file in one). */
  readonly size: number;
  /** Last change, epoch milliseconds. */
  readonly modified: number;
  /** Bytes of the unpacked content. */
  readonly unpacked: number;
  /** `none`, `gzip`, `gzip+gzip` … */
  readonly compression: string;
}

/** A table. Rows are ordered by time, those without one last; among equals by file, then place. */
export interface TableData {
  readonly rowCount: number;
  readonly files: readonly TableFile[];
  /** Epoch milliseconds; NaN where the record has no time or none that can be read. */
  readonly time: Float64Array;
  /**
   * `eventTime` as the record writes it, where it is not `formatTime(time)` as a string in the first spelling alone. A row without a time and
   * without an exception has none.
   */
  readonly eventTime: Exceptions;
  /** Index in {@link files}. */
  readonly file: Codes;
  /** Offset of the record's `{` in the unpacked UTF-8 content; for a row of length 0, see there. Float64 where a file exceeds 4 GiB. */
  readonly offset: Uint32Array | Float64Array;
  /**
   * Bytes of the record. 0 for records that do not stand in the content as they are (escaped in a text, made from a table's row):
   * `offset` is then the record's ordinal among all records of its file, from 0, and the file has to be read anew to have its bytes.
   */
  readonly length: Uint32Array;
  readonly columns: Readonly<Record<DictionaryField, DictionaryColumn>>;
  readonly ids: Readonly<Record<IdField, IdColumn>>;
}

/** Codes for `count` rows under a dictionary of `size` codes. */
export function newCodes(count: number, size: number, arrays = PLAIN_ARRAYS): Codes {
  if (size <= 0x100) return arrays.make(Uint8Array, count);
  return size <= 0x10000 ? arrays.make(Uint16Array, count) : arrays.make(Uint32Array, count);
}
