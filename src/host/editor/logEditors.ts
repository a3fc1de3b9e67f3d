import * as vscode from 'vscode';
import { CONTEXT_KEYS, LOG_SCHEME } from '../common/contributions';
import { Disposables } from '../common/disposables';
import { onSettingsChange } from '../common/settings';
import type { Annotator } from './annotator';
import type { LogDocument } from './logDocument';
import type { LogDocuments } from './logDocuments';

/** A scroll is answered within a frame or two, many in a row once. */
const SCROLL_MS = 30;

/** Keeps the annotations and context keys of the visible editors up to date. */
export class LogEditors extends Disposables {
  private readonly timers = new Map<vscode.TextEditor, NodeJS.Timeout>();
  /** The logs whose visible records are painted, by editor, so that a scan's progress repaints only until they are. */
  private readonly painted = new WeakMap<vscode.TextEditor, LogDocument>();

  private readonly contexts = new Map<string, boolean>();

  constructor(
    private readonly documents: LogDocuments,
    private readonly annotator: Annotator,
  ) {
    super();
    this.own(documents.onDidScan((log) => this.paintNew(log)));
    this.own(documents.onDidAnalyse(({ log }) => this.editorsOf(log.document).forEach((editor) => this.paint(editor))));
    this.own(documents.onDidClose((document) => this.closed(document)));
    this.own(vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => this.scrolled(textEditor)));
    this.own(vscode.window.onDidChangeVisibleTextEditors((editors) => this.visible(editors)));
    this.own(vscode.window.onDidChangeActiveTextEditor(() => this.updateContext()));
    this.own(
      onSettingsChange(['editor.annotations', 'editor.minimumSeverity', 'attack.version'], () =>
        this.visible(vscode.window.visibleTextEditors),
      ),
    );
    this.visible(vscode.window.visibleTextEditors);
  }

  override dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    super.dispose();
  }

  private editorsOf(document: vscode.TextDocument): vscode.TextEditor[] {
    return vscode.window.visibleTextEditors.filter((editor) => editor.document === document);
  }

  private visible(editors: readonly vscode.TextEditor[]): void {
    for (const editor of this.timers.keys()) if (!editors.includes(editor)) this.timers.delete(editor);
    for (const editor of editors) this.paint(editor);
    this.updateContext();
  }

  /** What is visible is painted as soon as its records are found, long before the whole text is scanned. */
  private paintNew(log: LogDocument): void {
    for (const editor of this.editorsOf(log.document)) {
      const last = Math.max(...editor.visibleRanges.map(({ end }) => end.line));
      const covered = log.isComplete || (log.recordCount > 0 && log.rangeOf(log.recordCount - 1).end.line >= last);
      if (!covered || this.painted.get(editor) === log) continue;
      this.painted.set(editor, log);
      this.annotator.paintVisible(editor, log);
    }
    this.updateContext();
  }

  private paint(editor: vscode.TextEditor): void {
    const open = this.documents.get(editor.document);
    if (open === undefined) return;
    this.annotator.paintVisible(editor, open.log);
    if (open.analysis !== undefined) this.annotator.paintRuler(editor, open.analysis);
  }

  private scrolled(editor: vscode.TextEditor): void {
    if (this.timers.has(editor)) return;
    const timer = setTimeout(() => {
      this.timers.delete(editor);
      const open = this.documents.get(editor.document);
      if (open !== undefined) this.annotator.paintVisible(editor, open.log);
    }, SCROLL_MS);
    this.timers.set(editor, timer);
  }

  private closed(document: vscode.TextDocument): void {
    for (const editor of this.editorsOf(document)) this.annotator.clear(editor);
    this.updateContext();
  }

  private updateContext(): void {
    const document = vscode.window.activeTextEditor?.document;
    const open = document && this.documents.get(document);
    this.setContext(CONTEXT_KEYS.isLog, open !== undefined && open.log.recordCount > 0);
    this.setContext(CONTEXT_KEYS.isLaidOut, document?.uri.scheme === LOG_SCHEME);
  }

  private setContext(key: string, value: boolean): void {
    if (this.contexts.get(key) === value) return;
    this.contexts.set(key, value);
    void vscode.commands.executeCommand('setContext', key, value);
  }
}
