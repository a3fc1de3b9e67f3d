import * as vscode from 'vscode';
import { COMMANDS } from '../common/contributions';
import type { CommandHandlers } from '../common/commandHandlers';

/** Registers every command; what carries them out is loaded when the first one is called. */
export function registerCommands(load: () => Promise<{ readonly handlers: CommandHandlers }>): vscode.Disposable {
  const names = Object.keys(COMMANDS) as (keyof typeof COMMANDS)[];
  return vscode.Disposable.from(
    ...names.map((name) =>
      vscode.commands.registerCommand(COMMANDS[name], async (...args: unknown[]) => {
        const { handlers } = await load();
        return handlers[name](...(args as never[]));
      }),
    ),
  );
}
