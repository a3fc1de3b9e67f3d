import type { HostLink } from '../../../webview/common/hostLink';

/** A host that keeps what it is told. */
export class FakeHost<ToHost extends { readonly kind: string }, State> implements HostLink<ToHost, State> {
  posted: ToHost[] = [];
  kept: State | undefined;

  constructor(kept?: State) {
    this.kept = kept;
  }

  post(message: ToHost): void {
    this.posted.push(message);
  }

  keep(state: State): void {
    this.kept = state;
  }

  last(kind: ToHost['kind']): ToHost | undefined {
    return this.posted.filter((message) => message.kind === kind).at(-1);
  }
}
