import { eventColumns } from '../core/events/eventColumns';
import { type CloudTrailEvent, readEvent } from '../core/events/event';
import { RecordView } from '../core/events/recordView';
import type { FindingsReport, LocatedFinding, LocatedRecord, RecordPlace } from '../core/export/located';
import { english } from '../core/message';
import { Correlations } from '../core/rules/correlation/correlations';
import { SEVERITIES, type Severity, severityRank } from '../core/rules/severity';
import { attackNames } from '../node/referenceData';
import { EXIT, type ExitCode } from './exitCodes';
import { FINDINGS_FORMATS, writeFindings } from './findingsOutput';
import type { Output } from './output';
import { readPaths } from './readPaths';
import { type ChosenRules, chooseRules } from './ruleOptions';
import { oneOf, parseArguments, requirePaths } from './usage';

/** `findings PATH…`: what the rules find, most severe first, each event once. */
export async function findings(args: readonly string[], output: Output): Promise<ExitCode> {
  const parsed = parseArguments(args, {
    format: { type: 'string' },
    severity: { type: 'string' },
    attack: { type: 'string' },
    rules: { type: 'string' },
    'only-rules': { type: 'boolean' },
    rule: { type: 'string' },
    mutes: { type: 'string' },
  });
  const format = oneOf('format', parsed.text('format'), FINDINGS_FORMATS, 'table');
  // Who asks for a rule by name wants all that it finds.
  const lowest = parsed.text('rule') === undefined ? 'low' : 'info';
  const least = oneOf<Severity>('severity', parsed.text('severity'), SEVERITIES, lowest);
  const attack = attackNames(oneOf('attack', parsed.text('attack'), ['v19', 'v18'], 'v19'));
  requirePaths(parsed.paths);
  const chosen = await chooseRules(parsed, attack);
  const { report, unreadable } = await collect(parsed.paths, least, chosen);
  writeFindings(format, report, attack, output);
  if (report.muted > 0) process.stderr.write(`${report.muted} findings are muted.\n`);
  if (unreadable || chosen.unreadable) return EXIT.unreadable;
  return report.findings.length + report.correlations.length > 0 ? EXIT.found : EXIT.nothing;
}

async function collect(
  paths: readonly string[],
  least: Severity,
  { catalogue }: ChosenRules,
): Promise<{ report: FindingsReport; unreadable: boolean }> {
  const correlations = new Correlations<LocatedRecord>(catalogue.rules, catalogue.mutes);
  const found: LocatedFinding[] = [];
  const ids = new Set<string>();
  const muted = new Set<string>();
  const unreadable = await readPaths(paths, {
    onRecord: ({ bytes, start, end }, path) => {
      const record = new RecordView(bytes);
      const event = readEvent(record);
      const mute = ({ id }: { id: string }): void => void muted.add(`${id} ${event.eventID ?? `${path} ${start}`}`);
      correlations.add(event, record, () => locatedRecord(event, { path, start, end }), mute);
      const finding = catalogue.find(event, record, mute);
      if (finding === undefined || severityRank(finding.severity) < severityRank(least)) return;
      // The same event from two trails is one finding.
      if (event.eventID !== undefined && ids.has(event.eventID)) return;
      if (event.eventID !== undefined) ids.add(event.eventID);
      found.push({ finding, event: eventColumns(event), path, start, end });
    },
  });
  for (const { message } of correlations.problems()) process.stderr.write(`${english(message)}\n`);
  const rank = ({ finding }: LocatedFinding): number => severityRank(finding.severity);
  found.sort((a, b) => rank(b) - rank(a) || String(a.event.eventTime).localeCompare(String(b.event.eventTime)));
  const several = correlations.findings().filter(({ rule }) => severityRank(rule.severity) >= severityRank(least));
  return { report: { findings: found, correlations: several, muted: muted.size }, unreadable };
}

function locatedRecord(event: CloudTrailEvent, place: RecordPlace): LocatedRecord {
  const { eventTime, eventName, principal, sourceIPAddress, errorCode, eventID } = eventColumns(event);
  return { ...place, eventTime, eventName, principal, sourceIPAddress, errorCode, eventID };
}
