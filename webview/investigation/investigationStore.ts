import type { InvestigationToHost } from '../../src/protocol/investigationProtocol';
import type { HostLink } from '../common/hostLink';
import { AskError } from './asker';
import type { OpenFacets } from './facetBoard';
import { type InvestigationViewState, type KeptInvestigation, stateAtFirst } from './investigationState';

/** Holds the state of the editor: each change is kept for a reload and drawn. */
export class InvestigationStore {
  state: InvestigationViewState;

  /** `openFacets` is asked at each change, for what is kept. */
  constructor(
    private readonly host: HostLink<InvestigationToHost, KeptInvestigation>,
    readonly changed: () => void,
    private readonly openFacets: () => OpenFacets,
  ) {
    this.state = stateAtFirst(host.kept);
  }

  /** That of the table that is shown; 0 for none. */
  get version(): number {
    return this.state.table?.version ?? 0;
  }

  set(change: Partial<InvestigationViewState>): void {
    this.state = { ...this.state, ...change };
    const { query, tab, by, asTable, sort, columns, showsFacets, showsDetail, paneWidths, activeEvent } = this.state;
    const facets = this.openFacets();
    const kept = { query, tab, by, asTable, sort, columns, facets, showsFacets, showsDetail, paneWidths, activeEvent };
    this.host.keep(kept);
    this.changed();
  }

  /** Says why a question about the query has no answer; throws what is no {@link AskError}. */
  failed(error: unknown): void {
    if (!(error instanceof AskError)) throw error;
    const { kind, text } = error.failure;
    // What is stale is asked again when the host tells of the new table.
    if (kind !== 'cancelled' && kind !== 'stale') this.set({ found: { kind: 'failed', reason: text } });
  }
}
