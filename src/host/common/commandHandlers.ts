import type { COMMANDS } from './contributions';

/** What carries out each command. */
export type CommandHandlers = { readonly [Name in keyof typeof COMMANDS]: (...args: never[]) => unknown };
