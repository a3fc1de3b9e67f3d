import * as vscode from 'vscode';
import { CopyCommands } from './host/commands/copyCommands';
import { FindingCommands } from './host/commands/findingCommands';
import { OpenCommands } from './host/commands/openCommands';
import { LOG_SCHEME } from './host/common/contributions';
import { Annotator } from './host/editor/annotator';
import { RecordCodeLenses } from './host/editor/codeLenses';
import { RecordHovers } from './host/editor/hovers/recordHovers';
import { LargeLogs } from './host/editor/largeLogs';
import { LogDocuments } from './host/editor/logDocuments';
import { LogEditors } from './host/editor/logEditors';
import { LogFileSystem } from './host/editor/logFileSystem';
import { LogStatus } from './host/editor/logStatus';
import { MinifiedLogs } from './host/editor/minifiedLogs';
import { PackedLogEditor } from './host/editor/packedLogEditor';
import { LogProblems } from './host/editor/problems';
import { RecordSymbols } from './host/editor/symbols';

const LOGS: vscode.DocumentSelector = [
  { language: 'json' },
  { language: 'jsonc' },
  { language: 'jsonl' },
  { scheme: LOG_SCHEME },
];

/** Wires the parts together. What each of them does is its own affair. */
export function activate(context: vscode.ExtensionContext): void {
  const files = new LogFileSystem();
  const minified = new MinifiedLogs();
  const documents = new LogDocuments((document) => minified.takesOver(document));
  const annotator = new Annotator(context.extensionUri);
  const lenses = new RecordCodeLenses(documents);
  context.subscriptions.push(
    files,
    documents,
    annotator,
    lenses,
    minified,
    new PackedLogEditor(),
    new LogEditors(documents, annotator),
    new LogProblems(documents, files),
    new LogStatus(documents, files),
    new LargeLogs(files),
    new OpenCommands(files, minified),
    new FindingCommands(documents),
    new CopyCommands(documents),
    vscode.languages.registerCodeLensProvider(LOGS, lenses),
    vscode.languages.registerHoverProvider(LOGS, new RecordHovers(documents)),
    vscode.languages.registerDocumentSymbolProvider(LOGS, new RecordSymbols(documents), { label: 'CloudTrail' }),
  );
}
