import { describe, expect, it } from 'vitest';
import { type LaidOutLog, LogLayouter } from '../../../src/core/events/laidOutLog';
import { PIECE_SIZES, inPieces, textOf, utf16, utf8 } from '../../fixtures/bytes';
import { CONTAINERS } from '../../fixtures/containers';
import { readAll } from '../../fixtures/readAll';
import { makeRecords } from '../../fixtures/records';

async function layOut(pieces: Iterable<Uint8Array>, part?: number, partBytes?: number): Promise<LaidOutLog> {
  const layouter = new LogLayouter(part, partBytes);
  for (const piece of pieces) layouter.push(piece);
  return layouter.finish(() => Promise.resolve());
}

const RECORDS = makeRecords(6);

describe('LogLayouter', () => {
  it.each<[name: string, text: string, laidOut: string]>([
    [
      'a log',
      '{"Records":[{"eventVersion":"1.11","n":1.0}]}',
      '{\n  "Records": [\n    {\n      "eventVersion": "1.11",\n      "n": 1.0\n    }\n  ]\n}\n',
    ],
    [
      'lines',
      '{"eventVersion":"1.11"}\n{"eventVersion":"1.11"}\n',
      '{\n  "eventVersion": "1.11"\n}\n{\n  "eventVersion": "1.11"\n}\n',
    ],
    [
      'a cut log',
      '{"Records":[{"eventVersion":"1.11"},{"a',
      '{\n  "Records": [\n    {\n      "eventVersion": "1.11"\n    },\n    {\n      "a\n',
    ],
    ['other JSON', '\n{"a":[]}', '{\n  "a": []\n}\n'],
    [
      'records in texts, which it takes out',
      '{"message":"{\\"eventVersion\\":\\"1.11\\"}"}',
      '[\n  {\n    "eventVersion": "1.11"\n  }\n]\n',
    ],
    ['no JSON', 'hello', ''],
    ['nothing', '', ''],
  ])('lays out %s', async (_, text, laidOut) => {
    for (const size of PIECE_SIZES) {
      expect(textOf((await layOut(inPieces(utf8(text), size))).bytes)).toBe(laidOut);
    }
    expect(textOf((await layOut([utf16(text, 'le', true)])).bytes)).toBe(laidOut);
  });

  it.each(CONTAINERS)('gives the records of $name again when it is read', async ({ build }) => {
    const text = build(RECORDS);
    const { bytes, records, parts, takenOut } = await layOut([utf8(text)]);
    const values = (json: string): unknown => JSON.parse(json);
    const before = readAll([utf8(text)]);
    const after = readAll([bytes]);
    expect(after.records.map(({ json }) => values(json))).toEqual(before.records.map(({ json }) => values(json)));
    expect(records).toBe(RECORDS.length);
    expect(parts).toBe(1);
    expect(takenOut).toBe(before.records.some(({ embedded }) => !embedded));
  });

  it('shows a long log in parts of whole records, each once', async () => {
    const text = utf8(JSON.stringify({ Records: RECORDS }));
    const { parts } = await layOut([text], 0, 2000);
    expect(parts).toBeGreaterThan(2);
    const shown: unknown[] = [];
    for (let part = 0; part < parts; part++) {
      const laidOut = await layOut(inPieces(text, 500), part, 2000);
      expect(laidOut).toMatchObject({ part, parts, records: RECORDS.length, takenOut: false, format: 'records' });
      shown.push(...(JSON.parse(textOf(laidOut.bytes)) as unknown[]));
    }
    expect(shown).toEqual(RECORDS);
  });

  it('tells what is wrong', async () => {
    const { problems, records } = await layOut([utf8('{"Records":[{"eventVersion":"1.11"},{"a')]);
    expect(problems.map(({ kind }) => kind)).toEqual(['truncated']);
    expect(records).toBe(1);
  });
});
