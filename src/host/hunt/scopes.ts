import * as vscode from 'vscode';
import { Disposables } from '../common/disposables';
import type { LogDocuments } from '../editor/logDocuments';
import type { RecordFinder } from '../editor/recordFinder';
import type { Investigation } from '../investigation/investigation';
import type { HuntTargets } from '../views/huntView';
import type { HuntTarget } from './huntTarget';
import { InvestigationTarget } from './investigationTarget';
import { LogTarget } from './logTarget';

/** What can be looked through: the log that was last in front, and the sources of the investigation. */
export class Scopes extends Disposables implements HuntTargets {
  private readonly changed = this.own(new vscode.EventEmitter<void>());
  /** What can be looked through, or what is known of it, is another now: fires often while sources are read. */
  readonly onDidChange = this.changed.event;
  private readonly frontChanged = this.own(new vscode.EventEmitter<void>());
  /** Another log is in front, or none. */
  readonly onDidChangeFront = this.frontChanged.event;
  private shown: vscode.TextDocument | undefined;

  constructor(
    private readonly documents: LogDocuments,
    private readonly sources: Investigation,
    private readonly records: RecordFinder,
  ) {
    super();
    this.own(sources.onDidChange(() => this.changed.fire()));
    this.own(vscode.window.onDidChangeActiveTextEditor((editor) => void this.look(editor)));
    this.own(documents.onDidAnalyse(({ log }) => this.told(log.document)));
    this.own(documents.onDidClose((document) => this.closed(document)));
    // VS Code keeps a document for a while after its last tab is closed.
    this.own(vscode.window.tabGroups.onDidChangeTabs(({ closed }) => this.tabsClosed(closed)));
    void this.look(vscode.window.activeTextEditor);
  }

  get file(): HuntTarget | null {
    return this.shown === undefined ? null : new LogTarget(this.documents, this.shown);
  }

  get investigation(): HuntTarget | null {
    return this.sources.sources.length === 0 ? null : new InvestigationTarget(this.sources, this.records);
  }

  /** The log that was last in front, while it is open. */
  get front(): vscode.TextDocument | undefined {
    return this.shown;
  }

  /** A log stays in front while other things, a view or a settings page, have the focus. */
  private async look(editor: vscode.TextEditor | undefined): Promise<void> {
    if (editor === undefined || editor.document === this.shown) return;
    const open = await this.documents.whenAnalysed(editor.document);
    if (open === undefined || vscode.window.activeTextEditor !== editor) return;
    this.setFront(editor.document);
  }

  private told(document: vscode.TextDocument): void {
    if (document === this.shown) this.changed.fire();
    else void this.look(vscode.window.activeTextEditor);
  }

  private tabsClosed(closed: readonly vscode.Tab[]): void {
    if (closed.length === 0 || this.shown === undefined) return;
    const uri = this.shown.uri.toString();
    const shows = ({ input }: vscode.Tab): boolean =>
      (input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom) && input.uri.toString() === uri;
    if (!vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(shows))) this.closed(this.shown);
  }

  private closed(document: vscode.TextDocument): void {
    if (document === this.shown) this.setFront(undefined);
  }

  private setFront(document: vscode.TextDocument | undefined): void {
    if (document === this.shown) return;
    this.shown = document;
    this.frontChanged.fire();
    this.changed.fire();
  }
}
