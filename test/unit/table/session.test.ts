import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readEvent } from '../../../src/core/events/event';
import { ErrorCodes } from '../../../src/core/events/errorCodes';
import errorCodeData from '../../../src/core/events/data/error-codes.json';
import { RecordView } from '../../../src/core/events/recordView';
import { compilePattern } from '../../../src/core/patterns/match';
import { Catalogue } from '../../../src/core/rules/catalogue';
import { Mutes } from '../../../src/core/rules/mutes';
import type { Rule } from '../../../src/core/rules/rule';
import type { EventQuery } from '../../../src/core/table/selection';
import { isUuid } from '../../../src/core/table/uuid';
import { plainIndex } from '../../../src/node/table/plainIndex';
import { GzipReader } from '../../../src/node/table/gzipReader';
import { RecordPool } from '../../../src/node/table/recordPool';
import { runRecordTask } from '../../../src/node/table/recordTasks';
import type {
  FromTableWorker,
  IndexProgress,
  OwnRules,
  TableCalls,
  TableMethod,
} from '../../../src/protocol/tableProtocol';
import { OpenTable } from '../../../src/worker/openTable';
import { TableServer } from '../../../src/worker/tableServer';
import type { ReadIndex } from '../../../src/worker/readIndex';
import { TableSession } from '../../../src/worker/tableSession';
import { zipOf } from '../../fixtures/archives';
import { utf8 } from '../../fixtures/bytes';
import { TestFolder } from '../../fixtures/folder';
import { deliveredLog, oneRecord } from '../../fixtures/oneRecord';
import { makeRecords } from '../../fixtures/records';
import { compiledScanner } from '../../fixtures/scanner';
import { valid } from '../patterns/support';
import { ruleWith, rules } from '../rules/support';

const folder = new TestFolder();
const LOGS = join(folder.path, 'logs');
const catalogue = new Catalogue(rules);
const errorCodes = new ErrorCodes(errorCodeData);
const gzip = new GzipReader(compiledScanner);

/** Both lanes share the memory of one reader. */
const poolHere = (): RecordPool =>
  new RecordPool(() => ({ run: (task) => runRecordTask(task, gzip), end: () => Promise.resolve() }), 2);

function newSession(saving: () => Pick<ReadIndex, 'save'> = () => ({}), newPool = poolHere): TableSession {
  return new TableSession({
    catalogue,
    errorCodes,
    newPool,
    readIndex: async ({ sources }) => {
      const table = await plainIndex(sources, catalogue.rules);
      const parts = { duplicates: 0, passedOver: 0, problems: [], fromCache: false, packedBytes: 1 };
      return { ...parts, table, filesRead: table.files.length, ...saving() };
    },
  });
}

/** A session and calls to it through messages, as the host makes them. */
class Host {
  readonly server: TableServer;
  readonly progress: unknown[] = [];
  private readonly waiting = new Map<number, (value: FromTableWorker) => void>();
  private id = 0;

  constructor(session = newSession()) {
    this.server = new TableServer(session, (value) => {
      const message = structuredClone(value);
      if (message.kind === 'progress') this.progress.push(message.progress);
      else this.waiting.get(message.id)?.(message);
    });
  }

  async ask<Method extends TableMethod>(
    method: Method,
    params: TableCalls[Method]['request'],
    cancelAtOnce = false,
  ): Promise<TableCalls[Method]['result']> {
    const id = ++this.id;
    const answer = new Promise<FromTableWorker>((resolve) => this.waiting.set(id, resolve));
    this.server.receive({ kind: 'request', id, method, params });
    if (cancelAtOnce) this.server.receive({ kind: 'cancel', id });
    const value = await answer;
    if (value.kind === 'result') return value.result as TableCalls[Method]['result'];
    throw Object.assign(new Error(value.kind), value);
  }
}

