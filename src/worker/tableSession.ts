import type { ErrorCodes } from '../core/events/errorCodes';
import { message } from '../core/message';
import type { Catalogue } from '../core/rules/catalogue';
import { Mutes } from '../core/rules/mutes';
import type { RecordPool } from '../node/table/recordPool';
import type {
  FileProblems,
  OpenProgress,
  OpenRequest,
  OwnRules,
  TableCalls,
  TableInfo,
  TableMethod,
  TableRequest,
} from '../protocol/tableProtocol';
import { CANCELLED, Failure, STALE, throwIfAborted } from './failure';
import { type Asking, OpenTable, type TableRules } from './openTable';
import { tableAnswers } from './tableAnswers';
import { infoOf, rulesProgress } from './tableInfo';
import type { IndexReader, ReadIndex } from './readIndex';

export interface SessionParts {
  readonly readIndex: IndexReader;
  readonly catalogue: Catalogue;
  readonly errorCodes: ErrorCodes;
  newPool(): RecordPool;
}

/** What is open, and what is asked of it. */
export class TableSession {
  private readonly answers: ReturnType<typeof tableAnswers>;
  private request: OpenRequest | undefined;
  private index: ReadIndex | undefined;
  private open: OpenTable | undefined;
  /** For all tables, one after another; it has no workers until some are needed. */
  private pool: RecordPool | undefined;
  /** The first events of what is being read, by version. */
  private readonly previews = new Map<number, OpenTable>();
  /** That of {@link open}, and the last one given away. */
  private version = 0;
  private newestVersion = 0;
  private findingsVersion = 0;
  private own: OwnRules = NO_OWN_RULES;
  private unsaved: ReadIndex['save'];
  private saving: Promise<FileProblems | null> = Promise.resolve(null);

  constructor(private readonly parts: SessionParts) {
    this.answers = tableAnswers(parts.errorCodes);
  }

  /** Answers a question; throws a {@link Failure} where it cannot. */
  async answer({ method, params, version }: TableRequest, asking: Asking): Promise<TableCalls[TableMethod]['result']> {
    throwIfAborted(asking.signal);
    switch (method) {
      case 'open':
        return this.read(params, undefined, asking);
      case 'refresh':
        if (this.request === undefined) throw new Failure(NOTHING_OPEN);
        return this.read(this.request, this.index, asking);
      case 'save':
        return this.save();
      case 'rules':
        this.own = params;
        return this.ruleAnew();
      case 'searchRules':
        return this.searchRules(asking);
      case 'close':
        await this.close();
        return null;
      default: {
        const answer = this.answers[method] as (open: OpenTable, params: unknown, asking: Asking) => Promise<never>;
        return answer(this.tableOf(version), params, asking);
      }
    }
  }

  /** The table of a version; by default the one of all events. */
  private tableOf(version = this.version): OpenTable {
    const table = version === this.version ? this.open : this.previews.get(version);
    if (table !== undefined) return table;
    throw new Failure(this.open === undefined ? NOTHING_OPEN : STALE);
  }

  async close(): Promise<void> {
    const { open, pool } = this;
    this.request = undefined;
    this.index = undefined;
    this.unsaved = undefined;
    this.own = NO_OWN_RULES;
    this.open = undefined;
    open?.dispose();
    for (const version of this.previews.keys()) this.endPreview(version);
    this.pool = undefined;
    await pool?.dispose();
  }

  /** One index after another, so that the newest is the one that stays. */
  private save(): Promise<FileProblems | null> {
    const { unsaved } = this;
    this.unsaved = undefined;
    if (unsaved !== undefined) this.saving = this.saving.then(unsaved);
    return this.saving;
  }

  /** The table that is open stays so until the new one is ready, and when there will be none. */
  private async read(request: OpenRequest, previous: ReadIndex | undefined, asking: Asking): Promise<TableInfo> {
    if (previous === undefined) this.own = request.own ?? NO_OWN_RULES;
    let previewed: number | undefined;
    const { signal, progress } = asking;
    const preview = async (index: ReadIndex, unwanted: AbortSignal): Promise<void> => {
      const version = (previewed = ++this.newestVersion);
      const info = await this.openPreview(version, request, index, unwanted);
      if (info !== undefined) progress({ phase: 'preview', info } satisfies OpenProgress);
    };
    try {
      // Whoever has a table at hand keeps it until the new one is there.
      const meanwhile = { signal, progress, preview: this.open === undefined ? preview : undefined };
      const index = await this.parts.readIndex(request, previous, meanwhile);
      return await this.openIndex(request, index, previous, asking);
    } finally {
      if (previewed !== undefined) this.endPreview(previewed);
    }
  }

