import type { Codes } from './columns';

/** How often each of `size` codes occurs. */
export function countCodes(codes: Codes, size: number): Uint32Array {
  // Two counters a code: neighbours often have the same, and the second add need not wait for the first.
  const even = new Uint32Array(size);
  const odd = new Uint32Array(size);
  const pairs = codes.length & ~1;
  for (let row = 0; row < pairs; row += 2) {
    even[codes[row]!]!++;
    odd[codes[row + 1]!]!++;
  }
  if (pairs < codes.length) even[codes[pairs]!]!++;
  for (let code = 0; code < size; code++) even[code]! += odd[code]!;
  return even;
}

/** The rows of every code of a column, ascending within each. */
export class Postings {
  private readonly rowsByCode: Uint32Array;
  private readonly starts: Uint32Array;

  /** `counts`: how often each code occurs. */
  constructor(codes: Codes, counts: Uint32Array) {
    this.starts = new Uint32Array(counts.length + 1);
    for (let code = 0; code < counts.length; code++) this.starts[code + 1] = this.starts[code]! + counts[code]!;
    this.rowsByCode = new Uint32Array(codes.length);
    const next = this.starts.slice();
    for (let row = 0; row < codes.length; row++) this.rowsByCode[next[codes[row]!]!++] = row;
  }

  /** The rows with a code: a view. */
  rows(code: number): Uint32Array {
    return this.rowsByCode.subarray(this.starts[code], this.starts[code + 1]);
  }
}
