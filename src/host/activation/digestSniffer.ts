import * as vscode from 'vscode';
import { Disposables } from '../common/disposables';

/** Digests name their own key near their beginning. */
const SIGN = '"digestS3Object"';
const FIRST_LINES = 20;
const HEAD = 2000;

/** Calls `found` once, when the first document that shows a digest becomes visible. */
export class DigestSniffer extends Disposables {
  constructor(private readonly found: () => void) {
    super();
    this.own(vscode.window.onDidChangeVisibleTextEditors((editors) => this.look(editors)));
    this.look(vscode.window.visibleTextEditors);
  }

  private look(editors: readonly vscode.TextEditor[]): void {
    const isDigest = ({ document }: vscode.TextEditor): boolean =>
      document.languageId.startsWith('json') &&
      document
        .getText(new vscode.Range(0, 0, FIRST_LINES, 0))
        .slice(0, HEAD)
        .includes(SIGN);
    if (!editors.some(isDigest)) return;
    this.dispose();
    this.found();
  }
}
