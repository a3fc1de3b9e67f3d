import type { Finding } from '../rules/catalogue';
import type { Codes } from './columns';

/** What the rows of a table deserve attention for. */
export interface TableFindings {
  /** Per row: index in {@link findings}; 0 for a row that meets no rule. */
  readonly codes: Codes;
  /** The findings that occur, `undefined` at 0. */
  readonly findings: readonly (Finding | undefined)[];
  /** Per code: 0 none, 1 `info` … 5 `critical`. */
  readonly severities: Uint8Array;
  /** Per code: how many rows have it. */
  readonly counts: Uint32Array;
}
