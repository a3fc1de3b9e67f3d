import * as vscode from 'vscode';
import { formatTime } from '../../core/events/time';
import {
  chainText,
  confidenceText,
  evidenceText,
  keyMakerText,
  oddityText,
  reasonText,
} from '../../core/identity/identityTexts';
import { keyMakers } from '../../core/identity/keyMakers';
import type { Confidence, Evidence, Oddity, Origin, Session } from '../../core/identity/session';
import type { SessionGraph } from '../../core/identity/sessionGraph';
import { shorten, visibleText } from '../../core/text';
import { localize } from '../common/localize';
import { severityLabel } from '../editor/findingText';
import { sourceOf } from '../editor/logUri';

const LONGEST_CHAIN = 120;
const MOST_MAKERS = 3;
const MOST_SHOWN = 4;

export function confidenceName(confidence: Confidence): string {
  return localize(confidenceText(confidence));
}

/** `certain: the answer of the call holds this access key; …`. */
function basisText(confidence: Confidence, evidence: readonly Evidence[]): string {
  return `${confidenceName(confidence)}: ${evidence.map((each) => localize(evidenceText(each))).join('; ')}`;
}

/** How sure it is who is behind a session, and why; why it is not known. */
export function originLine({ confidence, evidence, reason }: Origin): string {
  if (confidence !== 'unknown') return basisText(confidence, evidence);
  return `${confidenceName(confidence)}: ${localize(reasonText(reason ?? 'not-recorded'))}`;
}

/** Who is behind a session, through which roles, and who made the keys for others on the way, in one line; what is not sure says so. */
export function chainLine(graph: SessionGraph, session: Session): string {
  const makers = keyMakers(graph, session).slice(0, MOST_MAKERS);
  return [
    chainPart(chainText(graph, session), session.origin.confidence),
    ...makers.map(({ maker, confidence }) => chainPart(localize(keyMakerText(graph, maker)), confidence)),
  ].join(' · ');
}

function chainPart(text: string, confidence: Confidence): string {
  const chain = shorten(visibleText(text), LONGEST_CHAIN);
  return confidence === 'exact' ? chain : `${chain} (${confidenceName(confidence)})`;
}

/** How the call that issued a session is known, or why it is not. */
export function issueLine({ link, reason }: Session): string {
  if (link === undefined) {
    const why = localize(reasonText(reason ?? 'not-recorded'));
    return vscode.l10n.t('Not tied to a call: {0}', why);
  }
  const { issue, confidence, evidence } = link;
  const time = issue.time === undefined ? '?' : formatTime(issue.time);
  return vscode.l10n.t('Issued by {0} at {1}, {2}', issue.eventName, time, basisText(confidence, evidence));
}

/**
 * Where to look for the call that issued a session of an open log, or one that led to it, when it is older than the log: its folder. Undefined when
 * the call is known, or looking there would not help.
 */
export function wayOnLine({ kind, reason, origin, firstPlace }: Session): string | undefined {
  if (kind !== 'session' || (reason ?? origin.reason) !== 'before-logs' || firstPlace === undefined) return undefined;
  const document = vscode.Uri.parse(firstPlace.file);
  const file = sourceOf(document)?.uri ?? document;
  if (file.scheme !== 'file') return undefined;
  const folder = vscode.workspace.asRelativePath(vscode.Uri.joinPath(file, '..'));
  return vscode.l10n.t(
    '“Read Sessions of Folder” on {0} looks for it in the logs beside this one.',
    visibleText(folder),
  );
}

/** How many events, failures and findings, from where. */
export function activityLine(session: Session): string {
  const { events, errors, addresses, regions } = session;
  const parts = [
    events === 1 ? vscode.l10n.t('1 event') : vscode.l10n.t('{0} events', events),
    errors === 0 ? '' : vscode.l10n.t('{0} failed', errors),
    ...[...session.findings].map(([severity, count]) => `${count} ${severityLabel(severity)}`),
    some(addresses.map(({ value }) => value)),
    some(regions.map(({ value }) => value)),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** First and last event; empty for credentials that were never used. */
export function spanText({ firstTime, lastTime }: Pick<Session, 'firstTime' | 'lastTime'>): string {
  if (firstTime === undefined || lastTime === undefined) return vscode.l10n.t('never used');
  return firstTime === lastTime ? formatTime(firstTime) : `${formatTime(firstTime)} – ${formatTime(lastTime)}`;
}

export function oddityLine(oddities: readonly Oddity[]): string {
  return oddities.map((oddity) => localize(oddityText(oddity))).join('; ');
}

function some(values: readonly string[]): string {
  const more = values.length - MOST_SHOWN;
  return `${values.slice(0, MOST_SHOWN).join(', ')}${more > 0 ? ` +${more}` : ''}`;
}