const RECORDS = [
  ...makeRecords(400),
  oneRecord({
    eventName: 'ConsoleLogin',
    eventSource: 'signin.amazonaws.com',
    eventTime: '2026-03-04T05:01:00Z',
    responseElements: { ConsoleLogin: 'Success' },
    additionalEventData: { MFAUsed: 'No' },
  }),
  oneRecord({
    eventName: 'ConsoleLogin',
    eventSource: 'signin.amazonaws.com',
    eventTime: '2026-03-04T05:02:00Z',
    responseElements: { ConsoleLogin: 'Failure' },
    additionalEventData: { MFAUsed: 'Yes' },
  }),
  oneRecord({
    eventName: 'StopLogging',
    eventSource: 'cloudtrail.amazonaws.com',
    eventTime: 'no time',
    errorCode: 'Client.UnauthorizedOperation',
  }),
  oneRecord({
    eventName: 'GetObject',
    eventSource: 's3.amazonaws.com',
    eventTime: '2026-03-04T05:03:00Z',
    requestParameters: { key: 'infra/prod.tfstate' },
    userIdentity: { type: 'AWSService', invokedBy: 'config.amazonaws.com' },
  }),
];
const JSONS = RECORDS.map((record) => JSON.stringify(record));

const host = new Host();
let rowsByJson: Map<string, number>;

beforeAll(async () => {
  const part = (from: number, to: number): string => `{"Records":[${JSONS.slice(from, to).join(',')}]}`;
  mkdirSync(LOGS);
  writeFileSync(join(LOGS, 'a.json.gz'), gzipSync(part(0, 100)));
  writeFileSync(join(LOGS, 'b.json'), `\ufeff${part(100, 200)}`);
  writeFileSync(
    join(LOGS, 'c.zip'),
    zipOf([
      { name: 'inner/c.json', content: utf8(part(200, 250)) },
      { name: 'inner/d.json', content: utf8(part(250, 300)) },
    ]),
  );
  writeFileSync(join(LOGS, 'e.json'), Buffer.from(`\ufeff${part(300, 350)}`, 'utf16le'));
  const inTexts = { logEvents: JSONS.slice(350).map((message, i) => ({ id: `${i}`, timestamp: 1, message })) };
  writeFileSync(join(LOGS, 'f.json'), JSON.stringify({ messageType: 'DATA_MESSAGE', logGroup: 'g', ...inTexts }));
  const info = await host.ask('open', { sources: [LOGS], cacheFolder: null });
  expect(info.rowCount).toBe(RECORDS.length);
  rowsByJson = new Map();
  for (let row = 0; row < RECORDS.length; row++) rowsByJson.set((await host.ask('record', { row })).json, row);
});

afterAll(() => folder.remove());

/** The rows that a query selects, page by page. */
async function rowsOf(query: EventQuery, sort?: TableCalls['page']['request']['sort']): Promise<number[]> {
  const rows: number[] = [];
  for (let total = 1; rows.length < total;) {
    const page = await host.ask('page', { query, from: rows.length, count: 150, fields: [], ...(sort && { sort }) });
    total = page.total;
    rows.push(...page.rows);
  }
  return rows;
}

