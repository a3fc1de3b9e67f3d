import type { FieldSummary } from '../../src/core/events/fieldReference';
import type { ParsedPattern } from '../../src/core/patterns/ast';
import { parsePattern } from '../../src/core/patterns/parse';
import type { Histogram } from '../../src/core/table/histogram';
import type { Overview } from '../../src/core/table/overview';
import type { EventQuery } from '../../src/core/table/selection';
import type { SortOrder } from '../../src/core/table/sortRows';
import type {
  AttackLink,
  InvestigationPhase,
  OpenTableInfo,
  RecordDetail,
} from '../../src/protocol/investigationProtocol';
import type { FilterResult, ScanProgress } from '../../src/protocol/tableProtocol';
import { NO_ROWS, type RowSelection } from '../grid/rowSelection';
import { DEFAULT_COLUMNS, type EventColumn } from './columns';
import { OPEN_AT_FIRST, type OpenFacets } from './facetBoard';

export type Tab = 'events' | 'dashboards';
export type TimelineBy = 'severity' | 'tactic';

/** What survives hiding the editor and reloading the window. */
export interface KeptInvestigation {
  readonly query: EventQuery;
  readonly tab: Tab;
  readonly by: TimelineBy;
  readonly asTable: boolean;
  readonly sort: SortOrder | undefined;
  readonly columns: readonly EventColumn[];
  readonly facets: OpenFacets;
  readonly showsFacets: boolean;
  readonly showsDetail: boolean;
  /** Widths of the panes at the sides, in px. */
  readonly paneWidths: { readonly facets: number; readonly detail: number };
  /** eventID of the active row: row numbers may mean other events when the sources are read anew. */
  readonly activeEvent: string | null;
}

/** How the query stands: found, or how far the records have been looked through. */
export type Found =
  | { readonly kind: 'waiting' }
  | ({ readonly kind: 'searching' } & ScanProgress)
  | ({ readonly kind: 'found' } & FilterResult)
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly reason: string };

export interface Detail {
  readonly row: number;
  readonly record: RecordDetail | undefined;
  readonly failure: string | undefined;
}

export interface InvestigationViewState extends KeptInvestigation {
  readonly phase: InvestigationPhase | undefined;
  readonly sources: readonly string[];
  /** The table that can be asked, also while sources are read anew; see {@link isPreview}. */
  readonly table: OpenTableInfo | undefined;
  /** What stands in the box: run, or about to. */
  readonly text: string;
  readonly parsed: ParsedPattern;
  readonly history: readonly string[];
  readonly fields: readonly FieldSummary[];
  readonly tactics: readonly AttackLink[];
  readonly rules: Readonly<Record<string, string>>;
  /** True when what was asked for last cannot be written into the pattern as it stands. */
  readonly refused: boolean;
  readonly found: Found;
  /** Rows of the grid, as far as they are known. */
  readonly rowCount: number;
  readonly selection: RowSelection;
  /** A row that has to come into view; a new object each time. */
  readonly revealed: { readonly row: number } | undefined;
  readonly histogram: Histogram | undefined;
  readonly overview: Overview | undefined;
  readonly detail: Detail | undefined;
}

const AT_FIRST: KeptInvestigation = {
  query: { pattern: '' },
  tab: 'events',
  by: 'severity',
  asTable: false,
  sort: undefined,
  columns: DEFAULT_COLUMNS,
  facets: OPEN_AT_FIRST,
  showsFacets: true,
  showsDetail: true,
  paneWidths: { facets: 225, detail: 380 },
  activeEvent: null,
};

/** True while the table has the first events only, and the others are being read. */
export function isPreview({ phase }: Pick<InvestigationViewState, 'phase'>): boolean {
  return phase?.kind === 'reading' && phase.preview !== null;
}

/** The state before the host has said anything. What was not kept is as at the very first. */
export function stateAtFirst(known: Partial<KeptInvestigation> | undefined): InvestigationViewState {
  const kept: KeptInvestigation = { ...AT_FIRST, ...known };
  return {
    ...kept,
    phase: undefined,
    sources: [],
    table: undefined,
    text: kept.query.pattern,
    parsed: parsePattern(kept.query.pattern),
    history: [],
    fields: [],
    tactics: [],
    rules: {},
    refused: false,
    found: { kind: 'waiting' },
    rowCount: 0,
    selection: NO_ROWS,
    revealed: undefined,
    histogram: undefined,
    overview: undefined,
    detail: undefined,
  };
}
