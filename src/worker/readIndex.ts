import { message } from '../core/message';
import type { Problem } from '../core/problem';
import { problem } from '../core/problem';
import type { Rule } from '../core/rules/rule';
import { type OpenedIndex, keepIndex, openIndex } from '../node/index/openIndex';
import { type LogIndex, type UpdatedIndex, updateIndex } from '../node/index/logIndex';
import type { FileProblems, OpenRequest } from '../protocol/tableProtocol';
import { CANCELLED, Failure } from './failure';
import type { IndexReader, ReadIndex } from './tableSession';

interface KeptIndex extends ReadIndex {
  readonly logs: LogIndex;
}

/**
 * Reads sources with the index workers of `script`, or opens what was saved of them; what is new can be saved. `module`: the compiled scanner, where there
 * is one.
 */
export function indexReader(
  rules: readonly Rule[],
  module: WebAssembly.Module | undefined,
  script: string,
): IndexReader {
  return async (request, previous, onProgress, signal): Promise<KeptIndex> => {
    const options = { ...workersOf(request), sources: request.sources, rules, module, script, signal, onProgress };
    const opened =
      previous === undefined
        ? await openIndex(request.cacheFolder, options)
        : await updateIndex((previous as KeptIndex).logs, options);
    if (opened === undefined) throw new Failure(CANCELLED);
    const { index, filesRead, isChanged } = opened;
    const { cacheFolder } = request;
    return {
      logs: index,
      table: index.table,
      duplicates: index.duplicates.rowCount,
      passedOver: index.readings.filter(({ isOther }) => isOther).length,
      problems: problemsOf(index),
      fromCache: isOpened(opened) && opened.fromSaved,
      filesRead,
      packedBytes: index.readings.reduce((sum, { size, isOther }) => sum + (isOther ? 0 : size), 0),
      ...(isChanged && cacheFolder !== null && { save: () => save(cacheFolder, options, opened) }),
    };
  };
}

async function save(
  folder: string,
  options: Parameters<typeof keepIndex>[1],
  opened: UpdatedIndex,
): Promise<FileProblems | null> {
  try {
    await keepIndex(folder, options, opened);
    return null;
  } catch (error) {
    return { path: folder, records: 0, problems: [notSaved(error)] };
  }
}

function isOpened(index: UpdatedIndex): index is OpenedIndex {
  return 'fromSaved' in index;
}

function workersOf({ workers }: OpenRequest): { workers?: number } {
  return workers === undefined ? {} : { workers };
}

/** What could not be looked at, and files of which something could not be read. */
function problemsOf({ problems, readings }: LogIndex): FileProblems[] {
  const files = readings.flatMap(({ logs, isOther }) => (isOther ? [] : logs));
  return [
    ...problems.map((each) => ({ path: each.path, records: 0, problems: [each.problem] })),
    ...files
      .map(({ path, records, problems: all }) => ({ path, records, problems: all.filter(isWorthTelling) }))
      .filter((file) => file.problems.length > 0),
  ];
}

function isWorthTelling({ level }: Problem): boolean {
  return level !== 'note';
}

function notSaved(error: unknown): Problem {
  const reason = error instanceof Error ? error.message : String(error);
  return problem('not-saved', 'warning', null, message('The index could not be saved: {0}', reason));
}
