import * as vscode from 'vscode';
import type { EventQuery } from '../../core/table/selection';
import type { Investigation } from '../investigation/investigation';
import type { InvestigationEditor } from '../investigation/investigationEditor';

/** Opening the investigation editor. */
export class InvestigationCommands {
  /** By command. */
  readonly handlers = {
    investigateFolder: (uri?: vscode.Uri, chosen?: readonly vscode.Uri[]) => this.investigate(uri, chosen),
    showInvestigation: (query?: EventQuery) => this.editor.show(query),
  };

  constructor(
    private readonly investigation: Investigation,
    private readonly editor: InvestigationEditor,
  ) {}

  /** `uri` and all that is `chosen` with it come from the Explorer; without, the user is asked. */
  private async investigate(uri?: vscode.Uri, chosen?: readonly vscode.Uri[]): Promise<void> {
    const sources = uri === undefined ? await this.ask() : chosen !== undefined && chosen.length > 0 ? chosen : [uri];
    if (sources === undefined) return;
    this.editor.show();
    await this.investigation.add(sources);
  }

  private ask(): Thenable<vscode.Uri[] | undefined> {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    return vscode.window.showOpenDialog({
      title: vscode.l10n.t('Investigate a folder of CloudTrail logs'),
      openLabel: vscode.l10n.t('Investigate'),
      canSelectFolders: true,
      canSelectFiles: false,
      canSelectMany: true,
      ...(folder && { defaultUri: folder }),
    });
  }
}
