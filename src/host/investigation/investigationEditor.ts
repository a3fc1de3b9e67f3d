import * as vscode from 'vscode';
import type { EventQuery } from '../../core/table/selection';
import {
  type AskFailure,
  type InvestigationToHost,
  type InvestigationToWebview,
  isInvestigationToHost,
} from '../../protocol/investigationProtocol';
import type { TableCalls, TableQuestion } from '../../protocol/tableProtocol';
import { COMMANDS, INVESTIGATION_EDITOR } from '../common/contributions';
import { Disposables } from '../common/disposables';
import { localize } from '../common/localize';
import { reference } from '../common/reference';
import type { RecordFinder } from '../editor/recordFinder';
import type { PatternStore } from '../hunt/patternStore';
import type { RuleSet } from '../rules/ruleStore';
import { showPage } from '../views/webviewPage';
import type { Investigation } from './investigation';
import { phaseOf } from './openTableInfo';
import { recordDetail } from './recordDetail';
import { showEvent } from './showEvent';
import { isTableError } from './tableClient';
import { copyEvents, exportEvents } from './takeEvents';

/** The editor's tab goes by so many updates a second while sources are read. */
const PROGRESS_MS = 100;

export interface InvestigationEditorParts {
  readonly extensionUri: vscode.Uri;
  readonly investigation: Investigation;
  readonly patterns: PatternStore;
  readonly records: RecordFinder;
  readonly rules: RuleSet;
}

/** The investigation editor's side of the extension host; one editor a window. It passes questions to the table and answers back. */
export class InvestigationEditor extends Disposables implements vscode.WebviewPanelSerializer {
  private panel: vscode.WebviewPanel | undefined;
  private isReady = false;
  /** What was asked of the editor before it was there. */
  private waiting: InvestigationToWebview[] = [];
  private readonly asked = new Map<number, vscode.CancellationTokenSource>();
  private progressDue: ReturnType<typeof setTimeout> | undefined;
  /** Version of the preview that the page was told of last. */
  private previewTold: number | undefined;

  constructor(private readonly parts: InvestigationEditorParts) {
    super();
    this.own(parts.investigation.onDidChange(() => this.phaseChanged()));
    this.own(parts.patterns.onDidChange(() => this.tellHistory()));
    this.own(parts.rules.onDidChange(() => this.isReady && this.tellSetup()));
    this.own({
      dispose: () => {
        clearTimeout(this.progressDue);
        this.panel?.dispose();
      },
    });
  }

  /** Shows the editor, made now when there is none; `query` goes into its pattern box. */
  show(query?: EventQuery): void {
    if (query !== undefined) {
      const message: InvestigationToWebview = { kind: 'show', query };
      if (this.isReady) this.post(message);
      else this.waiting = [message];
    }
    if (this.panel !== undefined) return this.panel.reveal();
    const title = vscode.l10n.t('Investigation');
    const panel = vscode.window.createWebviewPanel(INVESTIGATION_EDITOR, title, vscode.ViewColumn.Active);
    this.attach(panel);
  }

