import * as vscode from 'vscode';
import { VIEWS } from '../common/contributions';
import { type TreeSource, registerLazyTree } from './lazyTree';

/** The views of the side panel, as far as the composition root knows them. */
export interface PanelViews {
  readonly hunt: vscode.WebviewViewProvider;
  readonly sessions: TreeSource<unknown>;
}

/** Registers the views of the side panel; what fills them is loaded when the first one is shown. */
export function registerViews(load: () => Promise<PanelViews>): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.window.registerWebviewViewProvider(VIEWS.hunt, {
      resolveWebviewView: async (view, context, token) => (await load()).hunt.resolveWebviewView(view, context, token),
    }),
    registerLazyTree(VIEWS.sessions, async () => (await load()).sessions),
  );
}
