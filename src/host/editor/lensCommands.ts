import * as vscode from 'vscode';
import { Disposables } from '../common/disposables';

/** A registered command that calls another with its arguments. */
interface Call {
  readonly id: string;
  readonly registration: vscode.Disposable;
}

/**
 * What lenses call. VS Code keeps the arguments of a lens's command only until it has asked for lenses again, and may show the lens from before
 * for longer: a click on it then fails with “Actual command not found”. Commands without arguments are not forgotten, so each call of a lens is
 * registered as one, for as long as its log is open.
 */
export class LensCommands extends Disposables {
  private readonly calls = new Map<vscode.TextDocument, Map<string, Call>>();
  private made = 0;

  constructor(onDidClose: vscode.Event<vscode.TextDocument>) {
    super();
    this.own(onDidClose((document) => this.forget(document)));
    this.own({ dispose: () => [...this.calls.keys()].forEach((document) => this.forget(document)) });
  }

  /** The same command without arguments, for a lens of a document; as it is when the document was closed meanwhile: nobody would forget it. */
  withoutArguments(document: vscode.TextDocument, lens: vscode.Command): vscode.Command {
    const { title, command, arguments: args = [] } = lens;
    if (args.length === 0 || document.isClosed) return lens;
    const calls = this.calls.get(document) ?? new Map<string, Call>();
    this.calls.set(document, calls);
    const key = `${command} ${JSON.stringify(args)}`;
    const call = calls.get(key) ?? this.register(command, args);
    calls.set(key, call);
    return { title, command: call.id };
  }

  private register(command: string, args: readonly unknown[]): Call {
    const id = `_cloudtrail.lens.${this.made++}`;
    const registration = vscode.commands.registerCommand(id, () => vscode.commands.executeCommand(command, ...args));
    return { id, registration };
  }

  private forget(document: vscode.TextDocument): void {
    for (const call of this.calls.get(document)?.values() ?? []) call.registration.dispose();
    this.calls.delete(document);
  }
}
