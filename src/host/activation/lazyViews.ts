import * as vscode from 'vscode';
import { INVESTIGATION_EDITOR, VIEWS } from '../common/contributions';
import { type TreeSource, registerLazyTree } from './lazyTree';

/** The views of the side panel, as far as the composition root knows them. */
export interface PanelViews {
  readonly hunt: vscode.WebviewViewProvider;
  readonly sources: TreeSource<unknown>;
  readonly findings: TreeSource<unknown>;
  readonly sessions: TreeSource<unknown>;
}

/** Loads what fills the views. */
export interface ViewLoaders {
  panel(): Promise<PanelViews>;
  investigation(): Promise<{ readonly editor: vscode.WebviewPanelSerializer }>;
  integrity(): Promise<{ readonly view: vscode.WebviewViewProvider }>;
}

/** Registers the views of the side panel, and what brings the investigation editor back; what fills them is loaded when the first one is shown. */
export function registerViews(load: ViewLoaders): vscode.Disposable {
  return vscode.Disposable.from(
    registerLazyTree(VIEWS.sources, async () => (await load.panel()).sources),
    lazyWebview(VIEWS.hunt, async () => (await load.panel()).hunt),
    registerLazyTree(VIEWS.findings, async () => (await load.panel()).findings),
    registerLazyTree(VIEWS.sessions, async () => (await load.panel()).sessions),
    vscode.window.registerWebviewPanelSerializer(INVESTIGATION_EDITOR, {
      deserializeWebviewPanel: async (panel) =>
        (await load.investigation()).editor.deserializeWebviewPanel(panel, undefined),
    }),
    lazyWebview(VIEWS.integrity, async () => (await load.integrity()).view),
  );
}

function lazyWebview(id: string, load: () => Promise<vscode.WebviewViewProvider>): vscode.Disposable {
  return vscode.window.registerWebviewViewProvider(id, {
    resolveWebviewView: async (view, context, token) => (await load()).resolveWebviewView(view, context, token),
  });
}
