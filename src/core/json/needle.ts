/** Bytes to search for in others: Horspool's algorithm, which looks at few of them where the needle is long. */
export class Needle {
  /** By the byte under the needle's end: how far it can move on. */
  private readonly steps: Uint32Array;

  /** `bytes`: one or more. */
  constructor(private readonly bytes: Uint8Array) {
    const last = bytes.length - 1;
    this.steps = new Uint32Array(256).fill(bytes.length);
    for (let i = 0; i < last; i++) this.steps[bytes[i]!] = last - i;
  }

  get length(): number {
    return this.bytes.length;
  }

  /** Where the needle first stands as a whole in `[from, to)`; -1 where it does not. */
  indexIn(hay: Uint8Array, from: number, to: number): number {
    const { bytes, steps } = this;
    const last = bytes.length - 1;
    const tail = bytes[last];
    for (let at = from + last; at < to; at += steps[hay[at]!]!) {
      if (hay[at] !== tail) continue;
      let i = last - 1;
      while (i >= 0 && hay[at - last + i] === bytes[i]) i--;
      if (i < 0) return at - last;
    }
    return -1;
  }
}
