import type { Message } from './message';

/**
 * How much a problem costs: `error` records were lost, `warning` something may be missing or wrong, `note` nothing is wrong but a
 * person should know.
 */
export type ProblemLevel = 'error' | 'warning' | 'note';

/** What kept a file, or a part of it, from being read. Errors are values: nothing in core throws for bad input. */
export interface Problem {
  /** A stable word for machines, e.g. `truncated`. */
  readonly kind: string;
  readonly level: ProblemLevel;
  readonly message: Message;
  /** Offset in the unpacked content, in bytes, or null when the problem is about the whole file. */
  readonly at: number | null;
}

/** Makes a problem. */
export function problem(kind: string, level: ProblemLevel, at: number | null, message: Message): Problem {
  return { kind, level, message, at };
}
