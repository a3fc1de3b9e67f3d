import type { Attack } from '../rules/attack';
import type { Rule } from '../rules/rule';
import type { Severity } from '../rules/severity';
import { formatTime } from '../events/time';
import { type LocatedCorrelation, type LocatedFinding, type RecordPlace, groupLine } from './located';

const LEVEL_OF_SEVERITY: Readonly<Record<Severity, 'none' | 'note' | 'warning' | 'error'>> = {
  info: 'none',
  low: 'note',
  medium: 'warning',
  high: 'error',
  critical: 'error',
};
/** SARIF viewers rank by this number from 0 to 10, after CVSS. */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = {
  info: '0.0',
  low: '3.0',
  medium: '5.0',
  high: '8.0',
  critical: '9.5',
};

/** Findings as a SARIF 2.1.0 log (OASIS), ready for `JSON.stringify`. */
export function sarifLog(
  findings: readonly LocatedFinding[],
  attack: Attack,
  version: string,
  correlations: readonly LocatedCorrelation[] = [],
): object {
  const used = [...correlations.map(({ rule }) => rule), ...findings.map(({ finding }) => finding.rules[0])];
  const rules = [...new Map(used.map((rule) => [rule.id, rule])).values()];
  const indexes = new Map(rules.map((rule, index) => [rule.id, index]));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'CloudTrail Investigator', version, rules: rules.map((rule) => sarifRule(rule, attack)) },
        },
        results: [
          ...correlations.map((each) => correlationResult(each, indexes.get(each.rule.id)!)),
          ...findings.map((located) => sarifResult(located, indexes.get(located.finding.rules[0].id)!)),
        ],
      },
    ],
  };
}

function sarifRule(rule: Rule, attack: Attack): object {
  const tactics = attack.tactics(rule.tactics).map(({ id, name }) => `${id} ${name}`);
  const techniques = rule.techniques.map((id) => attack.technique(id)).map(({ id, name }) => `${id} ${name}`);
  return {
    id: rule.id,
    ...(rule.title === '' ? {} : { name: rule.title }),
    shortDescription: { text: rule.why },
    help: { text: [rule.check, rule.respond].filter((text) => text !== '').join('\n\n') },
    defaultConfiguration: { level: LEVEL_OF_SEVERITY[rule.severity] },
    properties: { 'security-severity': SECURITY_SEVERITY[rule.severity], tags: [...tactics, ...techniques] },
  };
}

function sarifResult({ finding, event, path, start, end }: LocatedFinding, ruleIndex: number): object {
  const rule = finding.rules[0];
  const what = plainText(event.eventName ?? event.eventCategory);
  const who = plainText(event.principal ?? 'unknown');
  const when = event.eventTime === null ? '' : ` at ${plainText(event.eventTime)}`;
  return {
    ruleId: rule.id,
    ruleIndex,
    level: LEVEL_OF_SEVERITY[finding.severity],
    message: { text: `${what} by ${who}${when}. ${rule.why}` },
    locations: [locationOf({ path, start, end })],
    ...(event.eventID === null ? {} : { partialFingerprints: { eventID: String(event.eventID) } }),
    properties: { severity: finding.severity, event, otherRules: finding.rules.slice(1).map(({ id }) => id) },
  };
}

/** The first record is where the finding stands, all of them are related. */
function correlationResult(each: LocatedCorrelation, ruleIndex: number): object {
  const { rule, group, count, firstTime, lastTime, places } = each;
  const span = `${formatTime(firstTime)} to ${formatTime(lastTime)}`;
  return {
    ruleId: rule.id,
    ruleIndex,
    level: LEVEL_OF_SEVERITY[rule.severity],
    message: { text: `${plainText(rule.title)}: ${plainText(groupLine(each))}, ${count} from ${span}. ${rule.why}` },
    locations: places.slice(0, 1).map(locationOf),
    relatedLocations: places.map((place, id) => ({ id, ...locationOf(place) })),
    properties: {
      severity: rule.severity,
      group: Object.fromEntries(group.map(({ field, value }) => [field, value])),
      count,
      firstTime: formatTime(firstTime),
      lastTime: formatTime(lastTime),
      events: places.map(({ eventID }) => eventID),
    },
  };
}

function locationOf({ path, start, end }: RecordPlace): object {
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOfPath(path) },
      region: { byteOffset: start, byteLength: end - start },
    },
  };
}

/** Text from a log, which must not make links: viewers take `[text](target)` for one. SARIF 2.1.0, 3.11.6. */
function plainText(text: string | boolean | null): string {
  return String(text).replace(/[\\[\]]/g, '\\$&');
}

/** A relative path stays relative; the name of a drive or a leading slash makes it a `file:` URI. */
function uriOfPath(path: string): string {
  // A name that is no text at all, with half a surrogate pair, cannot be encoded.
  const whole = path.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
  const parts = whole.replaceAll('\\', '/').split('/');
  const drive = /^[A-Za-z]:$/.test(parts[0]!) ? `/${parts.shift()!}/` : '';
  const uri = drive + parts.map(encodeURIComponent).join('/');
  return uri.startsWith('/') ? `file://${uri}` : uri;
}
