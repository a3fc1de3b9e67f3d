import * as vscode from 'vscode';
import { SETTINGS_SECTION } from '../common/contributions';
import { readSetting } from '../common/settings';
import type { LogFileSystem } from '../editor/logFileSystem';
import { laidOutUri, sourceOf } from '../editor/logUri';
import type { MinifiedLogs } from '../editor/minifiedLogs';
import { showLaidOut } from '../editor/showLog';

const LOG_FILES = ['json', 'gz', 'jsonl', 'ndjson', 'csv', 'zip', 'zst', 'log'];

/** Opening logs laid out, in parts, or as they are. */
export class OpenCommands {
  /** By command. */
  readonly handlers = {
    openLaidOutLog: (uri?: vscode.Uri) => this.openLaidOut(uri),
    openOriginalText: () => this.openOriginal(),
    openLogPart: () => this.openPart(),
    toggleAnnotations: () => this.toggleAnnotations(),
  };

  constructor(
    private readonly files: LogFileSystem,
    private readonly minified: MinifiedLogs,
  ) {}

  private async openLaidOut(uri?: vscode.Uri): Promise<void> {
    const chosen = uri ?? activeFile() ?? (await this.ask());
    if (chosen === undefined) return;
    try {
      await showLaidOut(sourceOf(chosen)?.uri ?? chosen, { preview: false });
    } catch (error) {
      const known = this.files.failure(laidOutUri({ uri: sourceOf(chosen)?.uri ?? chosen, part: 0 }));
      const reason = known ?? (error instanceof Error ? error.message : String(error));
      void vscode.window.showErrorMessage(vscode.l10n.t('The file could not be laid out as a log: {0}', reason));
    }
  }

  private async ask(): Promise<vscode.Uri | undefined> {
    const chosen = await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Open a CloudTrail log'),
      filters: { [vscode.l10n.t('Logs')]: LOG_FILES, [vscode.l10n.t('All files')]: ['*'] },
    });
    return chosen?.[0];
  }

  private async openOriginal(): Promise<void> {
    const source = sourceOf(vscode.window.activeTextEditor?.document.uri ?? vscode.Uri.parse('untitled:'));
    if (source === undefined) {
      void vscode.window.showInformationMessage(vscode.l10n.t('The active editor shows no laid-out log.'));
      return;
    }
    this.minified.keepOriginal(source.uri);
    await vscode.commands.executeCommand('vscode.openWith', source.uri, 'default');
  }

  private async openPart(): Promise<void> {
    const uri = vscode.window.activeTextEditor?.document.uri;
    const source = uri && sourceOf(uri);
    const laidOut = uri && this.files.laidOut(uri);
    if (source === undefined || laidOut === undefined || laidOut.parts === 1) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('The active editor shows the whole log; it has no parts.'),
      );
      return;
    }
    const parts = Array.from({ length: laidOut.parts }, (_, part) => ({
      label: vscode.l10n.t('Part {0} of {1}', part + 1, laidOut.parts),
      description: part === laidOut.part ? vscode.l10n.t('shown now') : '',
      part,
    }));
    const picked = await vscode.window.showQuickPick(parts, {
      title: vscode.l10n.t('A log too long for one document is shown in parts'),
    });
    if (picked !== undefined) await showLaidOut(source.uri, { part: picked.part, preview: false });
  }

  private async toggleAnnotations(): Promise<void> {
    const shown = !readSetting('editor.annotations');
    await vscode.workspace
      .getConfiguration(SETTINGS_SECTION)
      .update('editor.annotations', shown, vscode.ConfigurationTarget.Global);
    vscode.window.setStatusBarMessage(
      shown ? vscode.l10n.t('Annotations shown') : vscode.l10n.t('Annotations hidden'),
      3000,
    );
  }
}

/** The file in the active editor, whatever kind of editor it is. */
function activeFile(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom ? input.uri : undefined;
}
