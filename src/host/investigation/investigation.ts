import * as vscode from 'vscode';
import { type Message, message } from '../../core/message';
import { clearIndexes } from '../../node/index/indexFolder';
import type { OpenProgress, TableCalls, TableFailure, TableInfo, TableQuestion } from '../../protocol/tableProtocol';
import { Disposables } from '../common/disposables';
import { localize } from '../common/localize';
import type { RuleSet } from '../rules/ruleStore';
import type { InvestigationState, ReadingTable } from './investigationState';
import { NewestTable } from './newestTable';
import { RuleAsking } from './ruleAsking';
import { SourceList } from './sourceList';
import { type CallOptions, type TableClient, TableError, startTableWorker } from './tableClient';

const NOT_OPEN: TableFailure = { kind: 'stale', message: message('No sources are open.') };

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
  private readonly list: SourceList;
  private readonly asking: RuleAsking;

  constructor(
    private readonly context: vscode.ExtensionContext,
    rules: RuleSet,
  ) {
    super();
    this.list = new SourceList(context.workspaceState);
    this.asking = new RuleAsking(rules, this.newest, () => this.show());
    this.own(rules.onDidChange(() => void (this.client && this.asking.anew(this.client))));
    this.current = this.sources.length === 0 ? { kind: 'empty' } : { kind: 'closed' };
    this.own({ dispose: () => void this.client?.dispose() });
  }

  get state(): InvestigationState {
    return this.current;
  }

  /** Files and folders on disk, in the order in which they were added. */
  get sources(): readonly vscode.Uri[] {
    return this.list.uris;
  }

  /** What the sources are called together: the name of the only one, or how many there are. */
  get label(): string {
    return this.list.label;
  }

  /** Adds files or folders and reads them. Answers the table, undefined when it could not be made or the user cancelled. */
  async add(uris: readonly vscode.Uri[]): Promise<TableInfo | undefined> {
    if (!(await this.list.add(uris))) return this.open();
    return this.reopen();
  }

  async remove(uri: vscode.Uri): Promise<void> {
    await this.list.remove(uri);
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

  /**
   * Asks the table; it is opened first when need be, and all of it waited for. With a `version`, asks the table that has it or none, which may be the
   * preview. Rejects with a `TableError`.
   */
  async call<Method extends TableQuestion>(
    method: Method,
    params: TableCalls[Method]['request'],
    options: CallOptions<TableCalls[Method]['progress']> = {},
  ): Promise<TableCalls[Method]['result']> {
    const { version } = options;
    const isOfPreview = this.current.kind === 'reading' && this.current.preview?.version === version;
    if (version === undefined) await this.open();
    else if (this.opening === undefined) throw new TableError(NOT_OPEN);
    else if (!isOfPreview) await this.opening;
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
    let reading: ReadingTable = { kind: 'reading', progress: undefined, preview: undefined };
    this.set(reading);
    const options: CallOptions<OpenProgress> = {
      cancellation: cancellation.token,
      onProgress: (progress) => {
        if (this.cancelReading !== cancellation) return;
        const isPreview = progress.phase === 'preview';
        reading = isPreview ? { ...reading, preview: progress.info } : { ...reading, progress };
        this.set(reading);
      },
    };
    try {
      const { table } = this;
      const info = await (method === 'open'
        ? table.call('open', this.openRequest, options)
        : table.call('refresh', null, options));
      // Closed meanwhile, or about to be read anew.
      if (this.cancelReading !== cancellation) return undefined;
      this.newest.open(info);
      this.set(this.newest.ready!);
      void this.save();
      void this.asking.search(table, info);
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
    return { sources: this.sources.map(({ fsPath }) => fsPath), cacheFolder: this.indexFolder, own: this.asking.own };
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

  private set(state: InvestigationState): void {
    this.current = state;
    this.changed.fire();
  }
}
