import { setImmediate } from 'node:timers/promises';
import { parsePattern } from '../core/patterns/parse';
import type { Pattern } from '../core/patterns/ast';
import type { Catalogue } from '../core/rules/catalogue';
import { message } from '../core/message';
import type { TableData } from '../core/table/columns';
import type { EventQuery, Selection } from '../core/table/selection';
import { Table } from '../core/table/table';
import { findRules } from '../core/table/findRules';
import { Views } from '../core/table/views';
import type { LiveSelection } from '../core/table/liveSelection';
import { pacer } from '../node/pacer';
import type { RecordPool } from '../node/table/recordPool';
import { Selections } from '../node/table/selections';
import type { ScanProgress } from '../protocol/tableProtocol';
import { Failure, throwIfAborted } from './failure';

/** How often the host is told how far a search is. */
const PROGRESS_MS = 100;

/** What the screen shows at first. */
const FIRST_FIELDS = [
  ...(['severity', 'eventName', 'eventSource', 'identityType', 'principal', 'sourceIPAddress', 'awsRegion'] as const),
  ...(['accountId', 'errorCode', 'userAgent', 'readOnly'] as const),
];

/** A question under way. */
export interface Asking {
  readonly signal: AbortSignal;
  readonly progress: (progress: unknown) => void;
}

/** One version of a table with what is worked out from it: asked until the next version takes its place. */
export class OpenTable {
  readonly table: Table;
  private readonly selections: Selections;
  private isDisposed = false;

  private constructor(
    readonly views: Views,
    readonly pool: RecordPool,
  ) {
    this.table = views.table;
    this.selections = new Selections(views, pool.scan, pacer());
  }

  /** Asks all rules of the table and makes it ready. */
  static async of(data: TableData, catalogue: Catalogue, pool: RecordPool): Promise<OpenTable> {
    const table = new Table(data);
    const findings = await findRules(table, catalogue.standing, pacer());
    const open = new OpenTable(new Views(table, findings), pool);
    void open.warm();
    return open;
  }

  /** Makes what the screen is going to ask for first, between questions. */
  private async warm(): Promise<void> {
    for (const field of FIRST_FIELDS) {
      await setImmediate();
      if (this.isDisposed) return;
      this.views.column(field);
    }
  }

  /** The rows of a query once all are known. */
  async select(query: EventQuery, asking: Asking): Promise<Selection> {
    return (await this.complete(query, asking)).current;
  }

  /** As {@link select}, with how it was found. */
  async complete(query: EventQuery, { signal, progress }: Asking): Promise<LiveSelection> {
    const pattern = patternOf(query);
    const live = this.selections.select(query, pattern);
    let told = 0;
    const unwatch = live.watch(() => {
      const now = performance.now();
      if (now - told < PROGRESS_MS) return;
      told = now;
      const { scanned, toScan, count } = live.state;
      progress({ scanned, toScan, count } satisfies ScanProgress);
    });
    try {
      await this.selections.complete(query, pattern, signal);
    } finally {
      unwatch();
    }
    throwIfAborted(signal);
    return live;
  }

  /** The rows of a query as far as they are known. */
  partial(query: EventQuery): LiveSelection {
    return this.selections.select(query, patternOf(query));
  }

  dispose(): void {
    this.isDisposed = true;
    this.selections.dispose();
  }
}

function patternOf(query: EventQuery): Pattern {
  const { pattern, errors } = parsePattern(query.pattern);
  if (pattern !== undefined) return pattern;
  throw new Failure({ kind: 'pattern', message: errors[0]?.message ?? message('The pattern is not valid.'), errors });
}
