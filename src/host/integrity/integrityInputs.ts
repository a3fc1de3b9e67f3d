import { basename } from 'node:path';
import * as vscode from 'vscode';
import { findInputs } from '../../node/integrity/inputFiles';
import type { IntegrityInputInfo, IntegrityInputKind } from '../../protocol/integrityProtocol';
import { Disposables } from '../common/disposables';
import type { KeyStore } from './keyStore';

const STATE_KEY = 'integrity.inputs';

/** Paths on disk. */
type Chosen = { readonly [Kind in IntegrityInputKind]?: string };

/** What is to be validated, and by which keys and signatures: chosen by the user, or found beside the copy. Kept for the workspace. */
export class IntegrityInputs extends Disposables {
  private readonly changed = this.own(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly memory: vscode.Memento,
    private readonly keyStore: KeyStore,
  ) {
    super();
    this.own(keyStore.onDidChange(() => this.changed.fire()));
  }

  private get chosen(): Chosen {
    return this.memory.get<Chosen>(STATE_KEY, {});
  }

  get folder(): string | undefined {
    return this.chosen.folder;
  }

  get signatures(): string | undefined {
    return this.chosen.signatures;
  }

  /** Files and folders of public keys: the chosen one, or else those fetched from AWS. */
  get keys(): readonly string[] {
    const { keys } = this.chosen;
    if (keys !== undefined) return [keys];
    return this.keyStore.summary === undefined ? [] : [this.keyStore.folder];
  }

  /** Takes a folder, and the keys and signatures that lie in or beside it. */
  async useFolder(folder: string): Promise<void> {
    const found = await findInputs(folder);
    const [keys] = found.keys;
    await this.keep({
      folder,
      ...(keys !== undefined && { keys }),
      ...(found.signatures !== undefined && { signatures: found.signatures }),
    });
  }

  async use(kind: IntegrityInputKind, path: string | undefined): Promise<void> {
    const others = Object.fromEntries(Object.entries(this.chosen).filter(([other]) => other !== kind));
    await this.keep(path === undefined ? others : { ...others, [kind]: path });
  }

  /** Asks for an input; false when the user chose none. */
  async choose(kind: IntegrityInputKind): Promise<boolean> {
    const near = this.folder ?? vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
    const chosen = await vscode.window.showOpenDialog({
      ...DIALOGS[kind](),
      ...(near !== undefined && { defaultUri: vscode.Uri.file(near) }),
    });
    const path = chosen?.[0]?.fsPath;
    if (path === undefined) return false;
    if (kind === 'folder') await this.useFolder(path);
    else await this.use(kind, path);
    return true;
  }

  /** How the view shows an input. */
  info(kind: IntegrityInputKind): IntegrityInputInfo | null {
    const path = this.chosen[kind];
    if (path !== undefined) return { label: basename(path), detail: path };
    const fetched = kind === 'keys' ? this.keyStore.summary : undefined;
    return fetched === undefined ? null : { label: fetched, detail: this.keyStore.folder };
  }

  private async keep(chosen: Chosen): Promise<void> {
    await this.memory.update(STATE_KEY, chosen);
    this.changed.fire();
  }
}

const DIALOGS: Readonly<Record<IntegrityInputKind, () => vscode.OpenDialogOptions>> = {
  folder: () => ({
    title: vscode.l10n.t('Choose the copy of the trail’s bucket'),
    openLabel: vscode.l10n.t('Validate'),
    canSelectFolders: true,
    canSelectFiles: false,
  }),
  keys: () => ({
    title: vscode.l10n.t('Choose public keys: the output of aws cloudtrail list-public-keys'),
    canSelectFolders: false,
    canSelectFiles: true,
    filters: { JSON: ['json'] },
  }),
  signatures: () => ({
    title: vscode.l10n.t('Choose the file of saved digest signatures'),
    canSelectFolders: false,
    canSelectFiles: true,
    filters: { JSON: ['json'] },
  }),
};
