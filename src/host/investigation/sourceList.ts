import * as vscode from 'vscode';

const SOURCES_KEY = 'investigation.sources';

/** The files and folders that a window investigates, remembered with its workspace. */
export class SourceList {
  constructor(private readonly state: vscode.Memento) {}

  /** On disk, in the order in which they were added. */
  get uris(): readonly vscode.Uri[] {
    return this.state.get<string[]>(SOURCES_KEY, []).map((path) => vscode.Uri.file(path));
  }

  /** What they are called together: the name of the only one, or how many there are. */
  get label(): string {
    const { uris } = this;
    const [only, ...others] = uris;
    if (only === undefined || others.length > 0) return vscode.l10n.t('{0} sources', uris.length);
    return only.path.slice(only.path.lastIndexOf('/') + 1);
  }

  /** Answers whether any of them is new. */
  async add(uris: readonly vscode.Uri[]): Promise<boolean> {
    const known = this.uris.map(({ fsPath }) => fsPath);
    const added = uris.map(({ fsPath }) => fsPath).filter((path) => !known.includes(path));
    if (added.length > 0) await this.state.update(SOURCES_KEY, [...known, ...added]);
    return added.length > 0;
  }

  async remove(uri: vscode.Uri): Promise<void> {
    const others = this.uris.map(({ fsPath }) => fsPath).filter((path) => path !== uri.fsPath);
    await this.state.update(SOURCES_KEY, others);
  }
}
