import * as vscode from 'vscode';
import { INVESTIGATION_EDITOR, VIEWS } from '../common/contributions';
import { type TreeSource, registerLazyTree } from './lazyTree';

/** The views of the side panel, as far as the composition root knows them. */
export interface PanelViews {
  readonly hunt: vscode.WebviewViewProvider;
  readonly investigation: vscode.WebviewPanelSerializer;
  readonly sessions: TreeSource<unknown>;
}

/** Registers the views of the side panel, and what brings the investigation editor back; what fills them is loaded when the first one is shown. */
export function registerViews(load: () => Promise<PanelViews>): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.window.registerWebviewViewProvider(VIEWS.hunt, {
      resolveWebviewView: async (view, context, token) => (await load()).hunt.resolveWebviewView(view, context, token),
    }),
    vscode.window.registerWebviewPanelSerializer(INVESTIGATION_EDITOR, {
      deserializeWebviewPanel: async (panel, state) =>
        (await load()).investigation.deserializeWebviewPanel(panel, state),
    }),
    registerLazyTree(VIEWS.sessions, async () => (await load()).sessions),
  );
}
