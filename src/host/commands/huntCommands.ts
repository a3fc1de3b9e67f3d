import * as vscode from 'vscode';
import type { Condition } from '../../core/patterns/ast';
import { FieldFinder } from '../../core/patterns/fieldFinder';
import { filterFor, filterOut, stepsOf } from '../../core/patterns/fromValue';
import { parsePattern } from '../../core/patterns/parse';
import { type SqlDialect, toSql } from '../../core/patterns/toSql';
import { printPattern } from '../../core/patterns/print';
import { sqlStatement } from '../../core/patterns/sqlStatement';
import { localize } from '../common/localize';
import type { LogDocuments } from '../editor/logDocuments';
import { recordAtCursor } from '../editor/recordAtCursor';
import { locate } from '../editor/recordLocation';
import { openNewRule } from '../rules/newRule';
import type { HuntView } from '../views/huntView';

/** Asking questions from the palette and from the editor. */
export class HuntCommands {
  /** By command. */
  readonly handlers = {
    runFilterPattern: (pattern?: string) => this.runFilterPattern(pattern),
    copyPatternAsSql: (pattern?: string) => this.copyAsSql(pattern),
    savePatternAsRule: (pattern?: string) => this.saveAsRule(pattern),
    filterForValue: () => this.filterValue(true),
    filterOutValue: () => this.filterValue(false),
    copyAsPattern: () => this.copyAsPattern(),
    copyValueAsSql: () => this.copyValueAsSql(),
  };

  constructor(
    private readonly hunt: HuntView,
    private readonly documents: LogDocuments,
  ) {}

  private async runFilterPattern(given?: string): Promise<void> {
    const pattern = given ?? (await this.ask());
    if (pattern !== undefined) await this.hunt.show(pattern, { run: true, opensOnly: true });
  }

  private async copyAsSql(given?: string): Promise<void> {
    const text = given ?? (await this.ask());
    const pattern = text === undefined ? undefined : parsePattern(text).pattern;
    if (pattern === undefined) return;
    const dialects: (vscode.QuickPickItem & { readonly dialect: SqlDialect })[] = [
      { label: 'Amazon Athena', description: vscode.l10n.t('the table cloudtrail_logs'), dialect: 'athena' },
      { label: 'CloudTrail Lake', description: vscode.l10n.t('an event data store'), dialect: 'lake' },
    ];
    const chosen = await vscode.window.showQuickPick(dialects, { title: vscode.l10n.t('Copy pattern as SQL') });
    if (chosen === undefined) return;
    const { condition, refusals } = toSql(pattern, chosen.dialect);
    if (condition === undefined) {
      const reasons = refusals.map(({ message }) => localize(message)).join(' ');
      void vscode.window.showErrorMessage(vscode.l10n.t('SQL cannot ask this exactly: {0}', reasons));
      return;
    }
    await vscode.env.clipboard.writeText(sqlStatement(condition, chosen.dialect));
    vscode.window.setStatusBarMessage(vscode.l10n.t('SQL copied'), 3000);
  }

  private ask(): Thenable<string | undefined> {
    return vscode.window.showInputBox({
      title: vscode.l10n.t('Run filter pattern'),
      prompt: vscode.l10n.t('A CloudWatch Logs filter pattern. The results are shown in the Hunt view.'),
      placeHolder: '{ $.eventName = "ConsoleLogin" }',
      ignoreFocusOut: true,
      validateInput: (text) => problemOf(text),
    });
  }

  private async saveAsRule(given?: string): Promise<void> {
    const pattern = given ?? (await this.ask());
    if (pattern === undefined) return;
    const title = await vscode.window.showInputBox({
      title: vscode.l10n.t('Save pattern as rule'),
      prompt: vscode.l10n.t('What a finding of this rule says, e.g. “Backup vault deleted”'),
      validateInput: (text) => (text.trim() === '' ? vscode.l10n.t('Give it a name.') : undefined),
    });
    if (title !== undefined) await openNewRule(title.trim(), pattern);
  }

  private async filterValue(wanted: boolean): Promise<void> {
    const condition = this.conditionAtCursor(wanted);
    if (condition !== undefined) await this.hunt.add(printPattern({ kind: 'json', root: condition }));
  }

  private async copyAsPattern(): Promise<void> {
    const condition = this.conditionAtCursor(true);
    if (condition === undefined) return;
    const pattern = printPattern({ kind: 'json', root: condition });
    await vscode.env.clipboard.writeText(pattern);
    vscode.window.setStatusBarMessage(vscode.l10n.t('{0} copied', pattern), 3000);
  }

  private async copyValueAsSql(): Promise<void> {
    const condition = this.conditionAtCursor(true);
    if (condition !== undefined) await this.copyAsSql(printPattern({ kind: 'json', root: condition }));
  }

  /** That a field has, or has not, the value that the cursor is on. */
  private conditionAtCursor(wanted: boolean): Condition | undefined {
    const found = recordAtCursor(this.documents);
    const path = found && locate(found.editor.document, found.record, found.editor.selection.active)?.path;
    const steps = path && stepsOf(path);
    const [value] = found && steps ? new FieldFinder().readerOf(steps)(found.record.view) : [];
    const condition = path && value && (wanted ? filterFor(path, value) : filterOut(path, value));
    if (condition !== undefined) return condition;
    void vscode.window.showInformationMessage(vscode.l10n.t('Put the cursor on a value of a CloudTrail record first.'));
    return undefined;
  }
}

/** What is wrong with a pattern while it is typed, for the input box. */
export function problemOf(text: string): vscode.InputBoxValidationMessage | undefined {
  const { errors, notes } = parsePattern(text);
  const [first = notes[0]] = errors;
  if (first === undefined) return undefined;
  const severity =
    errors.length > 0 ? vscode.InputBoxValidationSeverity.Error : vscode.InputBoxValidationSeverity.Warning;
  const fix = first.fix === undefined ? '' : ` ${localize(first.fix.title)}.`;
  return { message: vscode.l10n.t('Column {0}: {1}', first.start + 1, localize(first.message)) + fix, severity };
}
