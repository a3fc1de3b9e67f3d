import type { InvestigationPhase, OpenTableInfo, UnreadableFile } from '../../protocol/investigationProtocol';
import type { FileProblems, TableInfo } from '../../protocol/tableProtocol';
import { localize } from '../common/localize';
import type { InvestigationState } from './investigationState';

/** Files listed with their reasons, and reasons of one file: beyond, a list helps nobody. */
const MOST_FILES = 500;
const MOST_REASONS = 5;

/** How far the investigation is, as the editor shows it. */
export function phaseOf(state: InvestigationState): InvestigationPhase {
  switch (state.kind) {
    case 'reading':
      return {
        kind: 'reading',
        progress: state.progress ?? null,
        preview: state.preview ? infoOf(state.preview) : null,
      };
    case 'ready':
      return { kind: 'ready', info: infoOf(state.info, state.notAsked) };
    default:
      return state;
  }
}

function infoOf(info: TableInfo, notAsked: string | null = null): OpenTableInfo {
  const { version, rowCount, files, unpackedBytes, first, last, undated, duplicates, passedOver, fromCache } = info;
  return {
    ...{ version, rowCount, files, unpackedBytes, first, last, undated, duplicates, passedOver, fromCache },
    findingsVersion: info.findingsVersion,
    rulesToSearch: notAsked === null ? info.rulesToSearch : 0,
    rulesNotAsked: notAsked,
    unreadable: info.problems.slice(0, MOST_FILES).map(unreadable),
    unreadableCount: info.problems.length,
  };
}

function unreadable({ path, records, problems }: FileProblems): UnreadableFile {
  const reasons = problems.slice(0, MOST_REASONS).map(({ message }) => localize(message));
  return { path, records, reasons };
}
