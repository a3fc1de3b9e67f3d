import type { Problem } from '../problem';

/** One CloudTrail record as it was delivered, before anything is read from it. */
export interface RawRecord {
  /** The record's JSON object, whole and valid. A view that lasts only until the sink returns. */
  readonly bytes: Uint8Array;
  /** Where in the unpacked content (UTF-8) the record, or the text or row that holds it, stands. */
  readonly start: number;
  readonly end: number;
  /** True when `bytes` stand in the content as they are; false when they were escaped in a text or made from a table's row. */
  readonly embedded: boolean;
}

export interface RecordSink {
  record(record: RawRecord): void;
  problem(problem: Problem): void;
}
