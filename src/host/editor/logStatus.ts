import * as vscode from 'vscode';
import { formatTime } from '../../core/events/time';
import { COMMANDS } from '../common/contributions';
import { Disposables } from '../common/disposables';
import { localize } from '../common/localize';
import { onSettingsChange, readSetting } from '../common/settings';
import { severityLabel } from './findingText';
import type { LogDocuments, OpenLog } from './logDocuments';
import type { LogFileSystem } from './logFileSystem';

/** The status bar item of the log in the active editor: events, findings, time span. */
export class LogStatus extends Disposables {
  private readonly item = this.own(
    vscode.window.createStatusBarItem('cloudtrail.log', vscode.StatusBarAlignment.Right, 90),
  );

  constructor(
    private readonly documents: LogDocuments,
    private readonly files: LogFileSystem,
  ) {
    super();
    this.item.name = vscode.l10n.t('CloudTrail log');
    const update = (): void => this.update();
    this.own(vscode.window.onDidChangeActiveTextEditor(update));
    this.own(documents.onDidScan(update));
    this.own(documents.onDidAnalyse(update));
    this.own(documents.onDidClose(update));
    this.own(onSettingsChange(['editor.minimumSeverity'], update));
    update();
  }

  private update(): void {
    const document = vscode.window.activeTextEditor?.document;
    const open = document && this.documents.get(document);
    if (open === undefined || (open.log.recordCount === 0 && !open.log.isComplete)) return this.item.hide();
    this.item.text = open.analysis === undefined ? loadingText(open) : readyText(open);
    this.item.tooltip = this.tooltip(open);
    this.item.command = COMMANDS.showFindings;
    this.item.show();
  }

  private tooltip(open: OpenLog): string {
    const { analysis, log } = open;
    const laidOut = this.files.laidOut(log.document.uri);
    const lines = [
      ...(analysis?.countBySeverity().map(([severity, count]) => `${severityLabel(severity)}: ${count}`) ?? []),
      analysis !== undefined && analysis.duplicates > 0
        ? vscode.l10n.t('{0} records are delivered twice', analysis.duplicates)
        : '',
      laidOut?.takenOut ? vscode.l10n.t('The records were taken out of the texts or rows of the file.') : '',
      laidOut !== undefined && laidOut.parts > 1
        ? vscode.l10n.t('Part {0} of {1}', laidOut.part + 1, laidOut.parts)
        : '',
      ...(laidOut?.problems ?? log.problems).slice(0, 8).map(({ message }) => localize(message)),
    ];
    return lines.filter((line) => line !== '').join('\n');
  }
}

function loadingText({ log }: OpenLog): string {
  return `$(loading~spin) ${vscode.l10n.t('{0} events', log.recordCount.toLocaleString())}`;
}

function readyText({ log, analysis }: OpenLog): string {
  const events =
    log.recordCount === 1 ? vscode.l10n.t('1 event') : vscode.l10n.t('{0} events', log.recordCount.toLocaleString());
  const count = analysis!.countFrom(readSetting('editor.minimumSeverity'));
  const findings = count === 1 ? vscode.l10n.t('1 finding') : vscode.l10n.t('{0} findings', count.toLocaleString());
  const span = timeSpan(analysis!.firstTime, analysis!.lastTime);
  return `$(shield) ${[events, findings, span].filter((text) => text !== '').join(' · ')}`;
}

/** `2023-07-10 11:42–12:37Z`, with the second date where it is another. */
function timeSpan(first: number | undefined, last: number | undefined): string {
  if (first === undefined || last === undefined) return '';
  const [from, to] = [formatTime(first), formatTime(last)];
  const start = `${from.slice(0, 10)} ${from.slice(11, 16)}`;
  if (from.slice(0, 16) === to.slice(0, 16)) return `${start}Z`;
  return from.slice(0, 10) === to.slice(0, 10)
    ? `${start}–${to.slice(11, 16)}Z`
    : `${start}–${to.slice(0, 10)} ${to.slice(11, 16)}Z`;
}
