import * as vscode from 'vscode';
import { principalName } from '../../core/events/principal';
import { targetName } from '../../core/events/target';
import { formatTime } from '../../core/events/time';
import { quoteText } from '../../core/patterns/print';
import { severityRank } from '../../core/rules/severity';
import { shorten, visibleText } from '../../core/text';
import { COMMANDS } from '../common/contributions';
import { Disposables } from '../common/disposables';
import { onSettingsChange, readSetting } from '../common/settings';
import { severityLabel } from './findingText';
import { LensCommands } from './lensCommands';
import type { LogDocument, LogRecord } from './logDocument';
import type { LogDocuments } from './logDocuments';
import type { FoundSession, OpenSessions } from '../sessions/openSessions';
import { chainLine } from '../sessions/sessionTexts';

const LONGEST_NAME = 48;

/** A lens that knows its record; its words are found only when it scrolls into view. */
class RecordLens extends vscode.CodeLens {
  constructor(
    range: vscode.Range,
    readonly log: LogDocument,
    readonly index: number,
    readonly part: 'summary' | 'session' | 'principal' | 'findings',
  ) {
    super(range);
  }
}

/** Over each record: time, event, who → what, region, outcome; then its findings. */
export class RecordCodeLenses extends Disposables implements vscode.CodeLensProvider<RecordLens> {
  private readonly changed = this.own(new vscode.EventEmitter<void>());
  readonly onDidChangeCodeLenses = this.changed.event;
  private readonly commands: LensCommands;

  constructor(
    private readonly documents: LogDocuments,
    private readonly sessions: OpenSessions,
  ) {
    super();
    this.commands = this.own(new LensCommands(documents.onDidClose));
    this.own(sessions.onDidChange(() => this.changed.fire()));
    this.own(documents.onDidAnalyse(() => this.analysed()));
    this.own(documents.onDidClose(() => this.changed.fire()));
    this.own(
      onSettingsChange(['editor.codeLens', 'editor.minimumSeverity', 'attack.version'], () => this.changed.fire()),
    );
  }

  /** Sessions that are being made tell of themselves in a moment: lenses that come twice would jump under the pointer. */
  private analysed(): void {
    if (!this.sessions.isBuilding) this.changed.fire();
  }

  provideCodeLenses(document: vscode.TextDocument): RecordLens[] {
    const open = this.documents.get(document);
    if (open?.analysis === undefined || !readSetting('editor.codeLens')) return [];
    const { log, analysis } = open;
    const least = severityRank(readSetting('editor.minimumSeverity'));
    const risky = new Set(
      analysis.findings.filter(({ severity }) => severityRank(severity) >= least).map(({ record }) => record),
    );
    const lenses: RecordLens[] = [];
    for (let index = 0; index < log.recordCount; index++) {
      const { start } = log.rangeOf(index);
      const range = new vscode.Range(start, start);
      lenses.push(new RecordLens(range, log, index, 'summary'));
      if (this.sessions.graph !== undefined) {
        lenses.push(new RecordLens(range, log, index, 'session'), new RecordLens(range, log, index, 'principal'));
      }
      if (risky.has(index)) lenses.push(new RecordLens(range, log, index, 'findings'));
    }
    return lenses;
  }

  resolveCodeLens(lens: RecordLens): RecordLens {
    const record = lens.log.record(lens.index);
    const { document } = lens.log;
    lens.command = this.commands.withoutArguments(document, this.commandOf(lens.part, record, document.uri));
    return lens;
  }

  private commandOf(part: RecordLens['part'], record: LogRecord, uri: vscode.Uri): vscode.Command {
    switch (part) {
      case 'summary':
        return summaryCommand(record);
      case 'session':
        return sessionCommand(this.sessions.sessionOf(record), record, uri);
      case 'principal':
        return principalCommand(record);
      case 'findings':
        return findingsCommand(record, uri);
    }
  }
}

function summaryCommand(record: LogRecord): vscode.Command {
  return { title: recordSummary(record), command: '' };
}

/** Names who is behind the session, through which roles; a click shows it among the others. */
function sessionCommand(found: FoundSession | undefined, { index }: LogRecord, uri: vscode.Uri): vscode.Command {
  const title =
    found === undefined
      ? vscode.l10n.t('Session')
      : vscode.l10n.t('Session: {0}', chainLine(found.graph, found.session));
  return { title, command: COMMANDS.showSession, arguments: [uri, index] };
}

function principalCommand({ event }: LogRecord): vscode.Command {
  const test =
    event.arn !== undefined
      ? `$.userIdentity.arn = ${quoteText(event.arn)}`
      : event.principalId !== undefined
        ? `$.userIdentity.principalId = ${quoteText(event.principalId)}`
        : `$.userIdentity.invokedBy = ${quoteText(event.invokedBy ?? '')}`;
  const pattern = `{ ${test} }`;
  return { title: vscode.l10n.t('Same principal'), command: COMMANDS.runFilterPattern, arguments: [pattern] };
}

function findingsCommand({ finding, index }: LogRecord, uri: vscode.Uri): vscode.Command {
  const count = finding?.rules.length ?? 0;
  const label = finding === undefined ? '' : severityLabel(finding.severity);
  const title =
    count === 1 ? vscode.l10n.t('{0} · 1 finding', label) : vscode.l10n.t('{0} · {1} findings', label, count);
  return { title, command: COMMANDS.showRecordFindings, arguments: [uri, index] };
}

/** One line that says what a record is about. */
export function recordSummary(record: LogRecord): string {
  const [time = '', ...rest] = summaryParts(record);
  return [time, record.event.eventName ?? record.event.eventCategory, ...rest]
    .filter((text) => text !== '')
    .map(visibleText)
    .join(' · ');
}

/** The same without the event's name: time, who → what, region, outcome. */
export function recordCircumstances(record: LogRecord): string {
  return summaryParts(record)
    .filter((text) => text !== '')
    .map(visibleText)
    .join(' · ');
}

function summaryParts({ event, view }: LogRecord): string[] {
  const time = event.time === undefined ? (event.eventTime ?? '') : formatTime(event.time);
  const who = principalName(event);
  const target = targetName(event, view);
  const acted = who === undefined ? target : `${short(who)} → ${short(target ?? '?')}`;
  const failed = event.errorCode ?? event.errorMessage;
  const outcome = failed ?? vscode.l10n.t('ok');
  return [time, acted ?? '', event.awsRegion ?? '', outcome];
}

function short(text: string): string {
  return shorten(text, LONGEST_NAME);
}
