import { basename } from 'node:path';
import * as vscode from 'vscode';
import { diskPath } from '../../core/events/logPath';
import { findingsCsv } from '../../core/export/findingsCsv';
import { findingsMarkdown } from '../../core/export/findingsMarkdown';
import type { FindingsReport } from '../../core/export/located';
import { sarifLog } from '../../core/export/sarif';
import type { Rule } from '../../core/rules/rule';
import { severityRank } from '../../core/rules/severity';
import { COMMANDS } from '../common/contributions';
import { reference } from '../common/reference';
import { severityLabel } from '../editor/findingText';
import { revealRecord } from '../editor/showLog';
import { FINDING_GROUPINGS, type FindingGrouping, type FindingRow } from '../findings/findingRows';
import type { FindingsModel } from '../findings/findingsModel';
import type { LogEditor } from '../logEditor';
import type { Scopes } from '../hunt/scopes';
import { muteRule } from '../rules/muteCommand';
import type { FindingsView } from '../views/findingsView';

type Scope = 'file' | 'investigation';

/** Running rules, and what can be done with what they find. */
export class RuleRunCommands {
  /** By command. */
  readonly handlers = {
    runAllRules: () => this.runAll(),
    runRule: (id?: string) => this.runOne(id),
    groupFindings: () => this.group(),
    openFinding: (row: FindingRow) => this.open(row),
    muteFinding: (row: FindingRow) => this.mute(row),
    copyFinding: (row: FindingRow) => this.copy(row),
    exportFindings: () => this.export(),
  };

  constructor(
    private readonly version: string,
    private readonly log: LogEditor,
    private readonly scopes: Scopes,
    private readonly model: FindingsModel,
    private readonly view: FindingsView,
  ) {}

  private async runAll(): Promise<void> {
    const scope = await this.chooseScope();
    if (scope !== undefined) await this.run(scope);
  }

  private async runOne(id?: string): Promise<void> {
    await this.log.rules.whenRead();
    const rule = id === undefined ? await this.chooseRule() : this.log.rules.catalogue.rule(id);
    const scope = rule && (await this.chooseScope());
    if (scope !== undefined) await this.run(scope, rule);
  }

  /** Runs, shows the view, and goes to the record when there is only one. */
  private async run(scope: Scope, rule?: Rule): Promise<void> {
    if (!(await this.model.run(scope, rule))) return;
    await this.view.reveal();
    const found = this.model.shown?.report;
    const [only] = found?.findings ?? [];
    if (only === undefined || found?.findings.length !== 1 || found.correlations.length > 0) return;
    await this.open({
      kind: 'event',
      finding: only,
      severity: only.finding.severity,
      rules: only.finding.rules,
      parent: '',
    });
  }

  /** Asks only where there is a choice; undefined when nothing is chosen, or there is nothing to look through. */
  private async chooseScope(): Promise<Scope | undefined> {
    const { file, investigation } = this.scopes;
    if (file === null && investigation === null) {
      const open = vscode.l10n.t('Open Log…');
      const add = vscode.l10n.t('Add Folder…');
      const text = vscode.l10n.t('There is nothing to run rules over yet: open a log, or add a folder of logs.');
      const choice = await vscode.window.showInformationMessage(text, open, add);
      if (choice === open) await vscode.commands.executeCommand(COMMANDS.openLaidOutLog);
      if (choice === add) await vscode.commands.executeCommand(COMMANDS.addSource);
      return undefined;
    }
    if (file === null || investigation === null) return file === null ? 'investigation' : 'file';
    const items: (vscode.QuickPickItem & { readonly scope: Scope })[] = [
      { label: vscode.l10n.t('This file'), description: file.info.label, scope: 'file' },
      { label: vscode.l10n.t('The investigation'), description: investigation.info.label, scope: 'investigation' },
    ];
    const chosen = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Run rules over') });
    return chosen?.scope;
  }

  private async chooseRule(): Promise<Rule | undefined> {
    const rules = [...this.log.rules.catalogue.rules];
    const own = (rule: Rule): number => Number(rule.origin === 'own');
    rules.sort((a, b) => own(b) - own(a) || severityRank(b.severity) - severityRank(a.severity));
    const items = rules.map((rule) => ({
      label: rule.title,
      description: `${severityLabel(rule.severity)} · ${rule.id}`,
      detail: rule.why,
      rule,
    }));
    const options = {
      title: vscode.l10n.t('Run a rule'),
      placeHolder: vscode.l10n.t('A name, an event or an ATT&CK technique'),
      matchOnDescription: true,
      matchOnDetail: true,
    };
    return (await vscode.window.showQuickPick(items, options))?.rule;
  }

