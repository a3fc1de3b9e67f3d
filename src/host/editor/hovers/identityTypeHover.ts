import * as vscode from 'vscode';
import type { MarkdownBuilder } from '../../common/markdown';
import { reference } from '../../common/reference';
import type { HoverSubject } from './valueHover';

/** What an identity type means, the special cases this event is, and how to follow it on. */
export function addIdentityType(markdown: MarkdownBuilder, { value, record }: HoverSubject): void {
  const type = reference.identityTypes.find(value);
  if (type === undefined) return;
  markdown.bold(type.label).text(` · ${vscode.l10n.t('risk: {0}', type.risk)}`);
  markdown.break().text(type.meaning);
  for (const { variant, name, meaning, risk } of reference.identityTypes.variantsOf(record.event)) {
    markdown
      .break()
      .bold(name ?? variant)
      .text(`: ${meaning} ${vscode.l10n.t('Risk: {0}.', risk)}`);
  }
  for (const note of type.riskNotes) markdown.item((item) => item.text(note));
  markdown.break().bold(vscode.l10n.t('Follow it')).text(`: ${type.chain}`);
}
