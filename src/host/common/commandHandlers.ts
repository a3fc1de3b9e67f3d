import type { COMMANDS, INTEGRITY_COMMANDS, INVESTIGATION_COMMANDS, PANEL_COMMANDS } from './contributions';

/** What carries out each command of a table of command ids. */
type Handlers<Names> = { readonly [Name in keyof Names]: (...args: never[]) => unknown };

export type PanelHandlers = Handlers<typeof PANEL_COMMANDS>;
export type InvestigationHandlers = Handlers<typeof INVESTIGATION_COMMANDS>;
export type IntegrityHandlers = Handlers<typeof INTEGRITY_COMMANDS>;
export type LogHandlers = Handlers<
  Omit<
    typeof COMMANDS,
    keyof typeof PANEL_COMMANDS | keyof typeof INVESTIGATION_COMMANDS | keyof typeof INTEGRITY_COMMANDS
  >
>;
