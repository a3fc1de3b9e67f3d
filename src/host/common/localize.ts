import * as vscode from 'vscode';
import type { Message } from '../../core/message';

/** A message of core in the language of the editor. */
export function localize({ template, args }: Message): string {
  return vscode.l10n.t(template, ...args);
}
