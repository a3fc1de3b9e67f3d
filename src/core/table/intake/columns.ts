import { type SPELLINGS } from '../../events/recordView';
import { type Codes, DICTIONARY_FIELDS, type Dictionary, ID_FIELDS, RULE_TESTS, SPELLED_FIELDS } from '../columns';

/**
 * While files are read every field has codes: those with a dictionary, and behind them, as codes of their own, the values that the compact
 * form of the time and of ids cannot hold.
 */

const DICTIONARIES = DICTIONARY_FIELDS.length;

export const RULE_COLUMN = DICTIONARY_FIELDS.indexOf(RULE_TESTS);
export const SOURCE_COLUMN = DICTIONARY_FIELDS.indexOf('eventSource');
export const NAME_COLUMN = DICTIONARY_FIELDS.indexOf('eventName');
export const TIME_COLUMN = DICTIONARIES;
/** The column of id field `i` is this and `i`. */
export const FIRST_ID_COLUMN = DICTIONARIES + 1;
export const COLUMNS = FIRST_ID_COLUMN + ID_FIELDS.length;

/** Fields that stand in records, each with its column. */
export const FIELD_COLUMNS: readonly { readonly field: keyof typeof SPELLINGS; readonly column: number }[] = [
  ...SPELLED_FIELDS.map((field, column) => ({ field, column })),
  { field: 'eventTime', column: TIME_COLUMN },
  ...ID_FIELDS.map((field, id) => ({ field, column: FIRST_ID_COLUMN + id })),
];

/** Some rows in the order of arrival. */
export interface RowChunk {
  readonly rowCount: number;
  /** Which reading of a file the row comes from: see {@link TablePart}. */
  readonly reading: Uint32Array;
  readonly offset: Float64Array;
  readonly length: Uint32Array;
  /** Epoch milliseconds; NaN for none. */
  readonly time: Float64Array;
  /** By column. */
  readonly codes: Codes[];
  /** By id field. `packed` has 16 bytes for each row whose bit is set in `present`, in the order of rows. */
  readonly ids: readonly { readonly present: Uint32Array; packed: Uint8Array }[];
}

/** How many rows some parts have. */
export function rowCountOf(parts: readonly { readonly part: TablePart }[]): number {
  let count = 0;
  for (const { part } of parts) for (const { rowCount } of part.chunks) count += rowCount;
  return count;
}

/** What one scanner read. Rows tell the number of the reading they come from; one that failed is dropped by its number. */
export interface TablePart {
  readonly chunks: readonly RowChunk[];
  /** By column. Code 0 is "none" in each. */
  readonly dictionaries: readonly Dictionary[];
}
