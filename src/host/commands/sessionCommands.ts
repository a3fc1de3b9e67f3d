import * as vscode from 'vscode';
import { type SessionPattern, patternOfPerson, patternOfSessions } from '../../core/identity/sessionPatterns';
import type { LogRecord } from '../editor/logDocument';
import type { LogDocuments } from '../editor/logDocuments';
import { requireRecordAtCursor } from '../editor/recordAtCursor';
import type { RecordFinder } from '../editor/recordFinder';
import type { OpenSessions, RecordAt } from '../sessions/openSessions';
import type { SessionRow } from '../sessions/sessionNodes';
import type { SourceSessions } from '../sessions/sourceSessions';
import type { HuntView } from '../views/huntView';
import type { SessionsView } from '../views/sessionsView';
import { problemOf } from './huntCommands';

type ShownRow = Exclude<SessionRow, { kind: 'more' }>;

/** What the Sessions view and the lenses offer. */
export class SessionCommands {
  /** By command. */
  readonly handlers = {
    showSession: (uri?: vscode.Uri, index?: number) => this.show(uri, index),
    readFolderSessions: (uri?: vscode.Uri) => this.readFolder(uri),
    filterSessions: () => this.filter(),
    clearSessionFilter: () => this.view.filter(''),
    openSessionRecord: (row: ShownRow) => this.openRecord(row),
    openSessionIssue: (row: ShownRow) => this.openIssue(row),
    patternForSession: (row: ShownRow) => this.hunt(patternOfSessions(row.sessions)),
    patternForPerson: (row: ShownRow) => this.hunt(patternOfPerson(row.graph, row.sessions[0])),
    copySessionPattern: (row: ShownRow) => this.copy(row),
  };

  constructor(
    private readonly documents: LogDocuments,
    private readonly sessions: OpenSessions,
    private readonly records: RecordFinder,
    private readonly sources: SourceSessions,
    private readonly view: SessionsView,
    private readonly huntView: HuntView,
  ) {}

  /** The session of a record of an open log; without one, of the record at the cursor. */
  private async show(uri?: vscode.Uri, index?: number): Promise<void> {
    const record = uri === undefined || index === undefined ? this.recordAtCursor() : this.record(uri, index);
    await this.view.show(record && (() => this.sessions.sessionOf(record)));
  }

  /** Where the active editor shows no log the view says by itself what to do. */
  private recordAtCursor(): LogRecord | undefined {
    const { activeTextEditor: editor } = vscode.window;
    const isLog = editor !== undefined && this.documents.get(editor.document) !== undefined;
    return isLog ? requireRecordAtCursor(this.documents)?.record : undefined;
  }

  private record(uri: vscode.Uri, index: number): LogRecord | undefined {
    const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
    const log = document && this.documents.get(document)?.log;
    return log !== undefined && index < log.recordCount ? log.record(index) : undefined;
  }

  /** Reads a folder, so that chains are followed through all of its files. */
  private async readFolder(given?: vscode.Uri): Promise<void> {
    const folder = given ?? (await askForFolder());
    if (folder === undefined) return;
    // First, because VS Code drops a refresh of lenses when the editor loses the focus.
    await this.view.show(undefined);
    const read = await this.sources.use([folder.fsPath]);
    if (read === undefined) return;
    if (read.progress.records === 0)
      void vscode.window.showInformationMessage(
        vscode.l10n.t('There are no CloudTrail records in {0}.', folder.fsPath),
      );
  }

  private async filter(): Promise<void> {
    const pattern = await vscode.window.showInputBox({
      title: vscode.l10n.t('Filter sessions'),
      prompt: vscode.l10n.t('A filter pattern: sessions that made such a call are shown, and those that led to them.'),
      placeHolder: '{ $.errorCode = "AccessDenied" }',
      value: this.view.filteredBy,
      validateInput: (text) => (text.trim() === '' ? undefined : problemOf(text)),
    });
    if (pattern !== undefined) this.view.filter(pattern);
  }

  private async openRecord({ sessions }: ShownRow): Promise<void> {
    const [first] = sessions;
    const issue = first.link?.issue;
    if (first.firstPlace !== undefined) await this.open(first.firstPlace, undefined);
    else if (issue !== undefined) await this.open(issue.place, issue.eventID);
  }

  private async openIssue({ sessions }: ShownRow): Promise<void> {
    const issue = sessions[0].link?.issue;
    if (issue !== undefined) await this.open(issue.place, issue.eventID);
    else
      void vscode.window.showInformationMessage(
        vscode.l10n.t('The call that issued this session is not among the records.'),
      );
  }

  private async open(place: RecordAt, eventID: string | undefined): Promise<void> {
    if (await this.records.show({ ...place, eventID })) return;
    void vscode.window.showErrorMessage(vscode.l10n.t('The file of this record cannot be opened any more.'));
  }

  private async hunt(pattern: SessionPattern): Promise<void> {
    tellLeftOut(pattern);
    await this.huntView.show(pattern.text, { run: true });
  }

  private async copy({ sessions }: ShownRow): Promise<void> {
    const pattern = patternOfSessions(sessions);
    tellLeftOut(pattern);
    await vscode.env.clipboard.writeText(pattern.text);
    vscode.window.setStatusBarMessage(vscode.l10n.t('Pattern copied'), 3000);
  }
}

async function askForFolder(): Promise<vscode.Uri | undefined> {
  const [root] = vscode.workspace.workspaceFolders ?? [];
  const chosen = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Read the sessions of a folder of logs'),
    ...(root !== undefined && { defaultUri: root.uri }),
    canSelectFolders: true,
    canSelectFiles: false,
  });
  return chosen?.[0];
}

function tellLeftOut({ leftOut }: SessionPattern): void {
  if (leftOut === 0) return;
  void vscode.window.showWarningMessage(
    vscode.l10n.t('A pattern has 1,024 characters at most: {0} sessions are not in this one.', leftOut),
  );
}
