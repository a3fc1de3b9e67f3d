import * as vscode from 'vscode';
import { Disposables } from '../common/disposables';
import { mayBeLog } from '../editor/sniff';
import { isRuleFile } from '../rules/ruleFolders';

/** Calls `found` once, when the first document that may be a log, or a rule file, becomes visible. Any other JSON file costs a look at its first lines. */
export class LogSniffer extends Disposables {
  constructor(private readonly found: () => void) {
    super();
    this.own(vscode.window.onDidChangeVisibleTextEditors((editors) => this.look(editors)));
    this.look(vscode.window.visibleTextEditors);
  }

  private look(editors: readonly vscode.TextEditor[]): void {
    if (!editors.some(({ document }) => mayBeLog(document) || isRuleFile(document.uri))) return;
    this.dispose();
    this.found();
  }
}
