import type { ParsedPattern } from '../../src/core/patterns/ast';
import { type Completion, type SeenValue, completePattern } from '../../src/core/patterns/complete';
import { filterFor, filterOut } from '../../src/core/patterns/fromValue';
import { parsePattern } from '../../src/core/patterns/parse';
import { printCondition } from '../../src/core/patterns/print';
import { checkFields } from '../../src/core/patterns/unknownFields';
import type { Histogram } from '../../src/core/table/histogram';
import type { Overview } from '../../src/core/table/overview';
import type { CellField } from '../../src/core/table/pages';
import type { EventQuery } from '../../src/core/table/selection';
import type { SortOrder } from '../../src/core/table/sortRows';
import type { ViewField } from '../../src/core/table/views';
import type { FieldSummary } from '../../src/core/events/fieldReference';
import type {
  AttackLink,
  InvestigationPhase,
  InvestigationToHost,
  InvestigationToWebview,
  OpenTableInfo,
  RecordDetail,
} from '../../src/protocol/investigationProtocol';
import type { FilterResult, ScanProgress } from '../../src/protocol/tableProtocol';
import type { HostLink } from '../common/hostLink';
import { NO_ROWS, type RowSelection, chooseRow } from '../grid/rowSelection';
import { AskError, Asker } from './asker';
import { DEFAULT_COLUMNS, type EventColumn } from './columns';
import { EventPages } from './eventPages';
import { FacetBoard, OPEN_AT_FIRST, type OpenFacets } from './facetBoard';
import { type Choice, type Span, asksAll, exclude, include, toggleFilter, withSpan, withText } from './narrowing';
import type { RecordLine } from './recordLines';

/** A pattern that is typed runs when nothing was typed for so long, in ms. */
export const TYPING_REST_MS = 350;
/** The record of a row is read when the keyboard rests on it for so long, in ms. */
const DETAIL_REST_MS = 40;
/** Bars of the timeline at most, and of a dashboard. */
const TIMELINE_BINS = 240;
const DASHBOARD_BINS = 90;
const DASHBOARD_TOP = 8;
/** Values that contain a cell's text: the cell's own is among them. */
const FACETS_OF_A_CELL = 500;
const MOST_COMPLETED_VALUES = 50;

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
  /** The table that can be asked, also while sources are read anew. */
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

/** The state of the investigation editor and everything that changes it. It holds the rows that were on screen and no others. */
export class InvestigationModel {
  state: InvestigationViewState;
  readonly pages: EventPages;
  readonly facets: FacetBoard;
  private readonly asker: Asker;
  private typing: ReturnType<typeof setTimeout> | undefined;
  private resting: ReturnType<typeof setTimeout> | undefined;
  private readonly seen = new Map<string, readonly SeenValue[]>();
  /** eventID of the row to go to once the events are found. */
  private wanted: string | null;

