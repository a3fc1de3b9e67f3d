import * as vscode from 'vscode';
import { COMMANDS, LOG_SCHEME } from '../common/contributions';
import { Disposables } from '../common/disposables';
import type { LogFileSystem } from './logFileSystem';

/** VS Code gives extensions no text of files from this size on, in bytes. */
const SYNC_LIMIT = 50 * 1024 * 1024;

/** Says so when a log is too long: as it is, for VS Code to hand to an extension; laid out, for one document. And offers the way on. */
export class LargeLogs extends Disposables {
  private readonly told = new Set<string>();

  constructor(private readonly files: LogFileSystem) {
    super();
    this.own(vscode.window.tabGroups.onDidChangeTabs(({ opened }) => opened.forEach((tab) => void this.look(tab))));
    this.own(vscode.window.onDidChangeActiveTextEditor((editor) => editor && this.tellParts(editor.document.uri)));
  }

  private async look({ input }: vscode.Tab): Promise<void> {
    if (!(input instanceof vscode.TabInputText) || !/\.(json|jsonl|ndjson|log)$/i.test(input.uri.path)) return;
    if (input.uri.scheme === LOG_SCHEME || this.told.has(input.uri.toString())) return;
    const stat = await vscode.workspace.fs.stat(input.uri).then(undefined, () => undefined);
    if (stat === undefined || stat.size < SYNC_LIMIT) return;
    this.told.add(input.uri.toString());
    const open = vscode.l10n.t('Open in parts');
    const text = vscode.l10n.t(
      'VS Code hands no text over 50 MB to extensions, so this file shows no records. CloudTrail Investigator can lay it out in parts.',
    );
    const choice = await vscode.window.showInformationMessage(text, open);
    if (choice === open) await vscode.commands.executeCommand(COMMANDS.openLaidOutLog, input.uri);
  }

  private tellParts(uri: vscode.Uri): void {
    const laidOut = this.files.laidOut(uri);
    if (laidOut === undefined || laidOut.parts === 1 || this.told.has(uri.toString())) return;
    this.told.add(uri.toString());
    const other = vscode.l10n.t('Open another part');
    const text = vscode.l10n.t(
      'This log is too long for one document: part {0} of {1} is shown, {2} records in all.',
      laidOut.part + 1,
      laidOut.parts,
      laidOut.records,
    );
    void vscode.window.showInformationMessage(text, other).then((choice) => {
      if (choice === other) void vscode.commands.executeCommand(COMMANDS.openLogPart);
    });
  }
}
