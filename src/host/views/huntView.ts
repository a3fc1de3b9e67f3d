import * as vscode from 'vscode';
import { parsePattern } from '../../core/patterns/parse';
import { type HuntScope, type HuntToHost, type HuntToWebview, isHuntToHost } from '../../protocol/huntProtocol';
import { COMMANDS, VIEWS } from '../common/contributions';
import { Disposables } from '../common/disposables';
import { reference } from '../common/reference';
import type { HuntResults, HuntTarget } from '../hunt/huntTarget';
import type { PatternStore } from '../hunt/patternStore';
import { showPage } from './webviewPage';

/** What can be looked through just now. */
export interface HuntTargets {
  readonly file: HuntTarget | null;
  readonly investigation: HuntTarget | null;
  readonly onDidChange: vscode.Event<void>;
}

/** Progress is passed on so often at most, in ms: a person sees no more. */
const PROGRESS_MS = 100;

/** The Hunt view's side of the extension host: carries out what the view asks for. */
export class HuntView extends Disposables implements vscode.WebviewViewProvider {
  private view: vscode.WebviewView | undefined;
  private running: AbortController | undefined;
  private results: { readonly run: number; readonly found: HuntResults } | undefined;
  /** What was asked of the view before it was there. */
  private waiting: HuntToWebview[] = [];
  private isReady = false;
  /** The pattern of which a result that is the only one is to be opened. */
  private opensOnly: string | undefined;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly targets: HuntTargets,
    private readonly patterns: PatternStore,
  ) {
    super();
    this.own(targets.onDidChange(() => this.tellScopes()));
    this.own(patterns.onDidChange(() => this.tellPatterns()));
    this.own({ dispose: () => this.running?.abort() });
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.view = view;
    this.isReady = false;
    view.webview.onDidReceiveMessage((data: unknown) => {
      if (isHuntToHost(data)) void this.receive(data);
    });
    view.onDidDispose(() => {
      this.view = undefined;
      this.isReady = false;
      this.running?.abort();
    });
    showPage(view.webview, this.extensionUri, 'hunt', vscode.l10n.t('Hunt'));
  }

  /**
   * Puts a pattern into the view, shows it, and runs it when asked to. A scope of null leaves the view's own. With `opensOnly` a result that is the
   * only one is opened.
   */
  async show(
    pattern: string,
    { run, scope = null, opensOnly = false }: { run: boolean; scope?: HuntScope | null; opensOnly?: boolean },
  ): Promise<void> {
    this.opensOnly = opensOnly ? pattern : undefined;
    await this.tell({ kind: 'pattern', pattern, scope, run });
  }

  /** Adds a condition to the pattern in the view, and runs it. */
  async add(condition: string): Promise<void> {
    await this.tell({ kind: 'add', pattern: condition });
  }

  private async tell(message: HuntToWebview): Promise<void> {
    if (this.isReady) this.post(message);
    else this.waiting = [message];
    await vscode.commands.executeCommand(`${VIEWS.hunt}.focus`);
  }

  private post(message: HuntToWebview): void {
    void this.view?.webview.postMessage(message);
  }

  private async receive(message: HuntToHost): Promise<void> {
    switch (message.kind) {
      case 'ready':
        return this.begin();
      case 'run':
        return this.run(message);
      case 'cancel':
        return this.running?.abort();
      case 'groups': {
        const groups = await this.foundBy(message.run)?.groups(message.grouping);
        if (groups) this.post({ ...message, groups });
        return;
      }
      case 'rows': {
        const { run, grouping, group, from, to } = message;
        const rows = await this.foundBy(run)?.rows(grouping, group, from, to);
        if (rows) this.post({ kind: 'rows', run, group, from, rows });
        return;
      }
      case 'open':
        return this.foundBy(message.run)?.open(message.row, message.keepFocus);
      case 'values':
        return this.tellValues(message.path, message.scope);
      case 'seen':
        return this.tellSeen(message.scope);
      case 'save':
        return this.patterns.save(message.pattern);
      case 'forget':
        return this.patterns.forget(message.name);
      case 'copySql':
        await vscode.commands.executeCommand(COMMANDS.copyPatternAsSql, message.pattern);
        return;
      case 'saveAsRule':
        await vscode.commands.executeCommand(COMMANDS.savePatternAsRule, message.pattern);
        return;
      case 'openSamples':
      case 'addSource':
      case 'openLog':
        await vscode.commands.executeCommand(FOLLOWED[message.kind]);
    }
  }

  private begin(): void {
    this.isReady = true;
    this.post({ kind: 'setup', fields: reference.fields.summaries });
    this.tellPatterns();
    this.tellScopes();
    for (const message of this.waiting.splice(0)) this.post(message);
  }

  private async run({ run, pattern: text, scope }: HuntToHost & { kind: 'run' }): Promise<void> {
    this.running?.abort();
    const { pattern } = parsePattern(text);
    const target = this.targets[scope];
    if (pattern === undefined || target === null) return;
    this.patterns.remember(text);
    const abort = new AbortController();
    this.running = abort;
    let told = 0;
    const report = (progress: { searched: number; total: number | null; matched: number }): void => {
      if (performance.now() - told < PROGRESS_MS) return;
      told = performance.now();
      this.post({ kind: 'progress', run, ...progress });
    };
    const { results, outcome } = target.search(pattern, report, abort.signal);
    this.results = { run, found: results };
    const ended = await outcome;
    this.post({ kind: 'done', run, outcome: ended });
    const opens = this.opensOnly === text && ended.matched === 1;
    this.opensOnly = undefined;
    const [only] = opens ? await results.rows('none', null, 0, 1) : [];
    if (only !== undefined) await results.open(only.id, false);
  }

  private foundBy(run: number): HuntResults | undefined {
    return this.results?.run === run ? this.results.found : undefined;
  }

  private async tellValues(path: string, scope: HuntScope): Promise<void> {
    const values = await this.targets[scope]?.values(path);
    if (values) this.post({ kind: 'values', path, values });
  }

  private async tellSeen(scope: HuntScope): Promise<void> {
    const fields = await this.targets[scope]?.fields();
    if (fields) this.post({ kind: 'seen', fields });
  }

  private tellPatterns(): void {
    this.post({ kind: 'patterns', history: this.patterns.history, saved: this.patterns.saved });
  }

  private tellScopes(): void {
    const { file, investigation } = this.targets;
    this.post({ kind: 'scopes', file: file?.info ?? null, investigation: investigation?.info ?? null });
  }
}

/** Commands that the view's buttons stand for. */
const FOLLOWED = {
  openSamples: COMMANDS.openSamples,
  addSource: COMMANDS.addSource,
  openLog: COMMANDS.openLaidOutLog,
} as const;
