import type { RawRecord } from '../core/events/rawRecord';
import { english } from '../core/message';
import type { Problem } from '../core/problem';
import { visibleText } from '../core/text';
import type { LogSummary, ReadLogOptions } from '../node/readLog';
import { readLogs } from '../node/readLogs';

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
  const options: ReadLogOptions = {
    onRecord: (record, path) => reader.onRecord?.(record, path),
    ...(reader.afterChunk && { afterChunk: () => reader.afterChunk!() }),
  };
  for await (const { logs } of readLogs(paths, () => options, tell)) {
    for (const summary of logs) {
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
