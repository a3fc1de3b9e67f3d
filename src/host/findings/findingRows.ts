import { formatTime } from '../../core/events/time';
import { type LocatedCorrelation, type LocatedFinding, type LocatedRecord, groupLine } from '../../core/export/located';
import type { Attack } from '../../core/rules/attack';
import type { Rule } from '../../core/rules/rule';
import { type Severity, highestSeverity, severityRank } from '../../core/rules/severity';

export const FINDING_GROUPINGS = ['severity', 'tactic', 'principal', 'rule'] as const;
export type FindingGrouping = (typeof FINDING_GROUPINGS)[number];

/** Rows listed below one group: a tree of thousands helps nobody, and the Hunt view lists them all. */
const MOST_ROWS = 500;

/** One line of the Findings view. */
export type FindingRow = GroupRow | EventRow | CorrelationRow | RecordRow | RestRow;

export interface GroupRow {
  readonly kind: 'group';
  readonly key: string;
  readonly label: string;
  /** The highest below. */
  readonly severity: Severity;
  readonly count: number;
  readonly rows: readonly FindingRow[];
}

/** One event and the rules it meets. */
export interface EventRow {
  readonly kind: 'event';
  readonly finding: LocatedFinding;
  readonly severity: Severity;
  readonly rules: readonly Rule[];
  readonly parent: string;
}

/** Several records that meet a rule together. */
export interface CorrelationRow {
  readonly kind: 'correlation';
  readonly found: LocatedCorrelation;
  readonly severity: Severity;
  readonly rules: readonly Rule[];
  readonly rows: readonly RecordRow[];
  readonly parent: string;
}

export interface RecordRow {
  readonly kind: 'record';
  readonly record: LocatedRecord;
}

/** What was left out of a long group. */
export interface RestRow {
  readonly kind: 'rest';
  readonly count: number;
  readonly parent: string;
}

export interface FoundThings {
  readonly findings: readonly LocatedFinding[];
  readonly correlations: readonly LocatedCorrelation[];
}

/** The findings in groups: of severities the highest first, of others the one with the most severe finding, then the largest. */
export function groupFindings(found: FoundThings, grouping: FindingGrouping, attack: Attack): GroupRow[] {
  const groups = new Map<string, (EventRow | CorrelationRow)[]>();
  for (const row of rowsOf(found)) {
    for (const key of keysOf(row, grouping)) {
      const members = groups.get(key);
      const own = { ...row, parent: key };
      if (members === undefined) groups.set(key, [own]);
      else members.push(own);
    }
  }
  const rows = [...groups].map(([key, members]): GroupRow => {
    const severity = highestSeverity(members.map((each) => each.severity));
    const rest = members.length - MOST_ROWS;
    const shown: FindingRow[] = members.slice(0, MOST_ROWS);
    if (rest > 0) shown.push({ kind: 'rest', count: rest, parent: key });
    return {
      kind: 'group',
      key,
      label: labelOf(key, members[0]!, grouping, attack),
      severity,
      count: members.length,
      rows: shown,
    };
  });
  return rows.sort(
    (a, b) => severityRank(b.severity) - severityRank(a.severity) || b.count - a.count || (a.key < b.key ? -1 : 1),
  );
}

/** What several records show together says more than each of them: it comes first. */
function rowsOf({ findings, correlations }: FoundThings): (EventRow | CorrelationRow)[] {
  const several = correlations.map((found): CorrelationRow => {
    const rows = found.places.map((record): RecordRow => ({ kind: 'record', record }));
    return { kind: 'correlation', found, severity: found.rule.severity, rules: [found.rule], rows, parent: '' };
  });
  const single = findings.map((finding): EventRow => {
    const { severity, rules } = finding.finding;
    return { kind: 'event', finding, severity, rules, parent: '' };
  });
  return [...several, ...single].sort((a, b) => severityRank(b.severity) - severityRank(a.severity));
}

function keysOf(row: EventRow | CorrelationRow, grouping: FindingGrouping): readonly string[] {
  switch (grouping) {
    case 'severity':
      return [row.severity];
    case 'rule':
      return [row.rules[0]!.id];
    case 'tactic': {
      const tactics = row.kind === 'event' ? row.finding.finding.tactics : row.found.rule.tactics;
      return tactics.length > 0 ? tactics : [''];
    }
    case 'principal':
      return [principalOf(row)];
  }
}

function principalOf(row: EventRow | CorrelationRow): string {
  if (row.kind === 'event') return String(row.finding.event.principal ?? '');
  const names = new Set(row.found.places.map(({ principal }) => String(principal ?? '')));
  return names.size === 1 ? [...names][0]! : '';
}

function labelOf(key: string, first: EventRow | CorrelationRow, grouping: FindingGrouping, attack: Attack): string {
  if (grouping === 'tactic' && key !== '') return attack.tactic(key).name;
  return grouping === 'rule' ? first.rules[0]!.title : key;
}

/** Who and when, for the dim part of a line. */
export function circumstances(row: EventRow | CorrelationRow): string {
  if (row.kind === 'event') {
    const { eventTime, principal, awsRegion, errorCode } = row.finding.event;
    return [eventTime, principal, awsRegion, errorCode].filter((part) => part !== null && part !== '').join(' · ');
  }
  const { firstTime, lastTime, count } = row.found;
  return [`${formatTime(firstTime)}–${formatTime(lastTime)}`, `× ${count}`, groupLine(row.found)].join(' · ');
}
