import * as vscode from 'vscode';
import type { Session } from '../../core/identity/session';
import type { SessionGraph } from '../../core/identity/sessionGraph';
import { sessionTree } from '../../core/identity/sessionTree';
import { type RecordPredicate, compilePattern } from '../../core/patterns/match';
import { parsePattern } from '../../core/patterns/parse';
import { shorten } from '../../core/text';
import { pacer } from '../../node/pacer';
import { COMMANDS, CONTEXT_KEYS, VIEWS } from '../common/contributions';
import type { TreeSource } from '../activation/lazyTree';
import { Disposables } from '../common/disposables';
import type { LogDocuments } from '../editor/logDocuments';
import { FileSessions } from '../sessions/fileSessions';
import { openLogs } from '../sessions/openLogs';
import type { FoundSession, OpenSessions } from '../sessions/openSessions';
import { type SessionRow, SessionRows } from '../sessions/sessionNodes';
import { type ShownSpan, sessionItem, sessionTooltip } from './sessionItems';

const LONGEST_PATTERN = 60;

/** The Sessions view: principal → session → sessions that it issued. Of the files that were read, else of the open logs. */
export class SessionsView extends Disposables implements TreeSource<SessionRow> {
  private readonly changed = this.own(new vscode.EventEmitter<void>());
  readonly onDidChangeTreeData = this.changed.event;
  private view: vscode.TreeView<SessionRow> | undefined;
  private rows: SessionRows | undefined;
  private span: ShownSpan = { from: 0, to: 0 };
  private pattern = '';
  private making: Promise<void> | undefined;
  private isStale = true;
  private round = 0;

  constructor(
    private readonly documents: LogDocuments,
    private readonly sessions: OpenSessions,
  ) {
    super();
    this.own(sessions.onDidChange(() => this.renew()));
    this.own({ dispose: () => this.round++ });
  }

  attach(view: vscode.TreeView<SessionRow>): void {
    this.view = view;
    this.tell();
  }

  getTreeItem(row: SessionRow): vscode.TreeItem {
    const opens = { title: '', command: COMMANDS.openSessionRecord, arguments: [row] };
    return sessionItem(row, this.span, opens);
  }

  resolveTreeItem(item: vscode.TreeItem, row: SessionRow): vscode.TreeItem {
    item.tooltip = sessionTooltip(row, this.sessions.investigation === undefined);
    return item;
  }

  async getChildren(row?: SessionRow): Promise<SessionRow[]> {
    if (row !== undefined) return [...row.rows];
    await this.whenMade();
    return [...(this.rows?.top ?? [])];
  }

  getParent(row: SessionRow): SessionRow | undefined {
    return row.parent;
  }

  /** Shows the view, and in it the session that is asked for. */
  async show(session: (() => FoundSession | undefined) | undefined): Promise<void> {
    await vscode.commands.executeCommand(`${VIEWS.sessions}.focus`);
    await this.whenMade();
    const found = session?.();
    const row = found && this.rowOf(found.session);
    if (row !== undefined) await this.view?.reveal(row, { select: true, focus: true, expand: true });
    else if (found !== undefined)
      void vscode.window.showInformationMessage(vscode.l10n.t('This session is not among those that the view shows.'));
    else if (session !== undefined)
      void vscode.window.showInformationMessage(vscode.l10n.t('No session is known for this record.'));
  }

  /** Leaves only sessions in the view that made a call which the pattern matches; all of them for an empty one. */
  filter(pattern: string): void {
    this.pattern = pattern.trim();
    void vscode.commands.executeCommand('setContext', CONTEXT_KEYS.isSessionsFiltered, this.pattern !== '');
    this.renew();
  }

  get filteredBy(): string {
    return this.pattern;
  }

  private get graph(): SessionGraph | undefined {
    return this.sessions.graphs[0];
  }

  private rowOf(session: Session): SessionRow | undefined {
    const own = this.rows?.rowOf(session);
    if (own !== undefined || session.accessKeyId === undefined) return own;
    // The session may come from the open logs while the view shows those of files.
    const same = this.graph?.ofAccessKey(session.accessKeyId) ?? [];
    return same.map((each) => this.rows?.rowOf(each)).find((row) => row !== undefined);
  }

  private renew(): void {
    this.isStale = true;
    this.round++;
    this.changed.fire();
  }

  private async whenMade(): Promise<void> {
    if (this.sessions.investigation === undefined) await this.sessions.whenReady();
    while (this.isStale || this.making !== undefined) {
      this.making ??= this.make().finally(() => (this.making = undefined));
      await this.making;
    }
  }

  private async make(): Promise<void> {
    const { graph, round } = this;
    this.isStale = false;
    if (graph === undefined) {
      this.rows = undefined;
      this.tell();
      return;
    }
    await vscode.window.withProgress({ location: { viewId: VIEWS.sessions } }, async () => {
      const keeps = await this.keeper();
      const tree = await sessionTree(graph, pacer(), keeps);
      if (round !== this.round) return;
      this.rows = new SessionRows(graph, tree);
      this.span = spanOf(graph);
      this.tell();
    });
  }

  private async keeper(): Promise<((session: Session) => boolean) | undefined> {
    const { pattern } = parsePattern(this.pattern);
    if (this.pattern === '' || pattern === undefined) return undefined;
    const matching = await this.matching(compilePattern(pattern));
    return (session) => matching.has(session);
  }

  private async matching(matches: RecordPredicate): Promise<ReadonlySet<Session>> {
    const { investigation } = this.sessions;
    if (investigation instanceof FileSessions) return investigation.matching(matches, new AbortController().signal);
    const found = new Set<Session>();
    const pause = pacer();
    for (const { log } of openLogs(this.documents)) {
      for (let index = 0; index < log.recordCount && !log.isStale; index++) {
        const record = log.record(index);
        const session = matches(record.view) ? this.sessions.sessionOf(record)?.session : undefined;
        if (session !== undefined) found.add(session);
        await pause();
      }
    }
    return found;
  }

  /** Says what the view is of, and what is missing from it. */
  private tell(): void {
    if (this.view === undefined) return;
    const { investigation } = this.sessions;
    const files = investigation instanceof FileSessions ? investigation : undefined;
    const count = files?.progress.files ?? 0;
    this.view.description = files === undefined ? vscode.l10n.t('open logs') : vscode.l10n.t('{0} files', count);
    // Without a graph the view is empty and says by itself what to do.
    this.view.message = this.graph === undefined ? '' : this.messages(this.graph, files).join(' ');
  }

  private messages(graph: SessionGraph, files: FileSessions | undefined): string[] {
    const lines: string[] = [];
    if (this.pattern !== '') lines.push(vscode.l10n.t('Filtered by {0}', shorten(this.pattern, LONGEST_PATTERN)));
    if (this.pattern !== '' && this.rows?.top.length === 0) lines.push(vscode.l10n.t('No session made such a call.'));
    if (files !== undefined && files.unread.length > 0) {
      const { unread, progress } = files;
      lines.push(vscode.l10n.t('{0} files could not be read; {1} were.', unread.length, progress.files));
    }
    if (graph.limits.leftOut > 0)
      lines.push(vscode.l10n.t('{0} records of sessions beyond the limit were left out.', graph.limits.leftOut));
    return lines;
  }
}

function spanOf({ sessions }: SessionGraph): ShownSpan {
  let from = Infinity;
  let to = -Infinity;
  for (const { firstTime, lastTime } of sessions) {
    if (firstTime !== undefined) from = Math.min(from, firstTime);
    if (lastTime !== undefined) to = Math.max(to, lastTime);
  }
  return { from, to };
}
