import * as vscode from 'vscode';
import { type LaidOutLog, LogLayouter } from '../../core/events/laidOutLog';
import { english } from '../../core/message';
import type { Problem } from '../../core/problem';
import { pacer } from '../../node/pacer';
import { readFileChunks } from '../../node/readFileChunks';
import { unpack } from '../../node/unpack';
import { zipMembers } from '../../node/zipFile';
import { LOG_SCHEME } from '../common/contributions';
import { Disposables } from '../common/disposables';
import { sourceOf } from './logUri';

/** What is remembered of a file that was laid out: everything but the text. */
export type LaidOutSummary = Omit<LaidOutLog, 'bytes'>;

/** Shows packed and minified logs as read-only text, laid out one field a line. */
export class LogFileSystem extends Disposables implements vscode.FileSystemProvider {
  private readonly changed = this.own(new vscode.EventEmitter<vscode.FileChangeEvent[]>());
  private readonly summaries = new Map<string, LaidOutSummary>();
  readonly onDidChangeFile = this.changed.event;

  constructor() {
    super();
    this.own(
      vscode.workspace.registerFileSystemProvider(LOG_SCHEME, this, { isReadonly: true, isCaseSensitive: true }),
    );
  }

  /** What is known of a document of this file system that was opened. */
  laidOut(uri: vscode.Uri): LaidOutSummary | undefined {
    return this.summaries.get(uri.toString());
  }

  watch(uri: vscode.Uri): vscode.Disposable {
    const source = sourceOf(uri);
    if (source === undefined) return new vscode.Disposable(() => undefined);
    const folder = vscode.Uri.joinPath(source.uri, '..');
    const name = source.uri.path.slice(source.uri.path.lastIndexOf('/') + 1).replace(/[[\]{}*?]/g, '?');
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, name));
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

  /** The file laid out. A damaged file gives what is whole in it; one that gives nothing at all is an error that says why. */
  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const source = requireSource(uri);
    const problems: Problem[] = [];
    const layouter = new LogLayouter(source.part);
    const pause = pacer();
    for await (const chunk of contentOf(source.uri, (problem) => void problems.push(problem))) {
      layouter.push(chunk);
      await pause();
    }
    const { bytes, ...summary } = await layouter.finish(pause);
    const all = [...problems, ...summary.problems];
    this.summaries.set(uri.toString(), { ...summary, problems: all });
    if (bytes.length === 0)
      throw vscode.FileSystemError.Unavailable(all.map(({ message }) => english(message)).join(' '));
    return bytes;
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

function requireSource(uri: vscode.Uri): NonNullable<ReturnType<typeof sourceOf>> {
  const source = sourceOf(uri);
  if (source === undefined) throw vscode.FileSystemError.FileNotFound(uri);
  return source;
}

/** The unpacked content of a file; of a zip archive, that of the files in it one after another. */
async function* contentOf(uri: vscode.Uri, report: (problem: Problem) => void): AsyncGenerator<Uint8Array> {
  const packed = uri.scheme === 'file' ? readFileChunks(uri.fsPath, report) : remoteChunks(uri);
  const { chunks, isZip } = await unpack(packed, report);
  if (!isZip) {
    yield* chunks;
    return;
  }
  for await (const member of zipMembers(uri.fsPath, report))
    yield* (await unpack(member.chunks(report), report)).chunks;
}

async function* remoteChunks(uri: vscode.Uri): AsyncGenerator<Uint8Array> {
  yield await vscode.workspace.fs.readFile(uri);
}
