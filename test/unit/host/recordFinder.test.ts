import { beforeEach, describe, expect, it, vi } from 'vitest';
import { readEvent } from '../../../src/core/events/event';
import { RecordView } from '../../../src/core/events/recordView';
import { encodeUtf8 } from '../../../src/core/json/bytes';
import { laidOutUri } from '../../../src/host/editor/logUri';
import { RecordFinder, type ShownRecord } from '../../../src/host/editor/recordFinder';
import { oneRecord } from '../../fixtures/oneRecord';
import type { CloudTrailRecord } from '../../fixtures/records';
import { Uri, workspace } from './fakeVscode';

vi.mock('vscode', () => import('./fakeVscode'));

const FILE = 'file:///logs/a.json';
const PACKED = 'file:///logs/b.json.gz';

const withId = (eventID: string): CloudTrailRecord => oneRecord({ eventID });
const withoutId = (eventName: string): CloudTrailRecord => oneRecord({ eventName, eventID: undefined });

/** The documents that can be opened: records by URI. A laid-out log may be in parts. */
class World {
  readonly opened: string[] = [];
  private readonly documents = new Map<string, { readonly uri: Uri; readonly records: readonly CloudTrailRecord[] }>();
  private readonly parts = new Map<string, number>();
  readonly finder: RecordFinder;

  constructor() {
    workspace.textDocuments = [];
    workspace.openTextDocument = (uri) => {
      const document = this.documents.get(uri.toString());
      if (document === undefined) return Promise.reject(new Error('cannot be opened'));
      this.opened.push(uri.toString());
      return Promise.resolve(document);
    };
    const documents = { whenAnalysed: (document: unknown) => Promise.resolve(openLog(document as never)) };
    const files = { laidOut: (uri: Uri) => ({ parts: this.parts.get(uri.toString()) }) };
    this.finder = new RecordFinder(documents as never, files as never);
  }

  text(file: string, records: readonly CloudTrailRecord[]): void {
    this.documents.set(file, { uri: Uri.parse(file), records });
  }

  laidOut(file: string, parts: readonly (readonly CloudTrailRecord[])[]): void {
    parts.forEach((records, part) => {
      const uri = laidOut(file, part);
      this.documents.set(uri, { uri: Uri.parse(uri), records });
      this.parts.set(uri, parts.length);
    });
  }

  show(uri: string): void {
    workspace.textDocuments.push(this.documents.get(uri)!);
  }
}

function laidOut(file: string, part = 0): string {
  return laidOutUri({ uri: Uri.parse(file) as never, part }).toString();
}

/** The log of a document; of one without records there is none. */
function openLog(document: { readonly records: readonly CloudTrailRecord[] }): unknown {
  const { records } = document;
  if (records.length === 0) return undefined;
  const record = (index: number): unknown => {
    const view = new RecordView(encodeUtf8(JSON.stringify(records[index], null, 2)));
    return { index, view, event: readEvent(view) };
  };
  const recordOf = (id: string): number | undefined => {
    const index = records.findIndex(({ eventID }) => eventID === id);
    return index < 0 ? undefined : index;
  };
  return { log: { document, recordCount: records.length, isStale: false, record }, analysis: { recordOf } };
}

const placeOf = (found: ShownRecord | undefined): unknown =>
  found && [found.log.document.uri.toString(), found.record.index];

describe('a record that is known from elsewhere', () => {
  let world: World;
  beforeEach(() => (world = new World()));

  it('is found by its eventID, whatever its number is said to be', async () => {
    world.laidOut(PACKED, [[withId('a'), withId('b')]]);
    expect(placeOf(await world.finder.find({ file: PACKED, eventID: 'b' }))).toEqual([laidOut(PACKED), 1]);
    expect(placeOf(await world.finder.find({ file: PACKED, index: 0, eventID: 'b' }))).toEqual([laidOut(PACKED), 1]);
    expect(await world.finder.find({ file: PACKED, index: 0, eventID: 'c' })).toBeUndefined();
  });

  it('is found by its number among records with the same eventID', async () => {
    world.laidOut(PACKED, [[withId('a'), withId('b'), withId('b')]]);
    expect(placeOf(await world.finder.find({ file: PACKED, index: 2, eventID: 'b' }))).toEqual([laidOut(PACKED), 2]);
  });

  it('is found by its number or its tokens when it has no eventID', async () => {
    const records = ['One', 'Two', 'Three'].map(withoutId);
    world.laidOut(PACKED, [records]);
    expect(placeOf(await world.finder.find({ file: PACKED, index: 1 }))).toEqual([laidOut(PACKED), 1]);
    const json = JSON.stringify(records[2]);
    expect(placeOf(await world.finder.find({ file: PACKED, json }))).toEqual([laidOut(PACKED), 2]);
    expect(await world.finder.find({ file: PACKED, json: JSON.stringify(withoutId('Four')) })).toBeUndefined();
  });

  it('is found in whatever part of a long log it stands', async () => {
    const [first, second] = [withoutId('One'), withoutId('Two')];
    world.laidOut(PACKED, [
      [first, withId('a')],
      [second, withId('b')],
    ]);
    const second0 = [laidOut(PACKED, 1), 0];
    expect(placeOf(await world.finder.find({ file: PACKED, eventID: 'b' }))).toEqual([laidOut(PACKED, 1), 1]);
    expect(placeOf(await world.finder.find({ file: PACKED, json: JSON.stringify(second) }))).toEqual(second0);
    expect(placeOf(await world.finder.find({ file: PACKED, index: 2 }))).toEqual(second0);
    expect(await world.finder.find({ file: PACKED, index: 4 })).toBeUndefined();
  });

  it('is shown in the text that is open, in a text rather than laid out, and laid out where the text cannot be', async () => {
    const records = [withId('a')];
    world.text(FILE, records);
    world.laidOut(FILE, [records]);
    const shown = async (): Promise<unknown> => placeOf(await world.finder.find({ file: FILE, eventID: 'a' }));
    expect(await shown()).toEqual([FILE, 0]);
    world.show(laidOut(FILE));
    expect(await shown()).toEqual([laidOut(FILE), 0]);
    world.show(FILE);
    expect(await shown()).toEqual([FILE, 0]);
    // As is a log on one line, which opens laid out instead.
    world.text(FILE, []);
    expect(await shown()).toEqual([laidOut(FILE), 0]);
  });

  it('is found in a laid-out document that is named', async () => {
    world.laidOut(PACKED, [[withId('a')], [withId('b')]]);
    const file = laidOut(PACKED, 1);
    expect(placeOf(await world.finder.find({ file, index: 0 }))).toEqual([file, 0]);
    expect(await world.finder.find({ file, eventID: 'a' })).toBeUndefined();
  });

  it('is not found in a file that is gone, and nothing is opened when nothing is known of it', async () => {
    expect(await world.finder.find({ file: PACKED, index: 0 })).toBeUndefined();
    world.laidOut(PACKED, [[withId('a')]]);
    expect(await world.finder.find({ file: PACKED })).toBeUndefined();
    expect(world.opened).toEqual([]);
  });
});