/** How many records meet each rule. */
function ruleCounts(asked: Catalogue): Map<string, number> {
  const counts = new Map<string, number>();
  for (const json of JSONS) {
    const record = new RecordView(utf8(json));
    for (const { id } of asked.find(readEvent(record), record)?.rules ?? []) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

/** What the records themselves answer. */
function expected(pattern: string): number[] {
  const holds = compilePattern(valid(pattern));
  const met = JSONS.filter((json) => holds(new RecordView(utf8(json))));
  return met.map((json) => rowsByJson.get(json)!).sort((a, b) => a - b);
}

describe('a session', () => {
  test('gives every record back as delivered, from every kind of file', () => {
    expect([...rowsByJson.keys()].sort()).toEqual([...JSONS].sort());
  });

  test.each([
    '',
    '{ $.eventName = "AssumeRole" }',
    '{ ($.errorCode = "AccessDenied") && ($.awsRegion != "us-east-1") }',
    '{ $.requestParameters.name = "😀" }',
    '{ ($.requestParameters.name = "backup*") || ($.eventName = "Decrypt") }',
    '{ ($.requestParameters.name NOT EXISTS) && ($.readOnly IS TRUE) }',
    '{ $.requestParameters.tags[0].value = "line\\nbreak*" }',
    '{ $.requestParameters.key = "*.tfstate" }',
    '{ $.responseElements.id > 500000000 }',
    'hanako AccessDenied',
    '"\\"awsRegion\\":\\"eu-central-1\\""',
    '[all]',
    '{ $.eventName = "Nothing" }',
  ])('selects by %s', async (pattern) => {
    expect(await rowsOf({ pattern })).toEqual(expected(pattern));
    const { count } = await host.ask('filter', { query: { pattern } });
    expect(count).toBe(expected(pattern).length);
  });

  test('selects by time, and by what patterns cannot say', async () => {
    const all = JSONS.map((json) => ({ row: rowsByJson.get(json)!, event: readEvent(new RecordView(utf8(json))) }));
    const from = Date.UTC(2026, 2, 4, 5, 1);
    const to = Date.UTC(2026, 2, 4, 5, 2);
    const between = all.filter(({ event: { time = NaN } }) => time >= from && time < to).map(({ row }) => row);
    expect((await rowsOf({ pattern: '', from, to })).sort()).toEqual(between.sort());
    const high = await rowsOf({ pattern: '', where: [{ field: 'severity', anyOf: ['high', 'critical'] }] });
    const severe = all.filter(({ event }, i) => {
      const severity = catalogue.find(event, new RecordView(utf8(JSONS[i]!)))?.severity;
      return severity === 'high' || severity === 'critical';
    });
    expect(high.sort()).toEqual(severe.map(({ row }) => row).sort());
    expect(high.length).toBeGreaterThan(0);
    const none = await rowsOf({ pattern: '', where: [{ field: 'errorCode', anyOf: [null] }] });
    expect(none.length).toBe(all.filter(({ event }) => event.errorCode === undefined).length);
  });

  test.each(['eventName', 'principal', 'severity', 'tactic', 'sourceIPAddress', 'eventID', 'requestID'] as const)(
    'sorts by %s, either way, and finds rows again',
    async (by) => {
      for (const descending of [false, true]) {
        const sort = { by, descending };
        const page = await host.ask('page', { query: { pattern: '' }, sort, from: 0, count: 1000, fields: [by] });
        const cells = page.cells[by]!.map((text) => rank(by, text));
        const present = cells.filter((cell) => cell !== null);
        const isLess = (a: string, b: string): boolean => (descending ? b < a : a < b);
        expect(cells.slice(0, present.length), 'none last').toEqual(present);
        if (by !== 'tactic') present.slice(1).forEach((cell, i) => expect(isLess(cell, present[i]!)).toBe(false));
        expect(new Set(page.rows).size).toBe(RECORDS.length);
        const row = page.rows[17]!;
        expect(await host.ask('position', { query: { pattern: '' }, sort, row })).toBe(17);
      }
    },
  );

  test('counts facets as their conditions select', async () => {
    const fields = [
      'eventName',
      'eventSource',
      'identityType',
      'principal',
      'sourceIPAddress',
      'awsRegion',
      'accountId',
      'errorCode',
      'userAgent',
      'readOnly',
      'invokedBy',
    ] as const;
    for (const pattern of ['', '{ $.awsRegion = "us-east-1" }', '{ $.eventName = "GetObject" }']) {
      const total = (await host.ask('filter', { query: { pattern } })).count;
      const facets = await host.ask('facets', {
        query: { pattern },
        facets: fields.map((field) => ({ field, top: 4 })),
      });
      for (const { field, values, others, distinct } of facets) {
        const listed = values.reduce((sum, { count }) => sum + count, 0);
        expect(listed + others, field).toBe(total);
        expect(distinct).toBeGreaterThanOrEqual(values.length);
        for (const { include, exclude, count, text } of values) {
          const root = pattern === '' ? '' : ` && (${pattern.slice(2, -2)})`;
          const select = async (condition: string): Promise<number> =>
            (await host.ask('filter', { query: { pattern: `{ (${condition})${root} }` } })).count;
          expect(await select(include!), `${field} ${text}: ${include}`).toBe(count);
          expect(await select(exclude!), `${field} ${text}: ${exclude}`).toBe(total - count);
        }
      }
    }
  });

  test('lists the values of a facet that contain a text', async () => {
    const request = { field: 'eventName' as const, top: 10, search: 'OBJ' };
    const [facet] = await host.ask('facets', { query: { pattern: '' }, facets: [request] });
    expect(facet!.values.map(({ text }) => text)).toEqual(['PutObject', 'GetObject']);
    expect(facet!.distinct).toBe(2);
  });

  test.each([undefined, 'severity', 'tactic', 'readOnly'] as const)('counts over time by %s', async (by) => {
    const query = { pattern: '{ $.awsRegion = "us-east-1" }' };
    const { count } = await host.ask('filter', { query });
    const bars = await host.ask('histogram', { query, bins: 20, ...(by && { by }) });
    const sum = (counts: Uint32Array): number => counts.reduce((all, each) => all + each, 0);
    expect(bars.bins).toBeLessThanOrEqual(20);
    expect(bars.bins).toBeGreaterThan(4);
    expect(sum(bars.totals) + bars.undated).toBe(count);
    const page = await host.ask('page', { query, from: 0, count: 1000, fields: [] });
    const totals = new Uint32Array(bars.bins);
    for (const time of page.times) if (!Number.isNaN(time)) totals[Math.floor((time - bars.start) / bars.width)]!++;
    expect(bars.totals).toEqual(totals);
    if (by === 'severity' || by === 'readOnly') {
      expect(bars.series.reduce((all, { counts }) => all + sum(counts), 0)).toBe(sum(bars.totals));
    }
  });

  test('gives the numbers of the dashboards as their conditions select', async () => {
    const query = { pattern: '' };
    const { failed, denied, logins, read, write, tops } = await host.ask('overview', { query, top: 5, bins: 30 });
    expect(tops.map(({ field }) => field)).toContain('principal');
    const tallies = [failed, denied, read, write, ...logins].filter(({ condition }) => condition !== null);
    expect(tallies.length).toBeGreaterThan(5);
    for (const { count, condition } of tallies) {
      expect((await host.ask('filter', { query: { pattern: `{ ${condition} }` } })).count, condition!).toBe(count);
    }
    const signIns = logins.map(({ outcome, mfa, count }) => [outcome, mfa, count]);
    expect(signIns).toContainEqual(['Success', 'No', 1]);
    expect(signIns).toContainEqual(['Failure', 'Yes', 1]);
    expect(denied.count).toBeGreaterThan(0);
    expect(denied.count).toBeLessThanOrEqual(failed.count);
  });

  test('counts rules as the catalogue does', async () => {
    const found = await host.ask('findings', { query: { pattern: '' } });
    expect(new Map(found.map(({ id, count }) => [id, count]))).toEqual(ruleCounts(catalogue));
    const rule = found.at(-1)!;
    const rows = await rowsOf({ pattern: '', where: [{ field: 'rule', anyOf: [rule.id] }] });
    expect([rows[0], rows.at(-1), rows.length]).toEqual([rule.firstRow, rule.lastRow, rule.count]);
  });

  test('completes values', async () => {
    const seen = await host.ask('values', { path: 'eventName', prefix: 'ob', most: 5 });
    expect(seen.map(({ text }) => text)).toEqual(['PutObject', 'GetObject']);
    expect(await host.ask('values', { path: 'readOnly', prefix: '', most: 5 })).toHaveLength(2);
    expect(await host.ask('values', { path: 'no.such', prefix: '', most: 5 })).toEqual([]);
  });

  test('finds an event by its id', async () => {
    const { eventID } = RECORDS[7] as { eventID: string };
    expect(await host.ask('rowsOfEvent', { eventID })).toEqual([rowsByJson.get(JSONS[7]!)]);
    expect(await host.ask('rowsOfEvent', { eventID: 'none' })).toEqual([]);
  });

  test('exports records as delivered, and cells as CSV', async () => {
    const query = { pattern: '{ $.eventName = "Decrypt" }' };
    const path = join(folder.path, 'out.ndjson');
    const request = { query, format: 'ndjson' as const, fields: [], path };
    const { rows } = await host.ask('export', request);
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    expect(rows).toBe(lines.length);
    expect(lines.map((line) => rowsByJson.get(line))).toEqual(expected(query.pattern));
    host.progress.length = 0;
    const some = expected(query.pattern).slice(2, 4);
    await host.ask('export', { query, rows: some, format: 'csv', fields: ['eventTime', 'eventName'], path: null });
    const text = (host.progress as { text: string }[]).map((chunk) => chunk.text).join('');
    expect(text.split('\r\n').map((line) => line.split(',')[1])).toEqual([
      'eventName',
      'Decrypt',
      'Decrypt',
      undefined,
    ]);
  });

  test('says why it has no answer', async () => {
    await expect(host.ask('filter', { query: { pattern: '{ $.a = }' } })).rejects.toMatchObject({
      failure: { kind: 'pattern' },
    });
    await expect(host.ask('record', { row: 1e6 })).rejects.toMatchObject({ failure: { kind: 'stale' } });
    const path = join(folder.path, 'no', 'such', 'folder');
    const request = { query: { pattern: '' }, format: 'csv' as const, fields: [], path };
    await expect(host.ask('export', request)).rejects.toMatchObject({ failure: { kind: 'unreadable' } });
    await expect(new Host().ask('filter', { query: { pattern: '' } })).rejects.toMatchObject({
      failure: { kind: 'stale' },
    });
  });

  test('ends what is cancelled, and answers the same when asked again', async () => {
    const query = { pattern: '{ $.responseElements.ratio > 0.5 }' };
    await expect(host.ask('filter', { query }, true)).rejects.toMatchObject({ failure: { kind: 'cancelled' } });
    expect((await host.ask('filter', { query })).count).toBe(expected(query.pattern).length);
  });

  test('answers with what is known while records are looked through', async () => {
    const query = { pattern: '{ ($.eventName = "Decrypt") || ($.responseElements.ratio > 0.25) }' };
    const early = await host.ask('page', { query, from: 0, count: 10, fields: [], partial: true });
    expect(early.isComplete).toBe(false);
    expect(early.total).toBe(expected('{ $.eventName = "Decrypt" }').length);
    expect((await host.ask('filter', { query })).count).toBe(expected(query.pattern).length);
    const late = await host.ask('page', { query, from: 0, count: 10, fields: [], partial: true });
    expect([late.isComplete, late.total]).toEqual([true, expected(query.pattern).length]);
  });
});

describe("rules of one's own", () => {
  const own = (id: string, condition: string, severity: Rule['severity'] = 'critical'): Rule =>
    ruleWith({ id, condition, severity, eventSource: '*', eventName: '*', origin: 'own' });
  const COLUMNS = own('columns', '{ ($.eventName = "Decrypt") && ($.awsRegion != "us-east-1") }');
  const RECORDS_TOO = own('records', '{ ($.eventName = "GetObject") && ($.requestParameters.key = "*") }', 'high');
  const TERMS = own('terms', 'hanako AccessDenied');
  const MUTES = [
    { rule: 'columns', principal: 'hanako', arn: null, reason: '', until: null },
    { rule: 's3.*', principal: null, arn: '*', reason: '', until: null },
    { rule: 'terms', principal: null, arn: null, reason: '', until: 0 },
  ];
  const catalogueOf = ({ rules: added, mutes }: OwnRules): Catalogue =>
    new Catalogue([...catalogue.rules, ...added], new Mutes(mutes, Date.now()));
  const counted = async (other: Host): Promise<Map<string, number>> =>
    new Map((await other.ask('findings', { query: { pattern: '' } })).map(({ id, count }) => [id, count]));
  const request = { sources: [LOGS], cacheFolder: null };

  test('are held against the table, those that need the records when it is asked for', async () => {
    const other = new Host();
    const all = { rules: [COLUMNS, RECORDS_TOO, TERMS], mutes: MUTES };
    const first = await other.ask('open', { ...request, own: all });
    expect(first.rulesToSearch).toBe(2);
    expect(await counted(other)).toEqual(ruleCounts(catalogueOf({ ...all, rules: [COLUMNS] })));
    const second = (await other.ask('searchRules', null))!;
    expect(second).toMatchObject({ version: first.version, rulesToSearch: 0 });
    expect(second.findingsVersion).toBeGreaterThan(first.findingsVersion);
    const complete = ruleCounts(catalogueOf(all));
    expect(await counted(other)).toEqual(complete);
    expect([...complete.keys()]).toEqual(expect.arrayContaining(['columns', 'records', 'terms']));
    expect(await other.ask('searchRules', null)).toBe(null);
    // Nothing is asked of the records again that was asked before.
    await other.ask('rules', { rules: [TERMS], mutes: [] });
    expect(await counted(other)).toEqual(ruleCounts(catalogueOf({ rules: [TERMS], mutes: [] })));
  });

  test('change the findings, and with them what is filtered, counted and sorted by them', async () => {
    const other = new Host();
    const { version } = await other.ask('open', request);
    const query = { pattern: '', where: [{ field: 'severity' as const, anyOf: ['critical'] }] };
    const before = (await other.ask('filter', { query })).count;
    const info = await other.ask('rules', { rules: [COLUMNS], mutes: [] });
    expect(info).toMatchObject({ version, rulesToSearch: 0, rowCount: JSONS.length });
    const met = ruleCounts(catalogueOf({ rules: [COLUMNS], mutes: [] })).get('columns')!;
    expect((await other.ask('filter', { query })).count).toBe(before + met);
    expect(info!.findings[4]).toBe(before + met);
    const [facet] = await other.ask('facets', { query: { pattern: '' }, facets: [{ field: 'rule', top: 500 }] });
    expect(facet!.values.find(({ text }) => text === 'columns')?.count).toBe(met);
    await other.ask('rules', { rules: [], mutes: [] });
    expect((await other.ask('filter', { query })).count).toBe(before);
  });

  test('are in the end those that were told last', async () => {
    const other = new Host();
    expect(await other.ask('rules', { rules: [TERMS], mutes: [] })).toBe(null);
    expect(await other.ask('searchRules', null)).toBe(null);
    const opening = other.ask('open', { ...request, own: { rules: [TERMS], mutes: [] } });
    const last = { rules: [RECORDS_TOO], mutes: MUTES };
    const told = [other.ask('rules', { rules: [COLUMNS], mutes: [] }), other.ask('rules', last)];
    await Promise.all([opening, ...told]);
    await other.ask('searchRules', null);
    expect(await counted(other)).toEqual(ruleCounts(catalogueOf(last)));
    // Another change ends a search.
    await other.ask('rules', { rules: [TERMS], mutes: [] });
    const searching = other.ask('searchRules', null);
    await other.ask('rules', { rules: [COLUMNS], mutes: MUTES });
    expect(await searching).toBe(null);
    expect(await counted(other)).toEqual(ruleCounts(catalogueOf({ rules: [COLUMNS], mutes: MUTES })));
    await other.ask('close', null);
  });

  test('that nothing meets leave the findings as they are', async () => {
    const other = new Host();
    const nothing = own('nothing', '{ $.requestParameters.noSuchKey = "*" }');
    const { findingsVersion } = await other.ask('open', { ...request, own: { rules: [nothing], mutes: [] } });
    expect(await other.ask('searchRules', null)).toMatchObject({ findingsVersion, rulesToSearch: 0 });
  });
});

test('what was read is saved when it is asked for, one after another, the newest last', async () => {
  const log: string[] = [];
  const ends: (() => void)[] = [];
  let read = 0;
  const session = newSession(() => {
    const name = `${++read}`;
    // The third time nothing is new.
    if (read === 3) return {};
    return {
      save: () => {
        log.push(`begin ${name}`);
        return new Promise((resolve) =>
          ends.push(() => {
            log.push(`end ${name}`);
            resolve(null);
          }),
        );
      },
    };
  });
  const other = new Host(session);
  const path = folder.write('saved/a.json', deliveredLog([oneRecord()]));
  expect(await other.ask('save', null)).toBe(null);
  await other.ask('open', { sources: [path], cacheFolder: null });
  expect(log).toEqual([]);
  const first = other.ask('save', null);
  await other.ask('refresh', null);
  const second = other.ask('save', null);
  await other.ask('refresh', null);
  expect((await other.ask('filter', { query: { pattern: '' } })).count).toBe(1);
  expect(log).toEqual(['begin 1']);
  ends[0]!();
  await first;
  await expect.poll(() => ends.length).toBe(2);
  ends[1]!();
  await second;
  await other.ask('save', null);
  expect(log).toEqual(['begin 1', 'end 1', 'begin 2', 'end 2']);
  await other.ask('refresh', null);
  await other.ask('close', null);
  expect(await other.ask('save', null)).toBe(null);
  expect(log).toHaveLength(4);
});

test('a table that nobody waits for any more is let go, and the next has the same workers', async () => {
  const newPool = vi.fn(() => new RecordPool(() => expect.fail('nothing asks the records')));
  const disposed = vi.spyOn(OpenTable.prototype, 'dispose');
  const session = newSession(undefined, newPool);
  const open = (abortIn?: string): Promise<unknown> => {
    const abort = new AbortController();
    const progress = (told: unknown): void => {
      if ((told as IndexProgress).phase === abortIn) abort.abort();
    };
    const params = { sources: [folder.write('let-go/a.json', deliveredLog([oneRecord()]))], cacheFolder: null };
    return session.answer({ kind: 'request', id: 1, method: 'open', params }, { signal: abort.signal, progress });
  };
  await expect(open('rules')).rejects.toMatchObject({ failure: { kind: 'cancelled' } });
  expect(disposed).toHaveBeenCalledTimes(1);
  await open();
  expect(disposed).toHaveBeenCalledTimes(1);
  expect(newPool).toHaveBeenCalledTimes(1);
  disposed.mockRestore();
  await session.close();
});

test('records of a file that has changed are told of, not guessed', async () => {
  const other = new Host();
  const path = folder.write('changing/a.json', deliveredLog([oneRecord(), oneRecord({ a: 1 })]));
  await other.ask('open', { sources: [path], cacheFolder: null });
  utimesSync(path, new Date(0), new Date(0));
  await expect(other.ask('record', { row: 0 })).rejects.toMatchObject({ failure: { kind: 'unreadable' } });
  expect(await other.ask('filter', { query: { pattern: '{ $.a = 1 }' } })).toMatchObject({ count: 0, unreadable: 2 });
  await other.ask('refresh', null);
  expect(await other.ask('filter', { query: { pattern: '{ $.a = 1 }' } })).toMatchObject({ count: 1, unreadable: 0 });
  await other.ask('close', null);
  await expect(other.ask('refresh', null)).rejects.toMatchObject({ failure: { kind: 'stale' } });
});

/** Severities sort by weight, ids that are UUIDs before others. */
function rank(by: string, text: string | null): string | null {
  if (text === null) return null;
  if (by === 'requestID') return `${isUuid(text) ? 'a' : 'b'}${text}`;
  return by === 'severity' ? `${['info', 'low', 'medium', 'high', 'critical'].indexOf(text)}` : text;
}
