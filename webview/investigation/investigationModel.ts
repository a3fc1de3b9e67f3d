import { type Completion, completePattern } from '../../src/core/patterns/complete';
import type { CellField } from '../../src/core/table/pages';
import type { EventQuery } from '../../src/core/table/selection';
import type { SortOrder } from '../../src/core/table/sortRows';
import type { ViewField } from '../../src/core/table/views';
import type { InvestigationToHost, InvestigationToWebview } from '../../src/protocol/investigationProtocol';
import type { HostLink } from '../common/hostLink';
import { NO_ROWS, type RowSelection } from '../grid/rowSelection';
import { Asker } from './asker';
import { cellChoice } from './cellChoice';
import type { EventColumn } from './columns';
import type { EventPages } from './eventPages';
import type { FacetBoard } from './facetBoard';
import { HostMessages } from './hostMessages';
import type { InvestigationViewState, KeptInvestigation, Tab, TimelineBy } from './investigationState';
import { InvestigationStore } from './investigationStore';
import {
  type Choice,
  type Span,
  asksAll,
  exclude,
  include,
  toggleFilter,
  withCondition,
  withLine,
  withSpan,
} from './narrowing';
import { QueryAnswers } from './queryAnswers';
import { QueryBox } from './queryBox';
import type { RecordLine } from './recordLines';
import { SeenValues } from './seenValues';
import { takeMessage } from './takeMessage';

/**
 * All that the views of the investigation editor can do: the box, the timeline, the facets and the grid follow the query. It holds the rows
 * that were on screen and no others.
 */
export class InvestigationModel {
  readonly pages: EventPages;
  readonly facets: FacetBoard;
  private readonly store: InvestigationStore;
  private readonly asker: Asker;
  private readonly box: QueryBox;
  private readonly answers: QueryAnswers;
  private readonly seen: SeenValues;
  private readonly messages: HostMessages;

  constructor(
    private readonly host: HostLink<InvestigationToHost, KeptInvestigation>,
    changed: () => void,
  ) {
    const post = (message: InvestigationToHost): void => host.post(message);
    this.store = new InvestigationStore(host, changed, () => this.facets.openFields);
    this.asker = new Asker(post, () => this.store.version);
    this.answers = new QueryAnswers(this.store, this.asker);
    this.pages = this.answers.pages;
    this.facets = this.answers.facets;
    this.box = new QueryBox(this.store, post, () => this.answers.ask());
    this.seen = new SeenValues(this.store, this.asker);
    this.messages = new HostMessages(this.store, this.asker, this.box, this.answers, this.seen);
  }

  get state(): InvestigationViewState {
    return this.store.state;
  }

  /** True when the filter leaves nothing out. */
  get showsAll(): boolean {
    return asksAll(this.state.query);
  }

  /** Tells the host that messages can come. */
  begin(): void {
    this.host.post({ kind: 'ready' });
    this.store.changed();
  }

  post(message: InvestigationToHost): void {
    this.host.post(message);
  }

  receive(message: InvestigationToWebview): void {
    this.messages.receive(message);
  }

  /** Takes a new text of the pattern; it runs when the typing rests. */
  write(text: string): void {
    this.box.write(text);
  }

  /** Runs what stands in the box at once, and remembers it. */
  submit(): void {
    this.box.submit();
  }

  /** What may be written where the caret stands; values are asked for when they are first wanted. */
  complete(text: string, caret: number): readonly Completion[] {
    const sources = { fields: this.state.fields, values: (selector: string) => this.seen.of(selector) };
    return completePattern(text, caret, sources);
  }

  /** Asks for other events: the box, the timeline, the facets and the grid follow. */
  ask(query: EventQuery): void {
    this.box.ask(query);
  }

  include(choice: Choice): void {
    this.ask(include(this.box.settled, choice));
  }

  /** Filters a value out, where patterns can say it. */
  exclude(choice: Choice): void {
    this.box.askOrRefuse(exclude(this.box.settled, choice));
  }

  /** Filters for the value of a line of a record, or filters it out. */
  pivot(line: RecordLine, wanted: boolean): void {
    this.box.askOrRefuse(withLine(this.box.settled, line, wanted));
  }

  /** Filters for the value of a cell of the grid, or filters it out. */
  async pivotCell(field: CellField, text: string | null, wanted: boolean): Promise<void> {
    try {
      const choice = await cellChoice(this.asker, this.box.settled, field, text);
      if (choice === undefined) this.box.askOrRefuse(undefined);
      else if (wanted) this.include(choice);
      else this.exclude(choice);
    } catch (error) {
      this.store.failed(error);
    }
  }

  /** Adds a condition as it stands between braces. Answers false where the pattern cannot take it. */
  narrow(condition: string): boolean {
    const query = withCondition(this.box.settled, condition);
    this.box.askOrRefuse(query);
    return query !== undefined;
  }

  toggleFilter(field: ViewField, text: string | null): void {
    this.ask(toggleFilter(this.box.settled, field, text));
  }

  /** Zooms to a span of time; null shows all of it. */
  zoom(span: Span | null): void {
    this.ask(withSpan(this.box.settled, span));
  }

  /** Asks for every event. */
  clear(): void {
    this.ask({ pattern: '' });
  }

  cancelSearch(): void {
    this.asker.cancelAll();
    this.store.set({ found: { kind: 'cancelled' } });
  }

  /** Runs the last query again. */
  retry(): void {
    this.answers.ask();
  }

  choose(change: Partial<Pick<KeptInvestigation, 'asTable' | 'showsFacets' | 'showsDetail' | 'paneWidths'>>): void {
    this.store.set(change);
    if (change.showsDetail === true) this.answers.record.read();
  }

  showTab(tab: Tab): void {
    this.store.set({ tab });
    this.answers.charts.askOverview();
  }

  stackBy(by: TimelineBy): void {
    this.store.set({ by });
    void this.answers.charts.askHistogram();
  }

  sortBy(sort: SortOrder | undefined): void {
    this.store.set({ sort, selection: NO_ROWS, revealed: { row: 0 } });
    this.answers.wayBack.restart();
    this.answers.showRows();
    void this.answers.wayBack.go();
  }

  setColumns(columns: readonly EventColumn[]): void {
    const added = columns.some(({ field }) => !this.state.columns.some((column) => column.field === field));
    this.store.set({ columns });
    if (added) this.answers.showRows();
  }

  select(selection: RowSelection): void {
    this.answers.wayBack.giveUp();
    const moved = selection.active !== this.state.selection.active || this.state.selection.ranges.length === 0;
    this.store.set({ selection });
    if (moved) this.answers.record.read();
  }

  /** Opens the record of a row in the log editor. */
  open(position: number, keepFocus: boolean): void {
    const event = this.pages.at(position);
    if (event === undefined) return;
    const { row, version } = event;
    this.host.post({ kind: 'openRecord', row, version, keepFocus });
  }

  /** Puts the chosen events on the clipboard, or all of them into a file. */
  take(kind: 'copy' | 'export', format: 'csv' | 'ndjson'): void {
    this.host.post(takeMessage(this.state, this.store.version, kind, format));
  }
}
