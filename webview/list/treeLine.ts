/** What a line of the tree is: its place among its siblings, for those who hear it instead of seeing it. */
export interface TreeLine {
  readonly key: string;
  /** From 1. */
  readonly level: number;
  readonly expanded?: boolean;
  /** From 1. */
  readonly position: number;
  readonly siblings: number;
}
