import { type Entry, type Run, type Runs, byTime } from './run';

/** Of the records of one value that follow each other closely so many are held from each end. */
const KEPT = 8;

/** Records of one value, none further from the next than the window. */
interface Segment<Place> {
  from: number;
  to: number;
  /** In order of time, of many only the ends. */
  entries: Entry<Place>[];
}

interface ValueSegment<Place> {
  readonly value: string;
  readonly segment: Segment<Place>;
}

/** Epoch milliseconds, both ends included. */
interface TimeSpan {
  readonly from: number;
  to: number;
}

/**
 * Finds where `count` or more different values lie within a window, whatever order their records are added in. Records of one value that
 * are no further apart than the window are held as one segment: a window within it has one of them in it, a window that reaches over
 * its end has that end. So very many records of few values take little room, and the answer is exact.
 */
export class DistinctRuns<Place> implements Runs<Place> {
  private readonly segments = new Map<string, Segment<Place>[]>();
  size = 0;

  /** `windowMs` in milliseconds, both ends included; `count` is two or more. */
  constructor(
    private readonly count: number,
    private readonly windowMs: number,
  ) {}

  add(entry: Entry<Place>, _steps: readonly number[], value: string): void {
    const list = this.segments.get(value);
    const segment = { from: entry.time, to: entry.time, entries: [entry] };
    this.size++;
    if (list === undefined) this.segments.set(value, [segment]);
    else this.insert(list, segment);
  }

  runs(): Run<Place>[] {
    if (this.segments.size < this.count) return [];
    const waiting = [...this.segments].flatMap(([value, list]) => list.map((segment) => ({ value, segment })));
    waiting.sort((a, b) => b.segment.from - a.segment.from);
    let open: ValueSegment<Place>[] = [];
    return this.spans().map((span) => {
      while (waiting.length > 0 && waiting.at(-1)!.segment.from <= span.to) open.push(waiting.pop()!);
      open = open.filter(({ segment }) => segment.to >= span.from);
      return this.runOf(open, span);
    });
  }

  /** Puts a segment of one record in its place and joins it with its neighbours. */
  private insert(list: Segment<Place>[], added: Segment<Place>): void {
    let at = list.length;
    while (at > 0 && list[at - 1]!.from > added.from) at--;
    const before = list[at - 1];
    const after = list[at];
    let into = added;
    if (before !== undefined && added.from - before.to <= this.windowMs) this.join((into = before), added);
    else list.splice(at++, 0, added);
    if (after === undefined || after.from - into.to > this.windowMs) return;
    this.join(into, after);
    list.splice(at, 1);
  }

  private join(into: Segment<Place>, other: Segment<Place>): void {
    const { length } = into.entries;
    const entries = [...into.entries];
    // A record that was delivered twice is there once.
    for (const each of other.entries)
      if (each.id === '' || !entries.some(({ id }) => id === each.id)) entries.push(each);
    entries.sort(byTime);
    if (entries.length > KEPT * 2) entries.splice(KEPT, entries.length - KEPT * 2);
    this.size += entries.length - length - other.entries.length;
    into.entries = entries;
    into.from = Math.min(into.from, other.from);
    into.to = Math.max(into.to, other.to);
  }

  /**
   * The times that full windows cover. A window that begins at `t` has a value in it when one of its segments touches `[t, t + window]`,
   * that is while `t` is in `[from - window, to]`; where `count` of these overlap the window is full.
   */
  private spans(): TimeSpan[] {
    const edges: { at: number; step: 1 | -1 }[] = [];
    for (const list of this.segments.values()) {
      for (const { from, to } of list) edges.push({ at: from - this.windowMs, step: 1 }, { at: to, step: -1 });
    }
    // At the same moment one begins before another ends: both ends of a window count.
    edges.sort((a, b) => a.at - b.at || b.step - a.step);
    const spans: TimeSpan[] = [];
    let values = 0;
    let since: number | undefined;
    for (const { at, step } of edges) {
      values += step;
      if (values >= this.count) since ??= at;
      else if (since !== undefined) {
        const last = spans.at(-1);
        // Windows that reach into each other are one run.
        if (last !== undefined && since <= last.to) last.to = at + this.windowMs;
        else spans.push({ from: since, to: at + this.windowMs });
        since = undefined;
      }
    }
    return spans;
  }

  private runOf(touched: readonly ValueSegment<Place>[], { from, to }: TimeSpan): Run<Place> {
    const entries = touched
      .flatMap(({ segment }) => segment.entries)
      .filter(({ time }) => time >= from && time <= to)
      .sort(byTime);
    return {
      count: new Set(touched.map(({ value }) => value)).size,
      firstTime: entries[0]?.time ?? from,
      lastTime: entries.at(-1)?.time ?? to,
      entries,
    };
  }
}
