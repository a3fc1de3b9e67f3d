/** What the commands tell a script. */
export const EXIT = {
  /** Something was printed. */
  found: 0,
  /** Nothing was found to print. */
  nothing: 1,
  /** The command line makes no sense. */
  usage: 2,
  /** Something could not be read; the rest was printed. */
  unreadable: 3,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
