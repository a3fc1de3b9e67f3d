import type { Pause } from '../../slices';
import type { Arrays, NumberArray } from '../arrays';
import { newCodes } from '../columns';
import { rowCountOf } from '../intake/columns';
import type { MergePart } from './flatRows';
import type { MergeMemory } from './mergeModule';
import { MOST_SHORT_OFFSET, type PlaceColumns, type Places } from './places';
import { keySpan } from './rowOrder';

/** The most bits that are sorted in one pass: the counts of a pass stay in the processor's nearest cache. */
const MOST_DIGIT_BITS = 11;
/** Rows that are gathered at a time, so that what comes out is copied while it is in the processor's cache. */
const BLOCK_ROWS = 16 * 1024;

/** Where rows stand in their files, and their order, by compiled loops: exactly what `PlainPlaces` makes. */
export class CompiledPlaces implements Places {
  private readonly rowCount: number;
  private readonly time: number;
  private readonly file: number;
  private readonly offset: number;
  private readonly length: number;

  /** `scratch`: where the order goes, for all threads to see. */
  constructor(
    parts: readonly MergePart[],
    private readonly fileCount: number,
    private readonly memory: MergeMemory,
    private readonly scratch: Arrays,
  ) {
    const rows = rowCountOf(parts);
    this.rowCount = rows;
    this.time = memory.take(rows * 8);
    this.file = memory.take(rows * 4);
    this.offset = memory.take(rows * 8);
    this.length = memory.take(rows * 4);
    let row = 0;
    for (const { part, fileOf } of parts) {
      memory.within(() => {
        const files = memory.add(fileOf);
        for (const { rowCount, reading, time, offset, length } of part.chunks) {
          memory.put(this.file + row * 4, reading);
          memory.loops.filesOf(this.file + row * 4, rowCount, files, fileOf.length, this.file + row * 4);
          memory.put(this.time + row * 8, time);
          memory.put(this.offset + row * 8, offset);
          memory.put(this.length + row * 4, length);
          row += rowCount;
        }
      });
    }
  }

  async order(pause: Pause): Promise<Uint32Array> {
    const { memory, scratch, rowCount } = this;
    const mark = memory.mark();
    const order = memory.take(rowCount * 4);
    const other = memory.take(rowCount * 4);
    const count = this.byFile(order);
    await pause();
    const sorted = await this.byTime(order, other, count, pause);
    const made = scratch.make(Uint32Array, count);
    made.set(memory.view(Uint32Array, sorted, count));
    memory.release(mark);
    return made;
  }

  /** Writes the rows that are kept by file and offset; answers how many there are. */
  private byFile(order: number): number {
    const { memory, file, offset, rowCount, fileCount } = this;
    const { loops } = memory;
    return memory.within(() => {
      const starts = memory.takeZeros((fileCount + 1) * 4);
      const count = loops.byFile(file, rowCount, starts, fileCount, order) >>> 0;
      const rows = memory.view(Uint32Array, order, count);
      const offsets = memory.view(Float64Array, offset, rowCount);
      for (let from = 0; (from = loops.unsortedFrom(order, from, count, file, offset) >>> 0) < count;) {
        const end = loops.rangeEnd.value >>> 0;
        rows.subarray(from, end).sort((a, b) => offsets[a]! - offsets[b]! || a - b);
        from = end;
      }
      return count;
    });
  }

  /** A stable sort, digit by digit; answers where the rows are then: at `order` or at `other`. */
  private async byTime(order: number, other: number, count: number, pause: Pause): Promise<number> {
    const { memory, time, file, rowCount } = this;
    const { loops } = memory;
    loops.timeBounds(time, file, rowCount);
    const first = loops.firstTime.value;
    const { unit, none, bits } = keySpan(first, loops.lastTime.value, loops.inSeconds.value !== 0);
    const low = memory.take(rowCount * 4);
    const high = bits > 32 ? memory.take(rowCount * 4) : 0;
    loops.timeKeys(time, rowCount, first, unit, none, low, high);
    await pause();
    const starts = memory.take(4 << MOST_DIGIT_BITS);
    let [from, to] = [order, other];
    for (const [keys, keyBits] of [
      [low, Math.min(bits, 32)],
      [high, bits - 32],
    ] as const) {
      const passes = Math.ceil(Math.max(0, keyBits) / MOST_DIGIT_BITS);
      const digitBits = Math.ceil(keyBits / passes);
      for (let pass = 0; pass < passes; pass++) {
        loops.sortByDigit(from, count, keys, pass * digitBits, digitBits, starts, to);
        [from, to] = [to, from];
        await pause();
      }
    }
    return from;
  }

  gather(order: Uint32Array, arrays: Arrays): PlaceColumns {
    const { memory, fileCount } = this;
    const { loops } = memory;
    return memory.within(() => {
      const rows = memory.add(order);
      const gather = <A extends NumberArray>(array: A, work: (at: number, count: number, to: number) => void): A =>
        this.inBlocks(array, rows, work);
      const count = order.length;
      const file = newCodes(count, fileCount, arrays);
      gather(file, (at, some, to) => loops.gatherFiles(this.file, at, some, to, file.BYTES_PER_ELEMENT));
      const time = gather(arrays.make(Float64Array, count), (...block) => loops.gatherDoubles(this.time, ...block));
      const length = gather(arrays.make(Uint32Array, count), (...block) => loops.gatherWords(this.length, ...block));
      let furthest = 0;
      const short = gather(arrays.make(Uint32Array, count), (...block) => {
        furthest = Math.max(furthest, loops.gatherOffsets(this.offset, ...block));
      });
      const offset =
        furthest <= MOST_SHORT_OFFSET
          ? short
          : gather(arrays.make(Float64Array, count), (...block) => loops.gatherDoubles(this.offset, ...block));
      return { rowCount: count, time, file, offset, length };
    });
  }

  private inBlocks<A extends NumberArray>(
    array: A,
    rows: number,
    work: (at: number, count: number, to: number) => void,
  ): A {
    const { memory } = this;
    return memory.within(() => {
      const block = memory.take(BLOCK_ROWS * array.BYTES_PER_ELEMENT);
      for (let row = 0; row < array.length; row += BLOCK_ROWS) {
        const count = Math.min(BLOCK_ROWS, array.length - row);
        work(rows + row * 4, count, block);
        array.set(memory.view(array.constructor as Uint8ArrayConstructor, block, count), row);
      }
      return array;
    });
  }
}
