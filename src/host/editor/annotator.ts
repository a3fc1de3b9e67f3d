import * as vscode from 'vscode';
import { severityRank } from '../../core/rules/severity';
import { reference } from '../common/reference';
import { readSetting } from '../common/settings';
import { DecorationTypes } from './decorationTypes';
import { findingNote } from './findingText';
import { identityClass } from './identityClasses';
import type { LogAnalysis } from './logAnalysis';
import type { LogDocument, LogRecord } from './logDocument';
import { fieldRange, nameRange } from './recordRanges';

/** Lines above and below what is visible that are annotated with it, so that small scrolls show no bare text. */
const MARGIN_LINES = 120;
/** More marks than the ruler has pixels show nothing more. */
const MOST_MARKS = 20_000;

type Options = Map<vscode.TextEditorDecorationType, vscode.DecorationOptions[]>;

/** Paints the annotations of a log into its editors. */
export class Annotator implements vscode.Disposable {
  private readonly types: DecorationTypes;
  /** The types that each editor shows something of. */
  private readonly shown = new WeakMap<vscode.TextEditor, Set<vscode.TextEditorDecorationType>>();

  constructor(extensionUri: vscode.Uri) {
    this.types = new DecorationTypes(extensionUri);
  }

  dispose(): void {
    this.types.dispose();
  }

  /** Annotates the records that are visible in an editor. */
  paintVisible(editor: vscode.TextEditor, log: LogDocument): void {
    const options: Options = new Map();
    for (const map of [this.types.identity, this.types.error, this.types.finding])
      for (const type of map.values()) options.set(type, []);
    if (readSetting('editor.annotations')) {
      const indexes = new Set(
        editor.visibleRanges.flatMap(({ start, end }) =>
          log.recordsInLines(start.line - MARGIN_LINES, end.line + MARGIN_LINES),
        ),
      );
      for (const index of indexes) this.annotate(log.record(index), options);
    }
    for (const [type, ranges] of options) this.set(editor, type, ranges);
  }

  /** Marks the whole document on the overview ruler. */
  paintRuler(editor: vscode.TextEditor, analysis: LogAnalysis): void {
    const shown = readSetting('editor.annotations');
    const least = severityRank(readSetting('editor.minimumSeverity'));
    this.mark(editor, this.types.identityRuler, shown ? analysis.identities.map(({ kind, line }) => [kind, line]) : []);
    this.mark(editor, this.types.errorRuler, shown ? analysis.errors.map(({ kind, line }) => [kind, line]) : []);
    const findings = analysis.findings.filter(({ severity }) => severityRank(severity) >= least);
    this.mark(editor, this.types.findingRuler, shown ? findings.map(({ severity, line }) => [severity, line]) : []);
  }

  /** Takes every annotation out of an editor. */
  clear(editor: vscode.TextEditor): void {
    for (const type of this.types.all) this.set(editor, type, []);
  }

  /** Each call crosses to the workbench; one that would take nothing off an editor that has nothing is left out. */
  private set(
    editor: vscode.TextEditor,
    type: vscode.TextEditorDecorationType,
    ranges: vscode.Range[] | vscode.DecorationOptions[],
  ): void {
    const shown = this.shown.get(editor) ?? new Set();
    this.shown.set(editor, shown);
    if (ranges.length === 0 && !shown.delete(type)) return;
    if (ranges.length > 0) shown.add(type);
    editor.setDecorations(type, ranges);
  }

  private annotate(record: LogRecord, options: Options): void {
    const { event, finding } = record;
    const identity = fieldRange(record, 'userIdentity.type');
    if (identity !== undefined) add(options, this.types.identity.get(identityClass(event)), { range: identity });
    const error = fieldRange(record, 'errorCode');
    if (error !== undefined && event.errorCode !== undefined) {
      add(options, this.types.error.get(reference.errorCodes.classOf(event.errorCode)), { range: error });
    }
    if (finding === undefined || severityRank(finding.severity) < severityRank(readSetting('editor.minimumSeverity')))
      return;
    const name = nameRange(record);
    const line = new vscode.Range(name.start.line, name.start.character, name.start.line, Number.MAX_SAFE_INTEGER);
    const after = { contentText: findingNote(finding) };
    add(options, this.types.finding.get(finding.severity), { range: line, renderOptions: { after } });
  }

  private mark<Kind>(
    editor: vscode.TextEditor,
    types: ReadonlyMap<Kind, vscode.TextEditorDecorationType>,
    marks: readonly (readonly [Kind, number])[],
  ): void {
    for (const [kind, type] of types) {
      const lines = marks.filter(([each]) => each === kind).slice(0, MOST_MARKS);
      const ranges = lines.map(([, line]) => new vscode.Range(line, 0, line, 0));
      this.set(editor, type, ranges);
    }
  }
}

function add(
  options: Options,
  type: vscode.TextEditorDecorationType | undefined,
  decoration: vscode.DecorationOptions,
): void {
  if (type !== undefined) options.get(type)?.push(decoration);
}
