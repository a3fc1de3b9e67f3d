import * as vscode from 'vscode';
import { visibleText } from '../../../core/text';
import type { MarkdownBuilder } from '../../common/markdown';
import type { FoundSession } from '../../sessions/openSessions';
import {
  activityLine,
  chainLine,
  issueLine,
  oddityLine,
  originLine,
  spanText,
  wayOnLine,
} from '../../sessions/sessionTexts';

/** Who is behind a session, how sure that is, which call issued it, and what it did. `ofOpenLogs`: it is known from the open logs alone. */
export function addSession(markdown: MarkdownBuilder, { graph, session }: FoundSession, ofOpenLogs: boolean): void {
  const { origin, oddities } = session;
  markdown.rule().bold(vscode.l10n.t('Session')).text(' · ').code(chainLine(graph, session));
  markdown.break().text(originLine(origin));
  if (session.kind !== 'identity') markdown.break().text(visibleText(issueLine(session)));
  const wayOn = ofOpenLogs ? wayOnLine(session) : undefined;
  if (wayOn !== undefined) markdown.break().text(wayOn);
  markdown.break().text(`${spanText(session)} · ${activityLine(session)}`);
  if (oddities.length > 0) markdown.break().text('⚠ ').bold(oddityLine(oddities));
  const fresh = graph.newCalls(session).slice(0, MOST_NEW);
  if (fresh.length > 0) {
    const names = fresh.map(({ name }) => name).join(', ');
    markdown.break().text(vscode.l10n.t('First seen of this principal: {0}', names));
  }
}

const MOST_NEW = 8;
