import type { InvestigationPhase, InvestigationToWebview } from '../../src/protocol/investigationProtocol';
import type { Asker } from './asker';
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
    const known = this.store.state.table;
    const table = phase.kind === 'ready' ? phase.info : phase.kind === 'reading' ? known : undefined;
    this.store.set({ phase, sources, table });
    if (phase.kind !== 'ready') return;
    const { version, findingsVersion } = phase.info;
    if (version !== known?.version) {
      this.answers.pages.clear();
      this.seen.clear();
      this.answers.ask();
    } else if (findingsVersion !== known.findingsVersion) {
      this.store.set({ detail: undefined });
      this.answers.ask(true);
    }
  }
}
