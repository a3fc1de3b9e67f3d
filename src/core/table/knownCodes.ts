import type { CodeTest } from './codeTest';

const NOT_ASKED = 0;
const NO = 1;
const YES = 2;

/** What a test says of the entries of a dictionary, each asked once. Few rows lead to few entries of a large one: then only those are asked. */
export class KnownCodes implements CodeTest {
  private whole: Uint8Array | undefined;
  private asked: Uint8Array | undefined;

  /** All that is to be known: one byte a code. */
  static of(holds: Uint8Array): KnownCodes {
    const known = new KnownCodes(holds.length, { of: (code) => holds[code] === 1, all: () => holds });
    known.whole = holds;
    return known;
  }

  /** `size`: of the dictionary. */
  constructor(
    readonly size: number,
    private readonly test: CodeTest,
  ) {}

  get isWhole(): boolean {
    return this.whole !== undefined;
  }

  /** Whether all entries had better be asked for so many rows. */
  isWorthWhole(rows: number): boolean {
    return this.isWhole || rows * 4 > this.size;
  }

  of(code: number): boolean {
    if (this.whole !== undefined) return this.whole[code] === 1;
    this.asked ??= new Uint8Array(this.size);
    if (this.asked[code] === NOT_ASKED) this.asked[code] = this.test.of(code) ? YES : NO;
    return this.asked[code] === YES;
  }

  all(): Uint8Array {
    return (this.whole ??= this.test.all());
  }
}

/** Two tests of one dictionary, joined. */
export function bothCodes(kind: 'and' | 'or', a: CodeTest, b: CodeTest): CodeTest {
  if (kind === 'and') {
    return {
      of: (code) => a.of(code) && b.of(code),
      all: () => joinBytes(a.all(), b.all(), (one, two) => one & two),
    };
  }
  return {
    of: (code) => a.of(code) || b.of(code),
    all: () => joinBytes(a.all(), b.all(), (one, two) => one | two),
  };
}

function joinBytes(a: Uint8Array, b: Uint8Array, join: (one: number, two: number) => number): Uint8Array {
  const joined = new Uint8Array(a.length);
  for (let i = 0; i < joined.length; i++) joined[i] = join(a[i]!, b[i]!);
  return joined;
}
