import * as vscode from 'vscode';
import type { LogRecord } from './logDocument';
import type { LogDocuments } from './logDocuments';

/** A record and the editor whose cursor is in it. */
export interface RecordAtCursor {
  readonly editor: vscode.TextEditor;
  readonly record: LogRecord;
}

/** The record that the cursor of the active editor is in; undefined between records and where no log is shown. */
export function recordAtCursor(documents: LogDocuments): RecordAtCursor | undefined {
  const editor = vscode.window.activeTextEditor;
  const record = editor && documents.get(editor.document)?.log.recordAt(editor.selection.active);
  return editor !== undefined && record !== undefined ? { editor, record } : undefined;
}

/** The same; where there is none the user is told what to do. */
export function requireRecordAtCursor(documents: LogDocuments): RecordAtCursor | undefined {
  const found = recordAtCursor(documents);
  if (found === undefined)
    void vscode.window.showInformationMessage(vscode.l10n.t('Put the cursor in a CloudTrail record first.'));
  return found;
}
