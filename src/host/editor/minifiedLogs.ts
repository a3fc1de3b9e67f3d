import * as vscode from 'vscode';
import { Disposables } from '../common/disposables';
import { readSetting } from '../common/settings';
import { LOG_SCHEME } from '../common/contributions';
import { isMinified, mayBeLog } from './sniff';
import { findTab, showLaidOut } from './showLog';

/** Opens a minified `.json` log laid out instead, in the same place; a person who asks for the original text keeps it. */
export class MinifiedLogs extends Disposables {
  private readonly leaveAlone = new Set<string>();

  constructor() {
    super();
    this.own(vscode.window.onDidChangeActiveTextEditor((editor) => editor && void this.look(editor)));
    if (vscode.window.activeTextEditor !== undefined) void this.look(vscode.window.activeTextEditor);
  }

  /** The person wants to see this file as it is. */
  keepOriginal(uri: vscode.Uri): void {
    this.leaveAlone.add(uri.toString());
  }

  /** True for a minified log that opens laid out instead. */
  takesOver(document: vscode.TextDocument): boolean {
    const { uri } = document;
    if (uri.scheme === LOG_SCHEME || uri.scheme === 'untitled' || document.isDirty) return false;
    if (this.leaveAlone.has(uri.toString()) || readSetting('editor.openLaidOut') !== 'always') return false;
    return mayBeLog(document) && isMinified(document);
  }

  private async look({ document, viewColumn }: vscode.TextEditor): Promise<void> {
    if (viewColumn === undefined || !this.takesOver(document)) return;
    const shown = document.uri.toString();
    const tab = findTab((input) => input instanceof vscode.TabInputText && input.uri.toString() === shown);
    if (tab === undefined) return;
    await showLaidOut(document.uri, { viewColumn, preview: tab.isPreview });
    await vscode.window.tabGroups.close(tab, true);
  }
}
