import type { Problem } from '../core/problem';
import { isOtherFile } from './otherFile';
import { type LogSummary, type ReadLogOptions, readLog } from './readLog';
import { walk } from './walk';

/** A file that was read. */
export interface ReadFile {
  /** On disk. */
  readonly path: string;
  /** What it, or each file in the archive that it is, turned out to be; nothing for a file that never meant to be a log. */
  readonly logs: readonly LogSummary[];
}

/**
 * Reads every log under `paths`, files and folders, one after another. `optionsOf` says what is done with the records of each file on disk;
 * when its signal is aborted the reading ends early. `report` is called for each path that cannot be looked at.
 */
export async function* readLogs(
  paths: readonly string[],
  optionsOf: (path: string) => ReadLogOptions,
  report: (path: string, problem: Problem) => void,
): AsyncGenerator<ReadFile> {
  for await (const { path, named } of walk(paths, report)) {
    const options = optionsOf(path);
    if (options.signal?.aborted === true) return;
    const summaries = await readLog(path, options);
    yield { path, logs: named ? summaries : summaries.filter((summary) => !isOtherFile(summary)) };
  }
}
