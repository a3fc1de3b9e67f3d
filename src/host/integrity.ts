import type * as vscode from 'vscode';
import type { IntegrityHandlers } from './common/commandHandlers';
import { IntegrityCommands } from './commands/integrityCommands';
import type { LoadAws } from './integrity/awsChoices';
import { DigestEditor } from './integrity/digestEditor';
import { FetchCommands } from './integrity/fetchCommands';
import { FolderWatch } from './integrity/folderWatch';
import { IntegrityInputs } from './integrity/integrityInputs';
import { IntegritySession } from './integrity/integritySession';
import { KeyStore } from './integrity/keyStore';
import { IntegrityView } from './views/integrityView';

/** Integrity: its view, its commands, and what digests get in an editor. */
export interface Integrity {
  readonly view: vscode.WebviewViewProvider;
  readonly handlers: IntegrityHandlers;
}

/** Builds all of it. A bundle of its own, loaded when the view is shown, a command called or a digest seen. */
export async function createIntegrity(context: vscode.ExtensionContext, loadAws: LoadAws): Promise<Integrity> {
  const { extensionUri, globalStorageUri, subscriptions, workspaceState } = context;
  const { version } = context.extension.packageJSON as { version: string };
  const keyStore = new KeyStore(globalStorageUri);
  await keyStore.load();
  const inputs = new IntegrityInputs(workspaceState, keyStore);
  const session = new IntegritySession(inputs, version);
  const view: IntegrityView = new IntegrityView(extensionUri, session, () => watch);
  const watch = new FolderWatch(session, () => void view.reveal());
  subscriptions.push(
    keyStore,
    inputs,
    session,
    watch,
    view,
    watch.onDidChange(() => view.tell()),
    new DigestEditor(session),
  );
  const handlers = {
    ...new IntegrityCommands(session, view, watch).handlers,
    ...new FetchCommands(session, keyStore, loadAws).handlers,
  };
  return { view, handlers };
}
