import * as vscode from 'vscode';
import { diskPath } from '../../core/events/logPath';
import { localize } from '../common/localize';
import type { RecordFinder } from '../editor/recordFinder';
import type { Investigation } from './investigation';
import { isTableError } from './tableClient';

/** Shows the record of a row of the table in the log editor. */
export async function showEvent(
  investigation: Investigation,
  records: RecordFinder,
  row: number,
  preserveFocus: boolean,
): Promise<void> {
  try {
    const { path, json } = await investigation.call('record', { row });
    // A file in an archive is shown with the archive's others.
    const file = vscode.Uri.file(diskPath(path));
    if (await records.show({ file: file.toString(), json }, { preserveFocus })) return;
    void vscode.window.showWarningMessage(
      vscode.l10n.t('{0} does not hold this record any more. Read the sources again.', file.fsPath),
    );
  } catch (error) {
    if (!isTableError(error)) throw error;
    void vscode.window.showErrorMessage(localize(error.text));
  }
}
