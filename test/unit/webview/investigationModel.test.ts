import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type InvestigationToHost,
  type OpenTableInfo,
  isInvestigationToHost,
} from '../../../src/protocol/investigationProtocol';
import { chooseRow } from '../../../webview/grid/rowSelection';
import { PAGE_ROWS } from '../../../webview/investigation/eventPages';
import { InvestigationModel } from '../../../webview/investigation/investigationModel';
import { type KeptInvestigation, isPreview } from '../../../webview/investigation/investigationState';
import { TYPING_REST_MS } from '../../../webview/investigation/queryBox';
import { FakeHost } from './fakeHost';

const TABLE: OpenTableInfo = {
  ...{
    version: 1,
    findingsVersion: 1,
    rowCount: 1000,
    files: 3,
    unpackedBytes: 9,
    first: 0,
    last: 1000,
    undated: 0,
    duplicates: 0,
  },
  ...{ passedOver: 0, fromCache: false, rulesToSearch: 0, rulesNotAsked: null, unreadable: [], unreadableCount: 0 },
};
const FOUND = { count: 1000, first: 0, last: 1000, scanned: 0, unreadable: 0 };
const PATTERN = '{ $.eventName = "Decrypt" }';

type Asked = InvestigationToHost & { kind: 'ask' };

class Host extends FakeHost<InvestigationToHost, KeptInvestigation> {
  override post(message: InvestigationToHost): void {
    expect(isInvestigationToHost(message)).toBe(true);
    super.post(message);
  }
  asked(method: Asked['method']): Asked[] {
    return this.posted.filter((message): message is Asked => message.kind === 'ask' && message.method === method);
  }
  query(method: Asked['method']): unknown {
    return (this.asked(method).at(-1)?.params as { query: unknown }).query;
  }
}

