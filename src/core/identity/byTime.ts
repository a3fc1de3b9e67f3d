import { type Pause, sortInSlices } from '../slices';

/** Items of one name in the order of their times, to be asked for those around a time: a name may stand for very many. */
export class ByTime<Item> {
  private items: Item[] = [];
  private isSorted = true;

  /** `compare` orders items of the same time. Times that are not known are infinite. */
  constructor(
    private readonly timeOf: (item: Item) => number,
    private readonly compare: (a: Item, b: Item) => number,
  ) {}

  add(item: Item): void {
    this.items.push(item);
    this.isSorted = false;
  }

  /** Sorts in short steps, so that nothing that is asked for later has to. */
  async sort(pause: Pause): Promise<void> {
    this.items = await sortInSlices(this.items, (a, b) => this.order(a, b), pause);
    this.isSorted = true;
  }

  /** The up to `count` items before a time and `count` from it on; without a time the first ones. */
  around(time: number | undefined, count: number): Item[] {
    this.ensureSorted();
    const at = time === undefined ? 0 : this.firstFrom(time);
    return this.items.slice(Math.max(0, at - count), at + count);
  }

  /** The last item that is not after a time, else the first one; of several at the same time the first. */
  lastUntil(time: number | undefined): Item | undefined {
    this.ensureSorted();
    const after = time === undefined ? 0 : this.firstFrom(time, true);
    const found = this.items[Math.max(0, after - 1)];
    return found && this.items[this.firstFrom(this.timeOf(found))];
  }

  /** Index of the first item whose time is `time` or later; with `past`, later. */
  private firstFrom(time: number, past = false): number {
    let low = 0;
    let high = this.items.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const each = this.timeOf(this.items[middle]!);
      if (each < time || (past && each === time)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private ensureSorted(): void {
    if (this.isSorted) return;
    this.items.sort((a, b) => this.order(a, b));
    this.isSorted = true;
  }

  private order(a: Item, b: Item): number {
    const [timeA, timeB] = [this.timeOf(a), this.timeOf(b)];
    return timeA === timeB ? this.compare(a, b) : timeA < timeB ? -1 : 1;
  }
}
