/** What VS Code gives every webview, once. */
interface WebviewApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): WebviewApi;

/** The way to the extension host, typed with the messages of one view's protocol. */
export interface HostLink<ToHost, State> {
  post(message: ToHost): void;
  /** What was kept by {@link keep}; survives hiding the view and reloading the window. */
  readonly kept: State | undefined;
  keep(state: State): void;
}

/**
 * Connects a view. `State` is what navigation needs (a pattern, a scope, a selection), never data. Call it once: VS Code hands its API
 * out only once.
 */
export function connect<ToHost, ToWebview, State>(receive: (message: ToWebview) => void): HostLink<ToHost, State> {
  const api = acquireVsCodeApi();
  // Only the host can post into a webview: the frame around it is VS Code's own.
  window.addEventListener('message', ({ data }: MessageEvent<ToWebview>) => receive(data));
  return {
    post: (message) => api.postMessage(message),
    get kept() {
      return api.getState() as State | undefined;
    },
    keep: (state) => api.setState(state),
  };
}
