import * as vscode from 'vscode';
import type { ErrorClass } from '../../../core/events/errorCodes';
import type { MarkdownBuilder } from '../../common/markdown';
import { reference } from '../../common/reference';

/** What an error code means and what it suggests. */
export function addErrorCode(markdown: MarkdownBuilder, code: string): void {
  const known = reference.errorCodes.find(code);
  markdown.code(code).text(` · ${className(reference.errorCodes.classOf(code))}`);
  if (known === undefined) {
    markdown.break().text(vscode.l10n.t('This code is not in the reference; its class is judged by its name.'));
    return;
  }
  markdown.break().text(known.meaning);
  markdown.break().text(known.suggests);
  if (known.services !== 'any') markdown.break().text(vscode.l10n.t('Used by: {0}', known.services));
}

function className(errorClass: ErrorClass): string {
  switch (errorClass) {
    case 'authorization':
      return vscode.l10n.t('denied: the identity was accepted, a policy said no');
    case 'authentication':
      return vscode.l10n.t('authentication: the identity itself was not accepted');
    case 'throttling':
      return vscode.l10n.t('throttled: too many calls');
    case 'validation':
      return vscode.l10n.t('the input was wrong');
    case 'not-found':
      return vscode.l10n.t('the target does not exist');
    case 'conflict':
      return vscode.l10n.t('a state or name is in the way');
    case 'dry-run':
      return vscode.l10n.t('a permission test that would have worked');
    case 'service':
      return vscode.l10n.t('a fault of the service');
    case 'other':
      return vscode.l10n.t('another error');
  }
}
