import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** Webviews, each a folder of `webview/` and a bundle of `dist/webview/`. */
export type WebviewName = 'hunt' | 'integrity' | 'investigation';

/**
 * Fills `webview` with the page of the view `name`. Nothing may be loaded but the view's own script and style; scripts in text that a log
 * brings along cannot run.
 */
export function showPage(webview: vscode.Webview, extensionUri: vscode.Uri, name: WebviewName, title: string): void {
  const folder = vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
  webview.options = { enableScripts: true, localResourceRoots: [folder] };
  const file = (ending: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(folder, `${name}.${ending}`)).toString();
  const nonce = randomBytes(18).toString('base64');
  const policy = [
    `default-src 'none'`,
    // The controls bring their styles as constructed style sheets, which no policy needs to allow.
    `style-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  webview.html = `<!DOCTYPE html>
<html lang="${escapeHtml(vscode.env.language)}">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escapeHtml(title)}</title>
    <link rel="stylesheet" href="${file('css')}">
  </head>
  <body>
    <main>
      <h1 class="visually-hidden">${escapeHtml(title)}</h1>
      <div id="root"></div>
    </main>
    <script type="application/json" id="l10n">${jsonForPage(vscode.l10n.bundle ?? {})}</script>
    <script nonce="${nonce}" src="${file('js')}"></script>
  </body>
</html>`;
}

/** JSON that cannot close the script element it stands in. */
function jsonForPage(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
