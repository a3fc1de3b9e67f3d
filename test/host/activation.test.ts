import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../src/extension';
import { report } from './runner';

const ID = 'cloudtrail-investigator.cloudtrail-investigator';

describe('activation', () => {
  it('takes little time', async () => {
    const extension = vscode.extensions.getExtension<ExtensionApi>(ID);
    assert.ok(extension, `${ID} is installed`);
    const { activationMs } = await extension.activate();
    assert.ok(activationMs > 0);
    report('activation ms', activationMs);
  });

  it('registers every command of the manifest', async () => {
    const { contributes } = vscode.extensions.getExtension(ID)!.packageJSON as {
      contributes: { commands: { command: string }[] };
    };
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = contributes.commands.map(({ command }) => command).filter((command) => !registered.has(command));
    assert.deepEqual(missing, []);
  });
});
