import * as vscode from 'vscode';
import { diskPath, isOfSource } from '../../core/events/logPath';
import { formatTime } from '../../core/events/time';
import type { FileProblems, SourceInfo } from '../../protocol/tableProtocol';
import type { TreeSource } from '../activation/lazyTree';
import { COMMANDS } from '../common/contributions';
import { Disposables } from '../common/disposables';
import { localize } from '../common/localize';
import type { Investigation } from '../investigation/investigation';

/** Files with problems that are listed below a source. */
const MOST_PROBLEMS = 200;

/** One line of the Sources view. */
export type SourceRow =
  | { readonly kind: 'source'; readonly uri: vscode.Uri }
  | { readonly kind: 'problem'; readonly source: vscode.Uri; readonly file: FileProblems };

/** The Sources view: what the investigation is about, how much there is in it, and what could not be read. */
export class SourcesView extends Disposables implements TreeSource<SourceRow> {
  private readonly changed = this.own(new vscode.EventEmitter<void>());
  readonly onDidChangeTreeData = this.changed.event;
  private view: vscode.TreeView<SourceRow> | undefined;
  private readonly folders = new Map<string, boolean>();

  constructor(private readonly investigation: Investigation) {
    super();
    this.own(
      investigation.onDidChange(() => {
        this.tell();
        this.changed.fire();
      }),
    );
  }

  attach(view: vscode.TreeView<SourceRow>): void {
    this.view = view;
    this.tell();
    // What was studied when the window was closed is there again when the view is looked at.
    if (this.investigation.state.kind === 'closed') void this.investigation.open();
  }

  async getChildren(row?: SourceRow): Promise<SourceRow[]> {
    if (row?.kind === 'problem') return [];
    if (row !== undefined) return this.problemsOf(row.uri).map((file) => ({ kind: 'problem', source: row.uri, file }));
    const { sources } = this.investigation;
    for (const uri of sources) if (!this.folders.has(uri.fsPath)) this.folders.set(uri.fsPath, await isFolder(uri));
    return sources.map((uri) => ({ kind: 'source', uri }));
  }

  getParent(row: SourceRow): SourceRow | undefined {
    return row.kind === 'problem' ? { kind: 'source', uri: row.source } : undefined;
  }

  getTreeItem(row: SourceRow): vscode.TreeItem {
    return row.kind === 'source' ? this.sourceItem(row.uri) : problemItem(row.file);
  }

  private sourceItem(uri: vscode.Uri): vscode.TreeItem {
    const problems = this.problemsOf(uri).length;
    const item = new vscode.TreeItem(
      uri,
      problems > 0 ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None,
    );
    item.id = uri.toString();
    item.iconPath = new vscode.ThemeIcon(this.folders.get(uri.fsPath) === true ? 'folder' : 'file');
    item.contextValue = 'source';
    item.description = this.describe(uri, problems);
    item.tooltip = [uri.fsPath, item.description].join('\n');
    return item;
  }

  private describe(uri: vscode.Uri, problems: number): string {
    const { state } = this.investigation;
    if (state.kind === 'reading') return vscode.l10n.t('reading…');
    if (state.kind !== 'ready') return '';
    const info = state.info.sources.find(({ path }) => path === uri.fsPath);
    if (info === undefined || info.files === 0) return vscode.l10n.t('no logs in it');
    const parts = [vscode.l10n.t('{0} events', info.events.toLocaleString(vscode.env.language)), spanOf(info)];
    if (problems > 0) parts.push(vscode.l10n.t('{0} files with problems', problems));
    return parts.filter((part) => part !== '').join(' · ');
  }

  private problemsOf(uri: vscode.Uri): readonly FileProblems[] {
    const { state } = this.investigation;
    if (state.kind !== 'ready') return [];
    const info = state.info.sources.find(({ path }) => path === uri.fsPath);
    const own = state.info.problems.filter(({ path }) => info !== undefined && isOfSource(path, info.path));
    return own.filter(({ problems }) => problems.some(({ level }) => level !== 'note')).slice(0, MOST_PROBLEMS);
  }

  private tell(): void {
    if (this.view === undefined) return;
    const { state } = this.investigation;
    this.view.message = state.kind === 'failed' ? state.reason : '';
    this.view.description = '';
    if (state.kind === 'ready') {
      const { rowCount, duplicates } = state.info;
      const events = vscode.l10n.t('{0} events', rowCount.toLocaleString(vscode.env.language));
      const twice = duplicates > 0 ? vscode.l10n.t('{0} delivered twice, counted once', duplicates) : '';
      this.view.description = [events, twice].filter((part) => part !== '').join(' · ');
    } else if (state.kind === 'reading' && state.progress !== undefined) {
      const { files, totalFiles, records } = state.progress;
      this.view.message = vscode.l10n.t('Reading: {0} of {1} files, {2} records', files, totalFiles, records);
    }
  }
}

function problemItem({ path, records, problems }: FileProblems): vscode.TreeItem {
  const uri = vscode.Uri.file(diskPath(path));
  const item = new vscode.TreeItem(path.slice(path.lastIndexOf('/') + 1));
  item.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  const reasons = problems.filter(({ level }) => level !== 'note').map(({ message }) => localize(message));
  item.description = reasons.join(' ');
  item.tooltip = [path, ...reasons, vscode.l10n.t('{0} records were read from it.', records)].join('\n');
  item.command = { title: '', command: COMMANDS.openLaidOutLog, arguments: [uri] };
  return item;
}

function spanOf({ first, last }: SourceInfo): string {
  if (first === null || last === null) return '';
  const [from, to] = [formatTime(first), formatTime(last)];
  const sameDay = from.slice(0, 10) === to.slice(0, 10);
  return sameDay
    ? `${from.slice(0, 16).replace('T', ' ')}–${to.slice(11, 16)}Z`
    : `${from.slice(0, 10)} – ${to.slice(0, 10)}`;
}

async function isFolder(uri: vscode.Uri): Promise<boolean> {
  const stat = await vscode.workspace.fs.stat(uri).then(undefined, () => undefined);
  return stat !== undefined && (stat.type & vscode.FileType.Directory) !== 0;
}