  private async openIndex(
    request: OpenRequest,
    index: ReadIndex,
    previous: ReadIndex | undefined,
    asking: Asking,
  ): Promise<TableInfo> {
    throwIfAborted(asking.signal);
    asking.progress(rulesProgress(index));
    const pool = this.poolOfAll();
    // A refresh without news has the same table, of which some is known.
    const same = this.open?.table.data === index.table ? this.open : undefined;
    const open = await this.byOwnRules((rules) => same?.withRules(rules) ?? OpenTable.of(index.table, rules, pool));
    // Closing ended the pool.
    if (asking.signal.aborted || this.pool !== pool) {
      open.dispose();
      throw new Failure(CANCELLED);
    }
    this.request = request;
    this.index = index;
    // What was not saved yet has to be all the same when nothing is new; why it could not be is told again.
    this.unsaved = index.save ?? this.unsaved;
    if (previous === undefined) this.saving = this.saving.then(() => null);
    this.version = ++this.newestVersion;
    return this.show(open);
  }

  private poolOfAll(): RecordPool {
    return (this.pool ??= this.parts.newPool());
  }

  /** Opens the first events, unless they are not wanted any more by then. */
  private async openPreview(
    version: number,
    request: OpenRequest,
    index: ReadIndex,
    unwanted: AbortSignal,
  ): Promise<TableInfo | undefined> {
    const pool = this.poolOfAll();
    const open = await this.byOwnRules((rules) => OpenTable.of(index.table, rules, pool));
    if (unwanted.aborted || this.pool !== pool) {
      open.dispose();
      return undefined;
    }
    this.previews.set(version, open);
    return { version, findingsVersion: 0, ...infoOf(request, index, open) };
  }

  private endPreview(version: number): void {
    this.previews.get(version)?.dispose();
    this.previews.delete(version);
  }

  /** Works the findings out anew. A table that was read meanwhile has them already. */
  private async ruleAnew(): Promise<TableInfo | null> {
    const { open } = this;
    if (open === undefined) return null;
    const next = await this.byOwnRules((rules) => open.withRules(rules));
    if (this.open === open) return this.show(next);
    next.dispose();
    return this.info();
  }

  /** Asks rules of one's own of the records, for as long as the table and the rules stay. Where nothing meets them, the findings stay. */
  private async searchRules({ signal }: Asking): Promise<TableInfo | null> {
    const { open } = this;
    if (open === undefined || open.rulesToSearch === 0) return null;
    const found = await open.searchRules(AbortSignal.any([signal, open.signal]));
    if (found === undefined) return null;
    return found > 0 ? this.ruleAnew() : this.info();
  }

  /** The table that `make` makes by the rules of one's own as they are in the end: they may change meanwhile. */
  private async byOwnRules(make: (rules: TableRules) => Promise<OpenTable>): Promise<OpenTable> {
    for (;;) {
      const { own } = this;
      const mutes = new Mutes(own.mutes, Date.now());
      const open = await make({ builtIn: this.parts.catalogue.standing, own: own.rules, mutes });
      if (own === this.own) return open;
      open.dispose();
    }
  }

  /** Puts a table in the place of the one before. */
  private show(open: OpenTable): TableInfo {
    this.open?.dispose();
    this.open = open;
    this.findingsVersion++;
    return this.info()!;
  }

  private info(): TableInfo | null {
    const { request, index, open } = this;
    if (request === undefined || index === undefined || open === undefined) return null;
    return { version: this.version, findingsVersion: this.findingsVersion, ...infoOf(request, index, open) };
  }
}

const NO_OWN_RULES: OwnRules = { rules: [], mutes: [] };
const NOTHING_OPEN = { kind: 'stale', message: message('No sources are open.') } as const;
