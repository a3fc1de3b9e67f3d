import { type Entry, KEPT_AT_EACH_END, type Run, type Runs, byTime } from './run';

interface StepEntry<Place> extends Entry<Place> {
  /** The steps whose pattern the record meets. */
  readonly steps: readonly number[];
}

/** Finds where records meet one step after another within a window, whatever order they are added in. Records of the same time count as being in order. */
export class SequenceRuns<Place> implements Runs<Place> {
  private readonly entries: StepEntry<Place>[] = [];
  /** The step of each record that a whole sequence takes, one after another. */
  private readonly wanted: readonly number[];

  /** `counts`: how many records each step takes. `windowMs` in milliseconds, both ends included. */
  constructor(
    counts: readonly number[],
    private readonly windowMs: number,
  ) {
    this.wanted = counts.flatMap((count, step) => Array<number>(count).fill(step));
  }

  get size(): number {
    return this.entries.length;
  }

  add(entry: Entry<Place>, steps: readonly number[]): void {
    this.entries.push({ ...entry, steps });
  }

  runs(): Run<Place>[] {
    this.entries.sort((a, b) => a.time - b.time || a.steps[0]! - b.steps[0]! || byTime(a, b));
    return this.spans().map(({ from, to }) => {
      const entries = this.entries.filter(({ time }) => time >= from && time <= to);
      const shown = [
        ...entries.slice(0, KEPT_AT_EACH_END),
        ...entries.slice(KEPT_AT_EACH_END).slice(-KEPT_AT_EACH_END),
      ];
      return { count: entries.length, firstTime: from, lastTime: to, entries: shown };
    });
  }

  /**
   * The times that whole sequences cover, those that overlap as one. Goes through the records once: for each record that a sequence takes
   * it knows the latest time at which a sequence got so far may have begun, for the later it began the shorter it is.
   */
  private spans(): { from: number; to: number }[] {
    const { wanted } = this;
    const begun = Array<number>(wanted.length).fill(-Infinity);
    const spans: { from: number; to: number }[] = [];
    for (const { time, steps } of this.entries) {
      // Backwards, so that a record is taken once.
      for (let at = wanted.length - 1; at >= 0; at--) {
        if (!steps.includes(wanted[at]!)) continue;
        const start = Math.max(begun[at]!, at === 0 ? time : begun[at - 1]!);
        begun[at] = start;
        if (at === wanted.length - 1 && time - start <= this.windowMs) cover(spans, start, time);
      }
    }
    return spans;
  }
}

/** Adds a span that ends no earlier than those before it. */
function cover(spans: { from: number; to: number }[], from: number, to: number): void {
  let start = from;
  while (spans.length > 0 && spans.at(-1)!.to >= start) start = Math.min(start, spans.pop()!.from);
  spans.push({ from: start, to });
}
