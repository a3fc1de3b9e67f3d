import * as vscode from 'vscode';
import { SeenFields } from '../../core/patterns/seenFields';
import { encodeUtf8 } from '../../core/json/bytes';
import type { SeenField, SeenValue } from '../../core/patterns/complete';
import type { Pattern } from '../../core/patterns/ast';
import { printPattern } from '../../core/patterns/print';
import type { CellField } from '../../core/table/pages';
import type { EventQuery } from '../../core/table/selection';
import type { Grouping, HuntGroup, HuntOutcome, HuntRow, ScopeInfo } from '../../protocol/huntProtocol';
import type { PageResult } from '../../protocol/tableProtocol';
import { localize } from '../common/localize';
import type { RecordFinder } from '../editor/recordFinder';
import type { Investigation } from '../investigation/investigation';
import { showEvent } from '../investigation/showEvent';
import { TableError } from '../investigation/tableClient';
import type { HuntProgress, HuntResults, HuntTarget } from './huntTarget';

const FIELDS = [
  'eventName',
  'eventSource',
  'principal',
  'sourceIPAddress',
  'awsRegion',
  'errorCode',
  'eventCategory',
] as const satisfies readonly CellField[];
/** Groups listed: beyond, a list helps nobody. */
const MOST_GROUPS = 2000;
const MOST_VALUES = 100;
const SAMPLED_EVENTS = 60;

/** The table that was searched: rows are numbered anew when the sources are read again, and then none of them is opened. */
interface AskedTable {
  version?: number;
}

/** Every source of the investigation, asked by way of its table. */
export class InvestigationTarget implements HuntTarget {
  constructor(
    private readonly investigation: Investigation,
    private readonly records: RecordFinder,
  ) {}

  get info(): ScopeInfo {
    const { state, label } = this.investigation;
    return { label, records: state.kind === 'ready' ? state.info.rowCount : null };
  }

  search(
    pattern: Pattern,
    report: (progress: HuntProgress) => void,
    signal: AbortSignal,
  ): { results: HuntResults; outcome: Promise<HuntOutcome> } {
    const query: EventQuery = { pattern: printPattern(pattern) };
    const asked: AskedTable = {};
    return { results: this.resultsOf(query, asked), outcome: this.run(query, asked, report, signal) };
  }

  /** Of one record for each of the most frequent events: they differ in their parameters. */
  async fields(): Promise<readonly SeenField[]> {
    const seen = new SeenFields();
    const query = { pattern: '' };
    const [names] = await this.investigation.call('facets', {
      query,
      facets: [{ field: 'eventName', top: SAMPLED_EVENTS }],
    });
    for (const { text } of names!.values) {
      const where = [{ field: 'eventName' as const, anyOf: [text] }];
      const { rows } = await this.investigation.call('page', {
        query: { ...query, where },
        from: 0,
        count: 1,
        fields: [],
      });
      if (rows[0] === undefined) continue;
      const { json } = await this.investigation.call('record', { row: rows[0] });
      seen.add(encodeUtf8(json));
    }
    return seen.fields;
  }

  async values(path: string): Promise<readonly SeenValue[]> {
    const request = { path: path.replace(/^\$\./, ''), prefix: '', most: MOST_VALUES };
    const seen = await this.investigation.call('values', request);
    return seen.flatMap(({ text, type, count }) =>
      type === 'string' || type === 'number' ? [{ text, type, count }] : [],
    );
  }

  private resultsOf(query: EventQuery, asked: AskedTable): HuntResults {
    return {
      rows: async (grouping, group, from, to) => {
        const part = group === null || grouping === 'none' ? query : withGroup(query, grouping, group);
        const request = { query: part, from, count: to - from, fields: FIELDS, partial: true };
        return rowsOf(await this.investigation.call('page', request));
      },
      groups: (grouping) => this.groups(query, grouping),
      open: (row, keepFocus) => showEvent(this.investigation, this.records, { row, keepFocus, ...asked }),
    };
  }

  private async groups(query: EventQuery, grouping: Grouping): Promise<readonly HuntGroup[]> {
    if (grouping === 'none') return [];
    const [facet] = await this.investigation.call('facets', { query, facets: [{ field: grouping, top: MOST_GROUPS }] });
    return facet!.values.map(({ text, label, count }) => ({ key: text ?? '', ...(label && { label }), count }));
  }

  private async run(
    query: EventQuery,
    asked: AskedTable,
    report: (progress: HuntProgress) => void,
    signal: AbortSignal,
  ): Promise<HuntOutcome> {
    const cancellation = new vscode.CancellationTokenSource();
    signal.addEventListener('abort', () => cancellation.cancel());
    const nothing = { matched: 0, searched: 0, cancelled: false, missing: [], failure: null };
    try {
      const table = await this.investigation.open();
      if (table === undefined) return { ...nothing, cancelled: true };
      asked.version = table.version;
      const { count, unreadable } = await this.investigation.call(
        'filter',
        { query },
        {
          cancellation: cancellation.token,
          onProgress: ({ scanned, toScan, count: matched }) => report({ searched: scanned, total: toScan, matched }),
        },
      );
      const missing = [
        ...(table.problems.length > 0
          ? [vscode.l10n.t('{0} files could not be read whole: see Sources.', table.problems.length)]
          : []),
        ...(unreadable > 0 ? [vscode.l10n.t('{0} records could not be read again.', unreadable)] : []),
      ];
      return { matched: count, searched: table.rowCount, cancelled: false, missing, failure: null };
    } catch (error) {
      if (!(error instanceof TableError)) throw error;
      return error.kind === 'cancelled'
        ? { ...nothing, cancelled: true }
        : { ...nothing, failure: localize(error.text) };
    } finally {
      cancellation.dispose();
    }
  }
}

function withGroup(query: EventQuery, field: Exclude<Grouping, 'none'>, group: string): EventQuery {
  return { ...query, where: [{ field, anyOf: [group === '' ? null : group] }] };
}

function rowsOf({ rows, times, cells, severities }: PageResult): HuntRow[] {
  return Array.from(rows, (id, index) => {
    const cell = (field: (typeof FIELDS)[number]): string => cells[field]?.[index] ?? '';
    const time = times[index]!;
    return {
      id,
      time: Number.isNaN(time) ? null : time,
      eventName: cell('eventName') || cell('eventCategory'),
      eventSource: cell('eventSource'),
      principal: cell('principal'),
      sourceIPAddress: cell('sourceIPAddress'),
      awsRegion: cell('awsRegion'),
      errorCode: cell('errorCode'),
      severity: severities[index] ?? null,
    };
  });
}
