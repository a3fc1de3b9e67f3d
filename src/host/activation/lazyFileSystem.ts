import * as vscode from 'vscode';
import { LOG_SCHEME } from '../common/contributions';
import { Disposables } from '../common/disposables';
import { requireSource } from '../editor/logUri';

/** Lays a file out; see `LogFileSystem`. */
interface FileReader {
  readFile(uri: vscode.Uri): Promise<Uint8Array>;
}

/** The read-only file system of laid-out logs. What lays them out is loaded when the first one is read. */
export class LazyFileSystem extends Disposables implements vscode.FileSystemProvider {
  private readonly changed = this.own(new vscode.EventEmitter<vscode.FileChangeEvent[]>());
  readonly onDidChangeFile = this.changed.event;

  constructor(private readonly load: () => Promise<FileReader>) {
    super();
    this.own(
      vscode.workspace.registerFileSystemProvider(LOG_SCHEME, this, { isReadonly: true, isCaseSensitive: true }),
    );
  }

  /** A change of the file is a change of its laid-out document. */
  watch(uri: vscode.Uri): vscode.Disposable {
    const { uri: file } = requireSource(uri);
    const name = file.path.slice(file.path.lastIndexOf('/') + 1).replace(/[[\]{}*?]/g, '?');
    const watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(vscode.Uri.joinPath(file, '..'), name),
    );
    const tell = (type: vscode.FileChangeType) => () => this.changed.fire([{ type, uri }]);
    watcher.onDidChange(tell(vscode.FileChangeType.Changed));
    watcher.onDidCreate(tell(vscode.FileChangeType.Changed));
    watcher.onDidDelete(tell(vscode.FileChangeType.Deleted));
    return watcher;
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { ctime, mtime, size } = await vscode.workspace.fs.stat(requireSource(uri).uri);
    return { type: vscode.FileType.File, ctime, mtime, size, permissions: vscode.FilePermission.Readonly };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return (await this.load()).readFile(uri);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  writeFile(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  delete(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  rename(): never {
    throw vscode.FileSystemError.NoPermissions();
  }
}
