import type { Severity } from '../../src/core/rules/severity';
import { t } from './text';

/** A sign for each severity that can be told apart without colour, and its name. */
export function severitySign(severity: Severity): { readonly sign: string; readonly name: string } {
  switch (severity) {
    case 'critical':
      return { sign: '⬢', name: t('critical') };
    case 'high':
      return { sign: '▲', name: t('high') };
    case 'medium':
      return { sign: '◆', name: t('medium') };
    case 'low':
      return { sign: '●', name: t('low') };
    case 'info':
      return { sign: '○', name: t('info') };
  }
}
