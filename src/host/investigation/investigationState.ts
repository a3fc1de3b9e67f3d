import type { IndexProgress, TableInfo } from '../../protocol/tableProtocol';

/** How far the investigation is. */
export type InvestigationState =
  | { readonly kind: 'empty' }
  /** There are sources, and nobody has asked about them yet. */
  | { readonly kind: 'closed' }
  | ReadingTable
  | ReadyTable
  | { readonly kind: 'failed'; readonly reason: string };

/** Sources are being read. */
export interface ReadingTable {
  readonly kind: 'reading';
  readonly progress: IndexProgress | undefined;
  /** The table of the first events, which can be asked by its version meanwhile. */
  readonly preview: TableInfo | undefined;
}

/** A table as the screen shows it. */
export interface ReadyTable {
  readonly kind: 'ready';
  readonly info: TableInfo;
  /** Why its findings are not by the rules of one's own as they are now; null when they are, or are going to be. */
  readonly notAsked: string | null;
}
