import type * as vscode from 'vscode';
import type { PanelViews } from './activation/lazyViews';
import { HuntCommands } from './commands/huntCommands';
import { RuleRunCommands } from './commands/ruleRunCommands';
import { SessionCommands } from './commands/sessionCommands';
import { SourceCommands } from './commands/sourceCommands';
import type { PanelHandlers } from './common/commandHandlers';
import { FindingsModel } from './findings/findingsModel';
import { PatternStore } from './hunt/patternStore';
import { Scopes } from './hunt/scopes';
import { Investigation } from './investigation/investigation';
import type { LogEditor } from './logEditor';
import { followSources } from './sessions/followSources';
import { SourceSessions } from './sessions/sourceSessions';
import { FindingsView } from './views/findingsView';
import { HuntView } from './views/huntView';
import { SessionsView } from './views/sessionsView';
import { SourcesView } from './views/sourcesView';

/** The side panel: what fills its views and carries out its commands. */
export interface Panel extends PanelViews {
  readonly investigation: Investigation;
  readonly patterns: PatternStore;
  readonly handlers: PanelHandlers;
}

/** Builds the side panel. A bundle of its own, loaded when one of its views is shown or one of its commands called. */
export function createPanel(context: vscode.ExtensionContext, log: LogEditor): Panel {
  const { documents, records, sessions } = log;
  const { extensionUri, subscriptions } = context;
  const investigation = new Investigation(context, log.rules);
  const scopes = new Scopes(documents, investigation, records);
  const patterns = new PatternStore(context);
  const hunt = new HuntView(extensionUri, scopes, patterns);
  const sources = new SourcesView(investigation);
  const model = new FindingsModel(extensionUri, documents, scopes, investigation, log.rules);
  const findings = new FindingsView(context, model);
  const sourceSessions = new SourceSessions(sessions);
  const sessionsView = new SessionsView(documents, sessions);
  subscriptions.push(investigation, scopes, patterns, hunt, sources, model, findings);
  subscriptions.push(sourceSessions, sessionsView, followSources(investigation, sourceSessions));
  const { version } = context.extension.packageJSON as { readonly version: string };
  const handlers = {
    ...new HuntCommands(hunt, documents).handlers,
    ...new SourceCommands(extensionUri, investigation).handlers,
    ...new RuleRunCommands(version, log, scopes, model, findings).handlers,
    ...new SessionCommands(documents, sessions, records, sourceSessions, sessionsView, hunt).handlers,
  };
  return { investigation, patterns, hunt, sources, findings, sessions: sessionsView, handlers };
}
