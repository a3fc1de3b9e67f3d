import { type Message, message } from '../message';

/** How much attention one finding alone deserves, least first. */
export const SEVERITIES = ['info', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** A sign for each severity that can be told apart without colour. */
export const SEVERITY_SIGNS: Readonly<Record<Severity, string>> = {
  critical: '⬢',
  high: '▲',
  medium: '◆',
  low: '●',
  info: '○',
};

/** True when `text` names a severity. */
export function isSeverity(text: string): text is Severity {
  return (SEVERITIES as readonly string[]).includes(text);
}

/** 0 for `info` up to 4 for `critical`. */
export function severityRank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

/** The highest of several; `info` of none. */
export function highestSeverity(severities: Iterable<Severity>): Severity {
  let highest: Severity = 'info';
  for (const each of severities) if (severityRank(each) > severityRank(highest)) highest = each;
  return highest;
}

/** One level less; `info` stays. */
export function lowerSeverity(severity: Severity): Severity {
  return SEVERITIES[Math.max(0, severityRank(severity) - 1)]!;
}

/** Its name. */
export function severityText(severity: Severity): Message {
  switch (severity) {
    case 'critical':
      return message('critical');
    case 'high':
      return message('high');
    case 'medium':
      return message('medium');
    case 'low':
      return message('low');
    case 'info':
      return message('info');
  }
}
