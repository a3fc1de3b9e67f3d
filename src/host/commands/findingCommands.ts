import * as vscode from 'vscode';
import { type Severity, severityRank } from '../../core/rules/severity';
import { shorten } from '../../core/text';
import { reference } from '../common/reference';
import { readSetting } from '../common/settings';
import { recordCircumstances, recordSummary } from '../editor/codeLenses';
import { severityLabel, severityName } from '../editor/findingText';
import type { LogRecord } from '../editor/logDocument';
import type { LogDocuments, OpenLog } from '../editor/logDocuments';
import { revealRecord } from '../editor/showLog';

interface RecordItem extends vscode.QuickPickItem {
  readonly record?: number;
}

interface RuleItem extends vscode.QuickPickItem {
  readonly url?: string;
}

/** Going through the findings of the log in the active editor. */
export class FindingCommands {
  /** By command. */
  readonly handlers = {
    nextFinding: () => this.step(1),
    previousFinding: () => this.step(-1),
    showFindings: () => this.showAll(),
    showRecordFindings: (uri: vscode.Uri, index: number) => this.showOne(uri, index),
  };

  constructor(private readonly documents: LogDocuments) {}

  private async activeLog(): Promise<{ editor: vscode.TextEditor; open: OpenLog } | undefined> {
    const editor = vscode.window.activeTextEditor;
    const open = editor && (await this.documents.whenAnalysed(editor.document));
    if (editor !== undefined && open !== undefined) return { editor, open };
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Open a CloudTrail log first: the active editor shows none.'),
    );
    return undefined;
  }

  private async step(direction: 1 | -1): Promise<void> {
    const active = await this.activeLog();
    if (active === undefined) return;
    const { editor, open } = active;
    const lines = findingsShown(open).map(({ line }) => line);
    if (lines.length === 0) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t(
          'No findings of severity {0} or above in this log.',
          severityName(readSetting('editor.minimumSeverity')),
        ),
      );
      return;
    }
    const here = editor.selection.active.line;
    const ordered = direction === 1 ? lines : lines.toReversed();
    const next = ordered.find((line) => (line - here) * direction > 0) ?? ordered[0]!;
    const record = open.log.recordsInLines(next, next)[0];
    if (record !== undefined) revealRecord(editor, open.log.record(record));
  }

  private async showAll(): Promise<void> {
    const active = await this.activeLog();
    if (active === undefined) return;
    const { editor, open } = active;
    const shown = findingsShown(open);
    const bySeverity = shown.toSorted((a, b) => severityRank(b.severity) - severityRank(a.severity) || a.line - b.line);
    const items: RecordItem[] = [];
    let group: Severity | undefined;
    for (const { record, severity } of bySeverity) {
      if (severity !== group) items.push({ label: severityLabel(severity), kind: vscode.QuickPickItemKind.Separator });
      group = severity;
      items.push(recordItem(open.log.record(record)));
    }
    const picked = await vscode.window.showQuickPick(items, {
      title: vscode.l10n.t('Findings of this log'),
      placeHolder:
        shown.length === 0
          ? vscode.l10n.t('No findings')
          : vscode.l10n.t('{0} findings: choose one to go to its record', shown.length),
      matchOnDescription: true,
      matchOnDetail: true,
    });
    if (picked?.record !== undefined) revealRecord(editor, open.log.record(picked.record));
  }

  /** The rules that one record meets; choosing a technique opens its page. */
  private async showOne(uri: vscode.Uri, index: number): Promise<void> {
    const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
    const record = document && this.documents.get(document)?.log.record(index);
    if (record?.finding === undefined) return;
    const items = record.finding.rules.flatMap((rule): RuleItem[] => [
      { label: rule.id, kind: vscode.QuickPickItemKind.Separator },
      { label: `${severityLabel(rule.severity)} · ${rule.why}`, detail: vscode.l10n.t('Check: {0}', rule.check) },
      ...rule.techniques.map((id) => {
        const technique = reference.attack.technique(id);
        return { label: `$(link-external) ${technique.id} ${technique.name}`, url: technique.url };
      }),
    ]);
    const title = shorten(recordSummary(record), 120);
    const picked = await vscode.window.showQuickPick(items, { title, matchOnDetail: true });
    if (picked?.url !== undefined) await vscode.env.openExternal(vscode.Uri.parse(picked.url));
  }
}

function findingsShown({ analysis }: OpenLog): NonNullable<OpenLog['analysis']>['findings'] {
  const least = severityRank(readSetting('editor.minimumSeverity'));
  return (analysis?.findings ?? []).filter(({ severity }) => severityRank(severity) >= least);
}

function recordItem(record: LogRecord): RecordItem {
  return {
    label: record.event.eventName ?? record.event.eventCategory,
    description: recordCircumstances(record),
    detail: record.finding!.rules[0].why,
    record: record.index,
  };
}
