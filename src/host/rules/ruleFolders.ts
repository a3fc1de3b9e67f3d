import * as vscode from 'vscode';
import { readSetting } from '../common/settings';

/** Where a workspace folder keeps what the extension reads of it. */
const FOLDER = '.cloudtrail';
const RULES = 'rules';
const MUTES = 'mutes.yaml';
const YAML_NAME = /\.ya?ml$/i;
/** A folder of rules with more files, or deeper ones, is none. */
const MOST_FILES = 500;
const MOST_LEVELS = 5;

/** Paths of rule and mute files below a folder that is watched. */
export const WATCHED = `${FOLDER}/{${RULES}/**,${MUTES}}`;

/** The user's own folder of rules; undefined without one. The setting is of the machine: no workspace can name it. */
export function userFolder(): vscode.Uri | undefined {
  const path = readSetting('rules.folder').trim();
  return path === '' ? undefined : vscode.Uri.file(path);
}

/** Rules of a workspace are instructions of strangers until the workspace is trusted. */
function trustedFolders(): readonly vscode.WorkspaceFolder[] {
  return vscode.workspace.isTrusted ? (vscode.workspace.workspaceFolders ?? []) : [];
}

/** The rule files there are, in a steady order. */
export async function ruleFiles(): Promise<vscode.Uri[]> {
  const user = userFolder();
  const folders = [
    ...trustedFolders().map(({ uri }) => vscode.Uri.joinPath(uri, FOLDER, RULES)),
    ...(user === undefined ? [] : [user]),
  ];
  const found: vscode.Uri[] = [];
  for (const folder of folders) await collect(folder, 0, found);
  return [...new Map(found.map((uri) => [uri.toString(), uri])).values()];
}

/** The files of mutes that may be there. */
export function muteFiles(): vscode.Uri[] {
  return trustedFolders().map(({ uri }) => mutesOf(uri));
}

/** The file of mutes of a workspace folder. */
export function mutesOf(folder: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(folder, FOLDER, MUTES);
}

/** Where a new rule of a workspace folder goes. */
export function ruleFileOf(folder: vscode.Uri, id: string): vscode.Uri {
  return vscode.Uri.joinPath(folder, FOLDER, RULES, `${id}.yaml`);
}

/** True for a file that is read as rules or mutes, by where it stands. */
export function isRuleFile(uri: vscode.Uri): boolean {
  if (!YAML_NAME.test(uri.path)) return false;
  const user = userFolder();
  const ofUser = user !== undefined && uri.path.startsWith(`${user.path}/`);
  return ofUser || uri.path.includes(`/${FOLDER}/${RULES}/`) || uri.path.endsWith(`/${FOLDER}/${MUTES}`);
}

async function collect(folder: vscode.Uri, level: number, found: vscode.Uri[]): Promise<void> {
  const entries = await vscode.workspace.fs.readDirectory(folder).then(undefined, () => []);
  for (const [name, type] of entries.sort(([a], [b]) => (a < b ? -1 : 1))) {
    const uri = vscode.Uri.joinPath(folder, name);
    if (found.length >= MOST_FILES) return;
    if (type & vscode.FileType.Directory) {
      // A link to a folder may lead back to it.
      if (level < MOST_LEVELS && (type & vscode.FileType.SymbolicLink) === 0) await collect(uri, level + 1, found);
    } else if (YAML_NAME.test(name)) found.push(uri);
  }
}
