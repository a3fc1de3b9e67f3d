import * as vscode from 'vscode';
import type { FolderWatch } from '../integrity/folderWatch';
import type { IntegritySession } from '../integrity/integritySession';
import type { IntegrityView } from '../views/integrityView';

/** Validating and watching a folder. */
export class IntegrityCommands {
  /** By command. */
  readonly handlers = {
    validateFolder: (uri?: vscode.Uri) => this.validate(uri),
    watchIntegrity: () => this.toggleWatch(),
  };

  constructor(
    private readonly session: IntegritySession,
    private readonly view: IntegrityView,
    private readonly watch: FolderWatch,
  ) {}

  private async validate(uri?: vscode.Uri): Promise<void> {
    const { inputs } = this.session;
    if (uri !== undefined && uri.scheme !== 'file') {
      void vscode.window.showInformationMessage(vscode.l10n.t('Only a folder on this machine can be validated.'));
      return;
    }
    if (uri !== undefined) await inputs.useFolder(uri.fsPath);
    else if (!(await inputs.choose('folder'))) return;
    await this.view.reveal();
    await this.session.run();
  }

  private async toggleWatch(): Promise<void> {
    const { inputs } = this.session;
    if (this.watch.isOn) {
      this.watch.stop();
      vscode.window.setStatusBarMessage(vscode.l10n.t('The folder is watched no longer'), 3000);
      return;
    }
    if (inputs.folder === undefined && !(await inputs.choose('folder'))) return;
    await this.watch.start();
    vscode.window.setStatusBarMessage(vscode.l10n.t('The folder is watched: what turns invalid is told once'), 5000);
  }
}
