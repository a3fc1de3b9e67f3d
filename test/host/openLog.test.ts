import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import * as vscode from 'vscode';
import { deliveredLog, oneRecord as record } from '../fixtures/oneRecord';
import { TestFolder, closeAll, openAsUser, tabs, until } from './workspace';

const laidOut = (editor: vscode.TextEditor): boolean => editor.document.uri.scheme === 'cloudtrail-log';

describe('opening a log', () => {
  const folder = new TestFolder();
  after(() => folder.dispose());
  afterEach(closeAll);

  it('lays a packed log out in one tab, read-only, as JSON', async () => {
    const uri = folder.writePacked(deliveredLog([record(), record({ eventName: 'CreateUser' })]));
    const editor = await openAsUser(uri, laidOut);
    assert.equal(editor.document.languageId, 'json');
    assert.match(editor.document.getText(), /\n {6}"eventName": "CreateUser",\n/);
    await until(() => (tabs().length === 1 ? true : undefined), 'the custom editor’s tab to go');
    assert.match(tabs()[0]!, /^cloudtrail-log:.*\.json$/);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'x')).then(undefined, () => false);
    assert.equal(editor.document.isDirty, false);
  });

  it('keeps every token of the log', async () => {
    const odd =
      '{"Records":[{"eventVersion":"1.08","eventName":"X","eventTime":"2026-03-04T05:08:00Z","n":1.0,"big":12345678901234567890,"e":"\\u0041\\/","d":1,"d":2}]}';
    const editor = await openAsUser(folder.writePacked(odd), laidOut);
    assert.equal(editor.document.getText().replaceAll(/\s/g, ''), odd);
  });

  it('lays a minified log out in place of its own tab', async () => {
    const uri = folder.write(deliveredLog(Array.from({ length: 5 }, () => record())));
    await openAsUser(uri, laidOut);
    await until(() => (tabs().length === 1 ? true : undefined), 'the original tab to close');
  });

  it('shows the original text on request and leaves it so', async () => {
    const uri = folder.write(deliveredLog(Array.from({ length: 5 }, () => record())));
    await openAsUser(uri, laidOut);
    await vscode.commands.executeCommand('cloudtrail.openOriginalText');
    await until(
      () => (vscode.window.activeTextEditor?.document.uri.scheme === 'file' ? true : undefined),
      'the original text',
    );
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal(vscode.window.activeTextEditor?.document.uri.scheme, 'file');
  });

  it('leaves a pretty-printed log in place, editable', async () => {
    const uri = folder.write(JSON.stringify({ Records: [record()] }, null, 2), 'pretty.json');
    const editor = await openAsUser(uri, ({ document }) => document.uri.scheme === 'file');
    assert.equal(await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), ' ')), true);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('leaves JSON that is no log alone', async () => {
    const uri = folder.write(
      JSON.stringify({ compilerOptions: { strict: true }, list: Array.from({ length: 900 }, (_, i) => i) }),
      'other.json',
    );
    const editor = await openAsUser(uri, ({ document }) => document.uri.path === uri.path);
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal(vscode.window.activeTextEditor, editor);
    assert.equal(editor.document.uri.scheme, 'file');
    assert.deepEqual(vscode.languages.getDiagnostics(uri), []);
  });

  it('gives the whole records of a damaged log and says where it ends', async () => {
    const packed = gzipSync(
      deliveredLog(Array.from({ length: 200 }, () => record({ note: Math.random().toString(36) }))),
    );
    const uri = folder.write(
      packed.subarray(0, packed.length / 2),
      'x_CloudTrail_us-east-1_20260304T0510Z_aBcDeFgHiJkLmNoP.json.gz',
    );
    const editor = await openAsUser(uri, laidOut);
    assert.match(editor.document.getText(), /"eventName": "DescribeInstances"/);
    const diagnostics = await until(() => {
      const own = vscode.languages.getDiagnostics(editor.document.uri).filter(({ source }) => source === 'CloudTrail');
      return own.length > 0 ? own : undefined;
    }, 'the problem');
    assert.ok(diagnostics.some(({ code }) => code === 'gzip-truncated'));
  });

  it('takes the records of a LookupEvents answer out of their texts', async () => {
    const answer = {
      Events: [{ EventId: 'e', CloudTrailEvent: JSON.stringify(record({ eventName: 'DeleteTrail' })) }],
    };
    const uri = folder.writePacked(JSON.stringify(answer));
    const editor = await openAsUser(uri, laidOut);
    assert.match(editor.document.getText(), /^\[\n {2}\{\n {4}"eventVersion"/);
  });

  it('says why when a file cannot be laid out', async () => {
    const uri = folder.write('this is not gzip', 'y_CloudTrail_us-east-1_20260304T0510Z_aBcDeFgHiJkLmNoP.json.gz');
    await vscode.commands.executeCommand('vscode.open', uri);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    assert.deepEqual(
      tabs().map((tab) => tab.split(':')[0]),
      ['custom'],
      'the editor stays and shows the reason',
    );
  });
});
