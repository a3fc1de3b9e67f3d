import * as vscode from 'vscode';
import { principalName } from '../../../core/events/principal';
import { formatTime, parseTime } from '../../../core/events/time';
import type { MarkdownBuilder } from '../../common/markdown';
import type { HoverSubject } from './valueHover';

/** A time in UTC and in the reader's zone; for an event, how long after the principal's previous one. */
export function addTime(markdown: MarkdownBuilder, { analysis, record, path, value }: HoverSubject): void {
  const time = parseTime(value);
  if (time === null) return;
  markdown.item((item) => item.bold('UTC').text(` ${formatTime(time)}`));
  const local = new Date(time).toLocaleString(vscode.env.language, { dateStyle: 'full', timeStyle: 'long' });
  markdown.item((item) => item.bold(vscode.l10n.t('Local')).text(` ${local}`));
  if (path.join('.') !== 'eventTime') return;
  const who = principalName(record.event);
  const previous = who === undefined ? undefined : analysis?.previousTime(who, time);
  if (who !== undefined && previous !== undefined) {
    const gap = vscode.l10n.t('{0} after the previous event of {1} in this file', duration(time - previous), who);
    markdown.item((item) => item.text(gap));
  }
}

/** Milliseconds as `1 d 2 h`, `3 min 4 s`: the two largest units. */
function duration(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const parts = [
    [Math.floor(seconds / 86_400), (count: number) => vscode.l10n.t('{0} d', count)],
    [Math.floor(seconds / 3600) % 24, (count: number) => vscode.l10n.t('{0} h', count)],
    [Math.floor(seconds / 60) % 60, (count: number) => vscode.l10n.t('{0} min', count)],
    [seconds % 60, (count: number) => vscode.l10n.t('{0} s', count)],
  ] as const;
  const shown = parts.filter(([count]) => count > 0).slice(0, 2);
  return (shown.length === 0 ? [parts[3]] : shown).map(([count, text]) => text(count)).join(' ');
}
