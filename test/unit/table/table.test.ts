import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readEvent } from '../../../src/core/events/event';
import { SPELLINGS, indexedSlot } from '../../../src/core/events/recordView';
import { DICTIONARY_FIELDS, ID_FIELDS, SEVERAL } from '../../../src/core/table/columns';
import { tokenOf } from '../../../src/core/table/decodedDictionary';
import type { TableField } from '../../../src/core/table/table';
import { isUuid, packUuid, unpackUuid } from '../../../src/core/table/uuid';
import { makeRecords } from '../../fixtures/records';
import { recordJson } from './arbitraries';
import { tableOf } from './support';

const FIELDS = Object.keys(SPELLINGS) as TableField[];

describe('a table', () => {
  test('gives back every field of every record in each of its spellings, and its row', () => {
    fc.assert(
      fc.property(fc.array(recordJson, { maxLength: 8 }), (jsons) => {
        const { table, records } = tableOf(jsons);
        expect(table.rowCount).toBe(jsons.length);
        records.forEach((record, row) => {
          expect(table.event(row)).toEqual(readEvent(record));
          for (const field of FIELDS)
            SPELLINGS[field].forEach((path, spelling) => {
              expect(table.value(row, field, spelling), `${field} ${path}`).toEqual(record.field(indexedSlot(path)!));
            });
        });
      }),
      { numRuns: 400 },
    );
  });

  test('is ordered by time, records without one last, equals as they came', () => {
    const times = ['"2026-01-02T00:00:00Z"', 'null', '"2026-01-01T00:00:00Z"', '"no time"', '"2026-01-02T00:00:00Z"'];
    const { table } = tableOf(times.map((time, i) => `{"eventTime":${time},"eventName":"e${i}"}`));
    expect(Array.from({ length: 5 }, (_, row) => table.text(row, 'eventName'))).toEqual(['e2', 'e0', 'e4', 'e1', 'e3']);
    expect(table.text(4, 'eventTime')).toBe('no time');
    expect(table.value(3, 'eventTime', 0)).toEqual({ type: 'null', text: '' });
  });

  test('keeps tokens apart as delivered, and codes as narrow as they can be', () => {
    const tokens = ['true', '"true"', '1', '1.0', 'null', '{}', '[]', '[null]', '"A"', '"\\u0041"'];
    const { table } = tableOf(tokens.map((token) => `{"readOnly":${token === '{}' ? '{"a":1}' : token}}`));
    const { codes, dictionary } = table.data.columns.readOnly;
    expect(Array.from(codes, (code) => tokenOf(dictionary, code))).toEqual(tokens);
    expect(codes).toBeInstanceOf(Uint8Array);
    const many = tableOf(Array.from({ length: 300 }, (_, i) => `{"eventName":"e${i}"}`));
    expect(many.table.data.columns.eventName.codes).toBeInstanceOf(Uint16Array);
  });

  test('keeps all spellings of a field that a record has in several', () => {
    const { table } = tableOf(['{"insightDetails":{"eventName":"RunInstances"},"eventName":null}']);
    const { codes, dictionary } = table.data.columns.eventName;
    expect(dictionary.spellings[codes[0]!]).toBe(SEVERAL);
    expect(tokenOf(dictionary, codes[0]!)).toBe('{"0":null,"1":"RunInstances"}');
    expect(table.text(0, 'eventName')).toBe('RunInstances');
    expect(table.value(0, 'eventName', 0)).toEqual({ type: 'null', text: '' });
  });

  test('packs UUIDs and canonical times, and nothing else', () => {
    const { table } = tableOf(makeRecords(100).map((record) => JSON.stringify(record)));
    expect(table.data.ids.eventID.packed.length).toBe(1600);
    expect(table.data.ids.eventID.exceptions.rows.length).toBe(0);
    expect(table.data.ids.requestID.exceptions.rows.length).toBe(100);
    expect(table.data.ids.sharedEventID.packed.length).toBe(0);
    expect(table.data.eventTime.rows.length).toBe(0);
  });

  test('has each field once', () => {
    expect([...DICTIONARY_FIELDS, ...ID_FIELDS, 'eventTime'].sort()).toEqual([...FIELDS, 'ruleTests'].sort());
  });

  test('survives a message as it is', () => {
    const { table } = tableOf(makeRecords(10).map((record) => JSON.stringify(record)));
    expect(structuredClone(table.data)).toEqual(table.data);
  });
});

describe('UUIDs', () => {
  test('come back as they were', () => {
    fc.assert(
      fc.property(fc.uuid(), (uuid) => {
        const bytes = new Uint8Array(20);
        packUuid(uuid, bytes, 3);
        expect(isUuid(uuid)).toBe(true);
        expect(unpackUuid(bytes, 3)).toBe(uuid);
      }),
    );
  });

  test.each(['', '00000000-0000-4000-8000-00000000000A', '00000000000040008000000000000000', 'x'])(
    'are no other texts: %s',
    (text) => expect(isUuid(text)).toBe(false),
  );
});
