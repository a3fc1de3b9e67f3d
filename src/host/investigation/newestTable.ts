import type { FileProblems, TableInfo } from '../../protocol/tableProtocol';
import type { ReadyTable } from './investigationState';

/**
 * The table that the worker has open, as it was told of last, with what failed about it. It stays while sources are read anew, for that may be
 * cancelled.
 */
export class NewestTable {
  private info: TableInfo | undefined;
  private notSaved: FileProblems | null = null;
  private notAsked: string | null = null;

  /** Undefined when no table is open. */
  get ready(): ReadyTable | undefined {
    const { info, notSaved, notAsked } = this;
    if (info === undefined) return undefined;
    const problems = notSaved === null ? info.problems : [...info.problems, notSaved];
    return { kind: 'ready', info: { ...info, problems }, notAsked };
  }

  /** Sources were read. */
  open(info: TableInfo): void {
    this.info = info;
    this.notSaved = null;
    this.notAsked = null;
  }

  /** Findings were worked out anew; answers may overtake one another. */
  ruled(info: TableInfo): void {
    if (this.info === undefined || info.findingsVersion < this.info.findingsVersion) return;
    this.info = info;
    this.notAsked = null;
  }

  /** Rules could not be asked of the table that had this version when they were. */
  failedToAsk(version: number | undefined, reason: string): void {
    if (this.info?.version === version) this.notAsked = reason;
  }

  /** `problem`: why it could not be saved; null when it was. */
  saved(problem: FileProblems | null): void {
    this.notSaved = problem;
  }

  close(): void {
    this.info = undefined;
  }
}
