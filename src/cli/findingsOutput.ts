import { formatTime } from '../core/events/time';
import { findingsCsv } from '../core/export/findingsCsv';
import { findingsMarkdown } from '../core/export/findingsMarkdown';
import { type FindingsReport, type LocatedCorrelation, type LocatedFinding, groupLine } from '../core/export/located';
import { sarifLog } from '../core/export/sarif';
import type { Attack } from '../core/rules/attack';
import type { Rule } from '../core/rules/rule';
import { type Severity, severityRank } from '../core/rules/severity';
import { shorten, visibleText } from '../core/text';
import { jsonText } from './jsonText';
import type { Output } from './output';
import { version } from './version';

export const FINDINGS_FORMATS = ['table', 'json', 'sarif', 'csv', 'markdown'] as const;

/** Writes what the rules found. */
export function writeFindings(
  format: (typeof FINDINGS_FORMATS)[number],
  report: FindingsReport,
  attack: Attack,
  output: Output,
): void {
  switch (format) {
    case 'sarif':
      return output.line(jsonText(sarifLog(report.findings, attack, version(), report.correlations), 2));
    case 'json':
      return output.line(
        jsonText(
          bySeverity(
            report,
            (each) => jsonFinding(each, attack),
            (each) => jsonCorrelation(each, attack),
          ),
          2,
        ),
      );
    case 'csv':
      for (const line of findingsCsv(report)) output.line(line);
      return;
    case 'markdown':
      return output.write(findingsMarkdown(report, attack));
    case 'table':
      for (const line of bySeverity(
        report,
        (each) => tableLine(each, attack),
        (each) => correlationLine(each, attack),
      ))
        output.line(line);
  }
}

/** Everything found, most severe first; within a severity what several records show comes first. */
function bySeverity<T>(
  { findings, correlations }: FindingsReport,
  one: (finding: LocatedFinding) => T,
  several: (correlation: LocatedCorrelation) => T,
): T[] {
  const rows = [
    ...correlations.map((each): [Severity, T] => [each.rule.severity, several(each)]),
    ...findings.map((each): [Severity, T] => [each.finding.severity, one(each)]),
  ];
  return rows.sort(([a], [b]) => severityRank(b) - severityRank(a)).map(([, row]) => row);
}

function jsonFinding({ finding, event, path, start }: LocatedFinding, attack: Attack): object {
  const [rule] = finding.rules;
  return {
    ...jsonRule(rule, finding.severity, finding.tactics, finding.techniques, attack),
    rules: finding.rules.map(({ id }) => id),
    event,
    file: path,
    at: start,
  };
}

function jsonCorrelation(each: LocatedCorrelation, attack: Attack): object {
  const { rule, group, count, firstTime, lastTime, places } = each;
  return {
    ...jsonRule(rule, rule.severity, rule.tactics, rule.techniques, attack),
    group: Object.fromEntries(group.map(({ field, value }) => [field, value])),
    count,
    firstTime: formatTime(firstTime),
    lastTime: formatTime(lastTime),
    events: places.map(({ path, start, eventTime, eventName, principal, sourceIPAddress, errorCode, eventID }) => ({
      ...{ eventTime, eventName, principal, sourceIPAddress, errorCode, eventID },
      file: path,
      at: start,
    })),
  };
}

function jsonRule(
  { id, title, why, check, respond, references }: Rule,
  severity: Severity,
  tactics: readonly string[],
  techniques: readonly string[],
  attack: Attack,
): object {
  return {
    rule: id,
    title,
    severity,
    tactics: attack.tactics(tactics).map((tactic) => ({ id: tactic.id, name: tactic.name })),
    techniques: techniques.map((each) => attack.technique(each)).map((each) => ({ id: each.id, name: each.name })),
    why,
    check,
    respond,
    references,
  };
}

function tableLine({ finding, event }: LocatedFinding, attack: Attack): string {
  const [rule] = finding.rules;
  const cells = [event.eventTime, event.eventName, event.principal].map((cell) => String(cell ?? '-'));
  return columns([finding.severity, ...cells, String(event.errorCode ?? 'ok')], rule, attack);
}

function correlationLine(each: LocatedCorrelation, attack: Attack): string {
  const { rule, count, firstTime, lastTime } = each;
  const span = `${count} in ${Math.ceil((lastTime - firstTime) / 1000)} s`;
  return columns([rule.severity, formatTime(firstTime), rule.title, groupLine(each), span], rule, attack);
}

const WIDTHS = [8, 20, 32, 32, 24, 20];

function columns(cells: readonly string[], rule: Rule, attack: Attack): string {
  const tactic = rule.tactics[0] === undefined ? '' : attack.tactic(rule.tactics[0]).name;
  const padded = [...cells, tactic].map((text, i) => shorten(visibleText(text), WIDTHS[i]!).padEnd(WIDTHS[i]!));
  return [...padded, rule.id].join('  ');
}
