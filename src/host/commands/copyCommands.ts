import * as vscode from 'vscode';
import type { LogDocuments } from '../editor/logDocuments';
import { requireRecordAtCursor } from '../editor/recordAtCursor';
import { locate, selectorText } from '../editor/recordLocation';

/** Copying out of the log in the active editor. */
export class CopyCommands {
  /** By command. */
  readonly handlers = {
    copyRecord: () => this.copyRecord(),
    copyFieldPath: () => this.copyFieldPath(),
  };

  constructor(private readonly documents: LogDocuments) {}

  private async copyRecord(): Promise<void> {
    const found = requireRecordAtCursor(this.documents);
    if (found === undefined) return;
    const text = found.editor.document.getText(found.record.range);
    await vscode.env.clipboard.writeText(outdent(text, found.record.range.start.character));
    vscode.window.setStatusBarMessage(vscode.l10n.t('Record copied'), 3000);
  }

  private async copyFieldPath(): Promise<void> {
    const found = requireRecordAtCursor(this.documents);
    if (found === undefined) return;
    const location = locate(found.editor.document, found.record, found.editor.selection.active);
    if (location === undefined) {
      void vscode.window.showInformationMessage(vscode.l10n.t('Put the cursor on a field or its value first.'));
      return;
    }
    const path = selectorText(location.path);
    await vscode.env.clipboard.writeText(path);
    vscode.window.setStatusBarMessage(vscode.l10n.t('{0} copied', path), 3000);
  }
}

/** Takes the indent of a record's first line off the others. */
function outdent(text: string, indent: number): string {
  return text.replace(new RegExp(`\\n[ \\t]{1,${Math.max(indent, 1)}}`, 'g'), (whole) => (indent === 0 ? whole : '\n'));
}
