import type { HostLink } from './hostLink';

/** What VS Code gives every webview, once. */
interface WebviewApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): WebviewApi;

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
