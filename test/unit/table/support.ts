import { RecordView } from '../../../src/core/events/recordView';
import { Table } from '../../../src/core/table/table';
import { TableBuilder } from '../../../src/core/table/tableBuilder';
import { utf8 } from '../../fixtures/bytes';

/** A table of records given as JSON text, and the records in the order of its rows. */
export interface MadeTable {
  readonly table: Table;
  readonly records: readonly RecordView[];
}

export const FILE = { path: 'log.json', size: 1, modified: 0, unpacked: 1, compression: 'none' };

/** Builds a table of records that stand one after another in one file. */
export function tableOf(jsons: readonly string[]): MadeTable {
  const builder = new TableBuilder();
  const byOffset = new Map<number, RecordView>();
  let offset = 0;
  for (const json of jsons) {
    const record = new RecordView(utf8(json));
    builder.add(record, { file: 0, offset, length: record.bytes.length });
    byOffset.set(offset, record);
    offset += record.bytes.length + 1;
  }
  const table = new Table(builder.build([FILE]));
  return { table, records: Array.from(table.data.offset, (at) => byOffset.get(at)!) };
}
