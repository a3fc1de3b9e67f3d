import type { Asker } from './asker';
import type { InvestigationStore } from './investigationStore';

/** Bars of the timeline at most, and of a dashboard. */
const TIMELINE_BINS = 240;
const DASHBOARD_BINS = 90;
const DASHBOARD_TOP = 8;

/** The numbers that the timeline and the dashboards draw. */
export class Charts {
  constructor(
    private readonly store: InvestigationStore,
    private readonly asker: Asker,
  ) {}

  async askHistogram(): Promise<void> {
    const { query, by } = this.store.state;
    const span = query.from === undefined || query.to === undefined ? {} : { from: query.from, to: query.to };
    try {
      const request = { query, by, bins: TIMELINE_BINS, ...span };
      this.store.set({ histogram: await this.asker.ask('histogram', request, { slot: 'histogram' }) });
    } catch (error) {
      this.store.failed(error);
    }
  }

  /** Asks for the dashboards when they are shown and not here. */
  askOverview(): void {
    const { tab, query, overview, table } = this.store.state;
    if (tab !== 'dashboards' || overview !== undefined || table === undefined) return;
    const request = { query, top: DASHBOARD_TOP, bins: DASHBOARD_BINS };
    void this.asker.ask('overview', request, { slot: 'overview' }).then(
      (result) => this.store.set({ overview: result }),
      (error: unknown) => this.store.failed(error),
    );
  }
}
