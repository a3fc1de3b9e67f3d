import { type Entry, KEPT_AT_EACH_END, type Run, type Runs, byTime } from './run';

/** A run that was found already. What comes to stand between its ends belongs to it. */
interface Found {
  readonly from: number;
  readonly to: number;
  /** Entries of its middle that are not held any more. */
  readonly omitted: number;
}

interface Span extends Found {
  /** Indexes of the entries held, both included. */
  readonly first: number;
  readonly last: number;
}

/**
 * Finds where `count` or more records lie within a window, whatever order they are added in. Of a long run only the ends are held: every
 * pair of neighbours in a run lies in one window that is full, so what is added between its ends belongs to it, and a window that
 * reaches beyond an end needs no more than the last `count` entries there. The answer is exact all the same.
 */
export class CountRuns<Place> implements Runs<Place> {
  private entries: Entry<Place>[] = [];
  private found: readonly Found[] = [];
  private readonly kept: number;
  private compactAt: number;

  /** `windowMs` in milliseconds, both ends included; `count` is two or more. */
  constructor(
    private readonly count: number,
    private readonly windowMs: number,
  ) {
    this.kept = Math.max(count, KEPT_AT_EACH_END);
    this.compactAt = this.kept * 4;
  }

  get size(): number {
    return this.entries.length;
  }

  add(entry: Entry<Place>): void {
    this.entries.push(entry);
    if (this.entries.length >= this.compactAt) this.compact();
  }

  runs(): Run<Place>[] {
    return this.spans().map(({ first, last, from, to, omitted }) => {
      const entries = this.entries.slice(first, last + 1);
      return { count: entries.length + omitted, firstTime: from, lastTime: to, entries: ends(entries, this.kept) };
    });
  }

  private compact(): void {
    const spans = this.spans();
    const left: Entry<Place>[] = [];
    let at = 0;
    this.found = spans.map(({ first, last, from, to, omitted }) => {
      const inside = this.entries.slice(first, last + 1);
      const kept = ends(inside, this.kept);
      left.push(...this.entries.slice(at, first), ...kept);
      at = last + 1;
      return { from, to, omitted: omitted + inside.length - kept.length };
    });
    this.entries = [...left, ...this.entries.slice(at)];
    this.compactAt = Math.max(this.kept * 4, this.entries.length * 2);
  }

  private spans(): Span[] {
    this.entries.sort(byTime);
    const linked = this.links();
    const spans: Span[] = [];
    for (let first = 0; first < linked.length; first++) {
      if (linked[first] === 0) continue;
      let last = first;
      while (linked[last] === 1) last++;
      const from = this.entries[first]!.time;
      const to = this.entries[last]!.time;
      const omitted = this.found.reduce(
        (sum, each) => (each.from >= from && each.to <= to ? sum + each.omitted : sum),
        0,
      );
      spans.push({ first, last, from, to, omitted });
      first = last;
    }
    return spans;
  }

  /** 1 for each entry that lies in one full window, or one run found before, with its successor. */
  private links(): Uint8Array {
    const { entries } = this;
    const linked = new Uint8Array(entries.length);
    for (const { from, to } of this.found) {
      for (let i = this.firstFrom(from); i + 1 < entries.length && entries[i + 1]!.time <= to; i++) linked[i] = 1;
    }
    let end = 0;
    let done = 0;
    for (let i = 0; i < entries.length; i++) {
      end = Math.max(end, i);
      while (end + 1 < entries.length && entries[end + 1]!.time - entries[i]!.time <= this.windowMs) end++;
      if (end - i + 1 < this.count) continue;
      for (done = Math.max(done, i); done < end; done++) linked[done] = 1;
    }
    return linked;
  }

  /** The first entry at or after a time. */
  private firstFrom(time: number): number {
    let low = 0;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.entries[middle]!.time < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function ends<T>(list: readonly T[], kept: number): readonly T[] {
  return list.length <= kept * 2 ? list : [...list.slice(0, kept), ...list.slice(-kept)];
}
