import * as vscode from 'vscode';
import type { Severity } from '../../core/rules/severity';
import { visibleText } from '../../core/text';
import type { TreeSource } from '../activation/lazyTree';
import { COMMANDS, VIEWS } from '../common/contributions';
import { Disposables } from '../common/disposables';
import { MarkdownBuilder } from '../common/markdown';
import { reference } from '../common/reference';
import { severityLabel, severityName } from '../editor/findingText';
import {
  type CorrelationRow,
  type EventRow,
  FINDING_GROUPINGS,
  type FindingGrouping,
  type FindingRow,
  type GroupRow,
  circumstances,
  groupFindings,
} from '../findings/findingRows';
import type { FindingsModel } from '../findings/findingsModel';

const GROUPING_KEY = 'findings.grouping';
/** Rules told in a tooltip. */
const MOST_RULES = 3;

/** The Findings view: what the rules found, by severity, tactic, principal or rule. */
export class FindingsView extends Disposables implements TreeSource<FindingRow> {
  private readonly changed = this.own(new vscode.EventEmitter<void>());
  readonly onDidChangeTreeData = this.changed.event;
  private view: vscode.TreeView<FindingRow> | undefined;
  private groups: GroupRow[] = [];

  constructor(
    private readonly context: Pick<vscode.ExtensionContext, 'workspaceState' | 'extensionUri'>,
    private readonly model: FindingsModel,
  ) {
    super();
    this.own(model.onDidChange(() => this.renew()));
    this.renew();
  }

  get grouping(): FindingGrouping {
    const kept = this.context.workspaceState.get<FindingGrouping>(GROUPING_KEY);
    return kept !== undefined && FINDING_GROUPINGS.includes(kept) ? kept : 'severity';
  }

  async groupBy(grouping: FindingGrouping): Promise<void> {
    await this.context.workspaceState.update(GROUPING_KEY, grouping);
    this.renew();
  }

  attach(view: vscode.TreeView<FindingRow>): void {
    this.view = view;
    this.tell();
  }

  getChildren(row?: FindingRow): FindingRow[] {
    if (row === undefined) return this.groups;
    return row.kind === 'group' || row.kind === 'correlation' ? [...row.rows] : [];
  }

  getParent(row: FindingRow): FindingRow | undefined {
    return 'parent' in row ? this.groups.find(({ key }) => key === row.parent) : undefined;
  }

  getTreeItem(row: FindingRow): vscode.TreeItem {
    switch (row.kind) {
      case 'group':
        return this.groupItem(row);
      case 'event':
      case 'correlation':
        return this.findingItem(row);
      case 'record': {
        const { eventTime, eventName, principal, sourceIPAddress } = row.record;
        const item = new vscode.TreeItem(visibleText(String(eventName ?? '')));
        item.description = visibleText(
          [eventTime, principal, sourceIPAddress].filter((part) => part !== null).join(' · '),
        );
        item.command = { title: '', command: COMMANDS.openFinding, arguments: [row] };
        return item;
      }
      case 'rest':
        return new vscode.TreeItem(vscode.l10n.t('{0} more: run the rule by itself, or hunt for them', row.count));
    }
  }

  resolveTreeItem(item: vscode.TreeItem, row: FindingRow): vscode.TreeItem {
    if (row.kind === 'event' || row.kind === 'correlation') item.tooltip = tooltipOf(row);
    return item;
  }

  /** Shows the view with its first finding. */
  async reveal(): Promise<void> {
    const [group] = this.groups;
    await vscode.commands.executeCommand(`${VIEWS.findings}.focus`);
    if (group !== undefined)
      await this.view?.reveal(group.rows[0] ?? group, { select: true, focus: true, expand: true });
  }

  private groupItem({ label, key, count, severity }: GroupRow): vscode.TreeItem {
    const { grouping } = this;
    const text = grouping === 'severity' ? severityName(severity) : label === '' ? vscode.l10n.t('(none)') : label;
    const item = new vscode.TreeItem(visibleText(text), vscode.TreeItemCollapsibleState.Expanded);
    item.id = `${grouping} ${key}`;
    item.description = String(count);
    item.iconPath = this.icon(severity);
    item.collapsibleState =
      severity === 'low' || severity === 'info'
        ? vscode.TreeItemCollapsibleState.Collapsed
        : vscode.TreeItemCollapsibleState.Expanded;
    return item;
  }

  private findingItem(row: EventRow | CorrelationRow): vscode.TreeItem {
    const label =
      row.kind === 'event' ? String(row.finding.event.eventName ?? row.rules[0]!.title) : row.rules[0]!.title;
    const several = row.kind === 'correlation';
    const item = new vscode.TreeItem(
      visibleText(label),
      several ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None,
    );
    item.description = visibleText(circumstances(row));
    if (this.grouping !== 'severity') item.iconPath = this.icon(row.severity);
    item.contextValue = 'finding';
    item.command = { title: '', command: COMMANDS.openFinding, arguments: [row] };
    item.accessibilityInformation = { label: `${severityLabel(row.severity)} ${label} ${circumstances(row)}` };
    return item;
  }

  private icon(severity: Severity): { light: vscode.Uri; dark: vscode.Uri } {
    const of = (theme: string): vscode.Uri =>
      vscode.Uri.joinPath(this.context.extensionUri, 'media', 'severity', theme, `${severity}.svg`);
    return { light: of('light'), dark: of('dark') };
  }

  private renew(): void {
    const { shown } = this.model;
    this.groups = shown === undefined ? [] : groupFindings(shown.report, this.grouping, reference.attack);
    this.tell();
    this.changed.fire();
  }

  private tell(): void {
    const { view } = this;
    const { shown } = this.model;
    if (view === undefined) return;
    if (shown === undefined) {
      view.description = '';
      return;
    }
    const { report, scope, rule, missing } = shown;
    const count = report.findings.length + report.correlations.length;
    view.description = rule === undefined ? scope : `${rule.title} · ${scope}`;
    view.badge = count === 0 ? undefined : { value: count, tooltip: vscode.l10n.t('{0} findings', count) };
    const lines = [...missing];
    if (count === 0) lines.unshift(vscode.l10n.t('Nothing found in {0}.', scope));
    if (report.muted > 0) lines.push(vscode.l10n.t('{0} findings are muted.', report.muted));
    view.message = lines.join(' ');
  }
}

/** The first rules that are met, with why, what to check and what to do. */
function tooltipOf({ rules, severity }: EventRow | CorrelationRow): vscode.MarkdownString {
  const text = new MarkdownBuilder().bold(severityLabel(severity));
  for (const { title, why, check, respond, techniques } of rules.slice(0, MOST_RULES)) {
    text.break().bold(title).break().text(why);
    if (check !== '') text.break().text(vscode.l10n.t('Check: {0}', check));
    if (respond !== '') text.break().text(vscode.l10n.t('Do: {0}', respond));
    for (const id of techniques) {
      const { name, url } = reference.attack.technique(id);
      text.item((item) => item.link(`${id} ${name}`, url));
    }
  }
  return text.build();
}
