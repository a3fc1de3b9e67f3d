import type * as vscode from 'vscode';
import type { PanelHandlers } from './common/commandHandlers';
import { SessionCommands } from './commands/sessionCommands';
import { SessionsView } from './views/sessionsView';
import { HuntCommands } from './commands/huntCommands';
import { Scopes } from './hunt/scopes';
import { PatternStore } from './hunt/patternStore';
import type { LogEditor } from './logEditor';
import { HuntView } from './views/huntView';
import type { PanelViews } from './activation/lazyViews';

/** The side panel: what fills its views and carries out its commands. */
export interface Panel extends PanelViews {
  readonly handlers: PanelHandlers;
}

/** Builds the side panel. A bundle of its own, loaded when one of its views is shown or one of its commands called. */
export function createPanel(context: vscode.ExtensionContext, log: LogEditor): Panel {
  const { documents, sessions, places } = log;
  const { extensionUri, subscriptions } = context;
  const scopes = new Scopes(documents);
  const patterns = new PatternStore(context);
  const hunt = new HuntView(extensionUri, scopes, patterns);
  const sessionsView = new SessionsView(documents, sessions);
  subscriptions.push(scopes, patterns, hunt, sessionsView);
  const handlers = {
    ...new HuntCommands(context, hunt, documents).handlers,
    ...new SessionCommands(documents, sessions, places, sessionsView, hunt).handlers,
  };
  return { hunt, sessions: sessionsView, handlers };
}
