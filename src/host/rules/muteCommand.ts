import * as vscode from 'vscode';
import type { NewMute } from '../../core/rules/files/addMute';
import { sourceOf } from '../editor/logUri';
import { mutesOf } from './ruleFolders';

/** What is to be muted, for whom, and the log in which that was decided. */
export interface MuteFor {
  readonly uri?: vscode.Uri;
  readonly rule: string;
  readonly principal?: string;
  readonly arn?: string;
  /** Asked for when there is none. */
  readonly reason?: string;
}

/** Writes a mute into `.cloudtrail/mutes.yaml` of the workspace folder, after asking for the reason. Answers whether it was written. */
export async function muteRule({ uri, rule, principal, arn, reason }: MuteFor): Promise<boolean> {
  const folder = folderFor(uri);
  if (folder === undefined) return false;
  const title =
    principal === undefined && arn === undefined
      ? vscode.l10n.t('Mute {0}', rule)
      : vscode.l10n.t('Mute {0} for {1}', rule, principal ?? arn ?? '');
  const given =
    reason ??
    (await vscode.window.showInputBox({
      title,
      prompt: vscode.l10n.t('Why is this known and fine? The reason is kept with the mute.'),
      validateInput: (text) => (text.trim() === '' ? vscode.l10n.t('A mute needs a reason.') : undefined),
    }));
  if (given === undefined || given.trim() === '') return false;
  // A star in a name from a log would mute others too, but no name in AWS has one.
  const mute = {
    rule,
    ...(principal !== undefined && { principal }),
    ...(arn !== undefined && { arn }),
    reason: given.trim(),
  };
  return write(mutesOf(folder), mute);
}

async function write(file: vscode.Uri, mute: NewMute): Promise<boolean> {
  const { addMute } = await import('../../node/ruleFiles');
  const document = await vscode.workspace.openTextDocument(file).then(undefined, () => undefined);
  const text = addMute(document?.getText() ?? '', mute);
  if (text === undefined) {
    const open = vscode.l10n.t('Open the file');
    const what = vscode.l10n.t('Nothing can be added to {0}: it is no list.', vscode.workspace.asRelativePath(file));
    if ((await vscode.window.showErrorMessage(what, open)) === open) await vscode.window.showTextDocument(file);
    return false;
  }
  const edit = new vscode.WorkspaceEdit();
  if (document === undefined) edit.createFile(file, { contents: new TextEncoder().encode(text) });
  else edit.replace(file, new vscode.Range(0, 0, document.lineCount, 0), text);
  const written = (await vscode.workspace.applyEdit(edit)) && ((await document?.save()) ?? true);
  if (!written)
    void vscode.window.showErrorMessage(
      vscode.l10n.t('{0} could not be written.', vscode.workspace.asRelativePath(file)),
    );
  return written;
}

/** The folder that the mute belongs to: that of the log, else the first. */
function folderFor(uri: vscode.Uri | undefined): vscode.Uri | undefined {
  const own = uri && vscode.workspace.getWorkspaceFolder(sourceOf(uri)?.uri ?? uri);
  const folder = own ?? vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Open a folder first: mutes are kept in its .cloudtrail/mutes.yaml.'),
    );
  } else if (!vscode.workspace.isTrusted) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Trust this workspace first: its mutes are not read before.'),
    );
    return undefined;
  }
  return folder?.uri;
}
