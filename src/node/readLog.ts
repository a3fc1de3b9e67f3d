import type { FormatId } from '../core/events/formats';
import { memberPath } from '../core/events/logPath';
import type { RawRecord } from '../core/events/rawRecord';
import { RecordReader } from '../core/events/recordReader';
import { message } from '../core/message';
import { type Problem, problem } from '../core/problem';
import { readFileChunks } from './readFileChunks';
import { unpack } from './unpack';
import { zipMembers } from './zipFile';

/** Bytes of content handed on at a time. */
const SLICE = 64 * 1024;

const NESTED_ARCHIVE = problem(
  'nested-archive',
  'warning',
  null,
  message('An archive inside packed data is not read here. Unpack it first.'),
);
const EMPTY_ARCHIVE = problem('empty-archive', 'note', null, message('The archive holds no files.'));

/** What one log file, or one file inside an archive, turned out to be. */
export interface LogSummary {
  readonly path: string;
  readonly format: FormatId;
  readonly compression: string;
  /** Bytes of the unpacked content, as far as it was read. */
  readonly unpacked: number;
  readonly records: number;
  readonly problems: readonly Problem[];
}

export interface ReadLogOptions {
  /** Called for each record, in file order. Its bytes are a view that lasts only until the call returns. */
  onRecord(record: RawRecord, path: string): void;
  /** Awaited after each chunk of content: a place to write what was collected, or to let others run. */
  afterChunk?(): Promise<void>;
  readonly signal?: { readonly aborted: boolean };
}

/**
 * Reads the log at `path`, whatever its container and compression, as a stream: memory does not grow with the file. Archives give one
 * summary for each file in them. What cannot be read is a problem in the summary, never an exception; an aborted read ends early.
 */
export async function readLog(path: string, options: ReadLogOptions): Promise<LogSummary[]> {
  const problems: Problem[] = [];
  const report = (each: Problem): void => void problems.push(each);
  const { compression, chunks, isZip } = await unpack(readFileChunks(path, report), report);
  if (compression !== 'zip') {
    if (isZip) report(NESTED_ARCHIVE);
    return [await readContent(path, compression, chunks, problems, options)];
  }
  const summaries: LogSummary[] = [];
  for await (const member of zipMembers(path, report)) {
    if (options.signal?.aborted) break;
    const memberProblems: Problem[] = [];
    const reportMember = (each: Problem): void => void memberProblems.push(each);
    const inner = await unpack(member.chunks(reportMember), reportMember, member.packedBytes);
    if (inner.isZip) reportMember(NESTED_ARCHIVE);
    const layers = inner.compression === 'none' ? compression : `${compression}+${inner.compression}`;
    const inArchive = memberPath(path, member.name);
    summaries.push(await readContent(inArchive, layers, inner.chunks, memberProblems, options));
  }
  if (summaries.length === 0 && problems.length === 0) report(EMPTY_ARCHIVE);
  if (problems.length > 0) summaries.push({ path, format: 'unknown', compression, unpacked: 0, records: 0, problems });
  return summaries;
}

/** The same in pieces that are read in a few milliseconds, whatever is done with their records. */
async function* inSlices(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += SLICE) yield chunk.subarray(at, at + SLICE);
  }
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
  let unpacked = 0;
  for await (const chunk of inSlices(chunks)) {
    if (options.signal?.aborted) break;
    unpacked += chunk.length;
    reader.push(chunk);
    await options.afterChunk?.();
    if (reader.isHopeless) break;
  }
  const toldBefore = problems.length;
  const { format, records } = reader.end();
  // What was not read on purpose is not cut off.
  if (options.signal?.aborted) problems.length = toldBefore;
  await options.afterChunk?.();
  // A file that could not be opened or unpacked is not also empty.
  const unread = format === 'empty' && problems.some((each) => each.level !== 'note');
  const told = unread ? problems.filter((each) => each.kind !== 'empty') : problems;
  return { path, format: unread ? 'unknown' : format, compression, unpacked, records, problems: told };
}
