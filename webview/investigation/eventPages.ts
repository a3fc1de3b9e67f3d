import type { Severity } from '../../src/core/rules/severity';
import type { CellField } from '../../src/core/table/pages';
import type { EventQuery } from '../../src/core/table/selection';
import type { SortOrder } from '../../src/core/table/sortRows';
import type { PageResult } from '../../src/protocol/tableProtocol';
import type { Asker } from './asker';

/** Rows asked for at a time. */
export const PAGE_ROWS = 200;
/** Pages kept: what was on screen lately. */
const MOST_PAGES = 40;

/** Which rows the grid shows, and what of them. */
export interface PageQuery {
  /** Of the table. */
  readonly version: number;
  readonly query: EventQuery;
  readonly sort: SortOrder | undefined;
  readonly fields: readonly CellField[];
}

/** One event as a row of the grid. */
export interface EventRow {
  /** The table's number of it, which holds for this version of the table. */
  readonly row: number;
  readonly version: number;
  /** Epoch milliseconds; null for none. */
  readonly time: number | null;
  readonly severity: Severity | null;
  /** Null: the event has none. Undefined: not here yet. */
  cell(field: CellField): string | null | undefined;
}

interface KnownPage extends PageResult {
  readonly version: number;
}

/** The rows that are on screen or were lately, page by page. */
export class EventPages {
  private pages = new Map<number, KnownPage>();
  /** What was shown before, until the first page of what is asked for now has come. */
  private earlier = new Map<number, KnownPage>();
  private readonly asked = new Set<number>();
  private current: PageQuery | undefined;

  constructor(
    private readonly asker: Asker,
    private readonly changed: () => void,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** Shows the rows of another query. */
  show(query: PageQuery): void {
    for (const page of this.asked) this.asker.cancel(slotOf(page));
    this.asked.clear();
    if (this.pages.size > 0) this.earlier = this.pages;
    this.pages = new Map();
    this.current = query;
  }

  /** More rows are known than before: pages that were not full are asked for again. */
  grown(): void {
    for (const [page, { rows }] of this.pages) if (rows.length < PAGE_ROWS) this.pages.delete(page);
  }

  /** The event at a position of the grid; undefined while it is on its way. */
  at(position: number): EventRow | undefined {
    const number = Math.floor(position / PAGE_ROWS);
    const page = this.pages.get(number) ?? this.earlier.get(number);
    const index = position % PAGE_ROWS;
    if (page === undefined || index >= page.rows.length) return undefined;
    const time = page.times[index]!;
    return {
      row: page.rows[index]!,
      version: page.version,
      time: Number.isNaN(time) ? null : time,
      severity: page.severities[index] ?? null,
      cell: (field) => page.cells[field]?.[index],
    };
  }

  /** True when the position shows what is asked for now. */
  isCurrent(position: number): boolean {
    return this.pages.has(Math.floor(position / PAGE_ROWS));
  }

  /** Asks for the rows `[from, to)` that are not here; what was asked for and is far from them is given up. */
  fetch(from: number, to: number): void {
    const { current } = this;
    if (current === undefined || to <= from) return;
    const [first, last] = [Math.floor(from / PAGE_ROWS), Math.floor((to - 1) / PAGE_ROWS)];
    for (const page of this.asked) {
      if (page >= first - 1 && page <= last + 1) continue;
      this.asked.delete(page);
      this.asker.cancel(slotOf(page));
    }
    for (let page = first; page <= last; page++) {
      if (!this.pages.has(page) && !this.asked.has(page)) void this.ask(page, current);
    }
  }

  private async ask(page: number, current: PageQuery): Promise<void> {
    this.asked.add(page);
    const { query, sort, fields, version } = current;
    const request = { query, fields, from: page * PAGE_ROWS, count: PAGE_ROWS, partial: true };
    try {
      const result = await this.asker.ask('page', sort ? { ...request, sort } : request, { slot: slotOf(page) });
      if (current !== this.current) return;
      this.asked.delete(page);
      this.earlier.clear();
      this.pages.delete(page);
      this.pages.set(page, { ...result, version });
      const [oldest] = this.pages.keys();
      if (this.pages.size > MOST_PAGES) this.pages.delete(oldest!);
      this.changed();
    } catch (error) {
      if (current === this.current) {
        this.asked.delete(page);
        this.failed(error);
      }
    }
  }
}

function slotOf(page: number): string {
  return `page ${page}`;
}
