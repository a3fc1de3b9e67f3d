import { eventColumns } from '../core/events/eventColumns';
import { readEvent } from '../core/events/event';
import { RecordView } from '../core/events/recordView';
import { type LocatedFinding, sarifLog } from '../core/export/sarif';
import type { Attack } from '../core/rules/attack';
import { SEVERITIES, type Severity, severityRank } from '../core/rules/severity';
import { shorten, visibleText } from '../core/text';
import { attackNames, builtInCatalogue } from '../node/referenceData';
import { EXIT, type ExitCode } from './exitCodes';
import { jsonText } from './jsonText';
import type { Output } from './output';
import { readPaths } from './readPaths';
import { oneOf, parseArguments, requirePaths } from './usage';
import { version } from './version';

/** `findings PATH…`: what the rules of the catalogue find, most severe first, each event once. */
export async function findings(args: readonly string[], output: Output): Promise<ExitCode> {
  const parsed = parseArguments(args, {
    format: { type: 'string' },
    severity: { type: 'string' },
    attack: { type: 'string' },
  });
  const format = oneOf('format', parsed.text('format'), ['table', 'json', 'sarif'], 'table');
  const least = oneOf<Severity>('severity', parsed.text('severity'), SEVERITIES, 'low');
  const attack = attackNames(oneOf('attack', parsed.text('attack'), ['v19', 'v18'], 'v19'));
  requirePaths(parsed.paths);
  const { found, unreadable } = await collect(parsed.paths, least);
  if (format === 'sarif') output.line(jsonText(sarifLog(found, attack, version()), 2));
  else if (format === 'json')
    output.line(
      jsonText(
        found.map((each) => jsonFinding(each, attack)),
        2,
      ),
    );
  else for (const each of found) output.line(tableLine(each, attack));
  if (unreadable) return EXIT.unreadable;
  return found.length > 0 ? EXIT.found : EXIT.nothing;
}

async function collect(
  paths: readonly string[],
  least: Severity,
): Promise<{ found: LocatedFinding[]; unreadable: boolean }> {
  const catalogue = builtInCatalogue();
  const found: LocatedFinding[] = [];
  const ids = new Set<string>();
  const unreadable = await readPaths(paths, {
    onRecord: ({ bytes, start, end }, path) => {
      const record = new RecordView(bytes);
      const event = readEvent(record);
      const finding = catalogue.find(event, record);
      if (finding === undefined || severityRank(finding.severity) < severityRank(least)) return;
      // The same event from two trails is one finding.
      if (event.eventID !== undefined && ids.has(event.eventID)) return;
      if (event.eventID !== undefined) ids.add(event.eventID);
      found.push({ finding, event: eventColumns(event), path, start, end });
    },
  });
  const rank = ({ finding }: LocatedFinding): number => severityRank(finding.severity);
  found.sort((a, b) => rank(b) - rank(a) || String(a.event.eventTime).localeCompare(String(b.event.eventTime)));
  return { found, unreadable };
}

function jsonFinding({ finding, event, path, start }: LocatedFinding, attack: Attack): object {
  const [rule] = finding.rules;
  return {
    rule: rule.id,
    severity: finding.severity,
    tactics: attack.tactics(finding.tactics).map(({ id, name }) => ({ id, name })),
    techniques: finding.techniques.map((id) => attack.technique(id)).map(({ id, name }) => ({ id, name })),
    why: rule.why,
    check: rule.check,
    rules: finding.rules.map(({ id }) => id),
    event,
    file: path,
    at: start,
  };
}

function tableLine({ finding, event }: LocatedFinding, attack: Attack): string {
  const [rule] = finding.rules;
  const tactic = rule.tactics[0] === undefined ? '' : attack.tactic(rule.tactics[0]).name;
  const cells: [string, number][] = [
    [finding.severity, 8],
    [String(event.eventTime ?? '-'), 20],
    [String(event.eventName ?? '-'), 32],
    [String(event.principal ?? '-'), 32],
    [String(event.errorCode ?? 'ok'), 24],
    [tactic, 20],
  ];
  return [...cells.map(([text, width]) => shorten(visibleText(text), width).padEnd(width)), rule.id].join('  ');
}
