import * as vscode from 'vscode';
import type { FileProblem } from '../../core/rules/files/fileProblem';
import { Disposables } from '../common/disposables';
import { localize } from '../common/localize';

const SOURCE = 'CloudTrail';

/** What is wrong in rule and mute files, shown in them, and the fixes where there are some. */
export class RuleProblems extends Disposables implements vscode.CodeActionProvider {
  private readonly collection = this.own(vscode.languages.createDiagnosticCollection('cloudtrail-rules'));
  private readonly fixes = new Map<
    string,
    { readonly title: string; readonly at: vscode.Range; readonly edit: vscode.TextEdit }[]
  >();

  constructor() {
    super();
    const files: vscode.DocumentSelector = { pattern: '**/*.{yaml,yml}' };
    const kinds = { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] };
    this.own(vscode.languages.registerCodeActionsProvider(files, this, kinds));
  }

  clear(): void {
    this.collection.clear();
    this.fixes.clear();
  }

  set(uri: vscode.Uri, text: string, problems: readonly FileProblem[]): void {
    this.collection.set(
      uri,
      problems.map(({ kind, level, message, start, end }) => {
        const severity = level === 'error' ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning;
        const diagnostic = new vscode.Diagnostic(this.rangeOf(text, start, end), localize(message), severity);
        diagnostic.source = SOURCE;
        diagnostic.code = kind;
        return diagnostic;
      }),
    );
    const fixes = problems.flatMap(({ fix, start, end }) =>
      fix === undefined
        ? []
        : [
            {
              title: localize(fix.title),
              at: this.rangeOf(text, start, end),
              edit: vscode.TextEdit.replace(this.rangeOf(text, fix.start, fix.end), fix.text),
            },
          ],
    );
    this.fixes.set(uri.toString(), fixes);
  }

  provideCodeActions({ uri }: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    const near = (this.fixes.get(uri.toString()) ?? []).filter(({ at }) => at.intersection(range) !== undefined);
    return near.map(({ title, edit }) => {
      const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
      action.edit = new vscode.WorkspaceEdit();
      action.edit.set(uri, [edit]);
      return action;
    });
  }

  /** UTF-16 offsets of a text as lines and characters. */
  rangeOf(text: string, start: number, end: number): vscode.Range {
    return new vscode.Range(positionAt(text, start), positionAt(text, end));
  }
}

function positionAt(text: string, offset: number): vscode.Position {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return new vscode.Position(lines.length - 1, lines.at(-1)!.length);
}
