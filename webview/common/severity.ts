import { SEVERITY_SIGNS, type Severity, severityText } from '../../src/core/rules/severity';
import { translate } from './text';

/** The sign of a severity, and its name in the language of the editor. */
export function severitySign(severity: Severity): { readonly sign: string; readonly name: string } {
  return { sign: SEVERITY_SIGNS[severity], name: translate(severityText(severity)) };
}
