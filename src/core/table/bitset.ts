import { popcount } from './popcount';

/** A set of rows of a table. */
export class Bitset {
  /** Bit `row & 31` of word `row >>> 5`; bits beyond the last row are clear. */
  readonly words: Uint32Array;

  constructor(
    readonly length: number,
    words?: Uint32Array,
  ) {
    this.words = words ?? new Uint32Array(Math.ceil(length / 32));
  }

  /** All rows. */
  static full(length: number): Bitset {
    return new Bitset(length).addRange(0, length);
  }

  has(row: number): boolean {
    return (this.words[row >>> 5]! & (1 << (row & 31))) !== 0;
  }

  add(row: number): void {
    this.words[row >>> 5]! |= 1 << (row & 31);
  }

  remove(row: number): void {
    this.words[row >>> 5]! &= ~(1 << (row & 31));
  }

  /** Adds the rows `[from, to)`. */
  addRange(from: number, to: number): this {
    if (from >= to) return this;
    const first = from >>> 5;
    const last = (to - 1) >>> 5;
    const head = -1 << (from & 31);
    const tail = -1 >>> (31 - ((to - 1) & 31));
    if (first === last) this.words[first]! |= head & tail;
    else {
      this.words[first]! |= head;
      this.words.fill(0xffffffff, first + 1, last);
      this.words[last]! |= tail;
    }
    return this;
  }

  clone(): Bitset {
    return new Bitset(this.length, this.words.slice());
  }

  /** Keeps the rows that are in `other` too. */
  and(other: Bitset): this {
    const { words } = this;
    for (let i = 0; i < words.length; i++) words[i]! &= other.words[i]!;
    return this;
  }

  /** Adds the rows of `other`. */
  or(other: Bitset): this {
    const { words } = this;
    for (let i = 0; i < words.length; i++) words[i]! |= other.words[i]!;
    return this;
  }

  /** Removes the rows of `other`. */
  andNot(other: Bitset): this {
    const { words } = this;
    for (let i = 0; i < words.length; i++) words[i]! &= ~other.words[i]!;
    return this;
  }

  /** How many rows there are. */
  count(): number {
    let count = 0;
    const { words } = this;
    for (let i = 0; i < words.length; i++) {
      const word = words[i]!;
      if (word !== 0) count += popcount(word);
    }
    return count;
  }

  isEmpty(): boolean {
    return this.words.every((word) => word === 0);
  }

  /** The first row. */
  first(): number | undefined {
    const at = this.words.findIndex((word) => word !== 0);
    const word = this.words[at]!;
    return at < 0 ? undefined : (at << 5) + 31 - Math.clz32(word & -word);
  }

  /** The last row before `end`. */
  lastBefore(end: number): number | undefined {
    for (let at = end >>> 5, mask = ~(-1 << (end & 31)); at >= 0; at--, mask = -1) {
      const word = (this.words[at] ?? 0) & mask;
      if (word !== 0) return (at << 5) + 31 - Math.clz32(word);
    }
    return undefined;
  }

  /** The rows, ascending. */
  rows(count = this.count()): Uint32Array<ArrayBuffer> {
    const rows = new Uint32Array(count);
    const { words } = this;
    let at = 0;
    for (let i = 0; i < words.length; i++) {
      let word = words[i]!;
      const base = i << 5;
      while (word !== 0) {
        rows[at++] = base + 31 - Math.clz32(word & -word);
        word &= word - 1;
      }
    }
    return rows;
  }
}
