import * as vscode from 'vscode';
import type { IntegrityHandlers, InvestigationHandlers, LogHandlers, PanelHandlers } from '../common/commandHandlers';
import { COMMANDS, INTEGRITY_COMMANDS, INVESTIGATION_COMMANDS, PANEL_COMMANDS } from '../common/contributions';

/** Loads what carries commands out. */
export interface CommandLoaders {
  log(): Promise<{ readonly handlers: LogHandlers }>;
  panel(): Promise<{ readonly handlers: PanelHandlers }>;
  investigation(): Promise<{ readonly handlers: InvestigationHandlers }>;
  integrity(): Promise<{ readonly handlers: IntegrityHandlers }>;
}

/** Registers every command; what carries them out is loaded when the first one is called. */
export function registerCommands(load: CommandLoaders): vscode.Disposable {
  const names = Object.keys(COMMANDS) as (keyof typeof COMMANDS)[];
  return vscode.Disposable.from(
    ...names.map((name) =>
      vscode.commands.registerCommand(COMMANDS[name], async (...args: unknown[]) => {
        return (await handlerOf(load, name))(...(args as never[]));
      }),
    ),
  );
}

async function handlerOf(load: CommandLoaders, name: string): Promise<(...args: never[]) => unknown> {
  if (name in PANEL_COMMANDS) return panelHandler(load, name);
  if (name in INVESTIGATION_COMMANDS) {
    return (await load.investigation()).handlers[name as keyof InvestigationHandlers];
  }
  if (name in INTEGRITY_COMMANDS) return (await load.integrity()).handlers[name as keyof IntegrityHandlers];
  return logHandler(load, name);
}

async function panelHandler(load: CommandLoaders, name: string): Promise<(...args: never[]) => unknown> {
  return (await load.panel()).handlers[name as keyof PanelHandlers];
}

async function logHandler(load: CommandLoaders, name: string): Promise<(...args: never[]) => unknown> {
  return (await load.log()).handlers[name as keyof LogHandlers];
}
