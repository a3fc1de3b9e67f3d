import type { TableFile } from '../../core/table/columns';
import type { Problem } from '../../core/problem';
import type { DiskFile } from './listFiles';

/** A log that a file on disk is, or holds as an archive. */
export interface ReadLogFile extends TableFile {
  readonly records: number;
  readonly problems: readonly Problem[];
}

/** What reading a file on disk gave. */
export interface FileReading extends DiskFile {
  /** The logs with records, and those that something is to be said about. */
  readonly logs: readonly ReadLogFile[];
  /** True for a file that never meant to be a log: nothing is said about it but how many there are. */
  readonly isOther: boolean;
}
