import * as vscode from 'vscode';
import { COMMANDS } from '../common/contributions';
import { Disposables } from '../common/disposables';
import type { LogFileSystem } from './logFileSystem';

/** Says so when a log is too long for one document, and offers its other parts. */
export class LogParts extends Disposables {
  private readonly told = new Set<string>();

  constructor(private readonly files: LogFileSystem) {
    super();
    this.own(vscode.window.onDidChangeActiveTextEditor((editor) => editor && void this.tell(editor.document.uri)));
  }

  private async tell(uri: vscode.Uri): Promise<void> {
    const laidOut = this.files.laidOut(uri);
    if (laidOut === undefined || laidOut.parts === 1 || this.told.has(uri.toString())) return;
    this.told.add(uri.toString());
    const other = vscode.l10n.t('Open another part');
    const { part, parts, records } = laidOut;
    const text = vscode.l10n.t(
      'This log is too long for one document: part {0} of {1} is shown, {2} records in all.',
      part + 1,
      parts,
      records,
    );
    const choice = await vscode.window.showInformationMessage(text, other);
    if (choice === other) await vscode.commands.executeCommand(COMMANDS.openLogPart);
  }
}
