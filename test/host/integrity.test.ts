import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { closeAll, openAsUser, until } from './workspace';

/** The root of the repository; the tests run from a bundle elsewhere. */
declare const REPOSITORY: string;

const DIGEST =
  'AWSLogs/444455556666/CloudTrail-Digest/us-east-1/2026/03/04/444455556666_CloudTrail-Digest_us-east-1_data-trail_us-east-1_20260304T040340Z.json.gz';

describe('a digest in the editor', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cloudtrail-host-integrity-'));
  const copy = join(folder, 'example-trail-bucket');
  let editor: vscode.TextEditor;

  before(async () => {
    cpSync(join(REPOSITORY, 'samples'), folder, { recursive: true });
    editor = await openAsUser(vscode.Uri.file(join(copy, DIGEST)), ({ document }) =>
      document.getText().includes('digestS3Object'),
    );
  });
  after(async () => {
    await closeAll();
    rmSync(folder, { recursive: true, force: true });
  });

  const links = async (): Promise<vscode.DocumentLink[]> =>
    vscode.commands.executeCommand('vscode.executeLinkProvider', editor.document.uri, 100);
  const hoverAt = async (text: string): Promise<string> => {
    const position = editor.document.positionAt(editor.document.getText().indexOf(text) + 1);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      editor.document.uri,
      position,
    );
    return hovers
      .flatMap(({ contents }) => contents.map((content) => (content as vscode.MarkdownString).value))
      .join('\n');
  };
  const plain = (markdown: string): string => markdown.replaceAll('\\', '');

  it('links to the logs it names, with their verdict, and to the digest before', async () => {
    const found = await until(async () => {
      const all = await links();
      return all.length > 1 ? all : undefined;
    }, 'links in the digest');
    const targets = found.map(({ target }) => target?.fsPath ?? '');
    assert.ok(
      targets.some((path) => path.endsWith('T030340Z.json.gz')),
      targets.join('\n'),
    );
    const log = found.find(({ target }) => target?.path.includes('/CloudTrail/us-east-1/'));
    assert.match(log?.tooltip ?? '', /the log is the one this digest names/);
    assert.match(editor.document.getText(log!.range), /^AWSLogs\/.*\.json\.gz$/);
  });

  it('explains its fields', async () => {
    assert.match(plain(await hoverAt('"previousDigestSignature"')), /the signature of the digest before/);
    assert.match(plain(await hoverAt('"s3Object"')), /✓ the log is the one this digest names/);
  });

  it('tells what proves it once the folder was validated', async () => {
    assert.match(plain(await hoverAt('"digestS3Object"')), /Validate the folder/);
    await vscode.commands.executeCommand('cloudtrail.validateFolder', vscode.Uri.file(copy));
    assert.match(plain(await hoverAt('"digestS3Object"')), /proven by its saved signature/);
  });

  it('tells of a log that is gone', async () => {
    const [log] = (await links()).filter(({ target }) => target?.path.includes('/CloudTrail/us-east-1/'));
    rmSync(log!.target!.fsPath);
    const key = editor.document.getText(log!.range);
    assert.match(plain(await hoverAt(key)), /✗ INVALID: not found/);
    assert.ok((await links()).every(({ target }) => target?.fsPath !== log!.target!.fsPath));
  });
});
