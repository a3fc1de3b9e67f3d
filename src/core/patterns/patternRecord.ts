import type { FoundValue } from '../json/foundValue';
import type { Span } from '../json/tokens';

/**
 * What a pattern asks of a record. A pattern that touches only indexed fields asks for nothing but `field` and `isObject`: a row that keeps
 * those need not have the record at hand.
 */
export interface PatternRecord {
  /** False for a top-level value that is no object: no JSON pattern matches it. */
  readonly isObject: boolean;
  /** The record's JSON, and nothing else. */
  readonly bytes: Uint8Array;
  /** The indexed field in a slot of `indexedSlot`; undefined when the record has none. */
  field(slot: number): FoundValue | undefined;
  /** Where the value of the indexed field stands in {@link bytes}. */
  spanOf(slot: number): Span | undefined;
}
