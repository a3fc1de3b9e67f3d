import { readEvent } from '../../../src/core/events/event';
import { RecordReader } from '../../../src/core/events/recordReader';
import { RecordView } from '../../../src/core/events/recordView';
import type { TableData } from '../../../src/core/table/columns';
import { PlainScanner } from '../../../src/core/table/intake/plainScanner';
import { readContent } from '../../../src/core/table/intake/readContent';
import type { RecordScanner } from '../../../src/core/table/intake/recordScanner';
import { WasmScanner } from '../../../src/core/table/intake/wasmScanner';
import { type MergedTable, mergeParts, mergingHere } from '../../../src/core/table/merge/mergeParts';
import type { RuleProbe } from '../../../src/core/table/ruleProbe';
import { Table } from '../../../src/core/table/table';
import { TableBuilder } from '../../../src/core/table/tableBuilder';
import { scannerModule } from '../../fixtures/scanner';
import { FILE } from './support';

/** The scanners there are. The small window is for records that cross its border, and that are longer. */
export const SCANNERS: readonly [name: string, make: (rules?: RuleProbe) => RecordScanner][] = [
  ['the plain scanner', (rules) => new PlainScanner(rules)],
  ['the compiled scanner', (rules) => new WasmScanner(scannerModule(), Math.random() * 2 ** 52, rules)],
  ['the compiled scanner in small steps', (rules) => new WasmScanner(scannerModule(), 7, rules, 256)],
];

/** Reads contents, one file each, and merges what comes out. */
export async function indexOf(
  scanner: RecordScanner,
  contents: readonly Uint8Array[],
): Promise<MergedTable & { plain: number }> {
  const fileOf: number[] = [];
  let plain = 0;
  contents.forEach((content, file) => {
    const first = fileOf.length;
    const nextReading = (): number => {
      // The reading before was void.
      if (fileOf.length > first) fileOf[fileOf.length - 1] = -1;
      return fileOf.push(file) - 1;
    };
    if (readContent(scanner, content, nextReading, () => undefined) === undefined) plain++;
  });
  const parts = [{ part: scanner.finish(), fileOf: Int32Array.from(fileOf) }];
  return {
    ...(await mergeParts(
      contents.map(() => FILE),
      mergingHere(parts, undefined, () => Promise.resolve()),
    )),
    plain,
  };
}

/** The same by the general reader and the plain builder. */
export function expectedIndex(contents: readonly Uint8Array[], rules?: RuleProbe): MergedTable {
  const records: { record: RecordView; file: number; offset: number; length: number }[] = [];
  contents.forEach((content, file) => {
    let ordinal = 0;
    const reader = new RecordReader({
      record: ({ bytes, start, end, embedded }) => {
        const place = embedded ? { offset: start, length: end - start } : { offset: ordinal, length: 0 };
        records.push({ record: new RecordView(bytes.slice()), file, ...place });
        ordinal++;
      },
      problem: () => undefined,
    });
    reader.push(content);
    reader.end();
  });
  const build = (chosen: typeof records): TableData => {
    const builder = new TableBuilder();
    for (const { record, ...place } of chosen) builder.add(record, place, rules?.ask(record));
    return builder.build(contents.map(() => FILE));
  };
  const all = build(records);
  const byPlace = new Map(records.map((each) => [`${each.file} ${each.offset} ${each.length}`, each]));
  const seen = new Set<string>();
  const [kept, duplicates]: [typeof records, typeof records] = [[], []];
  for (let row = 0; row < all.rowCount; row++) {
    const each = byPlace.get(`${all.file[row]!} ${all.offset[row]!} ${all.length[row]!}`)!;
    const { eventID = '' } = readEvent(each.record);
    (eventID !== '' && seen.has(eventID) ? duplicates : kept).push(each);
    seen.add(eventID);
  }
  return { table: build(kept), duplicates: build(duplicates) };
}

/** The texts of a field, row by row. */
export function textsOf(data: TableData, field: 'eventName' | 'eventID' | 'userName'): (string | undefined)[] {
  const table = new Table(data);
  return Array.from({ length: data.rowCount }, (_, row) => table.text(row, field));
}
