import type { SeenField, SeenValue } from '../../core/patterns/complete';
import type { Pattern } from '../../core/patterns/ast';
import type { Grouping, HuntGroup, HuntOutcome, HuntRow, ScopeInfo } from '../../protocol/huntProtocol';

/** What one run has found so far. It stays on this side: the view asks for the rows that are on screen. */
export interface HuntResults {
  /** Rows `[from, to)` of a group, or of all when `group` is null. */
  rows(grouping: Grouping, group: string | null, from: number, to: number): Promise<readonly HuntRow[]>;
  /** The most frequent first. */
  groups(grouping: Grouping): Promise<readonly HuntGroup[]>;
  /** Shows the record that a row is of. */
  open(row: number, keepFocus: boolean): Promise<void>;
}

export interface HuntProgress {
  readonly searched: number;
  readonly total: number | null;
  readonly matched: number;
}

/** Something that patterns can be run over. */
export interface HuntTarget {
  readonly info: ScopeInfo;
  /** Starts a run. `report` is called as it goes on; aborting `signal` ends it early with what was found. */
  search(
    pattern: Pattern,
    report: (progress: HuntProgress) => void,
    signal: AbortSignal,
  ): { readonly results: HuntResults; readonly outcome: Promise<HuntOutcome> };
  /** The values of the field that a selector leads to, the most frequent first; a hundred at most. */
  /** Fields that occur in a sample of the records. */
  fields(): Promise<readonly SeenField[]>;
  values(path: string): Promise<readonly SeenValue[]>;
}
