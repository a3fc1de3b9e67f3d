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

/** How far the first field of a log's first record is from its top, in lines. */
const MOST_LINES_ABOVE = 20;

/** Where the cursor stands in a log that was shown before VS Code knows. */
const shown = new Set<string>();

/** Shows a log file laid out, as a read-only text. */
export async function showLaidOut(uri: vscode.Uri, options: ShowOptions = {}): Promise<vscode.TextEditor> {
  const { part = 0, ...show } = options;
  const document = await vscode.workspace.openTextDocument(laidOutUri({ uri, part }));
  const key = document.uri.toString();
  const selection = shown.has(key) ? undefined : firstField(document);
  shown.add(key);
  return vscode.window.showTextDocument(document, selection === undefined ? show : { ...show, selection });
}

/**
 * The place before the first field of the first record, where what works on the record at the cursor works at once. At the very top VS Code would
 * look through all of the text for the bracket that closes it, and show nothing else meanwhile.
 */
function firstField(document: vscode.TextDocument): vscode.Range | undefined {
  for (let line = 1; line < Math.min(document.lineCount, MOST_LINES_ABOVE); line++) {
    const { text, firstNonWhitespaceCharacterIndex: character } = document.lineAt(line);
    if (!/[[{]$/.test(text) && document.lineAt(line - 1).text.endsWith('{')) {
      return new vscode.Range(line, character, line, character);
    }
  }
  return undefined;
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
