import { setImmediate } from 'node:timers/promises';
import * as vscode from 'vscode';
import { readEvent } from '../../core/events/event';
import { RecordView } from '../../core/events/recordView';
import { SessionBuilder } from '../../core/identity/sessionBuilder';
import type { SessionGraph } from '../../core/identity/sessionGraph';
import { sessionRecord } from '../../core/identity/sessionRecord';
import { english } from '../../core/message';
import type { RecordPredicate } from '../../core/patterns/match';
import type { Problem } from '../../core/problem';
import type { Session } from '../../core/identity/session';
import { pacer } from '../../node/pacer';
import type { ReadLogOptions } from '../../node/readLog';
import { readLogs } from '../../node/readLogs';
import { reference } from '../common/reference';
import type { RecordAt, SessionSources } from './openSessions';

/** What is told while files are read. */
export interface ReadProgress {
  readonly files: number;
  readonly records: number;
}

/** A file that could not be read, and why. */
export interface UnreadFile {
  readonly path: string;
  readonly reason: string;
}

type RecordVisitor = (record: RecordView, place: RecordAt, offset: number) => void;

/** The sessions of files on disk. Files are read as streams in short steps; of their records nothing is kept but what sessions need. */
export class FileSessions implements SessionSources {
  private constructor(
    readonly paths: readonly string[],
    readonly graph: SessionGraph,
    readonly progress: ReadProgress,
    readonly unread: readonly UnreadFile[],
    private readonly files: ReadonlySet<string>,
  ) {}

  /** Reads files and folders. An aborted read gives what was read until then. */
  static async read(
    paths: readonly string[],
    report: (progress: ReadProgress) => void,
    signal: AbortSignal,
  ): Promise<FileSessions> {
    const builder = new SessionBuilder();
    const { catalogue } = reference;
    const files = new Set<string>();
    let records = 0;
    const unread = await eachRecord(paths, signal, (record, place, offset) => {
      const event = readEvent(record);
      builder.add(sessionRecord(record, event, { ...place, offset }, catalogue.find(event, record)?.severity));
      files.add(place.file);
      records++;
      report({ files: files.size, records });
    });
    const graph = await builder.build(pacer());
    return new FileSessions(paths, graph, { files: files.size, records }, unread, files);
  }

  async find(
    token: string,
    most: number,
    besides: ReadonlySet<string>,
    cancel: vscode.CancellationToken,
  ): Promise<readonly RecordAt[]> {
    const wanted = [...this.files].filter((file) => !besides.has(file)).map((file) => vscode.Uri.parse(file).fsPath);
    const bytes = Buffer.from(token);
    const found: RecordAt[] = [];
    const abort = new AbortController();
    const listener = cancel.onCancellationRequested(() => abort.abort());
    await eachRecord(wanted, abort.signal, (record, place) => {
      if (Buffer.from(record.bytes.buffer, record.bytes.byteOffset, record.bytes.length).includes(bytes))
        found.push(place);
      if (found.length >= most) abort.abort();
    });
    listener.dispose();
    return found;
  }

  /** The sessions that made a call that a pattern matches. */
  async matching(matches: RecordPredicate, signal: AbortSignal): Promise<Set<Session>> {
    const found = new Set<Session>();
    await eachRecord(this.paths, signal, (record, place, offset) => {
      if (!matches(record)) return;
      const session = this.graph.sessionOf(sessionRecord(record, readEvent(record), { ...place, offset }));
      if (session !== undefined) found.add(session);
    });
    return found;
  }
}

/** Calls `visit` for every record under `paths`, in short steps; answers the files that could not be read. */
async function eachRecord(paths: readonly string[], signal: AbortSignal, visit: RecordVisitor): Promise<UnreadFile[]> {
  const unread: UnreadFile[] = [];
  const report = (path: string, { message }: Problem): void => void unread.push({ path, reason: english(message) });
  const pause = pacer();
  const optionsOf = (path: string): ReadLogOptions => {
    const file = vscode.Uri.file(path).toString();
    let index = 0;
    return {
      onRecord: ({ bytes, start }) => {
        if (!signal.aborted) visit(new RecordView(bytes), { file, index: index++ }, start);
      },
      // A chunk of content may hold more than one slice of work: everything else runs before the next.
      afterChunk: async () => {
        await pause();
        await setImmediate();
      },
      signal,
    };
  };
  for await (const { path, logs } of readLogs(paths, optionsOf, report)) {
    for (const { problems } of logs) {
      const error = problems.find(({ level }) => level === 'error');
      if (error !== undefined) report(path, error);
    }
  }
  return unread;
}
