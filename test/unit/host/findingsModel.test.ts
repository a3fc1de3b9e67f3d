import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readEvent } from '../../../src/core/events/event';
import { RecordView } from '../../../src/core/events/recordView';
import { encodeUtf8 } from '../../../src/core/json/bytes';
import { Catalogue } from '../../../src/core/rules/catalogue';
import { FindingsModel } from '../../../src/host/findings/findingsModel';
import { Scopes } from '../../../src/host/hunt/scopes';
import { oneRecord } from '../../fixtures/oneRecord';
import { rules as ruleList } from '../rules/support';
import { EventEmitter, window } from './fakeVscode';

vi.mock('vscode', () => import('./fakeVscode'));

/** A log of one record that counts how often the rules went over it. */
class Log {
  runs = 0;
  readonly document: { readonly uri: { readonly path: string } };
  readonly recordCount = 1;
  readonly isStale = false;
  readonly problems = [];

  constructor(readonly name: string) {
    this.document = { uri: { path: `/${name}` } };
  }

  record(): unknown {
    this.runs++;
    const view = new RecordView(encodeUtf8(JSON.stringify(oneRecord({ eventName: 'StopLogging' }))));
    return { view, event: readEvent(view) };
  }
}

function world() {
  const logs = ['a.json', 'b.json'].map((name) => new Log(name)) as [Log, Log];
  const analysed = new EventEmitter<unknown>();
  const closed = new EventEmitter<unknown>();
  const opened = (document: unknown): unknown => ({ log: logs.find((log) => log.document === document) });
  const documents = {
    onDidAnalyse: analysed.event,
    onDidClose: closed.event,
    whenAnalysed: (document: unknown) => Promise.resolve(opened(document)),
  };
  const sources = new EventEmitter<undefined>();
  const investigation = { onDidChange: sources.event, sources: [] };
  const ruled = new EventEmitter<undefined>();
  const rules = { catalogue: new Catalogue(ruleList), onDidChange: ruled.event, whenRead: () => Promise.resolve() };
  const scopes = new Scopes(documents as never, investigation as never, {} as never);
  const model = new FindingsModel({} as never, documents as never, scopes, investigation as never, rules as never);
  return { logs, analysed, closed, sources, ruled, scopes, model, opened };
}

/** Lets everything run that is under way: there is nothing that takes longer than a few turns. */
async function settle(): Promise<void> {
  for (let turns = 0; turns < 20; turns++) await setImmediate();
}

describe('the findings of the log in front', () => {
  let there: ReturnType<typeof world>;
  beforeEach(() => {
    window.activeTextEditor = undefined;
    there = world();
  });
  afterEach(() => {
    there.model.dispose();
    there.scopes.dispose();
  });

  async function toFront(log: Log): Promise<void> {
    window.activeTextEditor = { document: log.document };
    window.activated.fire(window.activeTextEditor);
    await settle();
  }

  it('are found once when it comes to the front, though its analysis ends only then', async () => {
    const { logs, analysed, opened, model } = there;
    window.activeTextEditor = { document: logs[0].document };
    window.activated.fire(window.activeTextEditor);
    analysed.fire(opened(logs[0].document));
    await settle();
    expect(logs[0].runs).toBe(1);
    expect(model.shown).toMatchObject({ scope: 'a.json' });
  });

  it('are not looked for again while sources are read', async () => {
    const { logs, sources, scopes } = there;
    await toFront(logs[0]);
    let told = 0;
    scopes.onDidChange(() => told++);
    for (let tick = 0; tick < 5; tick++) sources.fire(undefined);
    await settle();
    expect(logs[0].runs).toBe(1);
    expect(told).toBe(5);
  });

  it('are found once more after each analysis of it, and of no other log', async () => {
    const { logs, analysed, opened } = there;
    await toFront(logs[0]);
    analysed.fire(opened(logs[0].document));
    analysed.fire(opened(logs[1].document));
    await settle();
    expect(logs.map(({ runs }) => runs)).toEqual([2, 0]);
  });

  it('are found once more when the rules change, which has every log analysed again', async () => {
    const { logs, analysed, opened, ruled } = there;
    await toFront(logs[0]);
    ruled.fire(undefined);
    analysed.fire(opened(logs[0].document));
    await settle();
    expect(logs[0].runs).toBe(2);
  });

  it('are those of another log when that comes to the front, and go with it', async () => {
    const { logs, closed, model } = there;
    await toFront(logs[0]);
    await toFront(logs[1]);
    expect(logs.map(({ runs }) => runs)).toEqual([1, 1]);
    expect(model.shown).toMatchObject({ scope: 'b.json' });
    closed.fire(logs[1].document);
    expect(model.shown).toBeUndefined();
  });
});
