import { LOAD_START } from './host/common/loadStart';
import type * as vscode from 'vscode';
import { DigestSniffer } from './host/activation/digestSniffer';
import { HugeFiles } from './host/activation/hugeFiles';
import { registerCommands } from './host/activation/lazyCommands';
import { registerViews } from './host/activation/lazyViews';
import { LazyFileSystem } from './host/activation/lazyFileSystem';
import { LogSniffer } from './host/activation/logSniffer';
import { laidOutUri } from './host/editor/logUri';
import { PackedLogEditor } from './host/editor/packedLogEditor';
import type { Integrity } from './host/integrity';
import type { InvestigationScreen } from './host/investigationEditor';
import type { LogEditor } from './host/logEditor';
import type { Panel } from './host/panel';

/** How long the bundle took to run. Between that and `activate` VS Code does work of its own. */
const LOAD_MS = performance.now() - LOAD_START;

/** What `activate` answers: the time the extension took to load and activate, in ms; a test holds it to its budget. */
export interface ExtensionApi {
  readonly activationMs: number;
}

/** Wires the parts together. What they do is their own affair; nearly all of it is loaded when it is first needed. */
export function activate(context: vscode.ExtensionContext): ExtensionApi {
  const started = performance.now();
  let editor: Promise<LogEditor> | undefined;
  const logEditor = (): Promise<LogEditor> =>
    (editor ??= import('./host/logEditor').then(({ createLogEditor }) => createLogEditor(context)));
  let sidePanel: Promise<Panel> | undefined;
  const panel = (): Promise<Panel> =>
    (sidePanel ??= Promise.all([import('./host/panel'), logEditor()]).then(([{ createPanel }, log]) =>
      createPanel(context, log),
    ));
  let screen: Promise<InvestigationScreen> | undefined;
  const investigation = (): Promise<InvestigationScreen> =>
    (screen ??= Promise.all([import('./host/investigationEditor'), panel(), logEditor()]).then(
      ([{ createInvestigationEditor }, { investigation: sources, patterns }, { records, rules }]) =>
        createInvestigationEditor(context, { investigation: sources, patterns, records, rules }),
    ));
  let integrityParts: Promise<Integrity> | undefined;
  const integrity = (): Promise<Integrity> =>
    (integrityParts ??= import('./host/integrity').then(({ createIntegrity }) =>
      createIntegrity(context, () => import('./aws/aws')),
    ));
  context.subscriptions.push(
    new LazyFileSystem(async () => (await logEditor()).files),
    registerCommands({ log: logEditor, panel, investigation, integrity }),
    registerViews({ panel, investigation, integrity }),
    new PackedLogEditor(async (uri) => (await logEditor()).files.failure(laidOutUri({ uri, part: 0 }))),
    new HugeFiles(),
    new LogSniffer(() => void logEditor()),
    new DigestSniffer(() => void integrity()),
  );
  return { activationMs: LOAD_MS + performance.now() - started };
}
