import * as vscode from 'vscode';
import type { LogRecord } from './logDocument';
import { laidOutUri } from './logUri';
import { fieldRange } from './recordRanges';

export interface ShowOptions {
  readonly viewColumn?: vscode.ViewColumn;
  readonly preview?: boolean;
  readonly preserveFocus?: boolean;
  /** From 0. */
  readonly part?: number;
}

/** Shows a log file laid out, as a read-only text. */
export async function showLaidOut(uri: vscode.Uri, options: ShowOptions = {}): Promise<vscode.TextEditor> {
  const { part = 0, ...show } = options;
  const document = await vscode.workspace.openTextDocument(laidOutUri({ uri, part }));
  return vscode.window.showTextDocument(document, show);
}

/** The tab that shows `uri` with a given kind of input, if there is one. */
export function findTab(matches: (input: unknown) => boolean): vscode.Tab | undefined {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ input }) => matches(input));
}

/** Puts the cursor on the event name of a record, in view. */
export function revealRecord(editor: vscode.TextEditor, record: LogRecord): void {
  const name = fieldRange(record, 'eventName') ?? record.range;
  editor.selection = new vscode.Selection(name.start, name.start);
  editor.revealRange(name, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
