import * as vscode from 'vscode';
import type { MarkdownBuilder } from '../../common/markdown';
import { reference } from '../../common/reference';
import { selectorText } from '../recordLocation';

/** What a documented field means and what an investigator makes of it. */
export function addField(markdown: MarkdownBuilder, path: readonly (string | number)[]): void {
  const field = reference.fields.find(path);
  if (field === undefined) return;
  const since = field.since === null ? '' : ` · ${vscode.l10n.t('since eventVersion {0}', field.since)}`;
  markdown.rule().code(selectorText(path)).text(`  ${field.type}${since}`);
  markdown.break().text(field.description);
  for (const { value, meaning } of field.values.slice(0, 12))
    markdown.item((item) => item.code(value).text(` ${meaning}`));
  markdown.break().text(field.investigate);
  if (field.note !== undefined) markdown.break().text(field.note);
  if (field.maxSize !== undefined) markdown.break().text(vscode.l10n.t('Limit: {0}', field.maxSize));
  if (field.source === 'community') {
    markdown
      .break()
      .text(
        vscode.l10n.t('AWS does not document this field; it is known from real logs. Verify before you rely on it.'),
      );
  }
}
