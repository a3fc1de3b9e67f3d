import type {
  IntegrityProgressView,
  IntegrityState,
  IntegrityToHost,
  IntegrityToWebview,
} from '../../src/protocol/integrityProtocol';
import type { HostLink } from '../common/hostLink';

/** Everything that is drawn; null until the host has told. */
export interface IntegrityViewState {
  readonly told: IntegrityState | null;
  readonly progress: IntegrityProgressView | null;
}

/** What the Integrity view knows. The host holds the truth and sends it whole. */
export class IntegrityModel {
  state: IntegrityViewState = { told: null, progress: null };

  constructor(
    private readonly host: Pick<HostLink<IntegrityToHost, never>, 'post'>,
    private readonly draw: () => void,
  ) {}

  begin(): void {
    this.draw();
    this.post({ kind: 'ready' });
  }

  post(message: IntegrityToHost): void {
    this.host.post(message);
  }

  receive(message: IntegrityToWebview): void {
    if (message.kind === 'progress') this.state = { ...this.state, progress: message.progress };
    // Progress is that of one run.
    else this.state = { told: message.state, progress: message.state.phase === 'running' ? this.state.progress : null };
    this.draw();
  }
}
