import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { reportJson } from '../../core/integrity/reportJson';
import { reportMarkdown } from '../../core/integrity/reportMarkdown';
import { escapeControls } from '../../core/text';
import { localize } from '../common/localize';
import type { FinishedRun } from './integrityRun';

const ENDINGS = { markdown: 'md', json: 'json' } as const;

/** Asks where to put the report, writes it, and shows it. */
export async function exportReport({ report, origin }: FinishedRun, format: 'markdown' | 'json'): Promise<void> {
  const name = `cloudtrail-integrity-${new Date(origin.time).toISOString().slice(0, 10)}.${ENDINGS[format]}`;
  const copy = origin.inputs.find(({ kind }) => kind === 'copy')?.path;
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export the integrity report'),
    // Beside the evidence, not in it.
    ...(copy !== undefined && { defaultUri: vscode.Uri.file(join(copy, '..', name)) }),
    filters: format === 'json' ? { JSON: ['json'] } : { Markdown: ['md'] },
  });
  if (target === undefined) return;
  const text =
    format === 'json'
      ? `${escapeControls(JSON.stringify(reportJson(report, origin), null, 2))}\n`
      : reportMarkdown(report, origin, localize);
  try {
    await writeFile(target.fsPath, text);
    await vscode.window.showTextDocument(target);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(vscode.l10n.t('The report could not be written: {0}', reason));
  }
}
