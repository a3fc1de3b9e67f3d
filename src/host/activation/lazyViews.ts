import * as vscode from 'vscode';
import { VIEWS } from '../common/contributions';

/** The views of the side panel, as far as the composition root knows them. */
export interface PanelViews {
  readonly hunt: vscode.WebviewViewProvider;
}

/** Loads what fills the views. */
export interface ViewLoaders {
  panel(): Promise<PanelViews>;
  integrity(): Promise<{ readonly view: vscode.WebviewViewProvider }>;
}

/** Registers the views of the side panel; what fills them is loaded when the first one is shown. */
export function registerViews(load: ViewLoaders): vscode.Disposable {
  return vscode.Disposable.from(
    lazyWebview(VIEWS.hunt, async () => (await load.panel()).hunt),
    lazyWebview(VIEWS.integrity, async () => (await load.integrity()).view),
  );
}

function lazyWebview(id: string, load: () => Promise<vscode.WebviewViewProvider>): vscode.Disposable {
  return vscode.window.registerWebviewViewProvider(id, {
    resolveWebviewView: async (view, context, token) => (await load()).resolveWebviewView(view, context, token),
  });
}
