import type { InvestigationPhase, InvestigationToWebview } from '../../src/protocol/investigationProtocol';
import type { Asker } from './asker';
import { type InvestigationViewState, isPreview } from './investigationState';
import type { InvestigationStore } from './investigationStore';
import type { QueryAnswers } from './queryAnswers';
import type { QueryBox } from './queryBox';
import type { SeenValues } from './seenValues';

/** What follows from what the host says. */
export class HostMessages {
  constructor(
    private readonly store: InvestigationStore,
    private readonly asker: Asker,
    private readonly box: QueryBox,
    private readonly answers: QueryAnswers,
    private readonly seen: SeenValues,
  ) {}

  receive(message: InvestigationToWebview): void {
    switch (message.kind) {
      case 'setup':
        this.store.set({ fields: message.fields, tactics: message.tactics, rules: message.rules });
        return this.box.checkAgain();
      case 'history':
        return this.store.set({ history: message.history });
      case 'phase':
        return this.setPhase(message.phase, message.sources);
      case 'show':
        return this.box.ask(message.query);
      default:
        this.asker.receive(message);
    }
  }

  /** Another version of the table is asked anew; the same one is when its findings have changed. */
  private setPhase(phase: InvestigationPhase, sources: readonly string[]): void {
    const { table: known, detail } = this.store.state;
    const table = tableOf(phase, this.store.state);
    this.store.set({ phase, sources, table });
    if (table === undefined) return;
    if (table.version !== known?.version) {
      // An answer may be on its way from the table before, and a row with the same number there is another event.
      this.asker.cancelAll();
      // The record stays to be seen until the new table's is here, whose row may have the same number.
      if (detail !== undefined) this.store.set({ detail: { ...detail, row: -1 } });
      this.seen.clear();
      this.answers.ask();
    } else if (table.findingsVersion !== known.findingsVersion) {
      this.store.set({ detail: undefined });
      this.answers.ask(true);
    }
  }
}

/** The table that can be asked in a phase: where all events are being read, the first ones, or those of before. */
function tableOf(phase: InvestigationPhase, before: InvestigationViewState): InvestigationViewState['table'] {
  if (phase.kind === 'ready') return phase.info;
  if (phase.kind !== 'reading') return undefined;
  return phase.preview ?? (isPreview(before) ? undefined : before.table);
}
