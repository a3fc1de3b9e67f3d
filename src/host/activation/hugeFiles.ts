import * as vscode from 'vscode';
import { COMMANDS, LOG_SCHEME } from '../common/contributions';
import { Disposables } from '../common/disposables';

/** VS Code gives extensions no text of files from this size on, in bytes. */
const SYNC_LIMIT = 50 * 1024 * 1024;
const LOG_NAME = /\.(json|jsonl|ndjson|log)$/i;

/** Says so when a file is too large for VS Code to hand to extensions, and offers the way on. */
export class HugeFiles extends Disposables {
  private readonly told = new Set<string>();

  constructor() {
    super();
    this.own(vscode.window.tabGroups.onDidChangeTabs(({ opened }) => opened.forEach((tab) => void this.look(tab))));
  }

  private async look({ input }: vscode.Tab): Promise<void> {
    if (!(input instanceof vscode.TabInputText) || !LOG_NAME.test(input.uri.path)) return;
    const { uri } = input;
    if (uri.scheme === LOG_SCHEME || uri.scheme === 'untitled' || this.told.has(uri.toString())) return;
    const stat = await vscode.workspace.fs.stat(uri).then(undefined, () => undefined);
    if (stat === undefined || stat.size < SYNC_LIMIT) return;
    this.told.add(uri.toString());
    const investigate = vscode.l10n.t('Investigate');
    const open = vscode.l10n.t('Open in parts');
    const text = vscode.l10n.t(
      'VS Code hands no text over 50 MB to extensions, so no records are shown in this file. The investigation editor takes it whole, with a timeline and filters; as text it can be laid out in parts.',
    );
    const choice = await vscode.window.showInformationMessage(text, investigate, open);
    if (choice === investigate) await vscode.commands.executeCommand(COMMANDS.investigateFolder, uri);
    if (choice === open) await vscode.commands.executeCommand(COMMANDS.openLaidOutLog, uri);
  }
}
