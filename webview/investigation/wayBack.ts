import { NO_ROWS, chooseRow } from '../grid/rowSelection';
import type { Asker } from './asker';
import { isPreview } from './investigationState';
import type { InvestigationStore } from './investigationStore';

/** The way back to the event that was active, when the rows are found or ordered anew. */
export class WayBack {
  /** eventID of the row to go to once the events are found. */
  private wanted: string | null;

  /** `arrived` is called when a row is active. */
  constructor(
    private readonly store: InvestigationStore,
    private readonly asker: Asker,
    private readonly arrived: () => void,
  ) {
    this.wanted = store.state.activeEvent;
  }

  get isUnderWay(): boolean {
    return this.wanted !== null;
  }

  /** Wants the active event, unless another is wanted already. */
  keep(): void {
    this.wanted ??= this.store.state.activeEvent;
  }

  /** Wants the active event, and no other. */
  restart(): void {
    this.wanted = this.store.state.activeEvent;
  }

  /** The user goes elsewhere. */
  giveUp(): void {
    this.wanted = null;
  }

  /**
   * Goes to the wanted event, where it is among those found; else to the first. `isSame`: the same events were shown before, and whoever is
   * where they belong stays there. An event that is not among the first of all is wanted on.
   */
  async go(isSame = false): Promise<void> {
    const { wanted, store, asker } = this;
    const { query, sort } = store.state;
    try {
      const [row] = wanted === null ? [] : await asker.ask('rowsOfEvent', { eventID: wanted }, { slot: 'wanted' });
      const request = row === undefined ? undefined : { query, row, ...(sort && { sort }) };
      const position = request === undefined ? -1 : await asker.ask('position', request, { slot: 'wanted' });
      const { active } = store.state.selection;
      const isThere = wanted === null ? active < store.state.rowCount : position === active;
      if (position >= 0 || !isPreview(store.state)) this.wanted = null;
      if (isSame && isThere) return this.arrived();
      if (position >= 0) store.set({ selection: chooseRow(position), revealed: { row: position } });
      else store.set({ selection: NO_ROWS, revealed: { row: 0 } });
      this.arrived();
    } catch (error) {
      store.failed(error);
    }
  }
}
