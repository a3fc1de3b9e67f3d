import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { COMMANDS } from '../../src/host/common/contributions';
import { deliveredLog, oneRecord } from '../fixtures/oneRecord';
import { TestFolder, closeAll, openAsUser, positionOf, until } from './workspace';

const LOG = deliveredLog([
  oneRecord({ eventName: 'DescribeInstances', eventSource: 'ec2.amazonaws.com' }),
  oneRecord({ eventName: 'StopLogging', eventSource: 'cloudtrail.amazonaws.com' }),
  oneRecord({ eventName: 'ListBuckets', eventSource: 's3.amazonaws.com', errorCode: 'AccessDenied' }),
]);

describe('patterns and rules', () => {
  const folder = new TestFolder();
  let editor: vscode.TextEditor;

  beforeEach(async () => {
    await closeAll();
    editor = await openAsUser(folder.writePacked(LOG), ({ document }) => document.getText().includes('"StopLogging"'));
    await vscode.commands.executeCommand(COMMANDS.nextFinding);
    editor.selection = new vscode.Selection(0, 0, 0, 0);
  });
  after(async () => {
    await closeAll();
    folder.dispose();
  });

  const lineOf = (text: string): number => positionOf(editor.document, text).line;
  const landsOn = (text: string): Promise<true> =>
    until(() => {
      const active = vscode.window.activeTextEditor;
      return active?.document === editor.document && active.selection.active.line === lineOf(text) ? true : undefined;
    }, `the cursor on ${text}`);

  it('a pattern that one record matches lands on it', async () => {
    await vscode.commands.executeCommand(COMMANDS.runFilterPattern, '{ $.errorCode = "Access*" }');
    await landsOn('"ListBuckets"');
  });

  it('a rule that one record meets lands on it', async () => {
    await vscode.commands.executeCommand(COMMANDS.runRule, 'cloudtrail.StopLogging');
    await landsOn('"StopLogging"');
  });

  it('a value becomes a pattern', async () => {
    editor.selection = new vscode.Selection(
      positionOf(editor.document, '"ListBuckets"'),
      positionOf(editor.document, '"ListBuckets"'),
    );
    await vscode.commands.executeCommand(COMMANDS.copyAsPattern);
    assert.equal(await vscode.env.clipboard.readText(), '{ $.eventName = "ListBuckets" }');
  });
});