  /** Brings the editor back after a reload; the page keeps its own state. */
  deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    if (this.panel === undefined) this.attach(panel);
    else panel.dispose();
    return Promise.resolve();
  }

  private attach(panel: vscode.WebviewPanel): void {
    const { extensionUri } = this.parts;
    this.panel = panel;
    this.isReady = false;
    const icon = (theme: string): vscode.Uri =>
      vscode.Uri.joinPath(extensionUri, 'media', `investigation-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    panel.webview.onDidReceiveMessage((data: unknown) => {
      if (isInvestigationToHost(data)) void this.receive(data);
    });
    panel.onDidDispose(() => {
      this.panel = undefined;
      this.isReady = false;
      this.cancelAsked();
    });
    showPage(panel.webview, extensionUri, 'investigation', panel.title);
  }

  private post(message: InvestigationToWebview): void {
    void this.panel?.webview.postMessage(message);
  }

  private async receive(message: InvestigationToHost): Promise<void> {
    const { investigation, patterns, records } = this.parts;
    switch (message.kind) {
      case 'ready':
        return this.begin();
      case 'ask':
        // The page is our own and typed: what it asks has the shape that the method wants.
        return this.answer(message, message.method, message.params as never, (result) => result);
      case 'record':
        return this.answer(message, 'record', { row: message.row }, (result) =>
          recordDetail(result, this.parts.rules.catalogue),
        );
      case 'cancelAsk':
        return this.asked.get(message.id)?.cancel();
      case 'openRecord':
        return showEvent(investigation, records, message);
      case 'copy':
        return copyEvents(investigation, message);
      case 'export':
        return exportEvents(investigation, message);
      case 'copyText':
        return vscode.env.clipboard.writeText(message.text);
      case 'remember':
        return patterns.remember(message.pattern);
      case 'save':
        return patterns.save(message.pattern);
      case 'copySql':
        await vscode.commands.executeCommand(COMMANDS.copyPatternAsSql, message.pattern);
        return;
      case 'drop':
        await investigation.add(message.uris.map((uri) => vscode.Uri.parse(uri)).filter(isOnDisk));
        return;
      case 'addFolder':
        await vscode.commands.executeCommand(COMMANDS.investigateFolder);
        return;
      case 'openSamples':
        await investigation.add([vscode.Uri.joinPath(this.parts.extensionUri, 'samples', 'example-trail-bucket')]);
        return;
      case 'refresh':
        return investigation.refresh();
      case 'cancelReading':
        return investigation.cancel();
      case 'read':
        await investigation.open();
    }
  }

  /** Everything the page needs to begin anew: a hidden page forgets what it was told. */
  private begin(): void {
    const { investigation } = this.parts;
    this.isReady = true;
    this.cancelAsked();
    this.tellSetup();
    this.tellHistory();
    this.tellPhase();
    for (const message of this.waiting.splice(0)) this.post(message);
    if (investigation.state.kind === 'closed') void investigation.open();
  }

  private tellSetup(): void {
    const rules = Object.fromEntries([...this.parts.rules.catalogue.rules].map(({ id, title }) => [id, title]));
    const { attack, fields } = reference;
    this.post({ kind: 'setup', fields: fields.summaries, tactics: attack.tactics(attack.tacticIds), rules });
  }

  private async answer<Method extends TableQuestion, Result>(
    { id, version }: { readonly id: number; readonly version: number },
    method: Method,
    params: TableCalls[Method]['request'],
    shape: (result: TableCalls[Method]['result']) => Result,
  ): Promise<void> {
    const cancellation = new vscode.CancellationTokenSource();
    this.asked.set(id, cancellation);
    try {
      const result = await this.parts.investigation.call(method, params, {
        ...{ version, cancellation: cancellation.token },
        onProgress: (progress) => this.post({ kind: 'progress', id, progress }),
      });
      this.post({ kind: 'answer', id, result: shape(result) });
    } catch (error) {
      this.post({ kind: 'failure', id, failure: failureOf(error) });
      if (!isTableError(error)) throw error;
    } finally {
      this.asked.delete(id);
      cancellation.dispose();
    }
  }

  private cancelAsked(): void {
    for (const cancellation of this.asked.values()) cancellation.cancel();
    this.asked.clear();
  }

  private phaseChanged(): void {
    const { state } = this.parts.investigation;
    const version = state.kind === 'reading' ? state.preview?.version : undefined;
    // The first events are waited for.
    if (state.kind !== 'reading' || version !== this.previewTold) {
      clearTimeout(this.progressDue);
      this.progressDue = undefined;
      return this.tellPhase();
    }
    this.progressDue ??= setTimeout(() => {
      this.progressDue = undefined;
      this.tellPhase();
    }, PROGRESS_MS);
  }

  private tellPhase(): void {
    if (!this.isReady) return;
    const { state, sources } = this.parts.investigation;
    this.previewTold = state.kind === 'reading' ? state.preview?.version : undefined;
    this.post({ kind: 'phase', phase: phaseOf(state), sources: sources.map(({ fsPath }) => fsPath) });
  }

  private tellHistory(): void {
    if (this.isReady) this.post({ kind: 'history', history: this.parts.patterns.history });
  }
}

function failureOf(error: unknown): AskFailure {
  if (isTableError(error)) return { kind: error.kind, text: localize(error.text) };
  return { kind: 'failed', text: error instanceof Error ? error.message : String(error) };
}

/** Sources are read by path; other schemes have none. */
function isOnDisk({ scheme }: vscode.Uri): boolean {
  return scheme === 'file';
}
