import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { deliveredLog, oneRecord as record } from '../fixtures/oneRecord';
import { TestFolder, closeAll, openAsUser, positionOf, until } from './workspace';

const RULE = `id: mine.describe
title: Instances looked at
severity: critical
pattern: '{ $.eventName = "DescribeInstances" }'
why: Nobody looks at instances here.
check: Who was it?
`;

describe('rules and mutes of the workspace', () => {
  const folder = new TestFolder();
  const workspace = vscode.workspace.workspaceFolders![0]!.uri;
  const own = vscode.Uri.joinPath(workspace, '.cloudtrail');
  const rules = vscode.Uri.joinPath(own, 'rules', 'mine.yaml');
  const mutes = vscode.Uri.joinPath(own, 'mutes.yaml');
  let document: vscode.TextDocument;

  /** As the editor does it, which tells of it at once; a watcher takes its time. */
  const write = async (uri: vscode.Uri, text: string): Promise<void> => {
    const edit = new vscode.WorkspaceEdit();
    edit.createFile(uri, { overwrite: true, contents: new TextEncoder().encode(text) });
    assert.ok(await vscode.workspace.applyEdit(edit));
  };
  const found = (uri: vscode.Uri): vscode.Diagnostic[] =>
    vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'CloudTrail');
  const mine = (): vscode.Diagnostic | undefined =>
    found(document.uri).find(({ message }) => message.includes('Nobody looks at instances here.'));

  before(async () => {
    await write(rules, RULE);
    const uri = folder.writePacked(deliveredLog([record()]));
    ({ document } = await openAsUser(uri, (each) => each.document.uri.scheme === 'cloudtrail-log'));
  });
  after(async () => {
    await closeAll();
    await vscode.workspace.fs.delete(own, { recursive: true });
    folder.dispose();
  });

  it('annotate records', async () => {
    const diagnostic = await until(mine, 'the finding of the workspace’s rule');
    assert.equal(document.getText(diagnostic.range), '"DescribeInstances"');
    assert.equal(diagnostic.severity, vscode.DiagnosticSeverity.Error);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      positionOf(document, '"DescribeInstances"'),
    );
    const text = hovers
      .flatMap(({ contents }) => (contents as vscode.MarkdownString[]).map(({ value }) => value))
      .join('\n');
    assert.match(text, /Nobody looks at instances here.*Who was it.*mine\.describe/s);
  });

  it('show what is wrong with them at its place', async () => {
    await write(rules, `${RULE}---\nid: other\ntitle: X\nseverity: hihg\npattern: >-\n  { $.eventName == "X" }\n`);
    const wrong = await until(
      () => (found(rules).length === 2 ? found(rules) : undefined),
      'the problems of the rule file',
    );
    const file = await vscode.workspace.openTextDocument(rules);
    assert.deepEqual(
      wrong.map(({ range }) => file.getText(range)),
      ['hihg', '=='],
    );
    assert.ok(wrong.every(({ severity }) => severity === vscode.DiagnosticSeverity.Error));
    assert.ok(mine(), 'the other rule goes on');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      rules,
      wrong[0]!.range,
    );
    const fix = actions.find(({ title }) => title === 'Change to high');
    assert.ok(fix?.edit, actions.map(({ title }) => title).join());
    await vscode.workspace.applyEdit(fix.edit);
    await until(() => (found(rules).length === 1 ? true : undefined), 'the problem to go while the file is edited');
    await file.save();
  });

  it('are muted from a code action', async () => {
    const range = new vscode.Range(
      positionOf(document, '"DescribeInstances"'),
      positionOf(document, '"DescribeInstances"'),
    );
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      range,
    );
    const mute = actions.find(({ title }) => title === 'Mute mine.describe for hanako…');
    assert.ok(mute?.command, actions.map(({ title }) => title).join());
    const [given] = mute.command.arguments as [object];
    // The reason is what the input box would ask for.
    await vscode.commands.executeCommand(mute.command.command, { ...given, reason: 'she is new' });
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(mutes));
    assert.match(text, /- rule: mine\.describe\n {2}principal: hanako\n {2}reason: she is new\n$/);
    await until(() => (mine() === undefined ? true : undefined), 'the finding to be muted');
  });

  it('tell of a mute that silences nothing', async () => {
    await write(mutes, '# none\n- rule: mine.describe\n  principal: hanako\n  reason: known\n  until: 2020-01-01\n');
    const [warning] = await until(() => (found(mutes).length > 0 ? found(mutes) : undefined), 'the warning');
    assert.equal(warning!.severity, vscode.DiagnosticSeverity.Warning);
    assert.equal(warning!.range.start.line, 4);
    await until(mine, 'the finding to come back');
  });

  it('are written from a record', async () => {
    const editor = await vscode.window.showTextDocument(document);
    const at = positionOf(document, '"DescribeInstances"');
    editor.selection = new vscode.Selection(at, at);
    await vscode.commands.executeCommand('cloudtrail.newRuleFromRecord');
    const written = vscode.window.activeTextEditor!.document;
    assert.equal(written.uri.scheme, 'untitled');
    assert.match(written.uri.path, /\.cloudtrail\/rules\/ec2-describeinstances\.yaml$/);
    assert.match(written.getText(), /\$\.eventName = "DescribeInstances"/);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('go with their files', async () => {
    const edit = new vscode.WorkspaceEdit();
    edit.deleteFile(rules);
    assert.ok(await vscode.workspace.applyEdit(edit));
    await until(() => (mine() === undefined && found(rules).length === 0 ? true : undefined), 'the finding to go');
  });
});
