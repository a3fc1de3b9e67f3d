import { FindingsCollector } from '../../core/export/findingsCollector';
import type { FindingsReport } from '../../core/export/located';
import type { Catalogue } from '../../core/rules/catalogue';
import type { Severity } from '../../core/rules/severity';
import { pacer } from '../../node/pacer';
import type { LogDocument } from '../editor/logDocument';

/**
 * What rules find in a log that is open, in slices. In a place of the report `start` is the number of the record in the document. Answers
 * undefined when the text changed meanwhile.
 */
export async function findInLog(
  log: LogDocument,
  path: string,
  catalogue: Catalogue,
  least: Severity,
): Promise<FindingsReport | undefined> {
  const collector = new FindingsCollector(catalogue, least);
  const pause = pacer();
  for (let index = 0; index < log.recordCount; index++) {
    const { event, view } = log.record(index);
    collector.add(event, view, { path, start: index, end: index });
    await pause();
    if (log.isStale) return undefined;
  }
  return collector.report();
}
