import { formatTime } from '../events/time';
import { type Message, english, message } from '../message';
import type { Attack } from '../rules/attack';
import type { Rule } from '../rules/rule';
import { SEVERITIES, type Severity, highestSeverity, severityRank, severityText } from '../rules/severity';
import {
  type FindingsReport,
  type LocatedCorrelation,
  type LocatedFinding,
  type LocatedRecord,
  groupLine,
} from './located';
import { markdownCode, reportText } from './markdownText';

/** Records shown under one rule; the rest are counted. */
const MOST_RECORDS = 100;

/** What one rule found. */
interface Section {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly findings: LocatedFinding[];
  readonly correlations: LocatedCorrelation[];
}

/**
 * Findings as a Markdown report: a summary by severity, then each rule with why it matters, what to check, what to do, and its records.
 * Log text is escaped. `say` puts messages in the reader's language.
 */
export function findingsMarkdown(
  report: FindingsReport,
  attack: Attack,
  say: (text: Message) => string = english,
): string {
  const sections = sectionsOf(report);
  const lines = [`# ${reportText(say(message('CloudTrail findings')))}`, '', ...summary(sections, say)];
  if (report.muted > 0) lines.push('', reportText(say(message('Muted: {0}.', report.muted))));
  for (const section of sections) lines.push('', ...sectionLines(section, attack, say));
  return `${lines.join('\n')}\n`;
}

/** The most severe first; a rule stands under the highest severity that it has. */
function sectionsOf({ findings, correlations }: FindingsReport): Section[] {
  const sections = new Map<string, Section>();
  const add = (rule: Rule, severity: Severity): Section => {
    const known = sections.get(rule.id);
    const section = {
      ...(known ?? { rule, findings: [], correlations: [] }),
      severity: highestSeverity([severity, ...(known ? [known.severity] : [])]),
    };
    sections.set(rule.id, section);
    return section;
  };
  for (const each of correlations) add(each.rule, each.rule.severity).correlations.push(each);
  for (const each of findings) add(each.finding.rules[0], each.finding.severity).findings.push(each);
  return [...sections.values()].sort((a, b) => severityRank(b.severity) - severityRank(a.severity));
}

function summary(sections: readonly Section[], say: (text: Message) => string): string[] {
  if (sections.length === 0) return [reportText(say(message('No findings.')))];
  const rows = [...SEVERITIES].reverse().flatMap((severity) => {
    const own = sections.filter((section) => section.severity === severity);
    const count = own.reduce((sum, { findings, correlations }) => sum + findings.length + correlations.length, 0);
    return own.length === 0 ? [] : [row([say(severityText(severity)), String(count), String(own.length)])];
  });
  return [...head([message('Severity'), message('Findings'), message('Rules')].map(say)), ...rows];
}

function sectionLines(
  { rule, severity, findings, correlations }: Section,
  attack: Attack,
  say: (text: Message) => string,
): string[] {
  const lines = [
    `## ${reportText(say(severityText(severity)))}: ${reportText(rule.title)}`,
    '',
    reportText(rule.why),
    '',
  ];
  const item = (label: Message, text: string): void => {
    if (text !== '') lines.push(`- **${reportText(say(label))}**: ${text}`);
  };
  item(message('Check'), reportText(rule.check));
  item(message('Respond'), reportText(rule.respond));
  item(message('ATT&CK'), attackLinks(rule, attack));
  item(message('Rule'), markdownCode(rule.id));
  item(
    message('References'),
    rule.references
      .map((each) => (/^https?:/.test(each) ? `<${encodeURI(decodeSafely(each))}>` : markdownCode(each)))
      .join(', '),
  );
  for (const each of correlations) lines.push('', ...correlationLines(each, say));
  if (findings.length > 0) lines.push('', ...recordTable(findings.map(recordOf), say));
  return lines;
}

function attackLinks(rule: Rule, attack: Attack): string {
  return [...attack.tactics(rule.tactics), ...rule.techniques.map((id) => attack.technique(id))]
    .map(({ id, name, url }) => `[${reportText(`${id} ${name}`)}](${url})`)
    .join(', ');
}

function correlationLines(each: LocatedCorrelation, say: (text: Message) => string): string[] {
  const { count, firstTime, lastTime, places } = each;
  const times = message('{0} from {1} to {2}', count, formatTime(firstTime), formatTime(lastTime));
  return [`**${reportText(groupLine(each))}**: ${reportText(say(times))}`, '', ...recordTable(places, say)];
}

function recordOf({ event, path, start, end }: LocatedFinding): LocatedRecord {
  return { ...event, path, start, end };
}

function recordTable(records: readonly LocatedRecord[], say: (text: Message) => string): string[] {
  const columns = [
    message('Time'),
    message('Event'),
    message('Principal'),
    message('Source IP address'),
    message('Outcome'),
    message('File'),
  ];
  const rows = records
    .slice(0, MOST_RECORDS)
    .map(({ eventTime, eventName, principal, sourceIPAddress, errorCode, path, start }) =>
      row(
        [eventTime, eventName, principal, sourceIPAddress, errorCode ?? 'ok', `${path} @${start}`].map((cell) =>
          String(cell ?? '-'),
        ),
      ),
    );
  const more = records.length - MOST_RECORDS;
  return [
    ...head(columns.map(say)),
    ...rows,
    ...(more > 0 ? ['', reportText(say(message('… and {0} more', more)))] : []),
  ];
}

function head(cells: readonly string[]): string[] {
  return [row(cells), `|${' --- |'.repeat(cells.length)}`];
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(reportText).join(' | ')} |`;
}

/** An address with what cannot stand in one encoded, and nothing encoded twice. */
function decodeSafely(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}