describe('the state of the investigation editor', () => {
  let host: Host;
  let model: InvestigationModel;
  beforeEach(() => {
    vi.useFakeTimers();
    begin();
  });
  afterEach(() => vi.useRealTimers());

  function begin(kept?: KeptInvestigation): void {
    host = new Host(kept);
    model = new InvestigationModel(host, () => undefined);
    model.begin();
  }
  const ready = (version = 1, findingsVersion = 1): void => {
    const info = { ...TABLE, version, findingsVersion };
    model.receive({ kind: 'phase', phase: { kind: 'ready', info }, sources: ['/logs'] });
  };

  /** Answers the last question of a method, and lets what waits for it go on. */
  async function answer(method: Asked['method'], result: unknown): Promise<void> {
    model.receive({ kind: 'answer', id: host.asked(method).at(-1)!.id, result });
    await vi.advanceTimersByTimeAsync(0);
  }
  const page = (from: number, length = PAGE_ROWS): unknown => ({
    rows: Uint32Array.from({ length }, (_, i) => from + i),
    times: Float64Array.from({ length }, (_, i) => (i === 1 ? NaN : i)),
    cells: { eventID: Array.from({ length }, (_, i) => `id-${from + i}`) },
    severities: Array.from({ length }, () => null),
    ...{ total: 1000, isComplete: true },
  });
  async function showRows(): Promise<void> {
    ready();
    await answer('filter', FOUND);
    model.pages.fetch(0, 50);
    await answer('page', page(0));
  }

  it('asks nothing before there is a table, then everything', () => {
    expect(host.posted).toEqual([{ kind: 'ready' }]);
    ready();
    for (const method of ['filter', 'histogram', 'facets'] as const)
      expect(host.query(method)).toEqual({ pattern: '' });
    expect(host.asked('overview')).toEqual([]);
  });

  it('runs a pattern when typing rests, and not before', () => {
    ready();
    model.write(PATTERN.slice(0, -3));
    model.write(PATTERN);
    vi.advanceTimersByTime(TYPING_REST_MS - 1);
    expect(host.asked('filter').length).toBe(1);
    vi.advanceTimersByTime(1);
    expect(host.query('filter')).toEqual({ pattern: PATTERN });
    expect(host.asked('filter').length).toBe(2);
  });

  it('gives up the earlier questions', () => {
    ready();
    const [first] = host.asked('filter');
    model.ask({ pattern: PATTERN });
    expect(host.posted).toContainEqual({ kind: 'cancelAsk', id: first!.id });
    model.receive({ kind: 'answer', id: first!.id, result: { ...FOUND, count: 7 } });
    expect(model.state.rowCount).toBe(0);
  });

  it('runs nothing that does not parse, and shows the last events meanwhile', async () => {
    await showRows();
    model.write('{ $.eventName == x }');
    vi.advanceTimersByTime(10_000);
    model.submit();
    expect(host.asked('filter').length).toBe(1);
    expect(model.state.parsed.errors.length).toBe(1);
    expect(model.state.rowCount).toBe(1000);
  });

  it('remembers what was entered, not what was typed', () => {
    ready();
    model.write(PATTERN);
    vi.advanceTimersByTime(TYPING_REST_MS);
    expect(host.posted.filter(({ kind }) => kind === 'remember')).toEqual([]);
    model.submit();
    expect(host.posted.at(-1)).toEqual({ kind: 'remember', pattern: PATTERN });
  });

  it('writes what a facet and a brush choose', () => {
    ready();
    model.include({ field: 'eventName', text: 'Decrypt', include: '$.eventName = "Decrypt"', exclude: null });
    model.zoom({ from: 5, to: 9 });
    expect(model.state.text).toBe(PATTERN);
    expect(host.query('filter')).toEqual({ pattern: PATTERN, from: 5, to: 9 });
    expect(host.asked('histogram').at(-1)!.params).toMatchObject({ from: 5, to: 9, query: { from: 5, to: 9 } });
    model.zoom(null);
    expect(host.query('filter')).toEqual({ pattern: PATTERN });
  });

  it('takes what is typed and not yet run along with a click', () => {
    ready();
    model.write('{ $.awsRegion = "us-*" }');
    model.narrow('$.eventName = "Decrypt"');
    vi.advanceTimersByTime(10_000);
    expect(host.query('filter')).toEqual({ pattern: '{ $.awsRegion = "us-*" && $.eventName = "Decrypt" }' });
    expect(host.asked('filter').length).toBe(2);
  });

  it('says so when the pattern cannot take what is asked for', () => {
    ready();
    model.write('Decrypt');
    model.exclude({ field: 'severity', text: 'high', include: null, exclude: null });
    expect(model.state.refused).toBe(true);
    expect(model.narrow('$.eventName = "Decrypt"')).toBe(false);
    model.clear();
    expect(model.state.refused).toBe(false);
  });

  it('filters for a cell by what the table says of its value', async () => {
    ready();
    const pivoted = model.pivotCell('principal', 'alice', false);
    const value = { text: 'arn:alice', label: 'alice', count: 3, include: '$.a = 1', exclude: '$.a != 1' };
    await answer('facets', [{ field: 'principal', values: [value], distinct: 1, others: 0 }]);
    await pivoted;
    expect(model.state.text).toBe('{ $.a != 1 }');
  });

  it('asks for the pages on screen, once, and gives up those far away', async () => {
    await showRows();
    model.pages.fetch(0, 150);
    expect(host.asked('page').length).toBe(1);
    model.pages.fetch(400, 450);
    const far = host.asked('page').at(-1)!;
    expect(far.params).toMatchObject({ from: 400, count: PAGE_ROWS });
    model.pages.fetch(900, 950);
    expect(host.posted).toContainEqual({ kind: 'cancelAsk', id: far.id });
    expect(model.pages.at(3)?.row).toBe(3);
    expect(model.pages.at(1)?.time).toBeNull();
    expect(model.pages.at(450)).toBeUndefined();
  });

  it('shows the earlier rows until the new ones come', async () => {
    await showRows();
    model.ask({ pattern: PATTERN });
    expect(model.pages.at(3)?.row).toBe(3);
    expect(model.pages.isCurrent(3)).toBe(false);
    model.pages.fetch(0, 50);
    await answer('page', page(500));
    expect(model.pages.at(3)?.row).toBe(503);
    expect(model.pages.isCurrent(3)).toBe(true);
  });

  it('reads the record the keyboard rests on, and only that', async () => {
    await showRows();
    vi.advanceTimersByTime(1000);
    host.posted = [];
    for (const row of [4, 5, 6]) model.select(chooseRow(row));
    await vi.advanceTimersByTimeAsync(1000);
    const records = host.posted.filter((message) => message.kind === 'record');
    expect(records).toMatchObject([{ kind: 'record', row: 6 }]);
    const detail = { row: 6, json: '{}', path: 'a.json', rules: [] };
    model.receive({ kind: 'answer', id: records[0]!.id, result: detail });
    await vi.advanceTimersByTimeAsync(0);
    expect(model.state.detail?.record).toEqual(detail);
    expect(host.kept?.activeEvent).toBe('id-6');
  });

  it('says why a record cannot be read', async () => {
    await showRows();
    model.select(chooseRow(2));
    await vi.advanceTimersByTimeAsync(1000);
    const { id } = host.posted.findLast((message) => message.kind === 'record')!;
    model.receive({ kind: 'failure', id, failure: { kind: 'unreadable', text: 'gone' } });
    await vi.advanceTimersByTimeAsync(0);
    expect(model.state.detail?.failure).toBe('gone');
  });

  it('shows what was found while records are looked through', () => {
    ready();
    const [{ id }] = host.asked('filter') as [Asked];
    model.receive({ kind: 'progress', id, progress: { scanned: 10, toScan: 90, count: 4 } });
    expect(model.state.found).toEqual({ kind: 'searching', scanned: 10, toScan: 90, count: 4 });
    expect(model.state.rowCount).toBe(4);
    model.cancelSearch();
    expect(model.state.found).toEqual({ kind: 'cancelled' });
  });

  it('says why events cannot be found', async () => {
    ready();
    const { id } = host.asked('filter').at(-1)!;
    model.receive({ kind: 'failure', id, failure: { kind: 'failed', text: 'no memory' } });
    await vi.advanceTimersByTimeAsync(0);
    expect(model.state.found).toEqual({ kind: 'failed', reason: 'no memory' });
    model.retry();
    expect(host.asked('filter').length).toBe(2);
  });

  it('asks anew when the sources were read anew, and not when told twice of the same', async () => {
    await showRows();
    ready(1);
    expect(host.asked('filter').length).toBe(1);
    model.receive({ kind: 'phase', phase: { kind: 'reading', progress: null, preview: null }, sources: ['/logs'] });
    expect(model.state.table?.version).toBe(1);
    ready(2);
    expect(host.asked('filter').length).toBe(2);
    expect(host.asked('filter').map(({ version }) => version)).toEqual([1, 2]);
    // Until the new rows come, the grid is not empty; what they are called is theirs.
    expect(model.pages.at(3)).toMatchObject({ row: 3, version: 1 });
    model.open(3, false);
    expect(host.posted.at(-1)).toEqual({ kind: 'openRecord', row: 3, version: 1, keepFocus: false });
    model.pages.fetch(0, 50);
    await answer('page', page(7));
    expect(model.pages.at(3)).toMatchObject({ row: 10, version: 2 });
  });

  /** The first 300 events are there, or the reading is begun without any. */
  const reading = (version: number | null = 1, records = 0): void => {
    const progress = { phase: 'reading', files: 0, totalFiles: 1, bytes: 0, totalBytes: 9, records } as const;
    const preview = version === null ? null : { ...TABLE, version, rowCount: 300 };
    model.receive({ kind: 'phase', phase: { kind: 'reading', progress, preview }, sources: ['/logs'] });
  };

  it('shows the first events while the rest is read, then all, and stays with the event', async () => {
    reading(null);
    expect(model.state.table).toBeUndefined();
    reading();
    expect(isPreview(model.state)).toBe(true);
    reading(1, 4000);
    expect(host.asked('filter').map(({ version }) => version)).toEqual([1]);
    await answer('filter', { ...FOUND, count: 300 });
    model.pages.fetch(0, 50);
    await answer('page', page(0));
    model.select(chooseRow(7));
    await vi.advanceTimersByTimeAsync(1000);
    const record = (): InvestigationToHost & { kind: 'record' } => host.last('record') as never;
    expect(record()).toMatchObject({ row: 7, version: 1 });
    const detail = { row: 7, json: '{"a":1}', path: 'a.json', rules: [] };
    model.receive({ kind: 'answer', id: record().id, result: detail });
    await vi.advanceTimersByTimeAsync(0);
    model.take('copy', 'csv');
    expect(host.posted.at(-1)).toMatchObject({ kind: 'copy', version: 1, ranges: [[7, 8]] });

    ready(2);
    expect(isPreview(model.state)).toBe(false);
    expect(model.state).toMatchObject({ rowCount: 300, found: { kind: 'found', count: 300 } });
    expect(model.state.detail?.record).toEqual(detail);
    await answer('filter', FOUND);
    expect(host.asked('rowsOfEvent').at(-1)).toMatchObject({ params: { eventID: 'id-7' }, version: 2 });
    model.pages.fetch(0, 50);
    await answer('page', page(100));
    await answer('rowsOfEvent', [107]);
    await answer('position', 7);
    expect(model.state.selection).toEqual(chooseRow(7));
    // The row has another number now, or the same by chance: it is read again.
    await vi.advanceTimersByTimeAsync(1000);
    expect(record()).toMatchObject({ row: 107, version: 2 });
  });

  it('reads the record again that has the same number among all events', async () => {
    reading();
    await answer('filter', { ...FOUND, count: 300 });
    model.pages.fetch(0, 50);
    await answer('page', page(0));
    await vi.advanceTimersByTimeAsync(1000);
    const records = (): unknown[] => host.posted.filter(({ kind }) => kind === 'record');
    expect(records()).toMatchObject([{ row: 0, version: 1 }]);
    ready(2);
    await answer('filter', FOUND);
    model.pages.fetch(0, 50);
    await answer('page', page(0));
    await vi.advanceTimersByTimeAsync(1000);
    expect(records()).toMatchObject([
      { row: 0, version: 1 },
      { row: 0, version: 2 },
    ]);
  });

  it('takes no record of the first events for one of all', async () => {
    reading();
    await answer('filter', { ...FOUND, count: 300 });
    model.pages.fetch(0, 50);
    await answer('page', page(0));
    await vi.advanceTimersByTimeAsync(1000);
    const asked = host.last('record') as InvestigationToHost & { kind: 'record' };
    ready(2);
    // To read a record takes longer than the rest of reading now and then.
    const result = { row: 0, json: '{"a":1}', path: 'a.json', rules: [] };
    model.receive({ kind: 'answer', id: asked.id, result });
    await answer('filter', FOUND);
    model.pages.fetch(0, 50);
    await answer('page', page(0));
    await vi.advanceTimersByTimeAsync(1000);
    expect(host.last('record')).toMatchObject({ row: 0, version: 2 });
    expect(model.state.detail?.record).toBeUndefined();
  });

  it('does not forget the event on the way back that is not among the first', async () => {
    ready();
    begin({ ...structuredClone(host.kept!), activeEvent: 'id-942' });
    reading();
    await answer('filter', { ...FOUND, count: 300 });
    model.pages.fetch(0, 50);
    await answer('page', page(0));
    await answer('rowsOfEvent', []);
    expect(model.state.revealed).toEqual({ row: 0 });
    await vi.advanceTimersByTimeAsync(1000);
    expect(host.kept?.activeEvent).toBe('id-942');
    ready(2);
    await answer('filter', FOUND);
    await answer('rowsOfEvent', [942]);
    await answer('position', 942);
    expect(model.state.selection).toEqual(chooseRow(942));
  });

  it('shows the first events no more when reading is cancelled, or begun anew', async () => {
    reading();
    model.receive({ kind: 'phase', phase: { kind: 'closed' }, sources: ['/logs'] });
    expect(model.state.table).toBeUndefined();
    reading(2);
    expect(model.state.table?.version).toBe(2);
    reading(null);
    expect(model.state.table).toBeUndefined();
    // What was asked of them goes unanswered, and nobody needs to know.
    const { id } = host.asked('filter').at(-1)!;
    model.receive({ kind: 'failure', id, failure: { kind: 'stale', text: 'stale' } });
    await vi.advanceTimersByTimeAsync(0);
    expect(model.state.found).toEqual({ kind: 'waiting' });
  });

  it('asks anew when the findings have changed, and stays where it was', async () => {
    await showRows();
    model.select(chooseRow(7));
    await vi.advanceTimersByTimeAsync(1000);
    const record = (): InvestigationToHost[] => host.posted.filter(({ kind }) => kind === 'record');
    expect(record().length).toBe(1);
    const { revealed } = model.state;
    ready(1, 2);
    expect(['filter', 'histogram', 'facets'].map((method) => host.asked(method as Asked['method']).length)).toEqual([
      2, 2, 2,
    ]);
    // Until the same rows come with their findings, they are seen as they were.
    expect(model.pages.at(3)?.row).toBe(3);
    await answer('filter', FOUND);
    model.pages.fetch(0, 50);
    await answer('page', page(0));
    await answer('rowsOfEvent', [7]);
    await answer('position', 7);
    await vi.advanceTimersByTimeAsync(1000);
    expect(model.state.selection).toEqual(chooseRow(7));
    expect(model.state.revealed).toBe(revealed);
    expect(record().length).toBe(2);
    ready(1, 2);
    expect(host.asked('filter').length).toBe(2);
  });

  it('asks for the dashboards when they are shown, and again with another query', () => {
    ready();
    model.showTab('dashboards');
    model.showTab('dashboards');
    model.ask({ pattern: PATTERN });
    expect(host.asked('overview').map(({ params }) => (params as { query: unknown }).query)).toEqual([
      { pattern: '' },
      { pattern: '' },
      { pattern: PATTERN },
    ]);
  });

  it('copies what is chosen, and the row at hand when nothing is', async () => {
    await showRows();
    model.take('copy', 'csv');
    expect(host.posted.at(-1)).toMatchObject({ kind: 'copy', ranges: [[0, 1]], format: 'csv' });
    model.select({ active: 5, anchor: 2, ranges: [[2, 6]] });
    model.take('copy', 'ndjson');
    expect(host.posted.at(-1)).toMatchObject({ ranges: [[2, 6]], format: 'ndjson' });
    model.take('export', 'csv');
    expect(host.posted.at(-1)).toMatchObject({ kind: 'export', ranges: null });
  });

  it('goes back after a reload to the query, the order and the event', async () => {
    ready();
    model.ask({ pattern: PATTERN, from: 1, to: 2, where: [{ field: 'severity', anyOf: ['high'] }] });
    model.sortBy({ by: 'eventName', descending: true });
    const kept = { ...host.kept!, activeEvent: 'id-42' };
    begin(structuredClone(kept));
    expect(model.state.text).toBe(PATTERN);
    ready();
    await answer('filter', FOUND);
    expect(host.asked('rowsOfEvent').at(-1)!.params).toEqual({ eventID: 'id-42' });
    await answer('rowsOfEvent', [42]);
    expect(host.asked('position').at(-1)!.params).toEqual({
      query: kept.query,
      row: 42,
      sort: { by: 'eventName', descending: true },
    });
    await answer('position', 311);
    expect(model.state.selection).toEqual(chooseRow(311));
    expect(model.state.revealed).toEqual({ row: 311 });
  });

  it('does not forget the event on the way back, whatever comes between', async () => {
    ready();
    begin({ ...structuredClone(host.kept!), activeEvent: 'id-42' });
    ready(1);
    model.pages.fetch(0, 50);
    await answer('page', page(0));
    await vi.advanceTimersByTimeAsync(1000);
    ready(2);
    await answer('filter', FOUND);
    expect(host.asked('rowsOfEvent').at(-1)!.params).toEqual({ eventID: 'id-42' });
    await answer('rowsOfEvent', []);
    expect(model.state.revealed).toEqual({ row: 0 });
  });

  it('completes values that occur', async () => {
    ready();
    const text = '{ $.eventName = ';
    expect(model.complete(text, text.length)).toEqual([]);
    expect(host.asked('values').at(-1)!.params).toEqual({ path: 'eventName', prefix: '', most: 50 });
    await answer('values', [{ text: 'Decrypt', type: 'string', count: 3 }]);
    expect(model.complete(text, text.length).map(({ label }) => label)).toContain('Decrypt');
    expect(host.asked('values').length).toBe(1);
  });

  it('completes no values of the first events once all are there', async () => {
    const text = '{ $.eventName = ';
    reading();
    model.complete(text, text.length);
    const { id } = host.asked('values').at(-1)!;
    ready(2);
    model.receive({ kind: 'answer', id, result: [{ text: 'Decrypt', type: 'string', count: 3 }] });
    await vi.advanceTimersByTimeAsync(0);
    expect(model.complete(text, text.length)).toEqual([]);
    expect(host.asked('values').at(-1)!.version).toBe(2);
  });
});

describe('messages of the page', () => {
  it.each<[unknown, boolean]>([
    [{ kind: 'ready' }, true],
    [{ kind: 'ask', id: 1, method: 'page', params: {} }, true],
    [{ kind: 'ask', id: 1, method: 'export', params: {} }, false],
    [{ kind: 'ask', id: 1, method: 'open', params: {} }, false],
    [{ kind: 'ask', id: '1', method: 'page', params: {} }, false],
    [{ kind: 'record', id: 1, row: -1 }, false],
    [{ kind: 'record', id: 1, row: 1, version: '1' }, false],
    [{ kind: 'drop', uris: ['file:///a'] }, true],
    [{ kind: 'drop', uris: [1] }, false],
    [{ kind: 'copyText', text: 7 }, false],
    [{ kind: 'other' }, false],
    [null, false],
  ])('%o: %s', (message, isOne) => expect(isInvestigationToHost(message)).toBe(isOne));
});
