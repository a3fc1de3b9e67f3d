/** One thing that could be written at the caret. */
export interface Completion {
  /** What replaces the range. */
  readonly text: string;
  readonly label: string;
  /** A word on it: what a field is, how often a value occurs. */
  readonly detail: string;
}

/** What could be written, and the part of the text it replaces. */
export interface Completions {
  readonly start: number;
  readonly end: number;
  readonly items: readonly Completion[];
}
