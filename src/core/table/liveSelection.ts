import type { Bitset } from './bitset';
import { Selection } from './selection';

/** How far the records of a query have been looked through. */
export interface ScanState {
  readonly scanned: number;
  readonly toScan: number;
  readonly unreadable: number;
  readonly count: number;
}

/** The rows of a query while their records are being looked through, and after. */
export class LiveSelection {
  private scanned = 0;
  private unreadable = 0;
  private snapshot: Selection | undefined;
  private readonly watchers = new Set<() => void>();
  isComplete = false;

  /** `rows`: those known so far. */
  constructor(
    private readonly rows: Bitset,
    private readonly toScan: number,
  ) {}

  add(found: Uint32Array, scanned: number, unreadable: number): void {
    for (const row of found) this.rows.add(row);
    this.scanned += scanned;
    this.unreadable += unreadable;
    if (found.length > 0) this.snapshot = undefined;
    for (const watch of this.watchers) watch();
  }

  /** What is known so far. */
  get current(): Selection {
    return (this.snapshot ??= new Selection(this.isComplete ? this.rows : this.rows.clone()));
  }

  get state(): ScanState {
    const { scanned, toScan, unreadable } = this;
    return { scanned, toScan, unreadable, count: this.current.count };
  }

  /** Calls `watch` at each step; answers how to stop that. */
  watch(watch: () => void): () => void {
    this.watchers.add(watch);
    return () => this.watchers.delete(watch);
  }
}
