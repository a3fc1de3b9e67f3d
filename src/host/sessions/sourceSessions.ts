import * as vscode from 'vscode';
import { Disposables } from '../common/disposables';
import { FileSessions, type ReadProgress } from './fileSessions';
import type { OpenSessions } from './openSessions';

const PROGRESS_MS = 100;

/** Reads the sessions of files and folders, and has the editor and the Sessions view use them. */
export class SourceSessions extends Disposables {
  private reading: AbortController | undefined;

  constructor(private readonly sessions: OpenSessions) {
    super();
    this.own({ dispose: () => this.reading?.abort() });
  }

  /**
   * Reads `paths`, in place of what was read before, with progress and a way to cancel; what was read until then is used. No paths: only
   * the open logs count again. Answers undefined when another reading was begun meanwhile.
   */
  async use(paths: readonly string[]): Promise<FileSessions | undefined> {
    this.reading?.abort();
    if (paths.length === 0) {
      this.sessions.investigation = undefined;
      return undefined;
    }
    const abort = new AbortController();
    this.reading = abort;
    const title = vscode.l10n.t('Reading sessions');
    const location = vscode.ProgressLocation.Notification;
    const read = await vscode.window.withProgress({ location, title, cancellable: true }, (progress, cancel) => {
      cancel.onCancellationRequested(() => abort.abort());
      return FileSessions.read(paths, reporter(progress), abort.signal);
    });
    if (this.reading !== abort) return undefined;
    this.sessions.investigation = read;
    return read;
  }
}

/** Tells progress, but not for every record. */
function reporter(progress: vscode.Progress<{ message: string }>): (read: ReadProgress) => void {
  let told = 0;
  return ({ files, records }) => {
    if (performance.now() - told < PROGRESS_MS) return;
    told = performance.now();
    progress.report({ message: vscode.l10n.t('{0} records of {1} files', records, files) });
  };
}
