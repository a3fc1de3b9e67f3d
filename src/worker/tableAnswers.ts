import { decodeUtf8 } from '../core/json/bytes';
import { message } from '../core/message';
import type { ErrorCodes } from '../core/events/errorCodes';
import { severityRank } from '../core/rules/severity';
import { facet } from '../core/table/facets';
import { recordsByFile } from '../core/table/fileRecords';
import { histogram } from '../core/table/histogram';
import { rowsOfUuid } from '../core/table/idTest';
import { overview } from '../core/table/overview';
import { readPage } from '../core/table/pages';
import type { Selection } from '../core/table/selection';
import { type SortOrder, sortRows } from '../core/table/sortRows';
import { datedRows } from '../core/table/timeRange';
import { isUuid } from '../core/table/uuid';
import { seenValues } from '../core/table/values';
import { pacer } from '../node/pacer';
import type { ReadRecords } from '../node/table/recordTasks';
import type { RuleCount, TableCalls, TableQuestion } from '../protocol/tableProtocol';
import { writeExport } from './exportRows';
import { Failure, STALE, throwIfAborted } from './failure';
import type { Asking, OpenTable } from './openTable';

/** Rows of one page at most. */
const MOST_ROWS = 1000;

type Answers = {
  [Method in TableQuestion]: (
    open: OpenTable,
    request: TableCalls[Method]['request'],
    asking: Asking,
  ) => TableCalls[Method]['result'] | Promise<TableCalls[Method]['result']>;
};

/** What the questions to a table are answered by. `errorCodes`: for what counts as denied. */
export function tableAnswers(errorCodes: ErrorCodes): Answers {
  const isDenied = (code: string): boolean => errorCodes.classOf(code) === 'authorization';
  return {
    async filter(open, { query }, asking) {
      const live = await open.complete(query, asking);
      const { count, toScan, unreadable } = live.state;
      const { time } = open.table.data;
      const { rows } = live.current;
      // Rows without a time are last.
      const last = rows.lastBefore(datedRows(time));
      const first = last === undefined ? undefined : rows.first();
      const timeOf = (row: number | undefined): number | null => (row === undefined ? null : time[row]!);
      return { count, first: timeOf(first), last: timeOf(last), scanned: toScan, unreadable };
    },

    async page(open, request, asking) {
      const { query, sort, from, count, fields, partial } = request;
      const live = partial === true ? open.partial(query) : await open.complete(query, asking);
      const selection = live.current;
      const sorted = await inOrder(open, selection, sort);
      throwIfAborted(asking.signal);
      const rows = sorted.slice(from, from + Math.min(count, MOST_ROWS));
      return { ...readPage(open.views, rows, fields), total: selection.count, isComplete: live.isComplete };
    },

    async position(open, { query, sort, row }, asking) {
      const selection = await open.select(query, asking);
      return row < open.table.rowCount && selection.rows.has(row)
        ? (await inOrder(open, selection, sort)).indexOf(row)
        : -1;
    },

    rowsOfEvent(open, { eventID }) {
      const column = open.table.data.ids.eventID;
      const rows = isUuid(eventID) ? rowsOfUuid(column, eventID) : [];
      const others = [...column.exceptions.rows].filter((row) => open.table.text(row, 'eventID') === eventID);
      return [...rows, ...others].sort((a, b) => a - b);
    },

    async record(open, { row }, asking) {
      const { table, views, pool } = open;
      if (!(row >= 0 && row < table.rowCount)) throw new Failure(STALE);
      let read: ReadRecords | undefined;
      const files = recordsByFile(table, Uint32Array.of(row));
      await pool.read(files, (records) => (read = records), asking.signal);
      throwIfAborted(asking.signal);
      const { path } = files[0]!.file;
      if (read === undefined || read.bytes.length === 0) {
        const text = message('The record cannot be read any more: {0} has changed or is gone.', path);
        throw new Failure({ kind: 'unreadable', message: text });
      }
      const finding = views.findings.findings[views.findings.codes[row]!] ?? null;
      const [start, end] = [read.starts[0]!, read.stops[0]!];
      return { row, json: decodeUtf8(read.bytes), path, start, end, finding };
    },

    async facets(open, { query, facets }, asking) {
      const selection = await open.select(query, asking);
      return eachPaced(facets, asking, (request) => facet(open.views, selection, request));
    },

    async histogram(open, { query, ...request }, asking) {
      return histogram(open.views, await open.select(query, asking), request);
    },

    async overview(open, { query, ...request }, asking) {
      return overview(open.views, await open.select(query, asking), request, isDenied);
    },

    values: (open, { path, prefix, most }) => seenValues(open.table, path, prefix, most) ?? [],

    async findings(open, { query }, asking) {
      return ruleCounts(open, await open.select(query, asking));
    },

    async export(open, request, asking) {
      const selection = await open.select(request.query, asking);
      const sorted = await inOrder(open, selection, request.sort);
      const wanted = request.rows === undefined ? undefined : new Set(request.rows);
      const rows = wanted === undefined ? sorted : sorted.filter((row) => wanted.has(row));
      return writeExport(open, rows, request, asking);
    },
  };
}

/** The last order of each selection, for the next page. */
const orders = new WeakMap<Selection, { readonly key: string; readonly rows: Uint32Array }>();

async function inOrder(open: OpenTable, selection: Selection, sort: SortOrder | undefined): Promise<Uint32Array> {
  if (sort === undefined) return selection.ascending;
  const key = `${sort.by} ${sort.descending}`;
  const known = orders.get(selection);
  if (known?.key === key) return known.rows;
  await pacer()();
  const rows = sortRows(open.views, selection.ascending, sort);
  orders.set(selection, { key, rows });
  return rows;
}

async function eachPaced<Item, Result>(
  items: readonly Item[],
  { signal }: Asking,
  work: (item: Item) => Result,
): Promise<Result[]> {
  const pause = pacer();
  const results: Result[] = [];
  for (const item of items) {
    await pause();
    throwIfAborted(signal);
    results.push(work(item));
  }
  return results;
}

function ruleCounts({ views }: OpenTable, selection: Selection): RuleCount[] {
  const { codes, findings } = views.findings;
  const counts = new Uint32Array(findings.length);
  const firsts = new Int32Array(findings.length).fill(-1);
  const lasts = new Int32Array(findings.length);
  for (const row of selection.ascending) {
    const code = codes[row]!;
    if (counts[code]!++ === 0) firsts[code] = row;
    lasts[code] = row;
  }
  const rules = new Map<string, { id: string; count: number; firstRow: number; lastRow: number; rank: number }>();
  findings.forEach((finding, code) => {
    if (finding === undefined || counts[code] === 0) return;
    for (const { id, severity } of finding.rules) {
      const rule = rules.get(id) ?? { id, count: 0, firstRow: Infinity, lastRow: -1, rank: severityRank(severity) };
      rule.count += counts[code]!;
      rule.firstRow = Math.min(rule.firstRow, firsts[code]!);
      rule.lastRow = Math.max(rule.lastRow, lasts[code]!);
      rules.set(id, rule);
    }
  });
  return [...rules.values()]
    .sort((a, b) => b.rank - a.rank || b.count - a.count || (a.id < b.id ? -1 : 1))
    .map(({ id, count, firstRow, lastRow }) => ({ id, count, firstRow, lastRow }));
}
