import * as vscode from 'vscode';
import { diskPath } from '../../core/events/logPath';
import { localize } from '../common/localize';
import type { RecordFinder } from '../editor/recordFinder';
import type { Investigation } from './investigation';
import { isTableError } from './tableClient';

/** A row of the table that has the version, by default the one of all events. */
interface ShownRow {
  readonly row: number;
  readonly version?: number;
  readonly keepFocus: boolean;
}

/** Shows the record of a row in the log editor. */
export async function showEvent(
  investigation: Investigation,
  records: RecordFinder,
  { row, version, keepFocus }: ShownRow,
): Promise<void> {
  try {
    const { path, json } = await investigation.call('record', { row }, { version });
    // A file in an archive is shown with the archive's others.
    const file = vscode.Uri.file(diskPath(path));
    if (await records.show({ file: file.toString(), json }, { preserveFocus: keepFocus })) return;
    void vscode.window.showWarningMessage(
      vscode.l10n.t('{0} does not hold this record any more. Read the sources again.', file.fsPath),
    );
  } catch (error) {
    if (!isTableError(error)) throw error;
    void vscode.window.showErrorMessage(localize(error.text));
  }
}
