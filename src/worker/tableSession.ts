import type { ErrorCodes } from '../core/events/errorCodes';
import { message } from '../core/message';
import type { Catalogue } from '../core/rules/catalogue';
import { SEVERITIES } from '../core/rules/severity';
import type { TableData } from '../core/table/columns';
import { tableBytes } from '../core/table/tableBytes';
import { timeRange } from '../core/table/timeRange';
import type { RecordPool } from '../node/table/recordPool';
import type {
  FileProblems,
  IndexProgress,
  OpenRequest,
  TableCalls,
  TableInfo,
  TableMethod,
  TableRequest,
} from '../protocol/tableProtocol';
import { Failure, throwIfAborted } from './failure';
import { type Asking, OpenTable } from './openTable';
import { sourceInfos } from './sourceInfos';
import { tableAnswers } from './tableAnswers';

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

/** Reads sources into a table. `previous`: what it gave for the same sources before, so that only what is new is read. */
export type IndexReader = (
  request: OpenRequest,
  previous: ReadIndex | undefined,
  progress: (progress: IndexProgress) => void,
  signal: AbortSignal,
) => Promise<ReadIndex>;

export interface SessionParts {
  readonly readIndex: IndexReader;
  readonly catalogue: Catalogue;
  readonly errorCodes: ErrorCodes;
  newPool(): RecordPool;
}

/** What is open, and what is asked of it. */
export class TableSession {
  private readonly answers: ReturnType<typeof tableAnswers>;
  private request: OpenRequest | undefined;
  private index: ReadIndex | undefined;
  private open: OpenTable | undefined;
  private version = 0;
  private unsaved: ReadIndex['save'];
  private saving: Promise<FileProblems | null> = Promise.resolve(null);

  constructor(private readonly parts: SessionParts) {
    this.answers = tableAnswers(parts.errorCodes);
  }

  /** Answers a question; throws a {@link Failure} where it cannot. */
  async answer({ method, params }: TableRequest, asking: Asking): Promise<TableCalls[TableMethod]['result']> {
    throwIfAborted(asking.signal);
    switch (method) {
      case 'open':
        return this.read(params, undefined, asking);
      case 'refresh':
        if (this.request === undefined) throw new Failure(NOTHING_OPEN);
        return this.read(this.request, this.index, asking);
      case 'save':
        return this.save();
      case 'close':
        await this.close();
        return null;
      default: {
        if (this.open === undefined) throw new Failure(NOTHING_OPEN);
        const answer = this.answers[method] as (open: OpenTable, params: unknown, asking: Asking) => Promise<never>;
        return answer(this.open, params, asking);
      }
    }
  }

  async close(): Promise<void> {
    const { open } = this;
    this.request = undefined;
    this.index = undefined;
    this.unsaved = undefined;
    this.open = undefined;
    open?.dispose();
    await open?.pool.dispose();
  }

  /** One index after another, so that the newest is the one that stays. */
  private save(): Promise<FileProblems | null> {
    const { unsaved } = this;
    this.unsaved = undefined;
    if (unsaved !== undefined) this.saving = this.saving.then(unsaved);
    return this.saving;
  }

  /** The table that is open stays so until the new one is ready, and when there will be none. */
  private async read(request: OpenRequest, previous: ReadIndex | undefined, asking: Asking): Promise<TableInfo> {
    const index = await this.parts.readIndex(request, previous, asking.progress, asking.signal);
    throwIfAborted(asking.signal);
    asking.progress(rulesProgress(index));
    const pool = this.open?.pool ?? this.parts.newPool();
    const open = await OpenTable.of(index.table, this.parts.catalogue, pool);
    if (asking.signal.aborted && this.open === undefined) await pool.dispose();
    throwIfAborted(asking.signal);
    this.open?.dispose();
    this.request = request;
    this.index = index;
    // What was not saved yet has to be all the same when nothing is new; why it could not be is told again.
    this.unsaved = index.save ?? this.unsaved;
    if (previous === undefined) this.saving = this.saving.then(() => null);
    this.open = open;
    return infoOf(++this.version, request, index, open);
  }
}

const NOTHING_OPEN = { kind: 'stale', message: message('No sources are open.') } as const;

function rulesProgress({ table, packedBytes }: ReadIndex): IndexProgress {
  return {
    phase: 'rules',
    files: table.files.length,
    totalFiles: table.files.length,
    bytes: packedBytes,
    totalBytes: packedBytes,
    records: table.rowCount,
  };
}

function infoOf(version: number, { sources }: OpenRequest, index: ReadIndex, { views }: OpenTable): TableInfo {
  const { table, duplicates, passedOver, problems, fromCache, filesRead, packedBytes } = index;
  const dated = timeRange(table.time, -Infinity, Infinity).to;
  const { codes, severities, counts } = views.findings;
  const findings = SEVERITIES.map(() => 0);
  counts.forEach((count, code) => severities[code]! > 0 && (findings[severities[code]! - 1]! += count));
  return {
    version,
    rowCount: table.rowCount,
    files: table.files.length,
    packedBytes,
    unpackedBytes: table.files.reduce((sum, { unpacked }) => sum + unpacked, 0),
    first: dated > 0 ? table.time[0]! : null,
    last: dated > 0 ? table.time[dated - 1]! : null,
    undated: table.rowCount - dated,
    duplicates,
    passedOver,
    problems,
    sources: sourceInfos(sources, table),
    fromCache,
    filesRead,
    findings,
    residentBytes: tableBytes(table) + codes.byteLength,
  };
}
