import * as vscode from 'vscode';
import {
  type IntegrityState,
  type IntegrityToHost,
  type IntegrityToWebview,
  isIntegrityToHost,
} from '../../protocol/integrityProtocol';
import { COMMANDS, VIEWS } from '../common/contributions';
import { Disposables } from '../common/disposables';
import type { FolderWatch } from '../integrity/folderWatch';
import type { IntegritySession } from '../integrity/integritySession';
import { exportReport } from '../integrity/exportReport';
import { type ShownReport, shownReport } from '../integrity/reportView';
import { showPage } from './webviewPage';

/** Progress is passed on so often at most, in ms: a person sees no more. */
const PROGRESS_MS = 100;

/** The Integrity view's side of the extension host. */
export class IntegrityView extends Disposables implements vscode.WebviewViewProvider {
  private view: vscode.WebviewView | undefined;
  private shown: { readonly of: object; readonly report: ShownReport } | undefined;
  private told = 0;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly session: IntegritySession,
    private readonly watch: () => FolderWatch,
  ) {
    super();
    this.own(session.onDidChange(() => this.tell()));
    this.own(
      session.onProgress((progress) => {
        if (performance.now() - this.told < PROGRESS_MS) return;
        this.told = performance.now();
        this.post({ kind: 'progress', progress });
      }),
    );
    this.own(vscode.workspace.onDidGrantWorkspaceTrust(() => this.tell()));
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.view = view;
    view.webview.onDidReceiveMessage((data: unknown) => {
      if (isIntegrityToHost(data)) void this.receive(data);
    });
    view.onDidDispose(() => (this.view = undefined));
    showPage(view.webview, this.extensionUri, 'integrity', vscode.l10n.t('Integrity'));
  }

  /** Brings the view to the front. */
  async reveal(): Promise<void> {
    await vscode.commands.executeCommand(`${VIEWS.integrity}.focus`);
  }

  /** Sends all that the view shows. */
  tell(): void {
    this.post({ kind: 'state', state: this.state() });
  }

  private post(message: IntegrityToWebview): void {
    void this.view?.webview.postMessage(message);
  }

  private state(): IntegrityState {
    const { session } = this;
    const { inputs } = session;
    return {
      phase: session.isRunning ? 'running' : 'idle',
      folder: inputs.info('folder'),
      keys: inputs.info('keys'),
      signatures: inputs.info('signatures'),
      report: this.report()?.view ?? null,
      failure: session.failure ?? null,
      watching: this.watch().isOn,
      trusted: vscode.workspace.isTrusted,
    };
  }

  private report(): ShownReport | undefined {
    const { last } = this.session;
    if (last === undefined) return undefined;
    if (this.shown?.of !== last) this.shown = { of: last, report: shownReport(last.report, last.origin.time) };
    return this.shown.report;
  }

  private async receive(message: IntegrityToHost): Promise<void> {
    const { session } = this;
    switch (message.kind) {
      case 'ready':
        return this.tell();
      case 'run':
        await session.run();
        return;
      case 'cancel':
        return session.cancel();
      case 'choose':
        if ((await session.inputs.choose(message.input)) && session.inputs.folder !== undefined) await session.run();
        return;
      case 'clear':
        return session.inputs.use(message.input, undefined);
      case 'openProblem':
        return openFile(this.report()?.problems[message.problem]?.path);
      case 'openSegment':
        return openFile(this.report()?.view.chains[message.chain]?.segments[message.segment]?.path);
      case 'export':
        if (session.last !== undefined) await exportReport(session.last, message.format);
        return;
      case 'trust':
        await vscode.commands.executeCommand('workbench.trust.manage');
        return;
      case 'watch':
      case 'fetchKeys':
      case 'fetchSignatures':
      case 'openSamples':
        await vscode.commands.executeCommand(FOLLOWED[message.kind]);
    }
  }
}

/** Commands that the view's buttons stand for. */
const FOLLOWED = {
  watch: COMMANDS.watchIntegrity,
  fetchKeys: COMMANDS.fetchDigestKeys,
  fetchSignatures: COMMANDS.fetchDigestSignatures,
  openSamples: COMMANDS.openSamples,
} as const;

async function openFile(path: string | null | undefined): Promise<void> {
  if (path !== undefined && path !== null) await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(path));
}
