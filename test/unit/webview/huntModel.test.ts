import { beforeEach, describe, expect, it } from 'vitest';
import type { HuntRow, HuntToHost } from '../../../src/protocol/huntProtocol';
import { HuntModel, type KeptHunt, PAGE_ROWS } from '../../../webview/hunt/huntModel';
import { FakeHost } from './fakeHost';

const FILE = { label: 'a.json', records: 300 };
const OUTCOME = { matched: 250, searched: 300, cancelled: false, missing: [], failure: null };
const PATTERN = '{ $.eventName = GetObject }';

const rowsFrom = (from: number, length: number): HuntRow[] =>
  Array.from({ length }, (_, index) => ({
    id: from + index,
    time: null,
    eventName: `event ${from + index}`,
    ...{ eventSource: '', principal: '', sourceIPAddress: '', awsRegion: '', errorCode: '', severity: null },
  }));

class Host extends FakeHost<HuntToHost, KeptHunt> {}

describe('the state of the Hunt view', () => {
  let host: Host;
  let model: HuntModel;
  beforeEach(() => {
    host = new Host();
    model = new HuntModel(host, () => undefined);
    model.begin();
    model.receive({ kind: 'scopes', file: FILE, investigation: null });
  });

  function runToTheEnd(): void {
    model.write(PATTERN);
    model.start();
    model.receive({ kind: 'done', run: 1, outcome: OUTCOME });
  }

  it('runs the pattern over the chosen scope', () => {
    model.write(PATTERN);
    model.start();
    expect(host.last('run')).toEqual({ kind: 'run', run: 1, pattern: PATTERN, scope: 'file' });
    expect(model.state.phase).toBe('running');
  });

  it('runs nothing that does not parse', () => {
    model.write('{ $.eventName == x }');
    model.start();
    expect(host.last('run')).toBeUndefined();
    expect(model.canRun).toBe(false);
  });

  it('runs nothing where there is nothing to search', () => {
    model.receive({ kind: 'scopes', file: null, investigation: null });
    model.write(PATTERN);
    model.start();
    expect(host.last('run')).toBeUndefined();
  });

  it('takes the other scope when the chosen one is empty', () => {
    model.receive({ kind: 'scopes', file: null, investigation: { label: 'all', records: null } });
    expect(model.scope).toBe('investigation');
  });

  it('asks for the pages on screen, each once', () => {
    runToTheEnd();
    model.fetch(90, 110);
    model.fetch(95, 115);
    const asked = host.posted.flatMap((message) => (message.kind === 'rows' ? [message.from] : []));
    expect(asked).toEqual([0, PAGE_ROWS]);
    model.receive({ kind: 'rows', run: 1, group: null, from: PAGE_ROWS, rows: rowsFrom(PAGE_ROWS, PAGE_ROWS) });
    expect(model.rowOf({ group: null, index: 105 })?.eventName).toBe('event 105');
    expect(model.rowOf({ group: null, index: 5 })).toBeUndefined();
  });

  it('asks again for a page that has grown while the run goes on', () => {
    model.write(PATTERN);
    model.start();
    for (const matched of [10, 10, 20]) {
      model.receive({ kind: 'progress', run: 1, searched: matched, total: 300, matched });
      model.fetch(0, matched);
    }
    expect(host.posted.filter(({ kind }) => kind === 'rows')).toHaveLength(2);
  });

  it('drops what belongs to an earlier run', () => {
    runToTheEnd();
    model.start();
    model.receive({ kind: 'done', run: 1, outcome: OUTCOME });
    model.receive({ kind: 'rows', run: 1, group: null, from: 0, rows: rowsFrom(0, 1) });
    expect(model.state.phase).toBe('running');
    expect(model.rowOf({ group: null, index: 0 })).toBeUndefined();
  });

  it('shows rows in groups, and opens the record of a row', () => {
    runToTheEnd();
    model.choose({ grouping: 'eventName' });
    expect(host.last('groups')).toEqual({ kind: 'groups', run: 1, grouping: 'eventName' });
    model.receive({ kind: 'groups', run: 1, grouping: 'eventName', groups: [{ key: 'A', count: 2 }] });
    expect(model.lineCount).toBe(1);
    model.toggle(0);
    expect(model.lineCount).toBe(3);
    model.fetch(0, 3);
    expect(host.last('rows')).toMatchObject({ group: 'A', from: 0, grouping: 'eventName' });
    model.receive({ kind: 'rows', run: 1, group: 'A', from: 0, rows: rowsFrom(7, 2) });
    model.open(2, true);
    expect(host.last('open')).toEqual({ kind: 'open', run: 1, row: 8, keepFocus: true });
  });

  it('keeps what a reload needs, and looks again for what was on screen', () => {
    runToTheEnd();
    model.choose({ grouping: 'awsRegion' });
    const again = new Host(host.kept);
    const reloaded = new HuntModel(again, () => undefined);
    reloaded.begin();
    expect(reloaded.state).toMatchObject({ pattern: PATTERN, grouping: 'awsRegion' });
    reloaded.receive({ kind: 'scopes', file: FILE, investigation: null });
    expect(again.last('run')).toMatchObject({ pattern: PATTERN });
    reloaded.receive({ kind: 'scopes', file: FILE, investigation: null });
    expect(again.posted.filter(({ kind }) => kind === 'run')).toHaveLength(1);
  });

  it('takes and runs a pattern from the host', () => {
    model.receive({ kind: 'pattern', pattern: PATTERN, scope: null, run: true });
    expect(host.last('run')).toMatchObject({ pattern: PATTERN });
  });

  it('warns of fields that CloudTrail does not have', () => {
    model.receive({
      kind: 'setup',
      fields: [{ path: 'eventName', type: 'string', description: '', values: [] }],
    });
    model.write('{ $.eventname = x }');
    expect(model.state.parsed.notes.map(({ fix }) => fix?.text)).toEqual(['$.eventName']);
  });

  it('takes the patterns that were run and saved, and leaves the fields and the pattern as they are', () => {
    const fields = [{ path: 'eventName', type: 'string', description: '', values: [] }];
    model.receive({ kind: 'setup', fields });
    model.write(PATTERN);
    model.receive({ kind: 'patterns', history: [PATTERN], saved: [{ name: 'mine', pattern: PATTERN }] });
    expect(model.state).toMatchObject({ fields, pattern: PATTERN, history: [PATTERN] });
    expect(model.state.saved).toEqual([{ name: 'mine', pattern: PATTERN }]);
  });
});
