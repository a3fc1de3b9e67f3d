import * as vscode from 'vscode';
import { clearIndexes } from '../../node/index/indexFolder';
import type { Message } from '../../core/message';
import type { IndexProgress, OwnRules, TableCalls, TableInfo, TableQuestion } from '../../protocol/tableProtocol';
import { Disposables } from '../common/disposables';
import { localize } from '../common/localize';
import type { RuleSet } from '../rules/ruleStore';
import { NewestTable, type ReadyTable } from './newestTable';
import { type CallOptions, type TableClient, TableError, startTableWorker } from './tableClient';

const SOURCES_KEY = 'investigation.sources';

/** How far the investigation is. */
export type InvestigationState =
  | { readonly kind: 'empty' }
  /** There are sources, and nobody has asked about them yet. */
  | { readonly kind: 'closed' }
  | { readonly kind: 'reading'; readonly progress: IndexProgress | undefined }
  | ReadyTable
  | { readonly kind: 'failed'; readonly reason: string };

/**
 * The investigation of this window: its sources, and the table that a worker makes of them. The sources are remembered with the workspace;
 * the table is opened when it is first needed.
 */
export class Investigation extends Disposables {
  private readonly changed = this.own(new vscode.EventEmitter<void>());
  /** The sources, the state or the progress have changed. */
  readonly onDidChange = this.changed.event;
  private client: TableClient | undefined;
  private opening: Promise<TableInfo | undefined> | undefined;
  private cancelReading: vscode.CancellationTokenSource | undefined;
  private current: InvestigationState;
  private readonly newest = new NewestTable();

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly rules: RuleSet,
  ) {
    super();
    this.own(rules.onDidChange(() => void this.ruleAnew()));
    this.current = this.sources.length === 0 ? { kind: 'empty' } : { kind: 'closed' };
    this.own({ dispose: () => void this.client?.dispose() });
  }

  get state(): InvestigationState {
    return this.current;
  }

  /** Files and folders on disk, in the order in which they were added. */
  get sources(): readonly vscode.Uri[] {
    return this.context.workspaceState.get<string[]>(SOURCES_KEY, []).map((path) => vscode.Uri.file(path));
  }

  /** What the sources are called together: the name of the only one, or how many there are. */
  get label(): string {
    const [only, ...others] = this.sources;
    if (only === undefined || others.length > 0) return vscode.l10n.t('{0} sources', this.sources.length);
    return only.path.slice(only.path.lastIndexOf('/') + 1);
  }

  /** Adds files or folders and reads them. Answers the table, undefined when it could not be made or the user cancelled. */
  async add(uris: readonly vscode.Uri[]): Promise<TableInfo | undefined> {
    const known = this.sources.map(({ fsPath }) => fsPath);
    const added = uris.map(({ fsPath }) => fsPath).filter((path) => !known.includes(path));
    if (added.length === 0) return this.open();
    await this.setSources([...known, ...added]);
    return this.reopen();
  }

  async remove(uri: vscode.Uri): Promise<void> {
    await this.setSources(this.sources.map(({ fsPath }) => fsPath).filter((path) => path !== uri.fsPath));
    if (this.sources.length > 0) await this.reopen();
    else await this.close();
  }

  /** Reads what is new or has changed in the sources. */
  async refresh(): Promise<void> {
    if (this.current.kind === 'ready') await (this.opening = this.read('refresh'));
    else await this.reopen();
  }

  /** Ends reading; what was open before stays open. */
  cancel(): void {
    this.cancelReading?.cancel();
  }

  /** The table, made now when it has not been yet. */
  open(): Promise<TableInfo | undefined> {
    if (this.sources.length === 0) return Promise.resolve(undefined);
    return this.opening ?? this.reopen();
  }

  /** Asks the table; it is opened first when need be. Rejects with a `TableError`. */
  async call<Method extends TableQuestion>(
    method: Method,
    params: TableCalls[Method]['request'],
    options: CallOptions<TableCalls[Method]['progress']> = {},
  ): Promise<TableCalls[Method]['result']> {
    await this.open();
    return this.table.call(method, params, options);
  }

  /** Deletes what was saved of this and other investigations; answers how many bytes that were. */
  clearSavedIndexes(): Promise<number> {
    return clearIndexes(this.indexFolder);
  }

  private get indexFolder(): string {
    return vscode.Uri.joinPath(this.context.globalStorageUri, 'indexes').fsPath;
  }

  private get table(): TableClient {
    const script = vscode.Uri.joinPath(this.context.extensionUri, 'dist', 'worker', 'tableWorker.js');
    return (this.client ??= startTableWorker(script.fsPath, (reason) => this.workerDied(reason)));
  }

  /** The next to ask starts another worker. */
  private workerDied(reason: Message): void {
    this.client = undefined;
    this.newest.close();
    // What was being read fails by itself.
    if (this.current.kind !== 'ready') return;
    this.opening = undefined;
    this.set({ kind: 'failed', reason: localize(reason) });
  }

  private reopen(): Promise<TableInfo | undefined> {
    this.cancelReading?.cancel();
    return (this.opening = this.read('open'));
  }

  private async read(method: 'open' | 'refresh'): Promise<TableInfo | undefined> {
    const cancellation = new vscode.CancellationTokenSource();
    this.cancelReading = cancellation;
    this.set({ kind: 'reading', progress: undefined });
    const options: CallOptions<IndexProgress> = {
      cancellation: cancellation.token,
      onProgress: (progress) => {
        if (this.cancelReading === cancellation) this.set({ kind: 'reading', progress });
      },
    };
    try {
      const info = await (method === 'open'
        ? this.table.call('open', this.openRequest, options)
        : this.table.call('refresh', null, options));
      this.newest.open(info);
      if (this.cancelReading === cancellation) this.set(this.newest.ready!);
      void this.save();
      void this.searchRules(info);
      return info;
    } catch (error) {
      if (!(error instanceof TableError)) throw error;
      // Reading that was begun anew tells for itself.
      if (this.cancelReading === cancellation) this.failed(error);
      return undefined;
    } finally {
      cancellation.dispose();
    }
  }

  /** Keeps what was read for the next time, while it is being looked at. */
  private async save(): Promise<void> {
    // Whatever ends the worker ends the saving.
    const problem = await this.client?.call('save', null).catch(() => null);
    this.newest.saved(problem ?? null);
    if (problem !== undefined && problem !== null) this.show();
  }

  /** Has the findings worked out anew when the rules of one's own or the mutes have changed, also while sources are being read. */
  private async ruleAnew(): Promise<void> {
    const info = await this.byRules((client) => client.call('rules', this.ownRules));
    if (info !== null) await this.searchRules(info);
  }

  /** Has the rules asked of the records that need them: the screen shows the other findings meanwhile. */
  private async searchRules({ rulesToSearch }: TableInfo): Promise<void> {
    if (rulesToSearch > 0) await this.byRules((client) => client.call('searchRules', null));
  }

  /** Shows what comes of rules that are asked, or why nothing does. */
  private async byRules(ask: (client: TableClient) => Promise<TableInfo | null>): Promise<TableInfo | null> {
    const { client } = this;
    if (client === undefined) return null;
    const version = this.newest.ready?.info.version;
    try {
      const info = await ask(client);
      if (info !== null) this.newest.ruled(info);
      this.show();
      return info;
    } catch (error) {
      if (!(error instanceof TableError)) throw error;
      if (error.kind !== 'cancelled' && error.kind !== 'stale') {
        this.newest.failedToAsk(version, localize(error.text));
        this.show();
      }
      return null;
    }
  }

  /** Shows what has become of the table that is open; while sources are read, only once that was cancelled. */
  private show(): void {
    const { ready } = this.newest;
    if (this.current.kind !== 'ready' || ready === undefined) return;
    this.opening = Promise.resolve(ready.info);
    this.set(ready);
  }

  private failed(error: TableError): void {
    const { ready } = this.newest;
    this.opening = undefined;
    if (error.kind !== 'cancelled') {
      this.newest.close();
      this.set({ kind: 'failed', reason: localize(error.text) });
    } else if (ready !== undefined) {
      this.opening = Promise.resolve(ready.info);
      this.set(ready);
    } else this.set({ kind: 'closed' });
  }

  private get openRequest(): TableCalls['open']['request'] {
    return { sources: this.sources.map((uri) => uri.fsPath), cacheFolder: this.indexFolder, own: this.ownRules };
  }

  private get ownRules(): OwnRules {
    const { standing, mutes } = this.rules.catalogue;
    return { rules: standing.filter(({ origin }) => origin === 'own'), mutes: mutes.all };
  }

  private async close(): Promise<void> {
    this.cancelReading?.cancel();
    // What was being read is no longer asked for: its end changes nothing.
    this.cancelReading = undefined;
    const { client } = this;
    this.client = undefined;
    this.opening = undefined;
    this.newest.close();
    this.set({ kind: 'empty' });
    await client?.dispose();
  }

  private async setSources(paths: readonly string[]): Promise<void> {
    await this.context.workspaceState.update(SOURCES_KEY, paths);
  }

  private set(state: InvestigationState): void {
    this.current = state;
    this.changed.fire();
  }
}
