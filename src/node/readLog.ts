import type { FormatId } from '../core/events/formats';
import type { RawRecord } from '../core/events/rawRecord';
import { RecordReader } from '../core/events/recordReader';
import type { Problem } from '../core/problem';
import { readFileChunks } from './readFileChunks';
import { unpack } from './unpack';
import { zipMembers } from './zipFile';

/** What separates an archive from the file inside it, as in `logs.zip!/a.json.gz`. */
const MEMBER_SEPARATOR = '!/';

/** What one log file, or one file inside an archive, turned out to be. */
export interface LogSummary {
  readonly path: string;
  readonly format: FormatId;
  readonly compression: string;
  readonly records: number;
  readonly problems: readonly Problem[];
}

export interface ReadLogOptions {
  /** Called for each record, in file order. Its bytes are a view that lasts only until the call returns. */
  onRecord(record: RawRecord, path: string): void;
  /** Awaited after each chunk of content: a place to write what was collected, or to let others run. */
  afterChunk?(): Promise<void>;
  readonly signal?: AbortSignal;
}

/**
 * Reads the log at `path`, whatever its container and compression, as a stream: memory does not grow with the file. Archives give one
 * summary for each file in them. What cannot be read is a problem in the summary, never an exception; an aborted read ends early.
 */
export async function readLog(path: string, options: ReadLogOptions): Promise<LogSummary[]> {
  const problems: Problem[] = [];
  const report = (each: Problem): void => void problems.push(each);
  const { compression, chunks, isZip } = await unpack(readFileChunks(path, report), report);
  if (!isZip) return [await readContent(path, compression, chunks, problems, options)];
  const summaries: LogSummary[] = [];
  for await (const member of zipMembers(path, report)) {
    if (options.signal?.aborted) break;
    const memberProblems: Problem[] = [];
    const reportMember = (each: Problem): void => void memberProblems.push(each);
    const inner = await unpack(member.chunks(reportMember), reportMember);
    const layers = inner.compression === 'none' ? compression : `${compression}+${inner.compression}`;
    const memberPath = `${path}${MEMBER_SEPARATOR}${member.name}`;
    summaries.push(await readContent(memberPath, layers, inner.chunks, memberProblems, options));
  }
  if (problems.length > 0) summaries.push({ path, format: 'unknown', compression, records: 0, problems });
  return summaries;
}

async function readContent(
  path: string,
  compression: string,
  chunks: AsyncIterable<Uint8Array>,
  problems: Problem[],
  options: ReadLogOptions,
): Promise<LogSummary> {
  const reader = new RecordReader({
    record: (record) => options.onRecord(record, path),
    problem: (each) => void problems.push(each),
  });
  for await (const chunk of chunks) {
    if (options.signal?.aborted) break;
    reader.push(chunk);
    await options.afterChunk?.();
    if (reader.isHopeless) break;
  }
  const { format, records } = reader.end();
  await options.afterChunk?.();
  // A file that could not be opened or unpacked is not also empty.
  const unread = format === 'empty' && problems.some((each) => each.level !== 'note');
  const told = unread ? problems.filter((each) => each.kind !== 'empty') : problems;
  return { path, format: unread ? 'unknown' : format, compression, records, problems: told };
}
