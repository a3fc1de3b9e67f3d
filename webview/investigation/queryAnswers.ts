import type { CellField } from '../../src/core/table/pages';
import { ActiveRecord } from './activeRecord';
import type { Asker } from './asker';
import { Charts } from './charts';
import { EventPages } from './eventPages';
import { EventSearch } from './eventSearch';
import { FacetBoard } from './facetBoard';
import type { InvestigationStore } from './investigationStore';
import { WayBack } from './wayBack';

/** All that is asked for one query: the events, the rows on screen, the timeline, the facets, the dashboards, the record of the active row. */
export class QueryAnswers {
  readonly pages: EventPages;
  readonly facets: FacetBoard;
  readonly charts: Charts;
  readonly wayBack: WayBack;
  readonly record: ActiveRecord;
  private readonly search: EventSearch;

  constructor(
    private readonly store: InvestigationStore,
    asker: Asker,
  ) {
    const failed = (error: unknown): void => store.failed(error);
    this.pages = new EventPages(asker, () => this.rowsCame(), failed);
    this.facets = new FacetBoard(asker, () => store.set({}), failed, store.state.facets);
    this.charts = new Charts(store, asker);
    this.wayBack = new WayBack(store, asker, () => this.record.read());
    this.record = new ActiveRecord(store, asker, this.pages, this.wayBack);
    this.search = new EventSearch(store, asker, this.pages, this.wayBack);
  }

  /**
   * Asks for everything, once there is a table. `isSame`: the same events were asked for before, and may have other findings now; whoever
   * looks at them stays where they are.
   */
  ask(isSame = false): void {
    const { store } = this;
    if (store.state.table === undefined) return;
    this.wayBack.keep();
    // What was found stays to be seen until the answer is here, a moment later.
    const found = store.state.found.kind === 'found' ? store.state.found : ({ kind: 'waiting' } as const);
    store.set({ found, overview: undefined });
    void this.search.find(isSame);
    this.showRows();
    void this.charts.askHistogram();
    this.facets.show(store.state.query);
    this.charts.askOverview();
  }

  /** Asks for the rows on screen, in the order and with the columns that are chosen. */
  showRows(): void {
    const { query, sort, columns } = this.store.state;
    const fields = new Set<CellField>([...columns.map(({ field }) => field), 'eventID']);
    this.pages.show({ query, sort, fields: [...fields], version: this.store.version });
    this.store.changed();
  }

  private rowsCame(): void {
    if (this.store.state.detail === undefined) this.record.read();
    this.store.changed();
  }
}
