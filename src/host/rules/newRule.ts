import * as vscode from 'vscode';
import { ruleIdOf, ruleText } from '../../core/rules/files/ruleText';
import { ruleFileOf } from './ruleFolders';

/**
 * Opens a new rule made of a pattern, for somebody to fill in and save: in `.cloudtrail/rules/` of the workspace folder, or as an untitled
 * file without one.
 */
export async function openNewRule(title: string, pattern: string): Promise<vscode.TextEditor> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const id = folder === undefined ? ruleIdOf(title) : await freeId(folder, ruleIdOf(title));
  const text = ruleText({ id, title, pattern });
  if (folder?.scheme !== 'file') {
    return vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'yaml', content: text }));
  }
  const uri = ruleFileOf(folder, id).with({ scheme: 'untitled' });
  const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
  if (editor.document.getText() === '') await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), text));
  return editor;
}

/** The id, or with a number that no file has. */
async function freeId(folder: vscode.Uri, id: string): Promise<string> {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? id : `${id}-${number}`;
    const taken = await vscode.workspace.fs.stat(ruleFileOf(folder, candidate)).then(
      () => true,
      () => false,
    );
    if (!taken) return candidate;
  }
}
