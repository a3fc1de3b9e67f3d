import type { RawRecord } from '../core/events/rawRecord';
import { english } from '../core/message';
import type { Problem } from '../core/problem';
import { visibleText } from '../core/text';
import { isOtherFile } from '../node/otherFile';
import { type LogSummary, readLog } from '../node/readLog';
import { walk } from '../node/walk';

export interface PathReader {
  onRecord?(record: RawRecord, path: string): void;
  onSummary?(summary: LogSummary): void;
  afterChunk?(): Promise<void>;
}

/** Reads every log under `paths`; problems go to standard error. Answers true when something could not be read. */
export async function readPaths(paths: readonly string[], reader: PathReader): Promise<boolean> {
  let unreadable = false;
  const tell = (path: string, problem: Problem): void => {
    unreadable ||= problem.level === 'error';
    process.stderr.write(`${problemLine(path, problem)}\n`);
  };
  for await (const file of walk(paths, tell)) {
    const summaries = await readLog(file.path, {
      onRecord: (record, path) => reader.onRecord?.(record, path),
      ...(reader.afterChunk && { afterChunk: () => reader.afterChunk!() }),
    });
    for (const summary of summaries) {
      if (!file.named && isOtherFile(summary)) continue;
      for (const problem of summary.problems) if (problem.level !== 'note') tell(summary.path, problem);
      reader.onSummary?.(summary);
    }
  }
  return unreadable;
}

/** A problem as one line for a terminal: path, place, what happened. */
export function problemLine(path: string, { at, message }: Problem): string {
  const place = at === null ? '' : ` (byte ${at})`;
  return `${visibleText(path)}${place}: ${visibleText(english(message))}`;
}
