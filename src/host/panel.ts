import type * as vscode from 'vscode';
import type { PanelHandlers } from './common/commandHandlers';
import { SessionCommands } from './commands/sessionCommands';
import { SessionsView } from './views/sessionsView';
import { InvestigationCommands } from './commands/investigationCommands';
import { HuntCommands } from './commands/huntCommands';
import { Scopes } from './hunt/scopes';
import { PatternStore } from './hunt/patternStore';
import { Investigation } from './investigation/investigation';
import { InvestigationEditor } from './investigation/investigationEditor';
import type { LogEditor } from './logEditor';
import { HuntView } from './views/huntView';
import type { PanelViews } from './activation/lazyViews';

/** The side panel: what fills its views and carries out its commands. */
export interface Panel extends PanelViews {
  readonly handlers: PanelHandlers;
}

/** Builds the side panel. A bundle of its own, loaded when one of its views is shown or one of its commands called. */
export function createPanel(context: vscode.ExtensionContext, log: LogEditor): Panel {
  const { documents, records, sessions, places } = log;
  const { extensionUri, subscriptions } = context;
  const scopes = new Scopes(documents);
  const patterns = new PatternStore(context);
  const investigation = new Investigation(context);
  const editor = new InvestigationEditor({ extensionUri, investigation, patterns, records });
  const hunt = new HuntView(extensionUri, scopes, patterns);
  const sessionsView = new SessionsView(documents, sessions);
  subscriptions.push(scopes, patterns, investigation, editor, hunt, sessionsView);
  const handlers = {
    ...new HuntCommands(context, hunt, documents).handlers,
    ...new InvestigationCommands(investigation, editor).handlers,
    ...new SessionCommands(documents, sessions, places, sessionsView, hunt).handlers,
  };
  return { hunt, investigation: editor, sessions: sessionsView, handlers };
}
