import type { Pattern } from '../../core/patterns/ast';
import type { Pause } from '../../core/slices';
import { LiveSelection } from '../../core/table/liveSelection';
import { patternBounds } from '../../core/table/patternBounds';
import { recordsByFile } from '../../core/table/fileRecords';
import { type EventQuery, withinQuery } from '../../core/table/selection';
import type { Views } from '../../core/table/views';
import type { RecordScan } from './recordPool';

/** Selections kept beside the latest: the screen asks many questions about one query, and people go back. */
const MOST_KEPT = 6;

interface Kept {
  readonly live: LiveSelection;
  readonly done: Promise<void>;
  readonly abort: AbortController;
  waiting: number;
}

/** The rows that queries select. What several questions ask at the same time, or again, is worked out once. */
export class Selections {
  private readonly kept = new Map<string, Kept>();

  constructor(
    private readonly views: Views,
    private readonly scan: RecordScan,
    private readonly pause: Pause,
  ) {}

  /**
   * The selection of a query whose pattern was parsed, as it stands: it may still be growing. Call {@link complete} to wait. When all who wait are
   * gone, looking through the records ends.
   */
  select(query: EventQuery, pattern: Pattern): LiveSelection {
    return this.keep(query, pattern).live;
  }

  /** Waits until the selection of a query is complete, or the signal aborts. */
  async complete(query: EventQuery, pattern: Pattern, signal: AbortSignal): Promise<LiveSelection> {
    const kept = this.keep(query, pattern);
    kept.waiting++;
    try {
      await Promise.race([kept.done, aborted(signal)]);
    } finally {
      kept.waiting--;
      if (kept.waiting === 0 && !kept.live.isComplete) this.drop(query);
    }
    return kept.live;
  }

  /** Ends all that is under way. */
  dispose(): void {
    for (const { abort } of this.kept.values()) abort.abort();
    this.kept.clear();
  }

  private keep(query: EventQuery, pattern: Pattern): Kept {
    const key = keyOf(query);
    const known = this.kept.get(key);
    if (known !== undefined) {
      this.kept.delete(key);
      this.kept.set(key, known);
      return known;
    }
    const kept = this.start(query, pattern);
    this.kept.set(key, kept);
    // A failed one is tried again when asked again.
    kept.done.catch(() => this.kept.get(key) === kept && this.kept.delete(key));
    for (const [old, { live, waiting }] of this.kept) {
      if (this.kept.size <= MOST_KEPT) break;
      if (live.isComplete && waiting === 0) this.kept.delete(old);
    }
    return kept;
  }

  private start(query: EventQuery, pattern: Pattern): Kept {
    const { must, may } = patternBounds(this.views.table, pattern, withinQuery(this.views, query));
    const abort = new AbortController();
    if (must === may) {
      const live = new LiveSelection(must, 0);
      live.isComplete = true;
      return { live, done: Promise.resolve(), abort, waiting: 0 };
    }
    const candidates = may.clone().andNot(must).rows();
    const live = new LiveSelection(must, candidates.length);
    return { live, done: this.look(live, candidates, pattern, abort.signal), abort, waiting: 0 };
  }

  private async look(
    live: LiveSelection,
    candidates: Uint32Array,
    pattern: Pattern,
    signal: AbortSignal,
  ): Promise<void> {
    await this.pause();
    if (candidates.length > 0) {
      const files = recordsByFile(this.views.table, candidates);
      await this.scan(
        files,
        [pattern],
        ({ found, scanned, unreadable }) => live.add(found[0]!, scanned, unreadable),
        signal,
      );
    }
    if (!signal.aborted) live.isComplete = true;
  }

  private drop(query: EventQuery): void {
    const key = keyOf(query);
    this.kept.get(key)?.abort.abort();
    this.kept.delete(key);
  }
}

function keyOf({ pattern, from, to, where }: EventQuery): string {
  return JSON.stringify([pattern, from, to, where]);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
