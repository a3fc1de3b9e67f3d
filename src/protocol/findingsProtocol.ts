import type { FindingsReport } from '../core/export/located';
import type { Problem } from '../core/problem';
import type { Mute } from '../core/rules/mutes';
import type { Rule } from '../core/rules/rule';
import type { Severity } from '../core/rules/severity';

/** What the findings worker is started with: it reads the sources once and ends. */
export interface FindingsRequest {
  /** Files and folders, absolute. */
  readonly sources: readonly string[];
  readonly rules: readonly Rule[];
  readonly mutes: readonly Mute[];
  readonly least: Severity;
}

export interface FindingsProgress {
  readonly files: number;
  readonly records: number;
  readonly found: number;
}

/** A file of which something, or all, could not be read. */
export interface UnreadFile {
  readonly path: string;
  readonly problem: Problem;
}

export type FromFindingsWorker =
  | ({ readonly kind: 'progress' } & FindingsProgress)
  | {
      readonly kind: 'done';
      readonly report: FindingsReport;
      readonly records: number;
      readonly unread: readonly UnreadFile[];
      /** What the rules could not take into account. */
      readonly problems: readonly Problem[];
    };
