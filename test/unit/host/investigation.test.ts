import { beforeEach, describe, expect, it, vi } from 'vitest';
import { message } from '../../../src/core/message';
import { Catalogue } from '../../../src/core/rules/catalogue';
import { Investigation } from '../../../src/host/investigation/investigation';
import type * as tableClient from '../../../src/host/investigation/tableClient';
import type { TableInfo, TableMethod } from '../../../src/protocol/tableProtocol';
import { rules } from '../rules/support';
import { EventEmitter, Uri } from './fakeVscode';
import { FakeWorker } from './fakeWorker';

const started = vi.hoisted(() => [] as FakeWorker[]);

vi.mock('vscode', () => import('./fakeVscode'));
vi.mock('../../../src/host/investigation/tableClient', async (original) => {
  const { TableClient, ...others } = await original<typeof tableClient>();
  const startTableWorker: typeof tableClient.startTableWorker = (_, died) => {
    started.push(new FakeWorker());
    return new TableClient(worker(), died);
  };
  return { ...others, TableClient, startTableWorker };
});

const worker = (): FakeWorker => started.at(-1)!;
/** Lets everything that waits go on. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const INFO = { version: 1, findingsVersion: 1, rulesToSearch: 0, problems: [] } as unknown as TableInfo;
const NO_WORKERS = message('The index could not answer: {0}', 'no workers');

describe('an investigation', () => {
  const rulesChanged = new EventEmitter<void>();
  let investigation: Investigation;
  beforeEach(() => {
    started.length = 0;
    rulesChanged.dispose();
    const context = {
      workspaceState: { get: () => ['/logs'] },
      globalStorageUri: Uri.file('/storage'),
      extensionUri: Uri.file('/extension'),
    };
    const ruleSet = { catalogue: new Catalogue(rules), onDidChange: rulesChanged.event };
    investigation = new Investigation(context as never, ruleSet as never);
  });

  /** Opens it and answers what is asked on the way. */
  async function open(info = INFO): Promise<void> {
    const opened = investigation.open();
    worker().answer('open', info);
    await opened;
    worker().answer('save', null);
    await settled();
  }

  async function answer(method: TableMethod, result: unknown): Promise<void> {
    worker().answer(method, result);
    await settled();
  }

  it('says why the worker ended, and starts another for the next question', async () => {
    await open();
    worker().emit('error', new Error('no memory'));
    expect(investigation.state).toEqual({ kind: 'failed', reason: 'The index stopped: no memory' });
    const called = investigation.call('filter', { query: { pattern: '' } });
    expect(started).toHaveLength(2);
    await answer('open', INFO);
    await answer('filter', { count: 7 });
    expect(await called).toEqual({ count: 7 });
    expect(investigation.state).toMatchObject({ kind: 'ready', info: INFO });
  });

  it('fails when the worker ends while it reads, and reads with another', async () => {
    const opened = investigation.open();
    worker().emit('exit', 1);
    expect(await opened).toBe(undefined);
    expect(investigation.state).toEqual({ kind: 'failed', reason: 'The index was closed.' });
    await open();
    expect(started).toHaveLength(2);
    expect(investigation.state.kind).toBe('ready');
  });

  it('tells of a worker that ends after reading was cancelled', async () => {
    await open();
    const refreshed = investigation.refresh();
    investigation.cancel();
    await refreshed;
    expect(investigation.state.kind).toBe('ready');
    worker().emit('exit', 1);
    expect(investigation.state.kind).toBe('failed');
  });

  it('keeps the findings of rules that changed while sources were read, when that is cancelled', async () => {
    await open();
    const refreshed = investigation.refresh();
    rulesChanged.fire();
    const ruled = { ...INFO, findingsVersion: 2, rulesToSearch: 1 };
    await answer('rules', ruled);
    expect(investigation.state.kind).toBe('reading');
    const searched = { ...ruled, findingsVersion: 3, rulesToSearch: 0 };
    await answer('searchRules', searched);
    investigation.cancel();
    await refreshed;
    expect(investigation.state).toEqual({ kind: 'ready', info: searched, notAsked: null });
    expect(await investigation.open()).toEqual(searched);
  });

  const PREVIEW = { ...INFO, rowCount: 7 };
  const PROGRESS = { phase: 'reading', files: 1, totalFiles: 9, bytes: 1, totalBytes: 9, records: 70 };
  const ALL = { query: { pattern: '' } };

  it('shows the first events while the rest is read, and asks them by their version', async () => {
    const opened = investigation.open();
    worker().progress('open', { phase: 'preview', info: PREVIEW });
    worker().progress('open', PROGRESS);
    expect(investigation.state).toEqual({ kind: 'reading', progress: PROGRESS, preview: PREVIEW });
    const called = investigation.call('filter', ALL, { version: 1 });
    await settled();
    expect(worker().sent.at(-1)).toMatchObject({ method: 'filter', version: 1 });
    await answer('filter', { count: 7 });
    expect(await called).toEqual({ count: 7 });
    // All others, and questions without a version, wait for all events.
    const late = investigation.call('filter', ALL, { version: 5 });
    const whole = investigation.call('findings', ALL);
    await settled();
    expect(
      worker()
        .sent.filter((each) => each.kind === 'request')
        .map(({ method }) => method),
    ).toEqual(['open', 'filter']);
    await answer('open', { ...INFO, version: 2 });
    expect(worker().sent).toContainEqual(expect.objectContaining({ method: 'filter', version: 5 }));
    expect(worker().sent).toContainEqual(expect.objectContaining({ method: 'findings', version: undefined }));
    await answer('findings', []);
    worker().fail('filter', { kind: 'stale', message: NO_WORKERS });
    await expect(late).rejects.toMatchObject({ kind: 'stale' });
    expect(await whole).toEqual([]);
    expect((await opened)?.version).toBe(2);
    expect(investigation.state).toMatchObject({ kind: 'ready', info: { version: 2 } });
  });

  it('has no first events any more once reading is cancelled, and reads nothing for those who ask for them', async () => {
    const opened = investigation.open();
    worker().progress('open', { phase: 'preview', info: PREVIEW });
    investigation.cancel();
    await opened;
    worker().progress('open', PROGRESS);
    expect(investigation.state).toEqual({ kind: 'closed' });
    await expect(investigation.call('filter', ALL, { version: 1 })).rejects.toMatchObject({ kind: 'stale' });
    expect(investigation.state).toEqual({ kind: 'closed' });
    void investigation.open();
    expect(investigation.state).toEqual({ kind: 'reading', progress: undefined, preview: undefined });
  });

  it('is not read when its first reading is cancelled', async () => {
    const opened = investigation.open();
    investigation.cancel();
    expect(await opened).toBe(undefined);
    expect(investigation.state).toEqual({ kind: 'closed' });
  });

  it("says why rules of one's own could not be asked, until they change", async () => {
    await open({ ...INFO, rulesToSearch: 1 });
    worker().fail('searchRules', { kind: 'failed', message: NO_WORKERS });
    await settled();
    const notAsked = 'The index could not answer: no workers';
    expect(investigation.state).toMatchObject({ kind: 'ready', notAsked });
    rulesChanged.fire();
    worker().fail('rules', { kind: 'stale', message: NO_WORKERS });
    await settled();
    expect(investigation.state).toMatchObject({ kind: 'ready', notAsked });
    rulesChanged.fire();
    await answer('rules', { ...INFO, findingsVersion: 2 });
    expect(investigation.state).toMatchObject({ kind: 'ready', notAsked: null });
  });

  it('says that it could not be saved, also after rules have changed', async () => {
    const opened = investigation.open();
    worker().answer('open', INFO);
    await opened;
    const notSaved = { path: '/storage', records: 0, problems: [] };
    await answer('save', notSaved);
    expect(investigation.state).toMatchObject({ info: { problems: [notSaved] } });
    rulesChanged.fire();
    await answer('rules', { ...INFO, findingsVersion: 2 });
    expect(investigation.state).toMatchObject({ info: { findingsVersion: 2, problems: [notSaved] } });
  });
});