  constructor(
    private readonly host: HostLink<InvestigationToHost, KeptInvestigation>,
    private readonly changed: () => void,
  ) {
    const kept: KeptInvestigation = { ...AT_FIRST, ...host.kept };
    this.wanted = kept.activeEvent;
    this.asker = new Asker((message) => host.post(message));
    const failed = (error: unknown): void => this.failed(error);
    this.pages = new EventPages(this.asker, () => this.rowsCame(), failed);
    this.facets = new FacetBoard(this.asker, () => this.set({}), failed, kept.facets);
    this.state = {
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

  /** Tells the host that messages can come. */
  begin(): void {
    this.host.post({ kind: 'ready' });
    this.changed();
  }

  post(message: InvestigationToHost): void {
    this.host.post(message);
  }

  receive(message: InvestigationToWebview): void {
    switch (message.kind) {
      case 'setup':
        this.set({ fields: message.fields, tactics: message.tactics, rules: message.rules });
        return this.set({ parsed: this.parse(this.state.text) });
      case 'history':
        return this.set({ history: message.history });
      case 'phase':
        return this.setPhase(message.phase, message.sources);
      case 'show':
        return this.ask(message.query);
      default:
        this.asker.receive(message);
    }
  }

  /** Takes a new text of the pattern; it runs when the typing rests. */
  write(text: string): void {
    this.set({ text, parsed: this.parse(text), refused: false });
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.runTyped(), TYPING_REST_MS);
  }

  /** Runs what stands in the box at once, and remembers it. */
  submit(): void {
    this.runTyped();
    const { text, parsed } = this.state;
    if (parsed.pattern !== undefined && text.trim() !== '') this.host.post({ kind: 'remember', pattern: text });
  }

  /** Asks for other events: the box, the timeline, the facets and the grid follow. */
  ask(query: EventQuery): void {
    clearTimeout(this.typing);
    if (query.pattern !== this.state.text) this.set({ text: query.pattern, parsed: this.parse(query.pattern) });
    this.set({ query, refused: false });
    this.run();
  }

  include(choice: Choice): void {
    this.ask(include(this.settled, choice));
  }

  /** Filters a value out, where patterns can say it. */
  exclude(choice: Choice): void {
    this.askOrRefuse(exclude(this.settled, choice));
  }

  /** Filters for the value of a line of a record, or filters it out. */
  pivot({ path, found }: RecordLine, wanted: boolean): void {
    const condition = path === null ? undefined : (wanted ? filterFor : filterOut)(path, found);
    if (condition === undefined) this.askOrRefuse(undefined);
    else this.narrow(printCondition(condition));
  }

  /** Filters for the value of a cell of the grid, or filters it out; what to write for it is the table's to say. */
  async pivotCell(field: CellField, text: string | null, wanted: boolean): Promise<void> {
    const { settled: query } = this;
    const facets = [{ field: field as ViewField, top: FACETS_OF_A_CELL, ...(text !== null && { search: text }) }];
    try {
      const [facet] = await this.asker.ask('facets', { query, facets }, { slot: 'cell' });
      const value = facet?.values.find((each) => each.text === text || each.label === text);
      if (value === undefined) return this.askOrRefuse(undefined);
      const choice = { field: facet!.field, text: value.text, include: value.include, exclude: value.exclude };
      if (wanted) this.include(choice);
      else this.exclude(choice);
    } catch (error) {
      this.failed(error);
    }
  }

  /** Adds a condition as it stands between braces. Answers false where the pattern cannot take it. */
  narrow(condition: string): boolean {
    const pattern = withText(this.settled.pattern, condition);
    this.askOrRefuse(pattern === undefined ? undefined : { ...this.settled, pattern });
    return pattern !== undefined;
  }

  private askOrRefuse(query: EventQuery | undefined): void {
    if (query === undefined) this.set({ refused: true });
    else this.ask(query);
  }

  toggleFilter(field: ViewField, text: string | null): void {
    this.ask(toggleFilter(this.settled, field, text));
  }

  /** Zooms to a span of time; null shows all of it. */
  zoom(span: Span | null): void {
    this.ask(withSpan(this.settled, span));
  }

  /** Asks for every event. */
  clear(): void {
    this.ask({ pattern: '' });
  }

  cancelSearch(): void {
    this.asker.cancelAll();
    this.set({ found: { kind: 'cancelled' } });
  }

  /** Runs the last query again. */
  retry(): void {
    this.run();
  }

  choose(change: Partial<Pick<KeptInvestigation, 'asTable' | 'showsFacets' | 'showsDetail' | 'paneWidths'>>): void {
    this.set(change);
    if (change.showsDetail === true) this.readDetail();
  }

  showTab(tab: Tab): void {
    this.set({ tab });
    this.askOverview();
  }

  stackBy(by: TimelineBy): void {
    this.set({ by });
    void this.askHistogram();
  }

  sortBy(sort: SortOrder | undefined): void {
    this.set({ sort, selection: NO_ROWS, revealed: { row: 0 } });
    this.wanted = this.state.activeEvent;
    this.showRows();
    void this.findWanted();
  }

  setColumns(columns: readonly EventColumn[]): void {
    const added = columns.some(({ field }) => !this.state.columns.some((column) => column.field === field));
    this.set({ columns });
    if (added) this.showRows();
  }

  select(selection: RowSelection): void {
    this.wanted = null;
    const moved = selection.active !== this.state.selection.active || this.state.selection.ranges.length === 0;
    this.set({ selection });
    if (moved) this.readDetail();
  }

  /** Opens the record of a row in the log editor. */
  open(position: number, keepFocus: boolean): void {
    const event = this.pages.at(position);
    if (event !== undefined) this.host.post({ kind: 'openRecord', row: event.row, keepFocus });
  }

  /** Puts the chosen events on the clipboard, or all of them into a file. */
  take(kind: 'copy' | 'export', format: 'csv' | 'ndjson'): void {
    const { query, sort, selection, columns } = this.state;
    const { active } = selection;
    const chosen = selection.ranges.length > 0 ? selection.ranges : ([[active, active + 1]] as const);
    const ranges = kind === 'copy' ? chosen : null;
    const fields = columns.map(({ field }) => field);
    this.host.post({ kind, query, ranges, format, fields, ...(sort && { sort }) });
  }

  /** What may be written where the caret stands; values are asked for when they are first wanted. */
  complete(text: string, caret: number): readonly Completion[] {
    const sources = { fields: this.state.fields, values: (selector: string) => this.valuesOf(selector) };
    return completePattern(text, caret, sources);
  }

  /** The condition of the pattern in the box, as far as it runs. */
  private get settled(): EventQuery {
    const { text, parsed, query } = this.state;
    return parsed.pattern === undefined ? query : { ...query, pattern: text };
  }

  private runTyped(): void {
    clearTimeout(this.typing);
    const { text, parsed, query } = this.state;
    if (parsed.pattern === undefined || text === query.pattern) return;
    this.ask({ ...query, pattern: text });
  }

  private parse(text: string): ParsedPattern {
    const parsed = parsePattern(text);
    if (parsed.pattern === undefined || this.state.fields.length === 0) return parsed;
    return { ...parsed, notes: [...parsed.notes, ...checkFields(parsed.pattern, this.state)] };
  }

  private setPhase(phase: InvestigationPhase, sources: readonly string[]): void {
    const known = this.state.table;
    const table = phase.kind === 'ready' ? phase.info : phase.kind === 'reading' ? this.state.table : undefined;
    this.set({ phase, sources, table });
    if (phase.kind !== 'ready') return;
    const { version, findingsVersion } = phase.info;
    if (version !== known?.version) {
      this.pages.clear();
      this.seen.clear();
      this.run();
    } else if (findingsVersion !== known.findingsVersion) {
      this.set({ detail: undefined });
      this.run(true);
    }
  }

  /** `isSame`: the same events were asked for before, and may have other findings now; whoever looks at them stays where they are. */
  private run(isSame = false): void {
    if (this.state.table === undefined) return;
    this.wanted ??= this.state.activeEvent;
    // What was found stays to be seen until the answer is here, a moment later.
    const found = this.state.found.kind === 'found' ? this.state.found : ({ kind: 'waiting' } as const);
    this.set({ found, overview: undefined });
    void this.find(isSame);
    this.showRows();
    void this.askHistogram();
    this.facets.show(this.state.query);
    this.askOverview();
  }

  private async find(isSame: boolean): Promise<void> {
    const { query } = this.state;
    const onProgress = (progress: ScanProgress): void => {
      this.pages.grown();
      this.set({ found: { kind: 'searching', ...progress }, rowCount: progress.count });
    };
    try {
      const result = await this.asker.ask('filter', { query }, { slot: 'filter', onProgress });
      this.pages.grown();
      this.set({ found: { kind: 'found', ...result }, rowCount: result.count });
      await this.findWanted(isSame);
    } catch (error) {
      this.failed(error);
    }
  }

  /** Goes to the event that was active before, where it is among those found; else to the first. */
  private async findWanted(isSame = false): Promise<void> {
    const { wanted } = this;
    const { query, sort } = this.state;
    try {
      const [row] = wanted === null ? [] : await this.asker.ask('rowsOfEvent', { eventID: wanted }, { slot: 'wanted' });
      const request = row === undefined ? undefined : { query, row, ...(sort && { sort }) };
      const position = request === undefined ? -1 : await this.asker.ask('position', request, { slot: 'wanted' });
      const { active } = this.state.selection;
      const isThere = wanted === null ? active < this.state.rowCount : position === active;
      this.wanted = null;
      if (isSame && isThere) return this.readDetail();
      if (position >= 0) this.set({ selection: chooseRow(position), revealed: { row: position } });
      else this.set({ selection: NO_ROWS, revealed: { row: 0 } });
      this.readDetail();
    } catch (error) {
      this.failed(error);
    }
  }

  private showRows(): void {
    const { query, sort, columns } = this.state;
    const fields = new Set<CellField>([...columns.map(({ field }) => field), 'eventID']);
    this.pages.show({ query, sort, fields: [...fields] });
    this.changed();
  }

  private async askHistogram(): Promise<void> {
    const { query, by } = this.state;
    const span = query.from === undefined || query.to === undefined ? {} : { from: query.from, to: query.to };
    try {
      const request = { query, by, bins: TIMELINE_BINS, ...span };
      this.set({ histogram: await this.asker.ask('histogram', request, { slot: 'histogram' }) });
    } catch (error) {
      this.failed(error);
    }
  }

  private askOverview(): void {
    const { tab, query, overview, table } = this.state;
    if (tab !== 'dashboards' || overview !== undefined || table === undefined) return;
    const request = { query, top: DASHBOARD_TOP, bins: DASHBOARD_BINS };
    void this.asker.ask('overview', request, { slot: 'overview' }).then(
      (result) => this.set({ overview: result }),
      (error: unknown) => this.failed(error),
    );
  }

  private rowsCame(): void {
    if (this.state.detail === undefined) this.readDetail();
    this.changed();
  }

  /** Reads the record of the active row once the keyboard rests on it. */
  private readDetail(): void {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => void this.readActive(), DETAIL_REST_MS);
  }

