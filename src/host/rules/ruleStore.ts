import * as vscode from 'vscode';
import { Catalogue } from '../../core/rules/catalogue';
import type { FileProblem } from '../../core/rules/files/fileProblem';
import { type Mute, Mutes } from '../../core/rules/mutes';
import type { Rule } from '../../core/rules/rule';
import { builtInRules } from '../../node/referenceData';
import { Disposables } from '../common/disposables';
import { reference } from '../common/reference';
import { onSettingsChange } from '../common/settings';
import { RuleProblems } from './ruleProblems';
import { WATCHED, isRuleFile, muteFiles, ruleFiles, userFolder } from './ruleFolders';

/** Files are often saved several at a time, and typed in. */
const REST_MS = 250;

/** The rules in force and where they come from: what the rest of the host is given. */
export interface RuleSet {
  /** The built-in rules, those of the workspace and the user, and the mutes. Another object after each change. */
  readonly catalogue: Catalogue;
  /** There is another catalogue. */
  readonly onDidChange: vscode.Event<void>;
  /** The file that a rule stands in and where; undefined for built-in rules. */
  locationOf(ruleId: string): vscode.Location | undefined;
  /** Resolves when what is on disk now has been read. */
  whenRead(): Promise<void>;
}

/** What was read of the files. */
interface Read {
  readonly rules: Rule[];
  readonly mutes: Mute[];
  readonly places: Map<string, vscode.Location>;
}

/**
 * Reads the rules and mutes of the workspace, once it is trusted, and of the user; reads them again when their files change, and shows
 * what is wrong in them at its place. Until then, and without any, the built-in rules are in force.
 */
export class RuleStore extends Disposables implements RuleSet {
  private readonly changed = this.own(new vscode.EventEmitter<void>());
  /** There is another catalogue. */
  readonly onDidChange = this.changed.event;
  private readonly problems = this.own(new RuleProblems());
  private places: ReadonlyMap<string, vscode.Location> = new Map();
  private userWatcher: vscode.Disposable | undefined;
  private timer: NodeJS.Timeout | undefined;
  private reading: Promise<void> = Promise.resolve();
  /** All that was read the last time, to tell whether anything is new. */
  private lastRead = '';

  constructor() {
    super();
    const watcher = this.own(vscode.workspace.createFileSystemWatcher(`**/${WATCHED}`));
    this.own(this.rereadOn(watcher));
    this.own(vscode.workspace.onDidGrantWorkspaceTrust(() => this.readAgain()));
    this.own(vscode.workspace.onDidChangeWorkspaceFolders(() => this.readAgain()));
    this.own(onSettingsChange(['rules.folder'], () => this.watchUserFolder()));
    this.own(vscode.workspace.onDidChangeTextDocument(({ document }) => this.edited(document)));
    this.own(vscode.workspace.onDidCloseTextDocument((document) => this.edited(document)));
    // Watchers miss files in folders that are made just before them: these are told by the editor, or seen on coming back to it.
    const again = (): void => this.readAgain();
    this.own(vscode.workspace.onDidCreateFiles(again));
    this.own(vscode.workspace.onDidRenameFiles(again));
    this.own(vscode.workspace.onDidDeleteFiles(again));
    this.own(vscode.window.onDidChangeWindowState(({ focused }) => focused && this.readAgain()));
    this.watchUserFolder();
  }

  get catalogue(): Catalogue {
    return reference.catalogue;
  }

  locationOf(ruleId: string): vscode.Location | undefined {
    return this.places.get(ruleId);
  }

  async whenRead(): Promise<void> {
    if (this.timer !== undefined) this.readNow();
    await this.reading;
  }

  override dispose(): void {
    clearTimeout(this.timer);
    this.userWatcher?.dispose();
    super.dispose();
  }

  private watchUserFolder(): void {
    this.userWatcher?.dispose();
    const folder = userFolder();
    const watcher =
      folder && vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, '**/*.{yaml,yml}'));
    this.userWatcher = watcher && vscode.Disposable.from(watcher, this.rereadOn(watcher));
    this.readNow();
  }

  private rereadOn(watcher: vscode.FileSystemWatcher): vscode.Disposable {
    const again = (): void => this.readAgain();
    return vscode.Disposable.from(watcher.onDidChange(again), watcher.onDidCreate(again), watcher.onDidDelete(again));
  }

  private edited({ uri }: vscode.TextDocument): void {
    if (isRuleFile(uri)) this.readAgain();
  }

  private readAgain(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.readNow(), REST_MS);
  }

  /** One reading after another: the last one sees what is there in the end. */
  private readNow(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.reading = this.reading.then(() => this.read());
  }

  private async read(): Promise<void> {
    const [rules, mutes] = await Promise.all([readTexts(await ruleFiles()), readTexts(muteFiles())]);
    const hasAny = rules.length > 0 || mutes.length > 0;
    const texts = hasAny
      ? JSON.stringify([rules, mutes].map((files) => files.map(({ uri, text }) => [uri, text])))
      : '';
    if (texts === this.lastRead) return;
    this.lastRead = texts;
    this.problems.clear();
    const builtIn = builtInRules(vscode.env.language);
    const read: Read = { rules: [], mutes: [], places: new Map() };
    const now = Date.now();
    if (hasAny) await this.readFiles({ rules, mutes }, builtIn, now, read);
    this.places = read.places;
    reference.catalogue = new Catalogue([...builtIn, ...read.rules], new Mutes(read.mutes, now));
    this.changed.fire();
  }

  private async readFiles(
    files: { readonly rules: readonly TextFile[]; readonly mutes: readonly TextFile[] },
    builtIn: readonly Rule[],
    now: number,
    into: Read,
  ): Promise<void> {
    // YAML is loaded where there are such files and nowhere else.
    const { readMuteFile, readRuleFile } = await import('../../node/ruleFiles');
    const ids = new Set(builtIn.map(({ id }) => id));
    const usedIn = (id: string): string | undefined => {
      const place = into.places.get(id);
      if (place !== undefined) return vscode.workspace.asRelativePath(place.uri);
      return ids.has(id) ? vscode.l10n.t('built-in') : undefined;
    };
    for (const file of files.rules) {
      const { rules, problems } = readRuleFile(file.text, { attack: reference.attack, usedIn });
      for (const { rule, start, end } of rules) {
        into.rules.push(rule);
        into.places.set(rule.id, new vscode.Location(file.uri, this.problems.rangeOf(file.text, start, end)));
      }
      this.show(file, problems);
    }
    for (const { id } of into.rules) ids.add(id);
    for (const file of files.mutes) {
      const { mutes, problems } = readMuteFile(file.text, now, ids);
      into.mutes.push(...mutes);
      this.show(file, problems);
    }
  }

  private show({ uri, text }: TextFile, problems: readonly FileProblem[]): void {
    this.problems.set(uri, text, problems);
  }
}

interface TextFile {
  readonly uri: vscode.Uri;
  readonly text: string;
}

/** The texts of the files that are there; of those being edited as they stand in the editor. */
async function readTexts(uris: readonly vscode.Uri[]): Promise<TextFile[]> {
  const open = new Map(vscode.workspace.textDocuments.map((document) => [document.uri.toString(), document]));
  const texts = await Promise.all(
    uris.map(async (uri) => {
      const document = open.get(uri.toString());
      if (document !== undefined) return { uri, text: document.getText() };
      const bytes = await vscode.workspace.fs.readFile(uri).then(undefined, () => undefined);
      return bytes && { uri, text: new TextDecoder().decode(bytes) };
    }),
  );
  return texts.filter((file) => file !== undefined);
}
