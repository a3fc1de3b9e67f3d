import { setImmediate } from 'node:timers/promises';
import { parsePattern } from '../core/patterns/parse';
import type { Pattern } from '../core/patterns/ast';
import type { Mutes } from '../core/rules/mutes';
import type { Rule } from '../core/rules/rule';
import { message } from '../core/message';
import type { TableData } from '../core/table/columns';
import type { EventQuery, Selection } from '../core/table/selection';
import { Table } from '../core/table/table';
import { findRules } from '../core/table/findRules';
import type { TableFindings } from '../core/table/tableFindings';
import { Views } from '../core/table/views';
import type { LiveSelection } from '../core/table/liveSelection';
import { pacer } from '../node/pacer';
import type { RecordPool } from '../node/table/recordPool';
import { RuleSearch } from '../node/table/ruleSearch';
import { Selections } from '../node/table/selections';
import type { ScanProgress } from '../protocol/tableProtocol';
import { Failure, STALE, throwIfAborted } from './failure';

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

/** The rules by which the findings of a table are worked out. */
export interface TableRules {
  readonly builtIn: readonly Rule[];
  /** Rules of one's own that one record alone meets. */
  readonly own: readonly Rule[];
  readonly mutes: Mutes;
}

function findingsOf(table: Table, { builtIn, own, mutes }: TableRules, search: RuleSearch): Promise<TableFindings> {
  return findRules(table, [...builtIn, ...own], pacer(), { mutes, found: search.found(own) });
}

/** One version of a table with what is worked out from it: asked until the next version takes its place. */
export class OpenTable {
  readonly table: Table;
  private readonly selections: Selections;
  private readonly end = new AbortController();

  private constructor(
    readonly views: Views,
    readonly pool: RecordPool,
    private readonly rules: TableRules,
    private readonly search: RuleSearch,
  ) {
    this.table = views.table;
    this.selections = new Selections(views, pool.scan, pacer());
    void this.warm();
  }

  /** Asks all rules of the table and makes it ready. */
  static async of(data: TableData, rules: TableRules, pool: RecordPool): Promise<OpenTable> {
    const table = new Table(data);
    const search = new RuleSearch(table, pool.scan);
    return new OpenTable(new Views(table, await findingsOf(table, rules, search)), pool, rules, search);
  }

  /** The same table with the findings of these rules, as far as they are known. */
  async withRules(rules: TableRules): Promise<OpenTable> {
    const findings = await findingsOf(this.table, rules, this.search);
    return new OpenTable(this.views.withFindings(findings), this.pool, rules, this.search);
  }

  /** How many rules of one's own need the records and have not been asked of them. */
  get rulesToSearch(): number {
    return this.search.missing(this.rules.own).size;
  }

  /** Asks them; {@link withRules} then knows of it. Answers how often they were met, undefined when it was aborted. */
  searchRules(signal: AbortSignal): Promise<number | undefined> {
    return this.search.search(this.rules.own, signal);
  }

  /** Makes what the screen is going to ask for first, between questions. */
  private async warm(): Promise<void> {
    for (const field of FIRST_FIELDS) {
      await setImmediate();
      if (this.end.signal.aborted) return;
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
    if (this.end.signal.aborted && !live.isComplete) throw new Failure(STALE);
    return live;
  }

  /** The rows of a query as far as they are known. */
  partial(query: EventQuery): LiveSelection {
    return this.selections.select(query, patternOf(query));
  }

  /** Aborted when another takes its place. */
  get signal(): AbortSignal {
    return this.end.signal;
  }

  dispose(): void {
    this.end.abort();
    this.selections.dispose();
  }
}

function patternOf(query: EventQuery): Pattern {
  const { pattern, errors } = parsePattern(query.pattern);
  if (pattern !== undefined) return pattern;
  throw new Failure({ kind: 'pattern', message: errors[0]?.message ?? message('The pattern is not valid.'), errors });
}
