import { statSync } from 'node:fs';
import { RecordView } from '../../core/events/recordView';
import type { Rule } from '../../core/rules/rule';
import type { TableData, TableFile } from '../../core/table/columns';
import { RuleProbe } from '../../core/table/ruleProbe';
import { TableBuilder } from '../../core/table/tableBuilder';
import type { ReadLogOptions } from '../readLog';
import { readLogs } from '../readLogs';

/**
 * Reads every log under `sources` into a table record by record: slow, plain, and what the index workers are compared with. Duplicates stay; what
 * cannot be read is left out.
 */
export async function plainIndex(sources: readonly string[], rules: Iterable<Rule>): Promise<TableData> {
  const probe = new RuleProbe(rules);
  const builder = new TableBuilder();
  const files: TableFile[] = [];
  const indexes = new Map<string, { index: number; records: number; unpacked: number }>();
  const options: ReadLogOptions = {
    onRecord: (record, from) => {
      const file = indexes.get(from) ?? { index: indexes.size, records: 0, unpacked: 0 };
      indexes.set(from, file);
      const ordinal = file.records++;
      const view = new RecordView(record.bytes.slice());
      const place = record.embedded
        ? { file: file.index, offset: record.start, length: record.bytes.length }
        : { file: file.index, offset: ordinal, length: 0 };
      file.unpacked = Math.max(file.unpacked, record.end + 2);
      builder.add(view, place, probe.ask(view));
    },
  };
  for await (const { path, logs } of readLogs(
    sources,
    () => options,
    () => undefined,
  )) {
    const { size, mtimeMs } = statSync(path);
    for (const { path: from, compression } of logs) {
      const file = indexes.get(from);
      if (file === undefined) continue;
      files[file.index] = { path: from, size, modified: mtimeMs, unpacked: file.unpacked, compression };
    }
  }
  return builder.build(files);
}
