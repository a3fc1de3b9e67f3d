import { setTimeout } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { Investigation } from './investigation';

/** Work that is done sooner shows no notification, in ms. */
const PATIENCE_MS = 700;

/** Shows how far the reading of sources is, in a notification that can cancel it. */
export class RunProgress {
  constructor(private readonly investigation: Investigation) {}

  async show(work: () => Promise<unknown>): Promise<void> {
    const done = work();
    const quick = await Promise.race([done.then(() => true), setTimeout(PATIENCE_MS, false)]);
    if (quick) return;
    const title = vscode.l10n.t('Reading the sources');
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    await vscode.window.withProgress(options, async (progress, token) => {
      const listener = this.investigation.onDidChange(() => {
        const { state } = this.investigation;
        if (state.kind !== 'reading' || state.progress === undefined) return;
        const { files, totalFiles, records } = state.progress;
        progress.report({ message: vscode.l10n.t('{0} of {1} files, {2} records', files, totalFiles, records) });
      });
      token.onCancellationRequested(() => this.investigation.cancel());
      await done;
      listener.dispose();
    });
  }
}
