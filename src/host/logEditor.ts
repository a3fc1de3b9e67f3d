import * as vscode from 'vscode';
import { CopyCommands } from './commands/copyCommands';
import { FindingCommands } from './commands/findingCommands';
import { OpenCommands } from './commands/openCommands';
import type { LogHandlers } from './common/commandHandlers';
import { LOG_SCHEME } from './common/contributions';
import { Annotator } from './editor/annotator';
import { RecordCodeLenses } from './editor/codeLenses';
import { RecordHovers } from './editor/hovers/recordHovers';
import { LogParts } from './editor/logParts';
import { LogDocuments } from './editor/logDocuments';
import { LogEditors } from './editor/logEditors';
import { LogFileSystem } from './editor/logFileSystem';
import { LogStatus } from './editor/logStatus';
import { MinifiedLogs } from './editor/minifiedLogs';
import { LogProblems } from './editor/problems';
import { RecordFinder } from './editor/recordFinder';
import { RecordSymbols } from './editor/symbols';
import { MuteActions } from './rules/muteActions';
import { RuleCommands } from './rules/ruleCommands';
import { type RuleSet, RuleStore } from './rules/ruleStore';
import { OpenSessions } from './sessions/openSessions';
import { RoleChains } from './sessions/roleChains';
import { SessionDefinitions } from './sessions/sessionDefinitions';
import { ValueReferences } from './sessions/valueReferences';

const LOGS: vscode.DocumentSelector = [
  { language: 'json' },
  { language: 'jsonc' },
  { language: 'jsonl' },
  { scheme: LOG_SCHEME },
];

/** What the rest of the extension asks of the log editor. */
export interface LogEditor {
  readonly files: LogFileSystem;
  readonly documents: LogDocuments;
  readonly records: RecordFinder;
  readonly rules: RuleSet;
  readonly sessions: OpenSessions;
  readonly handlers: LogHandlers;
}

/**
 * Builds the log editor. This module is a bundle of its own, loaded when the first log is seen or a command is called, so that a window without logs
 * carries none of it.
 */
export function createLogEditor({ extensionUri, subscriptions }: vscode.ExtensionContext): LogEditor {
  const files = new LogFileSystem();
  const minified = new MinifiedLogs();
  const documents = new LogDocuments((document) => minified.takesOver(document));
  const rules = new RuleStore();
  const annotator = new Annotator(extensionUri);
  const sessions = new OpenSessions(documents);
  const records = new RecordFinder(documents, files);
  const lenses = new RecordCodeLenses(documents, sessions);
  subscriptions.push(
    documents,
    rules,
    rules.onDidChange(() => documents.askAgain()),
    annotator,
    sessions,
    lenses,
    minified,
    new LogEditors(documents, annotator),
    new LogProblems(documents, files),
    new LogStatus(documents, files),
    new LogParts(files),
    vscode.languages.registerCodeLensProvider(LOGS, lenses),
    vscode.languages.registerHoverProvider(LOGS, new RecordHovers(documents, sessions)),
    vscode.languages.registerDefinitionProvider(LOGS, new SessionDefinitions(documents, sessions, records)),
    vscode.languages.registerReferenceProvider(LOGS, new ValueReferences(documents, sessions, records)),
    vscode.languages.registerCallHierarchyProvider(LOGS, new RoleChains(documents, sessions, records)),
    vscode.languages.registerDocumentSymbolProvider(LOGS, new RecordSymbols(documents), { label: 'CloudTrail' }),
    vscode.languages.registerCodeActionsProvider(LOGS, new MuteActions(documents), {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
    }),
  );
  const handlers = {
    ...new OpenCommands(files, minified).handlers,
    ...new FindingCommands(documents).handlers,
    ...new CopyCommands(documents).handlers,
    ...new RuleCommands(documents).handlers,
  };
  return { files, documents, records, rules, sessions, handlers };
}
