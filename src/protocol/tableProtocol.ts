import type { Message } from '../core/message';
import type { PatternError } from '../core/patterns/ast';
import type { Problem } from '../core/problem';
import type { Finding } from '../core/rules/catalogue';
import type { Mute } from '../core/rules/mutes';
import type { Rule } from '../core/rules/rule';
import type { Facet, FacetRequest } from '../core/table/facets';
import type { Histogram, HistogramRequest } from '../core/table/histogram';
import type { Overview, OverviewRequest } from '../core/table/overview';
import type { CellField, Page } from '../core/table/pages';
import type { EventQuery } from '../core/table/selection';
import type { SortOrder } from '../core/table/sortRows';
import type { SeenValue } from '../core/table/values';

/** What the host asks the table's worker, and what it answers. Each question has an id; questions run side by side and can be cancelled. */

export interface OpenRequest {
  /** Files and folders, absolute. */
  readonly sources: readonly string[];
  /** Where indexes are kept; null: neither reads nor writes one. */
  readonly cacheFolder: string | null;
  /** How many workers read files; by default what the machine has. */
  readonly workers?: number;
  /** By default none. */
  readonly own?: OwnRules;
}

/** What the user adds to the built-in rules. */
export interface OwnRules {
  /** Those that one record alone meets and that need not be asked for. */
  readonly rules: readonly Rule[];
  readonly mutes: readonly Mute[];
}

/** A file of which something, or all, could not be read. */
export interface FileProblems {
  readonly path: string;
  readonly records: number;
  readonly problems: readonly Problem[];
}

/** How much of a table comes from one source. */
export interface SourceInfo {
  /** As in the request. */
  readonly path: string;
  readonly files: number;
  readonly events: number;
  /** Epoch milliseconds; null when no event has a time. */
  readonly first: number | null;
  readonly last: number | null;
}

/** A table as it was opened or brought up to date. */
export interface TableInfo {
  /** Grows with every opening and refresh: row numbers hold for one version. */
  readonly version: number;
  /** Grows whenever findings were worked out: the same rows may have others. */
  readonly findingsVersion: number;
  readonly rowCount: number;
  readonly files: number;
  /** Bytes on disk, and of the unpacked content. */
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  /** Epoch milliseconds of the first and last event; null when none has a time. */
  readonly first: number | null;
  readonly last: number | null;
  /** Events without a time, or with one that cannot be read: kept, after all others. */
  readonly undated: number;
  /** Records left out because their eventID was met before. */
  readonly duplicates: number;
  /** Files that are no logs; counted only. */
  readonly passedOver: number;
  readonly problems: readonly FileProblems[];
  /** In the order of the request. */
  readonly sources: readonly SourceInfo[];
  /** True when a saved index was opened, false when every file was read. */
  readonly fromCache: boolean;
  /** Files read anew, out of {@link files}. */
  readonly filesRead: number;
  /** Events with a finding, by severity from `info` up. */
  readonly findings: readonly number[];
  /** Rules of one's own that ask for more than columns hold and have not been asked of the records: see `searchRules`. */
  readonly rulesToSearch: number;
  /** What the table takes in memory, in bytes. */
  readonly residentBytes: number;
}

export interface IndexProgress {
  readonly phase: 'listing' | 'reading' | 'merging' | 'rules';
  readonly files: number;
  readonly totalFiles: number;
  readonly bytes: number;
  readonly totalBytes: number;
  readonly records: number;
}

/** How far opening is. `preview`: the first events can be asked, by their version, until all of them can, or opening fails. */
export type OpenProgress = IndexProgress | { readonly phase: 'preview'; readonly info: TableInfo };

export interface FilterResult {
  readonly count: number;
  /** Epoch milliseconds; null when no selected event has a time. */
  readonly first: number | null;
  readonly last: number | null;
  /** Events whose records had to be read again; 0 when the table's columns said all. */
  readonly scanned: number;
  /** Records that could not be read again: their files changed or are gone. */
  readonly unreadable: number;
}

/** How far the records of a query have been looked through. */
export interface ScanProgress {
  readonly scanned: number;
  readonly toScan: number;
  /** Events that meet the query so far. */
  readonly count: number;
}

export interface PageRequest {
  readonly query: EventQuery;
  readonly sort?: SortOrder;
  /** Rows `[from, from + count)` of the selection in this order; 1,000 at most. */
  readonly from: number;
  readonly count: number;
  readonly fields: readonly CellField[];
  /** While records are being looked through: answers with what was found so far instead of waiting. */
  readonly partial?: boolean;
}

export interface PageResult extends Page {
  /** Rows of the whole selection, or of what is known of it. */
  readonly total: number;
  readonly isComplete: boolean;
}

export interface RecordResult {
  readonly row: number;
  /** The record's JSON as delivered. */
  readonly json: string;
  readonly path: string;
  /** Where it stands in the unpacked content of its file (UTF-8 bytes); of a record in a text or row, where that stands. */
  readonly start: number;
  readonly end: number;
  readonly finding: Finding | null;
}

/** A rule and how many of the selected events meet it. */
export interface RuleCount {
  readonly id: string;
  readonly count: number;
  /** The first and last row that meets it. */
  readonly firstRow: number;
  readonly lastRow: number;
}

