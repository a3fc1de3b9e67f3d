import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { IntegrityReport } from '../../core/integrity/report';
import { Disposables } from '../common/disposables';
import type { FinishedRun } from './integrityRun';
import type { IntegritySession } from './integritySession';

/** Copying brings many files at once: they are looked at when it rests. */
const REST_MS = 1500;
const COPIED_FILES = '**/*.{json,json.gz}';

/** Validates again whenever files of the copy change, and warns of what turned invalid or missing, of each file once. */
export class FolderWatch extends Disposables {
  private readonly changed = this.own(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changed.event;
  private watcher: vscode.Disposable | undefined;
  private timer: NodeJS.Timeout | undefined;
  /** What is known to be broken; undefined until the first validation since watching began: that one warns of nothing. */
  private known: Set<string> | undefined;
  private examined: FinishedRun | undefined;

  constructor(
    private readonly session: IntegritySession,
    private readonly show: () => unknown,
  ) {
    super();
    this.own({ dispose: () => this.stop() });
    this.own(session.onDidChange(() => void this.examine()));
    this.own(
      session.inputs.onDidChange(() => {
        if (this.isOn) this.watchFolder();
      }),
    );
  }

  get isOn(): boolean {
    return this.watcher !== undefined;
  }

  /** Begins to watch the chosen folder; what is wrong in it already is not warned of. */
  async start(): Promise<void> {
    this.watchFolder();
    if (this.isOn && this.session.last === undefined) await this.session.run();
    else await this.examine();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.watcher?.dispose();
    this.watcher = undefined;
    this.known = undefined;
    this.changed.fire();
  }

  private watchFolder(): void {
    this.stop();
    const { folder } = this.session.inputs;
    if (folder === undefined) return;
    const watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(vscode.Uri.file(folder), COPIED_FILES),
    );
    const soon = (): void => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.session.run(), REST_MS);
    };
    this.watcher = vscode.Disposable.from(
      watcher,
      watcher.onDidChange(soon),
      watcher.onDidCreate(soon),
      watcher.onDidDelete(soon),
    );
    this.changed.fire();
  }

  /** Looks at a validation that came to an end, whoever asked for it. */
  private async examine(): Promise<void> {
    const { last, isRunning } = this.session;
    if (!this.isOn || isRunning || last === undefined || last === this.examined || last.report.cancelled) return;
    this.examined = last;
    const broken = [...brokenKeys(last.report)];
    const { known } = this;
    this.known = new Set([...(known ?? []), ...broken]);
    if (known !== undefined) await this.warn(broken.filter((key) => !known.has(key)));
  }

  private async warn(broken: readonly string[]): Promise<void> {
    const [first] = broken;
    if (first === undefined) return;
    const text =
      broken.length === 1
        ? vscode.l10n.t('CloudTrail integrity: {0} turned invalid or is missing.', basename(first))
        : vscode.l10n.t(
            'CloudTrail integrity: {0} files turned invalid or are missing, {1} among them.',
            ...[broken.length, basename(first)],
          );
    const open = vscode.l10n.t('Show');
    if ((await vscode.window.showWarningMessage(text, open)) === open) this.show();
  }
}

function* brokenKeys({ chains }: IntegrityReport): Generator<string> {
  for (const { digests } of chains) {
    for (const digest of digests) {
      if (digest.check !== null) yield digest.key;
      for (const log of digest.logs) if (log.check !== null) yield log.key;
    }
  }
}
