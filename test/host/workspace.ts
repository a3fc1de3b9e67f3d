import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as vscode from 'vscode';

const LOG_NAME = '111122223333_CloudTrail_us-east-1_20260304T0510Z_aBcDeFgHiJkLmNoP.json';

/** A folder for the files of one suite. */
export class TestFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'cloudtrail-host-test-'));
  private count = 0;

  /** Writes a file and answers its URI. Without a name it gets one that CloudTrail would give. */
  write(content: string | Uint8Array, name = LOG_NAME): vscode.Uri {
    const path = join(this.path, `${this.count++}-${name}`);
    writeFileSync(path, content);
    return vscode.Uri.file(path);
  }

  writePacked(content: string, name = `${LOG_NAME}.gz`): vscode.Uri {
    return this.write(gzipSync(content), name);
  }

  dispose(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** Opens a file as a click in the Explorer does, and waits for the text editor that shows it in the end. */
export async function openAsUser(
  uri: vscode.Uri,
  shows: (editor: vscode.TextEditor) => boolean,
): Promise<vscode.TextEditor> {
  await vscode.commands.executeCommand('vscode.open', uri);
  return until(() => {
    const editor = vscode.window.activeTextEditor;
    return editor !== undefined && shows(editor) ? editor : undefined;
  }, `an editor for ${uri.path}`);
}

/** Waits until `look` finds something; the suite's own limit is the only clock that fails it. */
export async function until<T>(look: () => T | undefined | Promise<T | undefined>, what: string): Promise<T> {
  for (let tries = 0; tries < 400; tries++) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`waited in vain for ${what}`);
}

/** All tabs of the window, as `kind:basename`. */
export function tabs(): string[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs: all }) =>
    all.map(({ input, label }) => {
      const kind =
        input instanceof vscode.TabInputText
          ? input.uri.scheme
          : input instanceof vscode.TabInputCustom
            ? 'custom'
            : 'other';
      return `${kind}:${label}`;
    }),
  );
}

/** Closes every tab, so that suites do not see each other's. */
export async function closeAll(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** The position just inside the first occurrence of `text`. */
export function positionOf(document: vscode.TextDocument, text: string, from = 0): vscode.Position {
  const offset = document.getText().indexOf(text, from);
  if (offset < 0) throw new Error(`${text} is not in the document`);
  return document.positionAt(offset + 1);
}
