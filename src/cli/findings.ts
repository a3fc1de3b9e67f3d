import { readEvent } from '../core/events/event';
import { RecordView } from '../core/events/recordView';
import { FindingsCollector } from '../core/export/findingsCollector';
import type { FindingsReport } from '../core/export/located';
import { english } from '../core/message';
import { SEVERITIES, type Severity } from '../core/rules/severity';
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
  if (report.muted > 0) process.stderr.write(`Muted rules were met by events: ${report.muted}\n`);
  if (unreadable || chosen.unreadable) return EXIT.unreadable;
  return report.findings.length + report.correlations.length > 0 ? EXIT.found : EXIT.nothing;
}

async function collect(
  paths: readonly string[],
  least: Severity,
  { catalogue }: ChosenRules,
): Promise<{ report: FindingsReport; unreadable: boolean }> {
  const collector = new FindingsCollector(catalogue, least);
  const unreadable = await readPaths(paths, {
    onRecord: ({ bytes, start, end }, path) => {
      const record = new RecordView(bytes);
      collector.add(readEvent(record), record, { path, start, end });
    },
  });
  for (const { message } of collector.problems()) process.stderr.write(`${english(message)}\n`);
  return { report: collector.report(), unreadable };
}
