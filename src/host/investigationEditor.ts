import type * as vscode from 'vscode';
import { InvestigationCommands } from './commands/investigationCommands';
import type { InvestigationHandlers } from './common/commandHandlers';
import { InvestigationEditor, type InvestigationEditorParts } from './investigation/investigationEditor';

/** The investigation editor: what brings it back after a reload, and its commands. */
export interface InvestigationScreen {
  readonly editor: vscode.WebviewPanelSerializer;
  readonly handlers: InvestigationHandlers;
}

/** Builds it. A bundle of its own, loaded when the editor is shown or one of its commands called. */
export function createInvestigationEditor(
  { extensionUri, subscriptions }: vscode.ExtensionContext,
  parts: Omit<InvestigationEditorParts, 'extensionUri'>,
): InvestigationScreen {
  const editor = new InvestigationEditor({ extensionUri, ...parts });
  subscriptions.push(editor);
  return { editor, handlers: new InvestigationCommands(parts.investigation, editor).handlers };
}
