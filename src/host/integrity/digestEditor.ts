import * as vscode from 'vscode';
import type { DigestResult, LogResult } from '../../core/integrity/report';
import { provenByText } from '../../core/integrity/verdicts';
import { LOG_SCHEME } from '../common/contributions';
import { Disposables } from '../common/disposables';
import { localize } from '../common/localize';
import { MarkdownBuilder } from '../common/markdown';
import { type DigestDocument, type PlacedField, digestIn } from './digestDocument';
import { fieldMeaning } from './digestFieldTexts';
import type { IntegritySession } from './integritySession';
import { LogVerdicts } from './logVerdicts';

const DIGESTS: vscode.DocumentSelector = [{ language: 'json' }, { scheme: LOG_SCHEME }];
/** A digest with more logs gets its notes when they are hovered. */
const MOST_NOTES = 500;

/** What an open digest gets: hovers on its fields, links to the logs and the digest before, and a note at each log whether it is the one named. */
export class DigestEditor extends Disposables implements vscode.HoverProvider, vscode.DocumentLinkProvider {
  private readonly verdicts = this.own(new LogVerdicts());
  private readonly notes = { valid: this.note('testing.iconPassed'), invalid: this.note('errorForeground') };
  private parsed:
    | { readonly document: vscode.TextDocument; readonly version: number; readonly digest: DigestDocument | undefined }
    | undefined;

  constructor(private readonly session: IntegritySession) {
    super();
    this.own(vscode.languages.registerHoverProvider(DIGESTS, this));
    this.own(vscode.languages.registerDocumentLinkProvider(DIGESTS, this));
    this.own(
      vscode.window.onDidChangeVisibleTextEditors((editors) => editors.forEach((editor) => void this.annotate(editor))),
    );
    this.own(
      session.onDidChange(() => vscode.window.visibleTextEditors.forEach((editor) => void this.annotate(editor))),
    );
    vscode.window.visibleTextEditors.forEach((editor) => void this.annotate(editor));
  }

  async provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    const digest = this.digest(document);
    const at = digest?.fields.findLast(
      ({ nameRange, valueRange }) => nameRange.contains(position) || valueRange.contains(position),
    );
    if (digest === undefined || at === undefined) return undefined;
    const markdown = new MarkdownBuilder();
    if (at.log !== null) this.addLog(markdown, await this.verdicts.of(digest, at.log));
    else if (at.name === 'digestS3Object') this.addDigest(markdown, this.resultOf(digest));
    const meaning = fieldMeaning(at.name, at.log !== null);
    if (meaning !== undefined) markdown.break().bold(at.name).text(` — ${meaning}`);
    return markdown.isEmpty ? undefined : new vscode.Hover(markdown.build(), at.nameRange.union(at.valueRange));
  }

  async provideDocumentLinks(document: vscode.TextDocument): Promise<vscode.DocumentLink[]> {
    const digest = this.digest(document);
    if (digest === undefined) return [];
    const links = await Promise.all(digest.fields.map((field) => this.link(digest, field)));
    return links.filter((link) => link !== undefined);
  }

  private async link(digest: DigestDocument, field: PlacedField): Promise<vscode.DocumentLink | undefined> {
    const isKey = field.log === null ? field.name === 'previousDigestS3Object' : field.name === 's3Object';
    const path = isKey && field.text !== null ? digest.localPath(field.text) : undefined;
    if (path === undefined) return undefined;
    const uri = vscode.Uri.file(path);
    // A link to a file that is not there would open an error.
    const isThere = await vscode.workspace.fs.stat(uri).then(
      () => true,
      () => false,
    );
    if (!isThere) return undefined;
    // The quotes are not part of the name.
    const { start, end } = field.valueRange;
    const link = new vscode.DocumentLink(new vscode.Range(start.translate(0, 1), end.translate(0, -1)), uri);
    const verdict =
      field.log === null || digest.fields.length > MOST_NOTES * 6
        ? undefined
        : await this.verdicts.of(digest, field.log);
    link.tooltip =
      verdict === undefined
        ? vscode.l10n.t('Open the file')
        : vscode.l10n.t('Open the log: {0}', this.logVerdict(verdict));
    return link;
  }

  /** Notes before the keys of the logs, and before the digest's own: keys are long, and behind them notes would be out of sight. */
  private async annotate(editor: vscode.TextEditor): Promise<void> {
    const digest = this.digest(editor.document);
    if (digest === undefined) return;
    const keys = digest.fields.filter(({ log, name }) => log !== null && name === 's3Object');
    const results =
      keys.length > MOST_NOTES ? [] : await Promise.all(keys.map(({ log }) => this.verdicts.of(digest, log!)));
    const notes: { range: vscode.Range; text: string; good: boolean }[] = results.flatMap((result, i) =>
      result === undefined
        ? []
        : [{ range: keys[i]!.nameRange, text: this.logVerdict(result), good: result.check === null }],
    );
    const own = digest.fields.find(({ log, name }) => log === null && name === 'digestS3Object');
    const result = this.resultOf(digest);
    if (own !== undefined && result !== undefined) {
      notes.push({ range: own.nameRange, text: digestVerdict(result), good: result.check === null });
    }
    if (editor.document.isClosed) return;
    for (const [kind, type] of Object.entries(this.notes)) {
      const wanted = notes.filter(({ good }) => good === (kind === 'valid'));
      editor.setDecorations(
        type,
        wanted.map(({ range, text, good }) => ({
          range,
          renderOptions: { before: { contentText: good ? '✓ ' : `✗ ${text} ` } },
        })),
      );
    }
  }

  private addLog(markdown: MarkdownBuilder, result: LogResult | undefined): void {
    if (result === undefined) return;
    markdown.bold(`${result.check === null ? '✓' : '✗'} ${this.logVerdict(result)}`);
    if (result.path !== null) markdown.break().code(result.path);
  }

  private addDigest(markdown: MarkdownBuilder, result: DigestResult | undefined): void {
    if (result !== undefined) markdown.bold(digestVerdict(result));
    else markdown.text(vscode.l10n.t('Validate the folder to see whether this digest is proven.'));
  }

  private logVerdict({ verdict, message }: LogResult): string {
    return verdict === 'valid' ? vscode.l10n.t('the log is the one this digest names') : localize(message);
  }

  /** This digest in the last validation. */
  private resultOf({ path }: DigestDocument): DigestResult | undefined {
    for (const { digests } of this.session.last?.report.chains ?? []) {
      const found = digests.find((digest) => digest.path === path);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private digest(document: vscode.TextDocument): DigestDocument | undefined {
    const { version } = document;
    if (this.parsed?.document !== document || this.parsed.version !== version) {
      this.parsed = { document, version, digest: digestIn(document) };
    }
    return this.parsed.digest;
  }

  private note(color: string): vscode.TextEditorDecorationType {
    return this.own(
      vscode.window.createTextEditorDecorationType({
        before: { color: new vscode.ThemeColor(color) },
      }),
    );
  }
}

function digestVerdict({ verdict, provenBy, message }: DigestResult): string {
  return verdict === 'valid' && provenBy !== null
    ? vscode.l10n.t('proven by {0}', localize(provenByText(provenBy)))
    : localize(message);
}
