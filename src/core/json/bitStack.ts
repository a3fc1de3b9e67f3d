/** A stack of booleans, one bit each: what a scanner remembers of the brackets that are open. */
export class BitStack {
  private words = new Uint32Array(4);
  private count = 0;

  get size(): number {
    return this.count;
  }

  clear(): void {
    this.count = 0;
  }

  push(bit: boolean): void {
    const word = this.count >>> 5;
    if (word === this.words.length) {
      const wider = new Uint32Array(word * 2);
      wider.set(this.words);
      this.words = wider;
    }
    const mask = 1 << (this.count & 31);
    if (bit) this.words[word]! |= mask;
    else this.words[word]! &= ~mask;
    this.count++;
  }

  pop(): void {
    this.count--;
  }

  /** The newest bit; false when there is none. */
  top(): boolean {
    const last = this.count - 1;
    return last >= 0 && (this.words[last >>> 5]! & (1 << (last & 31))) !== 0;
  }
}
