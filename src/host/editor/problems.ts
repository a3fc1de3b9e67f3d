import * as vscode from 'vscode';
import { principalName } from '../../core/events/principal';
import type { Problem } from '../../core/problem';
import { type Severity, isSeverity, severityRank } from '../../core/rules/severity';
import { visibleText } from '../../core/text';
import { Disposables } from '../common/disposables';
import { localize } from '../common/localize';
import { reference } from '../common/reference';
import { onSettingsChange, readSetting } from '../common/settings';
import type { LogDocument, LogRecord } from './logDocument';
import type { LogDocuments, OpenLog } from './logDocuments';
import type { LogFileSystem } from './logFileSystem';
import { severityLabel } from './findingText';
import { fieldRange } from './recordRanges';

const SOURCE = 'CloudTrail';
/** The Problems view is for what deserves attention; a scan with ten thousand findings is read elsewhere. */
const MOST_FINDINGS = 1000;

const LEVEL: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  critical: vscode.DiagnosticSeverity.Error,
  high: vscode.DiagnosticSeverity.Warning,
  medium: vscode.DiagnosticSeverity.Information,
  low: vscode.DiagnosticSeverity.Information,
  info: vscode.DiagnosticSeverity.Hint,
};

/** The Problems view: findings of open logs at or above a chosen severity, and what could not be read of them. */
export class LogProblems extends Disposables {
  private readonly collection = this.own(vscode.languages.createDiagnosticCollection('cloudtrail'));

  constructor(
    private readonly documents: LogDocuments,
    private readonly files: LogFileSystem,
  ) {
    super();
    this.own(documents.onDidAnalyse((open) => this.show(open)));
    this.own(documents.onDidClose((document) => this.collection.delete(document.uri)));
    this.own(onSettingsChange(['problems.minimumSeverity', 'attack.version'], () => this.showAll()));
  }

  private showAll(): void {
    for (const document of vscode.workspace.textDocuments) {
      const open = this.documents.get(document);
      if (open !== undefined) this.show(open);
    }
  }

  private show({ log, analysis }: OpenLog): void {
    const least = readSetting('problems.minimumSeverity');
    const found = isSeverity(least)
      ? (analysis?.findings ?? []).filter(({ severity }) => severityRank(severity) >= severityRank(least))
      : [];
    const read = this.files.laidOut(log.document.uri)?.problems ?? log.problems;
    this.collection.set(log.document.uri, [
      ...read.filter(({ level }) => level !== 'note').map((problem) => readingDiagnostic(log, problem)),
      ...found.slice(0, MOST_FINDINGS).map(({ record }) => findingDiagnostic(log.record(record))),
    ]);
  }
}

function readingDiagnostic(log: LogDocument, problem: Problem): vscode.Diagnostic {
  const last = log.recordCount === 0 ? new vscode.Position(0, 0) : log.rangeOf(log.recordCount - 1).end;
  const level = problem.level === 'error' ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning;
  const diagnostic = new vscode.Diagnostic(new vscode.Range(last, last), localize(problem.message), level);
  diagnostic.source = SOURCE;
  diagnostic.code = problem.kind;
  return diagnostic;
}

function findingDiagnostic(record: LogRecord): vscode.Diagnostic {
  const { finding, event } = record;
  const rule = finding!.rules[0];
  const who = principalName(event);
  const by = who === undefined ? '' : ` · ${visibleText(who)}`;
  const name = visibleText(event.eventName ?? event.eventCategory);
  const range = fieldRange(record, 'eventName') ?? new vscode.Range(record.range.start, record.range.start);
  const diagnostic = new vscode.Diagnostic(
    range,
    `${severityLabel(finding!.severity)} · ${name}${by}: ${rule.why}`,
    LEVEL[finding!.severity],
  );
  diagnostic.source = SOURCE;
  const technique = rule.techniques[0];
  if (technique === undefined) diagnostic.code = rule.id;
  else {
    const { id, url } = reference.attack.technique(technique);
    diagnostic.code = { value: id, target: vscode.Uri.parse(url) };
  }
  return diagnostic;
}
