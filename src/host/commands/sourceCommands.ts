import * as vscode from 'vscode';
import { VIEWS } from '../common/contributions';
import type { Investigation } from '../investigation/investigation';
import { RunProgress } from '../investigation/runProgress';
import type { SourceRow } from '../views/sourcesView';

/** Choosing what the investigation is about. */
export class SourceCommands {
  /** By command. */
  readonly handlers = {
    addSource: (uri?: vscode.Uri, others?: vscode.Uri[]) => this.add(uri, others),
    addSourceFiles: () => this.addFiles(),
    removeSource: (row?: SourceRow) => this.remove(row),
    refreshSources: () => this.reading(() => this.investigation.refresh()),
    clearSavedIndexes: () => this.clearIndexes(),
    openSamples: () => this.openSamples(),
  };

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly investigation: Investigation,
  ) {}

  /** Adds what the Explorer hands over, or asks for a folder. */
  private async add(uri?: vscode.Uri, others?: readonly vscode.Uri[]): Promise<void> {
    const given = uri instanceof vscode.Uri ? (others ?? [uri]) : undefined;
    const chosen =
      given ??
      (await vscode.window.showOpenDialog({
        title: vscode.l10n.t('Add a folder of logs to the investigation'),
        openLabel: vscode.l10n.t('Add'),
        canSelectFolders: true,
        canSelectFiles: false,
        canSelectMany: true,
      }));
    if (chosen !== undefined && chosen.length > 0) await this.addAll(chosen);
  }

  private async addFiles(): Promise<void> {
    const chosen = await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Add logs to the investigation'),
      openLabel: vscode.l10n.t('Add'),
      canSelectMany: true,
    });
    if (chosen !== undefined && chosen.length > 0) await this.addAll(chosen);
  }

  private async addAll(uris: readonly vscode.Uri[]): Promise<void> {
    const local = uris.filter(({ scheme }) => scheme === 'file');
    if (local.length < uris.length)
      void vscode.window.showWarningMessage(vscode.l10n.t('Only files and folders on disk can be investigated.'));
    if (local.length > 0) await this.reading(() => this.investigation.add(local));
  }

  private async remove(row?: SourceRow): Promise<void> {
    const uri = row?.kind === 'source' ? row.uri : await this.choose();
    if (uri !== undefined) await this.reading(() => this.investigation.remove(uri));
  }

  private async choose(): Promise<vscode.Uri | undefined> {
    const items = this.investigation.sources.map((uri) => ({ label: uri.fsPath, uri }));
    const chosen = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Remove a source') });
    return chosen?.uri;
  }

  private async openSamples(): Promise<void> {
    await this.addAll([vscode.Uri.joinPath(this.extensionUri, 'samples', 'example-trail-bucket')]);
    await vscode.commands.executeCommand(`${VIEWS.sources}.focus`);
  }

  private async clearIndexes(): Promise<void> {
    const cleared = await this.investigation.clearSavedIndexes();
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        '{0} MB of saved indexes cleared. Sources are read anew when they are next opened.',
        Math.ceil(cleared / 1e6),
      ),
    );
  }

  private async reading(work: () => Promise<unknown>): Promise<void> {
    await new RunProgress(this.investigation).show(work);
  }
}
