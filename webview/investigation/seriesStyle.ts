import { isSeverity } from '../../src/core/rules/severity';

/** Degrees of the colour wheel between one tactic and the next: neighbours differ much. */
const TURN = 137.5;

/** A colour for a part of the timeline, in the theme at hand: severities have theirs, tactics get one by their place, the rest stays in the background. */
export function seriesColour(text: string | null, tactics: readonly string[]): string {
  const style = getComputedStyle(document.documentElement);
  if (text === null) return `color-mix(in srgb, ${style.getPropertyValue('--vscode-foreground')} 38%, transparent)`;
  if (isSeverity(text)) return style.getPropertyValue(`--vscode-cloudtrail-severity.${text}`).trim();
  const hue = (Math.max(0, tactics.indexOf(text)) * TURN) % 360;
  const { classList } = document.body;
  const isLight = classList.contains('vscode-light') || classList.contains('vscode-high-contrast-light');
  return `hsl(${hue} ${isLight ? '55% 38%' : '60% 66%'})`;
}
