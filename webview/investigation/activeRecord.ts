import { AskError, type Asker } from './asker';
import type { EventPages } from './eventPages';
import type { InvestigationStore } from './investigationStore';
import type { WayBack } from './wayBack';

/** The record of a row is read when the keyboard rests on it for so long, in ms. */
const DETAIL_REST_MS = 40;

/** The record of the active row, and the eventID that is kept of it. */
export class ActiveRecord {
  private resting: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly store: InvestigationStore,
    private readonly asker: Asker,
    private readonly pages: EventPages,
    private readonly wayBack: WayBack,
  ) {}

  /** Reads the record of the active row once the keyboard rests on it. */
  read(): void {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => void this.readActive(), DETAIL_REST_MS);
  }

  private async readActive(): Promise<void> {
    const { store, pages } = this;
    const { selection, rowCount, showsDetail, detail } = store.state;
    if (rowCount === 0) return store.set({ detail: undefined });
    const event = pages.isCurrent(selection.active) ? pages.at(selection.active) : undefined;
    // It is read when the row has come.
    if (event === undefined) return store.set({ detail: undefined });
    // Only what the user went to is worth going back to; on the way back it is not forgotten.
    const isChosen = selection.ranges.length > 0;
    if (!this.wayBack.isUnderWay) store.set({ activeEvent: isChosen ? (event.cell('eventID') ?? null) : null });
    if (!showsDetail || detail?.row === event.row) return;
    const { row } = event;
    store.set({ detail: { row, record: detail?.record, failure: undefined } });
    try {
      const record = await this.asker.record(row, { slot: 'record' });
      store.set({ detail: { row, record, failure: undefined } });
    } catch (error) {
      if (!(error instanceof AskError)) throw error;
      // What is stale is read again with the rows of the new table.
      if (error.failure.kind === 'cancelled' || error.failure.kind === 'stale') return;
      store.set({ detail: { row, record: undefined, failure: error.failure.text } });
    }
  }
}
