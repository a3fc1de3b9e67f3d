import type { Severity } from '../core/rules/severity';
import type { CellField } from '../core/table/pages';
import type { EventQuery } from '../core/table/selection';
import type { SortOrder } from '../core/table/sortRows';
import type { FieldSummary } from '../core/events/fieldReference';
import type { IndexProgress, TableCalls, TableInfo } from './tableProtocol';

/** What the investigation editor may ask of the table by way of the host. */
export const ASKED_METHODS = [
  'filter',
  'page',
  'position',
  'rowsOfEvent',
  'facets',
  'histogram',
  'overview',
  'values',
] as const;
export type AskedMethod = (typeof ASKED_METHODS)[number];

/** Positions in the grid, `[from, to)`. */
export type RowRange = readonly [from: number, to: number];

/** Events of the grid as text. */
export interface GridExport {
  /** Of the table whose rows are at {@link ranges}. */
  readonly version: number;
  readonly query: EventQuery;
  readonly sort?: SortOrder;
  /** Null: all of them. */
  readonly ranges: readonly RowRange[] | null;
  /** `csv`: cells of {@link fields}; `ndjson`: the records as delivered. */
  readonly format: 'csv' | 'ndjson';
  readonly fields: readonly CellField[];
}

/** A page of attack.mitre.org. */
export interface AttackLink {
  readonly id: string;
  readonly name: string;
  readonly url: string;
}

/** A rule that a record meets, in the language of the editor. */
export interface MetRule {
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  readonly why: string;
  readonly check: string;
  readonly respond: string;
  readonly attack: readonly AttackLink[];
}

/** One record, for the detail. */
export interface RecordDetail {
  readonly row: number;
  /** As delivered. */
  readonly json: string;
  readonly path: string;
  readonly rules: readonly MetRule[];
}

/** A file of which something could not be read, and why, in words. */
export interface UnreadableFile {
  readonly path: string;
  readonly records: number;
  readonly reasons: readonly string[];
}

/** The table that is open. */
export interface OpenTableInfo extends Pick<
  TableInfo,
  | 'version'
  | 'rowCount'
  | 'files'
  | 'unpackedBytes'
  | 'first'
  | 'last'
  | 'undated'
  | 'duplicates'
  | 'passedOver'
  | 'fromCache'
  | 'findingsVersion'
  | 'rulesToSearch'
> {
  /** Why the findings are not by the rules of one's own as they are now, in words; null when they are, or are going to be. */
  readonly rulesNotAsked: string | null;
  /** The first of them, and how many there are. */
  readonly unreadable: readonly UnreadableFile[];
  readonly unreadableCount: number;
}

/** How far the investigation is. `preview`: the first events, which can be asked by their version until all are there. */
export type InvestigationPhase =
  | { readonly kind: 'empty' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'reading'; readonly progress: IndexProgress | null; readonly preview: OpenTableInfo | null }
  | { readonly kind: 'ready'; readonly info: OpenTableInfo }
  | { readonly kind: 'failed'; readonly reason: string };

/** Questions to the table: `id` numbers them, and each is answered once; `version` is that of the table that is meant. */
export type InvestigationQuestion =
  | { readonly kind: 'ask'; readonly method: AskedMethod; readonly params: unknown }
  | { readonly kind: 'record'; readonly row: number };
type Numbered = { readonly id: number; readonly version: number };

/** What the editor asks of the host. */
export type InvestigationToHost =
  | { readonly kind: 'ready' }
  | (InvestigationQuestion & Numbered)
  | { readonly kind: 'cancelAsk'; readonly id: number }
  | { readonly kind: 'openRecord'; readonly row: number; readonly version: number; readonly keepFocus: boolean }
  | ({ readonly kind: 'copy' | 'export' } & GridExport)
  | { readonly kind: 'copyText'; readonly text: string }
  | { readonly kind: 'remember' | 'copySql' | 'save'; readonly pattern: string }
  | { readonly kind: 'drop'; readonly uris: readonly string[] }
  | { readonly kind: 'addFolder' | 'openSamples' | 'refresh' | 'cancelReading' | 'read' };

export interface AskFailure {
  /** As in `TableFailure`. */
  readonly kind: 'cancelled' | 'pattern' | 'stale' | 'unreadable' | 'failed';
  /** In the language of the editor. */
  readonly text: string;
}

/** What the host tells the editor. */
export type InvestigationToWebview =
  | {
      readonly kind: 'setup';
      readonly fields: readonly FieldSummary[];
      /** In the order of the matrix. */
      readonly tactics: readonly AttackLink[];
      /** Names of rules by id. */
      readonly rules: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'history'; readonly history: readonly string[] }
  | { readonly kind: 'phase'; readonly phase: InvestigationPhase; readonly sources: readonly string[] }
  /** Puts a pattern into the box. */
  | { readonly kind: 'show'; readonly query: EventQuery }
  | { readonly kind: 'answer'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'progress'; readonly id: number; readonly progress: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly failure: AskFailure };

/** What the questions are answered with. */
export type Answer<Method extends AskedMethod> = TableCalls[Method]['result'];
export type Question<Method extends AskedMethod> = TableCalls[Method]['request'];

const KINDS: ReadonlySet<unknown> = new Set<InvestigationToHost['kind']>([
  ...(['ready', 'ask', 'record', 'cancelAsk', 'openRecord', 'copy', 'export', 'copyText', 'remember'] as const),
  ...(['copySql', 'save', 'drop', 'addFolder', 'openSamples', 'refresh', 'cancelReading', 'read'] as const),
]);

/** Whether a message that came in is one of this protocol; its fields are checked as far as a wrong one could do harm. */
export function isInvestigationToHost(data: unknown): data is InvestigationToHost {
  if (typeof data !== 'object' || data === null || !('kind' in data) || !KINDS.has(data.kind)) return false;
  return Object.entries(data).every(([key, value]) => {
    if (key === 'id' || key === 'row' || key === 'version')
      return Number.isSafeInteger(value) && (value as number) >= 0;
    if (key === 'method') return (ASKED_METHODS as readonly unknown[]).includes(value);
    if (key === 'text' || key === 'pattern') return typeof value === 'string';
    if (key === 'uris') return Array.isArray(value) && value.every((each) => typeof each === 'string');
    return true;
  });
}
