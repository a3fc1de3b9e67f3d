import { EVENT_COLUMNS } from '../events/eventColumns';
import { formatTime } from '../events/time';
import type { Rule } from '../rules/rule';
import type { Severity } from '../rules/severity';
import { visibleText } from '../text';
import { csvLine } from './csv';
import { type FindingsReport, groupLine } from './located';

const HEAD = ['severity', 'rule', 'title', 'tactics', 'techniques', 'otherRules'] as const;
const OVER_SEVERAL = ['count', 'group', 'firstTime', 'lastTime'] as const;
const TAIL = ['file', 'byteOffset', 'why', 'check', 'respond'] as const;

/** Findings as lines of CSV without their line breaks, a heading first: one line a record, and one for each finding over several records. */
export function* findingsCsv({ findings, correlations }: FindingsReport): Generator<string> {
  yield csvLine([...HEAD, ...OVER_SEVERAL, ...EVENT_COLUMNS, ...TAIL]);
  for (const each of correlations) {
    const times = [formatTime(each.firstTime), formatTime(each.lastTime)];
    const [first] = each.places;
    yield line([
      ...headOf(each.rule, each.rule.severity),
      '',
      ...[each.count, groupLine(each), ...times],
      ...EVENT_COLUMNS.map(() => ''),
      ...[first?.path, first?.start],
      ...meaningOf(each.rule),
    ]);
  }
  for (const { finding, event, path, start } of findings) {
    const [rule, ...others] = finding.rules;
    yield line([
      ...headOf(rule, finding.severity, finding.tactics, finding.techniques),
      others.map(({ id }) => id).join(' '),
      ...[1, '', '', ''],
      ...EVENT_COLUMNS.map((name) => event[name]),
      ...[path, start],
      ...meaningOf(rule),
    ]);
  }
}

/** A report is looked at in terminals too: controls become visible. */
function line(cells: Parameters<typeof csvLine>[0]): string {
  return csvLine(cells.map((cell) => (typeof cell === 'string' ? visibleText(cell) : cell)));
}

function headOf(rule: Rule, severity: Severity, tactics = rule.tactics, techniques = rule.techniques): string[] {
  return [severity, rule.id, rule.title, tactics.join(' '), techniques.join(' ')];
}

function meaningOf({ why, check, respond }: Rule): string[] {
  return [why, check, respond];
}
