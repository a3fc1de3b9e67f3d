import { message } from '../core/message';
import type { Problem } from '../core/problem';
import { problem } from '../core/problem';
import type { TableData } from '../core/table/columns';
import { type OpenedIndex, keepIndex, openIndex } from '../node/index/openIndex';
import { type IndexOptions, type LogIndex, type UpdatedIndex, updateIndex } from '../node/index/logIndex';
import type { FileProblems, IndexProgress, OpenRequest } from '../protocol/tableProtocol';
import { CANCELLED, Failure } from './failure';

/** An index that was read or opened, without what is asked of it. */
export interface ReadIndex {
  readonly table: TableData;
  readonly duplicates: number;
  readonly passedOver: number;
  readonly problems: readonly FileProblems[];
  readonly fromCache: boolean;
  readonly filesRead: number;
  readonly packedBytes: number;
  /** Writes to disk what is new; answers why that could not be done, or null. Undefined where nothing is to be written. */
  readonly save?: () => Promise<FileProblems | null>;
}

/** What is done while sources are read. */
export interface WhileReading {
  readonly signal: AbortSignal;
  readonly progress: (progress: IndexProgress) => void;
  /** Takes the first events until `unwanted` is aborted; undefined where nobody would look at them. */
  readonly preview: ((index: ReadIndex, unwanted: AbortSignal) => Promise<void>) | undefined;
}

/** Reads sources into a table. `previous`: what it gave for the same sources before, so that only what is new is read. */
export type IndexReader = (
  request: OpenRequest,
  previous: ReadIndex | undefined,
  meanwhile: WhileReading,
) => Promise<ReadIndex>;

interface KeptIndex extends ReadIndex {
  readonly logs: LogIndex;
}

/** Reads sources, or opens what was saved of them; what is new can be saved. */
export function indexReader(setup: Pick<IndexOptions, 'rules' | 'module' | 'merger' | 'script'>): IndexReader {
  return async (request, previous, { signal, progress, preview }): Promise<KeptIndex> => {
    const options: IndexOptions = {
      ...workersOf(request),
      ...{ ...setup, sources: request.sources, signal },
      onProgress: progress,
      onPreview: preview && ((logs, unwanted) => preview(readIndexOf(logs), unwanted)),
    };
    const opened =
      previous === undefined
        ? await openIndex(request.cacheFolder, options)
        : await updateIndex((previous as KeptIndex).logs, options);
    if (opened === undefined) throw new Failure(CANCELLED);
    const { index, filesRead, isChanged } = opened;
    const { cacheFolder } = request;
    return {
      ...readIndexOf(index),
      logs: index,
      fromCache: isOpened(opened) && opened.fromSaved,
      filesRead,
      ...(isChanged && cacheFolder !== null && { save: () => save(cacheFolder, options, opened) }),
    };
  };
}

/** An index of which every file was read. */
function readIndexOf(index: LogIndex): ReadIndex {
  return {
    table: index.table,
    duplicates: index.duplicates.rowCount,
    passedOver: index.readings.filter(({ isOther }) => isOther).length,
    problems: problemsOf(index),
    fromCache: false,
    filesRead: index.readings.length,
    packedBytes: index.readings.reduce((sum, { size, isOther }) => sum + (isOther ? 0 : size), 0),
  };
}

async function save(folder: string, options: IndexOptions, opened: UpdatedIndex): Promise<FileProblems | null> {
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
