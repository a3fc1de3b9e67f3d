import type { Finding } from '../../core/rules/catalogue';
import { SEVERITY_SIGNS, type Severity, severityText } from '../../core/rules/severity';
import { localize } from '../common/localize';
import { reference } from '../common/reference';

/** The name of a severity in the language of the editor. */
export function severityName(severity: Severity): string {
  return localize(severityText(severity));
}

/** `▲ high`. */
export function severityLabel(severity: Severity): string {
  return `${SEVERITY_SIGNS[severity]} ${severityName(severity)}`;
}

/** The note after a risky event's name: `▲ high · Persistence T1098.001`. */
export function findingNote(finding: Finding): string {
  const [tactic] = finding.tactics;
  const [technique] = finding.techniques;
  const attack = [
    tactic === undefined ? '' : reference.attack.tactic(tactic).name,
    technique === undefined ? '' : reference.attack.technique(technique).id,
  ].filter((text) => text !== '');
  return attack.length === 0
    ? severityLabel(finding.severity)
    : `${severityLabel(finding.severity)} · ${attack.join(' ')}`;
}
