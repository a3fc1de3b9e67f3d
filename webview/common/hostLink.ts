/** The way to the extension host, typed with the messages of one view's protocol. */
export interface HostLink<ToHost, State> {
  post(message: ToHost): void;
  /** What was kept by {@link HostLink.keep}; survives hiding the view and reloading the window. */
  readonly kept: State | undefined;
  keep(state: State): void;
}