export interface ExportRequest {
  readonly query: EventQuery;
  readonly sort?: SortOrder;
  /** Of the selection, only these rows; by default all. */
  readonly rows?: readonly number[];
  /** `csv`: cells of {@link fields}; `ndjson`: the records as delivered, each on a line. */
  readonly format: 'csv' | 'ndjson';
  readonly fields: readonly CellField[];
  /** The file to write. Null: the text comes as {@link ExportChunk}s. */
  readonly path: string | null;
}

/** Some more of the text, or how far it is. */
export interface ExportChunk {
  readonly text: string;
  readonly rows: number;
  readonly totalRows: number;
}

export interface ExportResult {
  readonly rows: number;
  readonly bytes: number;
  readonly unreadable: number;
}

interface Call<Request, Result, Progress = never> {
  readonly request: Request;
  readonly result: Result;
  readonly progress: Progress;
}

/** All questions by name. */
export interface TableCalls {
  /** Opens sources in place of what was open. Where nothing was, the first events may be told of as a preview. */
  readonly open: Call<OpenRequest, TableInfo, OpenProgress>;
  /** Reads what is new or changed in the sources. */
  readonly refresh: Call<null, TableInfo, IndexProgress>;
  /**
   * Saves what was read, if that has not been done: after the table is shown, for nobody should wait for it. Answers why it could not be, or null.
   */
  readonly save: Call<null, FileProblems | null>;
  /** Works the findings out anew by other rules of one's own; the version stays. Null when nothing is open. */
  readonly rules: Call<OwnRules, TableInfo | null>;
  /** Asks the rules that wait for it of the records, which takes a while. Null when others took their place, or nothing is open. */
  readonly searchRules: Call<null, TableInfo | null>;
  readonly filter: Call<{ readonly query: EventQuery }, FilterResult, ScanProgress>;
  readonly page: Call<PageRequest, PageResult, ScanProgress>;
  /** Where a row stands in a selection in some order; -1 when it is not in it. */
  readonly position: Call<
    { readonly query: EventQuery; readonly sort?: SortOrder; readonly row: number },
    number,
    ScanProgress
  >;
  /** The rows with an eventID. */
  readonly rowsOfEvent: Call<{ readonly eventID: string }, readonly number[]>;
  readonly record: Call<{ readonly row: number }, RecordResult>;
  readonly facets: Call<
    { readonly query: EventQuery; readonly facets: readonly FacetRequest[] },
    readonly Facet[],
    ScanProgress
  >;
  readonly histogram: Call<{ readonly query: EventQuery } & HistogramRequest, Histogram, ScanProgress>;
  readonly overview: Call<{ readonly query: EventQuery } & OverviewRequest, Overview, ScanProgress>;
  /** Values seen at a path, for completion; empty for paths without a column. */
  readonly values: Call<
    { readonly path: string; readonly prefix: string; readonly most: number },
    readonly SeenValue[]
  >;
  /** The rules that selected events meet, most severe first. */
  readonly findings: Call<{ readonly query: EventQuery }, readonly RuleCount[], ScanProgress>;
  readonly export: Call<ExportRequest, ExportResult, ExportChunk>;
  readonly close: Call<null, null>;
}

export type TableMethod = keyof TableCalls;
/** Those about the events of the table that is open. */
export type TableQuestion = Exclude<TableMethod, 'open' | 'refresh' | 'save' | 'rules' | 'searchRules' | 'close'>;

export const TABLE_METHODS = [
  'open',
  'refresh',
  'save',
  'rules',
  'searchRules',
  'filter',
  'page',
  'position',
  'rowsOfEvent',
  'record',
  'facets',
  'histogram',
  'overview',
  'values',
  'findings',
  'export',
  'close',
] as const satisfies readonly TableMethod[];

export type TableRequest = {
  [Method in TableMethod]: {
    readonly kind: 'request';
    readonly id: number;
    readonly method: Method;
    readonly params: TableCalls[Method]['request'];
    /** Of the table that is meant, for a question about events; by default the one of all events. */
    readonly version?: number | undefined;
  };
}[TableMethod];

export type ToTableWorker = TableRequest | { readonly kind: 'cancel'; readonly id: number };

/** Why a question has no answer. */
export interface TableFailure {
  /**
   * `cancelled`; `pattern`: it does not parse, see {@link errors}; `stale`: nothing is open, or a row number is of another version; `unreadable`: a
   * file is gone, changed or cannot be written; `failed`: anything else.
   */
  readonly kind: 'cancelled' | 'pattern' | 'stale' | 'unreadable' | 'failed';
  readonly message: Message;
  readonly errors?: readonly PatternError[];
}

export type FromTableWorker =
  | { readonly kind: 'result'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'progress'; readonly id: number; readonly progress: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly failure: TableFailure };

/** Whether a message is a question for the worker, by its outer shape: the other side is our own host. */
export function isToTableWorker(value: unknown): value is ToTableWorker {
  const { kind, id, method } = fieldsOf(value);
  if (!Number.isSafeInteger(id)) return false;
  return kind === 'cancel' || (kind === 'request' && (TABLE_METHODS as readonly unknown[]).includes(method));
}

/** Whether a message is an answer of the worker, by its outer shape. */
export function isFromTableWorker(value: unknown): value is FromTableWorker {
  const { kind, id, failure } = fieldsOf(value);
  if (!Number.isSafeInteger(id)) return false;
  return kind === 'result' || kind === 'progress' || (kind === 'failure' && typeof failure === 'object');
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
