import type { ScanProgress } from '../../src/protocol/tableProtocol';
import type { Asker } from './asker';
import type { EventPages } from './eventPages';
import type { InvestigationStore } from './investigationStore';
import type { WayBack } from './wayBack';

/** The search for the events of the query: how far it is, and how many there are. */
export class EventSearch {
  constructor(
    private readonly store: InvestigationStore,
    private readonly asker: Asker,
    private readonly pages: EventPages,
    private readonly wayBack: WayBack,
  ) {}

  /** Finds the events, then goes back to the one that was active; `isSame` as {@link WayBack.go} takes it. */
  async find(isSame: boolean): Promise<void> {
    const { store, pages } = this;
    const { query } = store.state;
    const onProgress = (progress: ScanProgress): void => {
      pages.grown();
      store.set({ found: { kind: 'searching', ...progress }, rowCount: progress.count });
    };
    try {
      const result = await this.asker.ask('filter', { query }, { slot: 'filter', onProgress });
      pages.grown();
      store.set({ found: { kind: 'found', ...result }, rowCount: result.count });
      await this.wayBack.go(isSame);
    } catch (error) {
      store.failed(error);
    }
  }
}
