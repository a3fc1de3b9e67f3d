import * as vscode from 'vscode';
import type { SavedPattern } from '../../protocol/huntProtocol';
import { Disposables } from '../common/disposables';

const HISTORY_KEY = 'hunt.history';
const SAVED_KEY = 'hunt.saved';
const MOST_EARLIER = 50;

/** Patterns that were run in this workspace, and those that were saved, on this machine. */
export class PatternStore extends Disposables {
  private readonly changed = this.own(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changed.event;

  constructor(private readonly context: Pick<vscode.ExtensionContext, 'workspaceState' | 'globalState'>) {
    super();
  }

  /** The latest first. */
  get history(): readonly string[] {
    return this.context.workspaceState.get<string[]>(HISTORY_KEY, []);
  }

  get saved(): readonly SavedPattern[] {
    return this.context.globalState.get<SavedPattern[]>(SAVED_KEY, []);
  }

  remember(pattern: string): void {
    if (pattern.trim() === '' || this.history[0] === pattern) return;
    const history = [pattern, ...this.history.filter((each) => each !== pattern)].slice(0, MOST_EARLIER);
    void this.context.workspaceState.update(HISTORY_KEY, history).then(() => this.changed.fire());
  }

  /** Asks for a name and keeps the pattern under it. */
  async save(pattern: string): Promise<void> {
    const name = await vscode.window.showInputBox({
      title: vscode.l10n.t('Save pattern'),
      prompt: vscode.l10n.t('A name to find the pattern by'),
      validateInput: (text) => (text.trim() === '' ? vscode.l10n.t('Give it a name.') : undefined),
    });
    if (name === undefined) return;
    const others = this.saved.filter((each) => each.name !== name.trim());
    await this.context.globalState.update(SAVED_KEY, [...others, { name: name.trim(), pattern }]);
    this.changed.fire();
  }

  async forget(name: string): Promise<void> {
    await this.context.globalState.update(
      SAVED_KEY,
      this.saved.filter((each) => each.name !== name),
    );
    this.changed.fire();
  }
}