  private async group(): Promise<void> {
    const items = FINDING_GROUPINGS.map((grouping) => ({
      label: groupingLabel(grouping),
      description: grouping === this.view.grouping ? vscode.l10n.t('shown now') : '',
      grouping,
    }));
    const chosen = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Group findings by') });
    if (chosen !== undefined) await this.view.groupBy(chosen.grouping);
  }

  private async open(row: FindingRow): Promise<void> {
    const place =
      row.kind === 'event'
        ? row.finding
        : row.kind === 'record'
          ? row.record
          : row.kind === 'correlation'
            ? row.found.places[0]
            : undefined;
    const shown = this.model.shown;
    if (place === undefined || shown === undefined) return;
    const { document } = shown;
    if (document !== undefined) {
      const open = await this.log.documents.whenAnalysed(document);
      if (open === undefined || place.start >= open.log.recordCount) return;
      const editor = await vscode.window.showTextDocument(document, { preserveFocus: true });
      return revealRecord(editor, open.log.record(place.start));
    }
    const eventID = 'event' in place ? place.event.eventID : place.eventID;
    const file = vscode.Uri.file(diskPath(place.path));
    const wanted = { file: file.toString(), ...(typeof eventID === 'string' && { eventID }) };
    if (await this.log.records.show(wanted, { preserveFocus: true })) return;
    void vscode.window.showWarningMessage(
      vscode.l10n.t('{0} does not hold this record any more. Read the sources again.', basename(place.path)),
    );
  }

  private async mute(row: FindingRow): Promise<void> {
    if (row.kind !== 'event' && row.kind !== 'correlation') return;
    const principal = row.kind === 'event' ? row.finding.event.principal : row.found.places[0]?.principal;
    const [rule] = row.rules;
    const uri = this.model.shown?.document?.uri;
    await muteRule({ ...(uri && { uri }), rule: rule!.id, ...(typeof principal === 'string' && { principal }) });
  }

  private async copy(row: FindingRow): Promise<void> {
    if (row.kind !== 'event' && row.kind !== 'correlation') return;
    const report: FindingsReport = {
      findings: row.kind === 'event' ? [row.finding] : [],
      correlations: row.kind === 'correlation' ? [row.found] : [],
      muted: 0,
    };
    await vscode.env.clipboard.writeText(findingsMarkdown(report, reference.attack));
    vscode.window.setStatusBarMessage(vscode.l10n.t('Finding copied as Markdown'), 3000);
  }

  private async export(): Promise<void> {
    const report = this.model.shown?.report;
    if (report === undefined) {
      void vscode.window.showInformationMessage(vscode.l10n.t('Run the rules first: there are no findings to export.'));
      return;
    }
    const formats = [
      { label: 'SARIF', description: vscode.l10n.t('for code scanning and other tools'), ending: 'sarif' },
      { label: 'CSV', description: vscode.l10n.t('for a spreadsheet'), ending: 'csv' },
      { label: 'Markdown', description: vscode.l10n.t('a report to read'), ending: 'md' },
    ];
    const format = await vscode.window.showQuickPick(formats, { title: vscode.l10n.t('Export findings as') });
    if (format === undefined) return;
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('/');
    const target = await vscode.window.showSaveDialog({
      title: vscode.l10n.t('Export findings'),
      defaultUri: vscode.Uri.joinPath(folder, `findings.${format.ending}`),
    });
    if (target === undefined) return;
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(this.textOf(report, format.ending)));
    const open = vscode.l10n.t('Open');
    const told = vscode.l10n.t('Findings exported to {0}.', basename(target.path));
    if ((await vscode.window.showInformationMessage(told, open)) === open)
      await vscode.commands.executeCommand('vscode.open', target);
  }

  private textOf(report: FindingsReport, ending: string): string {
    switch (ending) {
      case 'csv':
        return `${[...findingsCsv(report)].join('\r\n')}\r\n`;
      case 'md':
        return findingsMarkdown(report, reference.attack);
      default:
        return `${JSON.stringify(sarifLog(report.findings, reference.attack, this.version, report.correlations), null, 2)}\n`;
    }
  }
}

function groupingLabel(grouping: FindingGrouping): string {
  switch (grouping) {
    case 'severity':
      return vscode.l10n.t('severity');
    case 'tactic':
      return vscode.l10n.t('tactic');
    case 'principal':
      return vscode.l10n.t('principal');
    case 'rule':
      return vscode.l10n.t('rule');
  }
}
