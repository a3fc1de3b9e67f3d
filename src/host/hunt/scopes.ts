import * as vscode from 'vscode';
import { Disposables } from '../common/disposables';
import type { LogDocuments } from '../editor/logDocuments';
import type { HuntTargets } from '../views/huntView';
import type { HuntTarget } from './huntTarget';
import { LogTarget } from './logTarget';

/** What can be looked through: the log that was last in front, and the sources of the investigation. */
export class Scopes extends Disposables implements HuntTargets {
  private readonly changed = this.own(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changed.event;
  private front: vscode.TextDocument | undefined;

  constructor(private readonly documents: LogDocuments) {
    super();
    this.own(vscode.window.onDidChangeActiveTextEditor((editor) => void this.look(editor)));
    this.own(documents.onDidAnalyse(({ log }) => this.told(log.document)));
    this.own(documents.onDidClose((document) => this.closed(document)));
    void this.look(vscode.window.activeTextEditor);
  }

  get file(): HuntTarget | null {
    return this.front === undefined ? null : new LogTarget(this.documents, this.front);
  }

  readonly investigation: HuntTarget | null = null;

  /** A log stays in front while other things, a view or a settings page, have the focus. */
  private async look(editor: vscode.TextEditor | undefined): Promise<void> {
    if (editor === undefined || editor.document === this.front) return;
    const open = await this.documents.whenAnalysed(editor.document);
    if (open === undefined || vscode.window.activeTextEditor !== editor) return;
    this.front = editor.document;
    this.changed.fire();
  }

  private told(document: vscode.TextDocument): void {
    if (document === this.front) this.changed.fire();
    else void this.look(vscode.window.activeTextEditor);
  }

  private closed(document: vscode.TextDocument): void {
    if (document !== this.front) return;
    this.front = undefined;
    this.changed.fire();
  }
}
