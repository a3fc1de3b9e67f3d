import type { Message } from '../../message';

/** What is wrong in a rule or mute file, and where: UTF-16 offsets in its text. */
export interface FileProblem {
  /** A stable word for machines, e.g. `unknown-key`. */
  readonly kind: string;
  /** An error costs the rule or mute it stands in. */
  readonly level: 'error' | 'warning';
  readonly message: Message;
  readonly start: number;
  readonly end: number;
  /** A replacement for the place that mends it. */
  readonly fix?: { readonly title: Message; readonly text: string; readonly start: number; readonly end: number };
}
