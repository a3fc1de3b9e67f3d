import * as vscode from 'vscode';
import { Catalogue } from '../../core/rules/catalogue';
import type { FindingsReport } from '../../core/export/located';
import type { Rule } from '../../core/rules/rule';
import { Disposables } from '../common/disposables';
import { localize } from '../common/localize';
import { readSetting } from '../common/settings';
import type { LogDocuments } from '../editor/logDocuments';
import type { Scopes } from '../hunt/scopes';
import type { Investigation } from '../investigation/investigation';
import type { RuleSet } from '../rules/ruleStore';
import { findInLog } from './logFindings';
import { findInSources } from './sourceFindings';

/** What the Findings view shows. */
export interface ShownFindings {
  readonly report: FindingsReport;
  /** The file or sources that were looked through, in words. */
  readonly scope: string;
  /** The one rule that was asked for; undefined for all. */
  readonly rule: Rule | undefined;
  /** Of one log: findings follow it. Undefined for the sources. */
  readonly document: vscode.TextDocument | undefined;
  /** What was not looked through, in words. */
  readonly missing: readonly string[];
}

/** Finds with the rules in force, in the log in front as it changes, or in all sources when asked. */
export class FindingsModel extends Disposables {
  private readonly changed = this.own(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changed.event;
  private current: ShownFindings | undefined;
  private round = 0;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly documents: LogDocuments,
    private readonly scopes: Scopes,
    private readonly investigation: Investigation,
    private readonly rules: RuleSet,
  ) {
    super();
    // A log is analysed anew when its text or the rules have changed.
    this.own(documents.onDidAnalyse(({ log }) => this.follow(log.document)));
    this.own(scopes.onDidChangeFront(() => this.frontChanged()));
    this.follow(scopes.front);
  }

  get shown(): ShownFindings | undefined {
    return this.current;
  }

  /** Runs all rules, or one, over a scope and shows what they find. Answers false when there is nothing to run them over. */
  async run(scope: 'file' | 'investigation', rule?: Rule): Promise<boolean> {
    await this.rules.whenRead();
    if (scope === 'investigation') return this.runOverSources(rule);
    const { front } = this.scopes;
    return front !== undefined && (await this.runOverLog(front, rule));
  }

  /** Findings of a log go with it. */
  private frontChanged(): void {
    const { front } = this.scopes;
    if (front === undefined && this.current?.document !== undefined) {
      this.round++;
      this.show(undefined);
    } else this.follow(front);
  }

  /** All rules over the log in front, unless something else was asked for. */
  private follow(document: vscode.TextDocument | undefined): void {
    if (document === undefined || document !== this.scopes.front) return;
    if (this.current !== undefined && (this.current.document === undefined || this.current.rule !== undefined)) return;
    void this.runOverLog(document, undefined);
  }

  private async runOverLog(document: vscode.TextDocument, rule: Rule | undefined): Promise<boolean> {
    const round = ++this.round;
    const open = await this.documents.whenAnalysed(document);
    if (open === undefined) return false;
    const label = document.uri.path.slice(document.uri.path.lastIndexOf('/') + 1);
    const report = await findInLog(open.log, label, this.catalogueOf(rule), this.leastOf(rule));
    if (report === undefined || round !== this.round) return report !== undefined;
    const missing = open.log.problems.filter(({ level }) => level !== 'note').map(({ message }) => localize(message));
    this.show({ report, scope: label, rule, document, missing });
    return true;
  }

  private async runOverSources(rule: Rule | undefined): Promise<boolean> {
    const { sources } = this.investigation;
    if (sources.length === 0) return false;
    const round = ++this.round;
    const catalogue = this.catalogueOf(rule);
    const request = {
      sources: sources.map(({ fsPath }) => fsPath),
      rules: [...catalogue.rules],
      mutes: catalogue.mutes.all,
      least: this.leastOf(rule),
    };
    const script = vscode.Uri.joinPath(this.extensionUri, 'dist', 'worker', 'findingsWorker.js').fsPath;
    const title = rule === undefined ? vscode.l10n.t('Running all rules') : vscode.l10n.t('Running {0}', rule.title);
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    const found = await vscode.window.withProgress(options, (progress, token) =>
      findInSources(
        script,
        request,
        ({ files, records, found: count }) =>
          progress.report({ message: vscode.l10n.t('{0} files, {1} records, {2} findings', files, records, count) }),
        token,
      ),
    );
    if (found === undefined || round !== this.round) return true;
    const unread = new Set(found.unread.map(({ path }) => path)).size;
    const missing = found.problems.map(({ message }) => localize(message));
    if (unread > 0) missing.unshift(vscode.l10n.t('{0} files could not be read whole: see Sources.', unread));
    this.show({ report: found.report, scope: this.investigation.label, rule, document: undefined, missing });
    return true;
  }

  /** A rule that was asked for by name is held against every record, whether it otherwise waits to be asked for or not. */
  private catalogueOf(rule: Rule | undefined): Catalogue {
    const { catalogue } = this.rules;
    return rule === undefined ? catalogue : new Catalogue([{ ...rule, onRequest: false }], catalogue.mutes);
  }

  private leastOf(rule: Rule | undefined): ReturnType<typeof readSetting<'editor.minimumSeverity'>> {
    return rule === undefined ? readSetting('editor.minimumSeverity') : 'info';
  }

  private show(shown: ShownFindings | undefined): void {
    this.current = shown;
    this.changed.fire();
  }
}
