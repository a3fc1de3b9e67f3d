import type { ArrayType, NumberArray } from '../arrays';
import { COLUMNS, rowCountOf } from '../intake/columns';
import type { MergePart } from './flatRows';

/** An exported variable of the module. */
interface Cell {
  readonly value: number;
}

/** What the compiled loops (`wasm/index.ts`) offer; what they do is said there. Addresses are in the memory they were given. */
export interface MergeExports {
  firstAddress(): number;
  copyCodes(from: number, fromWidth: number, to: number, toWidth: number, count: number, by: number): void;
  gatherCodes(codes: number, width: number, order: number, count: number, numbers: number, to: number): void;
  beginEntries(
    starts: number,
    spellings: number,
    numbers: number,
    used: number,
    table: number,
    places: number,
    seedLow: number,
    seedHigh: number,
  ): void;
  gatherExceptions(codes: number, order: number, count: number, first: number, rows: number): number;
  measureEntries(offsets: number, spellings: number): void;
  copyTokens(first: number, to: number, room: number): number;
  readonly usedCount: Cell;
  readonly copied: Cell;
  placeIds(present: number, count: number, first: number, places: number): number;
  gatherIds(ids: number, order: number, count: number, to: number): void;
  countIds(places: number, order: number, count: number): number;
  gatherSomeIds(ids: number, places: number, order: number, count: number, present: number, to: number): number;
  hashIds(
    ids: number,
    places: number,
    files: number,
    hashes: number,
    count: number,
    seedLow: number,
    seedHigh: number,
  ): void;
  suspectIds(count: number, met: number, bits: number, suspects: number): number;
  likelyIds(count: number, suspects: number, suspectCount: number, among: number, bits: number, rows: number): number;
  samePairs(rows: number, count: number, table: number, places: number, pairs: number): number;
  filesOf(from: number, count: number, fileOf: number, readings: number, to: number): void;
  byFile(file: number, count: number, starts: number, files: number, order: number): number;
  unsortedFrom(order: number, from: number, count: number, file: number, offset: number): number;
  readonly rangeEnd: Cell;
  timeBounds(time: number, file: number, count: number): void;
  readonly firstTime: Cell;
  readonly lastTime: Cell;
  readonly inSeconds: Cell;
  timeKeys(time: number, count: number, first: number, unit: number, none: number, low: number, high: number): void;
  sortByDigit(from: number, count: number, keys: number, shift: number, bits: number, starts: number, to: number): void;
  gatherDoubles(from: number, order: number, count: number, to: number): void;
  gatherWords(from: number, order: number, count: number, to: number): void;
  gatherFiles(from: number, order: number, count: number, to: number, width: number): void;
  gatherOffsets(from: number, order: number, count: number, to: number): number;
}

const PAGE = 64 * 1024;
/** Bytes that one memory has at most, and what the loops need of it, by and large: for each row, and for each entry of a column beside its token. */
const MOST_BYTES = 4 * 1024 ** 3;
const BYTES_OF_ROW = 64;
const BYTES_OF_ENTRY = 64;
/** Loops read and write so many bytes behind what is theirs. */
const SLACK = 32;
const ALIGNMENT = 16;

/** Memory of WebAssembly that one thread has for itself. */
export interface LoopMemory {
  readonly buffer: ArrayBufferLike;
  grow(pages: number): number;
}

/** Whether the parts are small enough for the compiled loops. */
export function fitsMemory(parts: readonly MergePart[]): boolean {
  const columns = Array.from({ length: COLUMNS }, (_, column) =>
    parts.reduce((sum, { part }) => {
      const { bytes, size } = part.dictionaries[column]!;
      return sum + bytes.length + size * BYTES_OF_ENTRY;
    }, 0),
  );
  return rowCountOf(parts) * BYTES_OF_ROW + Math.max(...columns) * 2 < MOST_BYTES;
}

/** The compiled loops and the memory they work in. It is taken like a stack: what was taken last is let go first. */
export class MergeMemory {
  private next: number;

  /** `loops`: an instance that works in `memory`; what that holds is lost. */
  constructor(
    readonly loops: MergeExports,
    private readonly memory: LoopMemory,
  ) {
    this.next = loops.firstAddress();
  }

  /** Runs `work` and lets go of what it took. */
  within<Made>(work: () => Made): Made {
    const mark = this.mark();
    try {
      return work();
    } finally {
      this.release(mark);
    }
  }

  mark(): number {
    return this.next;
  }

  /** Lets go of what was taken since. */
  release(mark: number): void {
    this.next = mark;
  }

  /** Room for so many bytes, with whatever they held before. Views that were made before may be void. */
  take(bytes: number): number {
    const at = this.next;
    this.next = Math.ceil((at + bytes + SLACK) / ALIGNMENT) * ALIGNMENT;
    this.reach(this.next);
    return at;
  }

  takeZeros(bytes: number): number {
    const at = this.take(bytes);
    this.view(Uint8Array, at, bytes).fill(0);
    return at;
  }

  view<A extends NumberArray>(type: ArrayType<A>, at: number, length: number): A {
    return new type(this.memory.buffer, at, length);
  }

  /** Copies an array to a place in memory. */
  put(at: number, array: NumberArray): void {
    this.view(array.constructor as ArrayType<NumberArray>, at, array.length).set(array);
  }

  /** Copies an array to memory. */
  add(array: NumberArray): number {
    const at = this.take(array.byteLength);
    this.put(at, array);
    return at;
  }

  private reach(end: number): void {
    const missing = end - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / PAGE));
  }
}
