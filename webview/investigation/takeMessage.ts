import type { InvestigationToHost } from '../../src/protocol/investigationProtocol';
import type { InvestigationViewState } from './investigationState';

/** Asks the host to put the chosen events, or the active one, on the clipboard; or all of them into a file. */
export function takeMessage(
  { query, sort, selection, columns }: InvestigationViewState,
  version: number,
  kind: 'copy' | 'export',
  format: 'csv' | 'ndjson',
): InvestigationToHost {
  const { active } = selection;
  const chosen = selection.ranges.length > 0 ? selection.ranges : ([[active, active + 1]] as const);
  const ranges = kind === 'copy' ? chosen : null;
  const fields = columns.map(({ field }) => field);
  return { kind, version, query, ranges, format, fields, ...(sort && { sort }) };
}
