import * as vscode from 'vscode';
import { SETTINGS_SECTION, type Settings } from './contributions';

/** The value of a setting. `package.json` gives every one a default, so there is always a value. */
export function readSetting<Key extends keyof Settings>(key: Key): Settings[Key] {
  return vscode.workspace.getConfiguration(SETTINGS_SECTION).get(key) as Settings[Key];
}

/** Calls `changed` whenever one of `keys` changes. */
export function onSettingsChange(keys: readonly (keyof Settings)[], changed: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (keys.some((key) => event.affectsConfiguration(`${SETTINGS_SECTION}.${key}`))) changed();
  });
}
