import type { LogSummary } from './readLog';

/** Files found in a folder whose names say that they should hold logs: when they do not, that is worth a line. */
const LOG_NAME = /\.(json|jsonl|ndjson|gz|zst|zip|csv|log)$/i;

/** A file that a folder happens to hold and that never meant to be a log. */
export function isOtherFile({ path, format, problems }: Pick<LogSummary, 'path' | 'format' | 'problems'>): boolean {
  const readable = problems.every((problem) => problem.level !== 'error');
  return (format === 'unknown' || format === 'empty') && readable && !LOG_NAME.test(path);
}
