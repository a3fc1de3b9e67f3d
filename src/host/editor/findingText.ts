import * as vscode from 'vscode';
import type { Finding } from '../../core/rules/catalogue';
import type { Severity } from '../../core/rules/severity';
import { reference } from '../common/reference';

/** A sign for each severity that can be told apart without colour. */
const SIGNS: Readonly<Record<Severity, string>> = { critical: '⬢', high: '▲', medium: '◆', low: '●', info: '○' };

/** The name of a severity in the language of the editor. */
export function severityName(severity: Severity): string {
  switch (severity) {
    case 'critical':
      return vscode.l10n.t('critical');
    case 'high':
      return vscode.l10n.t('high');
    case 'medium':
      return vscode.l10n.t('medium');
    case 'low':
      return vscode.l10n.t('low');
    case 'info':
      return vscode.l10n.t('info');
  }
}

/** `▲ high`. */
export function severityLabel(severity: Severity): string {
  return `${SIGNS[severity]} ${severityName(severity)}`;
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
