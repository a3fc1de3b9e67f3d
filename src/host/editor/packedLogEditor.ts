import * as vscode from 'vscode';
import { CUSTOM_EDITORS } from '../common/contributions';
import { Disposables } from '../common/disposables';
import { findTab, showLaidOut } from './showLog';

/**
 * VS Code takes a `.json.gz` for binary. This editor stands in its place for a moment, lays the log out as a text editor in the same group,
 * and closes itself; only when that fails it stays, to say why.
 */
export class PackedLogEditor extends Disposables implements vscode.CustomReadonlyEditorProvider {
  /** `reasonOf` tells why a file could not be laid out, where that is known. */
  constructor(private readonly reasonOf: (uri: vscode.Uri) => Promise<string | undefined>) {
    super();
    for (const viewType of Object.values(CUSTOM_EDITORS)) {
      this.own(
        vscode.window.registerCustomEditorProvider(viewType, this, { supportsMultipleEditorsPerDocument: true }),
      );
    }
  }

  openCustomDocument(uri: vscode.Uri): vscode.CustomDocument {
    return { uri, dispose: () => undefined };
  }

  resolveCustomEditor({ uri }: vscode.CustomDocument, panel: vscode.WebviewPanel): void {
    panel.webview.options = { enableScripts: false, enableCommandUris: false };
    panel.webview.html = page(vscode.l10n.t('Opening the log…'), '');
    const tab = findTab((input) => input instanceof vscode.TabInputCustom && input.uri.toString() === uri.toString());
    if (tab === undefined) {
      // Not a tab of its own: one side of a comparison. There is nothing to hand over to.
      panel.webview.html = page(
        vscode.l10n.t('Packed logs cannot be compared here.'),
        vscode.l10n.t('Open them one by one; they are laid out as text.'),
      );
      return;
    }
    // The tab is replaced once this call has returned; until then VS Code is still opening it.
    setTimeout(() => void this.handOver(uri, panel, tab), 0);
  }

  private async handOver(uri: vscode.Uri, panel: vscode.WebviewPanel, tab: vscode.Tab): Promise<void> {
    const viewColumn = panel.viewColumn ?? tab.group.viewColumn;
    try {
      await showLaidOut(uri, { viewColumn, preview: tab.isPreview, preserveFocus: !panel.active });
      panel.dispose();
    } catch (error) {
      const reason = (await this.reasonOf(uri)) ?? (error instanceof Error ? error.message : String(error));
      panel.webview.html = page(vscode.l10n.t('This file could not be laid out as a log.'), reason);
    }
  }
}

function page(title: string, detail: string): string {
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>
  body { display: grid; place-content: center; min-height: 60vh; text-align: center; font-family: var(--vscode-font-family); color: var(--vscode-foreground); }
  p { color: var(--vscode-descriptionForeground); max-width: 60ch; overflow-wrap: anywhere; }
</style>
</head>
<body><main><h3>${escapeHtml(title)}</h3><p>${escapeHtml(detail)}</p></main></body>
</html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