  private async readActive(): Promise<void> {
    const { selection, rowCount, showsDetail, detail } = this.state;
    if (rowCount === 0) return this.set({ detail: undefined });
    const event = this.pages.isCurrent(selection.active) ? this.pages.at(selection.active) : undefined;
    // It is read when the row has come.
    if (event === undefined) return this.set({ detail: undefined });
    // Only what the user went to is worth going back to; on the way back it is not forgotten.
    const isChosen = selection.ranges.length > 0;
    if (this.wanted === null) this.set({ activeEvent: isChosen ? (event.cell('eventID') ?? null) : null });
    if (!showsDetail || detail?.row === event.row) return;
    const { row } = event;
    this.set({ detail: { row, record: detail?.record, failure: undefined } });
    try {
      const record = await this.asker.record(row, { slot: 'record' });
      this.set({ detail: { row, record, failure: undefined } });
    } catch (error) {
      if (!(error instanceof AskError)) throw error;
      if (error.failure.kind === 'cancelled') return;
      this.set({ detail: { row, record: undefined, failure: error.failure.text } });
    }
  }

  private failed(error: unknown): void {
    if (!(error instanceof AskError)) throw error;
    const { kind, text } = error.failure;
    // What is stale is asked again when the host tells of the new table.
    if (kind !== 'cancelled' && kind !== 'stale') this.set({ found: { kind: 'failed', reason: text } });
  }

  private valuesOf(selector: string): readonly SeenValue[] {
    const known = this.seen.get(selector);
    if (known !== undefined || this.state.table === undefined) return known ?? [];
    this.seen.set(selector, []);
    const request = { path: selector.replace(/^\$\./, ''), prefix: '', most: MOST_COMPLETED_VALUES };
    void this.asker.ask('values', request).then((values) => {
      const texts = values.flatMap(({ text, type, count }) =>
        type === 'string' || type === 'number' ? [{ text, type, count }] : [],
      );
      this.seen.set(selector, texts);
      this.changed();
    }, ignored);
    return [];
  }

  private set(change: Partial<InvestigationViewState>): void {
    this.state = { ...this.state, ...change };
    const { query, tab, by, asTable, sort, columns, showsFacets, showsDetail, paneWidths, activeEvent } = this.state;
    const facets = this.facets.openFields;
    const kept = { query, tab, by, asTable, sort, columns, facets, showsFacets, showsDetail, paneWidths, activeEvent };
    this.host.keep(kept);
    this.changed();
  }

  /** True when the filter leaves nothing out. */
  get showsAll(): boolean {
    return asksAll(this.state.query);
  }
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

function ignored(): void {
  // Without values the box completes fields.
}
