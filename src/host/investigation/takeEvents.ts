import * as vscode from 'vscode';
import type { GridExport, RowRange } from '../../protocol/investigationProtocol';
import type { ExportChunk, ExportRequest } from '../../protocol/tableProtocol';
import { localize } from '../common/localize';
import type { Investigation } from './investigation';
import { isTableError } from './tableClient';

/** More than this helps nobody on a clipboard. */
const MOST_COPIED_ROWS = 50_000;
/** Rows of one page. */
const PAGE_ROWS = 1000;

/** Puts chosen events on the clipboard. */
export async function copyEvents(investigation: Investigation, request: GridExport): Promise<void> {
  const chosen = (request.ranges ?? []).reduce((sum, [from, to]) => sum + to - from, 0);
  if (chosen > MOST_COPIED_ROWS) {
    const save = vscode.l10n.t('Save as a File…');
    const text = vscode.l10n.t('{0} events are too many for the clipboard.', chosen);
    if ((await vscode.window.showInformationMessage(text, save)) === save) await exportEvents(investigation, request);
    return;
  }
  await told(async (cancellation) => {
    const rows = await rowsOf(investigation, request, cancellation);
    const chunks: string[] = [];
    const onProgress = ({ text }: ExportChunk): void => void chunks.push(text);
    const asked = { ...exportOf(request), rows, path: null };
    const { version } = request;
    const result = await investigation.call('export', asked, { version, cancellation, onProgress });
    await vscode.env.clipboard.writeText(chunks.join(''));
    const format = request.format === 'csv' ? 'CSV' : 'NDJSON';
    vscode.window.setStatusBarMessage(vscode.l10n.t('{0} events copied as {1}', result.rows, format), 3000);
  });
}

/** Writes all events of the query, or the chosen ones, to a file that the user names. */
export async function exportEvents(investigation: Investigation, request: GridExport): Promise<void> {
  const { format } = request;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export events'),
    filters: format === 'csv' ? { CSV: ['csv'] } : { NDJSON: ['ndjson', 'jsonl'] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, `events.${format}`) }),
  });
  if (target === undefined) return;
  await told(async (cancellation, report) => {
    const rows = request.ranges === null ? undefined : await rowsOf(investigation, request, cancellation);
    const onProgress = (chunk: ExportChunk): void => report(chunk);
    const asked = { ...exportOf(request), ...(rows && { rows }), path: target.fsPath };
    // Rows are of one version; all events are those there are once all are read.
    const ofVersion = rows && { version: request.version };
    const options = { ...ofVersion, cancellation, onProgress };
    const { rows: written, unreadable } = await investigation.call('export', asked, options);
    const missing = unreadable === 0 ? '' : ` ${vscode.l10n.t('{0} records could not be read again.', unreadable)}`;
    void vscode.window.showInformationMessage(
      vscode.l10n.t('{0} events written to {1}.', written, target.fsPath) + missing,
    );
  });
}

type Export = Omit<ExportRequest, 'rows' | 'path'>;

function exportOf({ query, sort, format, fields }: GridExport): Export {
  return { query, format, fields, ...(sort && { sort }) };
}

/** The table's numbers of the rows at positions of the grid. */
async function rowsOf(
  investigation: Investigation,
  { query, sort, ranges, version }: GridExport,
  cancellation: vscode.CancellationToken,
): Promise<number[]> {
  const rows: number[] = [];
  for (const [from, to] of pagesOf(ranges ?? [])) {
    const request = { query, from, count: to - from, fields: [], ...(sort && { sort }) };
    rows.push(...(await investigation.call('page', request, { version, cancellation })).rows);
  }
  return rows;
}

function* pagesOf(ranges: readonly RowRange[]): Generator<RowRange> {
  for (const [from, to] of ranges) {
    for (let at = from; at < to; at += PAGE_ROWS) yield [at, Math.min(to, at + PAGE_ROWS)];
  }
}

/** Does what may take a while under a progress message that can be cancelled, and says why when it fails. */
async function told(
  work: (cancellation: vscode.CancellationToken, report: (chunk: ExportChunk) => void) => Promise<void>,
): Promise<void> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Writing events'),
    cancellable: true,
  };
  await vscode.window.withProgress(options, async (progress, cancellation) => {
    const report = ({ rows, totalRows }: ExportChunk): void => {
      progress.report({ message: vscode.l10n.t('{0} of {1}', rows, totalRows) });
    };
    try {
      await work(cancellation, report);
    } catch (error) {
      if (!isTableError(error)) throw error;
      if (error.kind !== 'cancelled') void vscode.window.showErrorMessage(localize(error.text));
    }
  });
}
