import * as vscode from 'vscode';
import { originName, sessionLabel } from '../../core/identity/identityTexts';
import type { Session } from '../../core/identity/session';
import { severityRank } from '../../core/rules/severity';
import { visibleText } from '../../core/text';
import { MarkdownBuilder } from '../common/markdown';
import { severityLabel } from '../editor/findingText';
import type { SessionRow } from '../sessions/sessionNodes';
import {
  activityLine,
  chainLine,
  confidenceName,
  issueLine,
  oddityLine,
  originLine,
  spanText,
  wayOnLine,
} from '../sessions/sessionTexts';
import { timeStrip } from '../sessions/timeStrip';

/** The time that the strips of the view stand for, epoch milliseconds. */
export interface ShownSpan {
  readonly from: number;
  readonly to: number;
}

/** How a row of the Sessions view looks. */
export function sessionItem(row: SessionRow, span: ShownSpan, opens: vscode.Command | undefined): vscode.TreeItem {
  const { Collapsed, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(labelOf(row), row.rows.length > 0 ? Collapsed : None);
  item.id = row.id;
  item.contextValue = row.kind;
  if (row.kind === 'more') return item;
  const [count = '', ...others] = facts(row);
  item.description = [count, strip(row.sessions, span), ...others].filter((part) => part !== '').join('  ');
  item.iconPath = iconOf(row);
  if (opens !== undefined && row.kind !== 'principal') item.command = opens;
  item.accessibilityInformation = { label: `${labelOf(row)}, ${facts(row).join(', ')}` };
  return item;
}

/** What is told of a row at length; made when somebody asks. `ofOpenLogs`: it is known from the open logs alone. */
export function sessionTooltip(row: SessionRow, ofOpenLogs: boolean): vscode.MarkdownString | undefined {
  if (row.kind === 'more') return undefined;
  const markdown = new MarkdownBuilder();
  const [first] = row.sessions;
  if (row.kind === 'principal') {
    markdown.bold(labelOf(row));
    if (row.origin.arn !== undefined) markdown.break().code(row.origin.arn);
    markdown.break().text(originLine(row.origin));
    return markdown.build();
  }
  markdown.code(chainLine(row.graph, first));
  if (first.arn !== undefined) markdown.break().code(first.arn);
  markdown.break().text(originLine(first.origin));
  markdown.break().text(visibleText(issueLine(first)));
  const wayOn = ofOpenLogs ? wayOnLine(first) : undefined;
  if (wayOn !== undefined) markdown.break().text(wayOn);
  for (const session of row.sessions.slice(0, 3)) {
    if (session.accessKeyId !== undefined) markdown.break().code(session.accessKeyId);
    markdown.break().text(`${spanText(session)} · ${activityLine(session)}`);
  }
  const odd = [...new Set(row.sessions.flatMap(({ oddities }) => oddities))];
  if (odd.length > 0) markdown.break().bold(oddityLine(odd));
  const fresh = row.graph.newCalls(first).slice(0, 8);
  if (fresh.length > 0)
    markdown.break().text(vscode.l10n.t('First seen of this principal: {0}', fresh.map(({ name }) => name).join(', ')));
  return markdown.build();
}

function labelOf(row: SessionRow): string {
  switch (row.kind) {
    case 'more':
      return vscode.l10n.t('{0} more: filter by a pattern to see them', row.count);
    case 'principal': {
      const { origin } = row;
      if (origin.confidence !== 'unknown') return visibleText(originName(origin));
      return vscode.l10n.t('not known, {0}', visibleText(origin.userName ?? origin.arn ?? origin.type));
    }
    case 'key':
      return visibleText(row.sessions[0].accessKeyId ?? sessionLabel(row.sessions[0]));
    case 'session':
      return visibleText(sessionLabel(row.sessions[0]));
  }
}

function facts(row: Exclude<SessionRow, { kind: 'more' }>): string[] {
  const events = row.sessions.reduce((sum, session) => sum + session.events, 0);
  const counted = events === 1 ? vscode.l10n.t('1 event') : vscode.l10n.t('{0} events', events);
  if (row.kind === 'principal') return [counted, confidenceName(row.origin.confidence)];
  const [first] = row.sessions;
  const keys = row.sessions.length === 1 ? [] : [vscode.l10n.t('{0} keys', row.sessions.length)];
  const long = first.kind === 'long-term-key' ? [vscode.l10n.t('long-term key')] : [];
  const linked = confidenceName(first.link?.confidence ?? first.origin.confidence);
  return [counted, ...long, ...keys, ...worst(row.sessions), spanText(spanOf(row.sessions)), linked];
}

/** The worst findings, `2 critical`; none below medium. */
function worst(sessions: readonly Session[]): string[] {
  const counts = new Map<Parameters<typeof severityLabel>[0], number>();
  for (const { findings } of sessions)
    for (const [severity, count] of findings) counts.set(severity, (counts.get(severity) ?? 0) + count);
  const [top] = [...counts].sort(([a], [b]) => severityRank(b) - severityRank(a));
  if (top === undefined || severityRank(top[0]) < severityRank('medium')) return [];
  return [`${top[1]} ${severityLabel(top[0])}`];
}

function iconOf(row: Exclude<SessionRow, { kind: 'more' }>): vscode.ThemeIcon {
  if (row.kind === 'principal') {
    const { type, confidence } = row.origin;
    if (confidence === 'unknown') return new vscode.ThemeIcon('question');
    return new vscode.ThemeIcon(
      type === 'AWSService' ? 'server-process' : type === 'WebIdentityUser' ? 'globe' : 'account',
    );
  }
  if (row.sessions.some(({ oddities }) => oddities.length > 0))
    return new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  return new vscode.ThemeIcon('key');
}

function strip(sessions: readonly Session[], { from, to }: ShownSpan): string {
  const { firstTime, lastTime } = spanOf(sessions);
  return firstTime === undefined || lastTime === undefined ? '' : timeStrip(firstTime, lastTime, from, to);
}

function spanOf(sessions: readonly Session[]): { firstTime: number | undefined; lastTime: number | undefined } {
  let firstTime: number | undefined;
  let lastTime: number | undefined;
  for (const session of sessions) {
    if (session.firstTime === undefined || session.lastTime === undefined) continue;
    firstTime = Math.min(firstTime ?? session.firstTime, session.firstTime);
    lastTime = Math.max(lastTime ?? session.lastTime, session.lastTime);
  }
  return { firstTime, lastTime };
}
