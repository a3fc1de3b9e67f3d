import { isOfSource } from '../core/events/logPath';
import type { TableData } from '../core/table/columns';
import type { SourceInfo } from '../protocol/tableProtocol';

/** How much of a table comes from each source; a file that several sources hold counts in the first. */
export function sourceInfos(sources: readonly string[], table: TableData): SourceInfo[] {
  const owner = Int32Array.from(table.files, ({ path }) => sources.findIndex((source) => isOfSource(path, source)));
  const infos = sources.map(() => ({ files: 0, events: 0, first: Infinity, last: -Infinity }));
  for (const index of owner) if (index >= 0) infos[index]!.files++;
  for (let row = 0; row < table.rowCount; row++) {
    const info = infos[owner[table.file[row]!]!];
    if (info === undefined) continue;
    info.events++;
    const time = table.time[row]!;
    if (time < info.first) info.first = time;
    if (time > info.last) info.last = time;
  }
  return infos.map(({ files, events, first, last }, index) => {
    const dated = first <= last;
    return { path: sources[index]!, files, events, first: dated ? first : null, last: dated ? last : null };
  });
}
