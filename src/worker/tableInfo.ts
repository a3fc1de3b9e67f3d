import { SEVERITIES } from '../core/rules/severity';
import { tableBytes } from '../core/table/tableBytes';
import { datedRows } from '../core/table/timeRange';
import type { IndexProgress, OpenRequest, TableInfo } from '../protocol/tableProtocol';
import type { OpenTable } from './openTable';
import { sourceInfos } from './sourceInfos';
import type { ReadIndex } from './readIndex';

/** The last stretch of reading an index. */
export function rulesProgress({ table, packedBytes }: ReadIndex): IndexProgress {
  return {
    phase: 'rules',
    files: table.files.length,
    totalFiles: table.files.length,
    bytes: packedBytes,
    totalBytes: packedBytes,
    records: table.rowCount,
  };
}

/** What the host is told of a table beside its versions. */
export function infoOf(
  { sources }: OpenRequest,
  index: ReadIndex,
  open: OpenTable,
): Omit<TableInfo, 'version' | 'findingsVersion'> {
  const { table, duplicates, passedOver, problems, fromCache, filesRead, packedBytes } = index;
  const dated = datedRows(table.time);
  const { codes, severities, counts } = open.views.findings;
  const findings = SEVERITIES.map(() => 0);
  counts.forEach((count, code) => severities[code]! > 0 && (findings[severities[code]! - 1]! += count));
  return {
    rowCount: table.rowCount,
    files: table.files.length,
    packedBytes,
    unpackedBytes: table.files.reduce((sum, { unpacked }) => sum + unpacked, 0),
    first: dated > 0 ? table.time[0]! : null,
    last: dated > 0 ? table.time[dated - 1]! : null,
    undated: table.rowCount - dated,
    duplicates,
    passedOver,
    problems,
    sources: sourceInfos(sources, table),
    fromCache,
    filesRead,
    findings,
    rulesToSearch: open.rulesToSearch,
    residentBytes: tableBytes(table) + codes.byteLength,
  };
}
