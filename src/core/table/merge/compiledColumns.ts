import type { Arrays } from '../arrays';
import { type Dictionary, type DictionaryColumn, type Exceptions, newCodes } from '../columns';
import { rowCountOf } from '../intake/columns';
import type { MergePart } from './flatRows';
import type { MergeMemory } from './mergeModule';
import { newSeed } from './sameEvents';

/** Rows that are gathered at a time, so that what comes out is copied while it is in the processor's cache. */
const BLOCK_ROWS = 32 * 1024;
/** Tokens are gathered in blocks of so many bytes at least. */
const BLOCK_BYTES = 256 * 1024;

/** Rows of a table in memory: how many, and where their numbers stand. */
export interface Order {
  readonly count: number;
  readonly at: number;
}

/** A column's dictionaries in memory; see `wasm/entries.ts`. */
interface Entries {
  /** By part: its entry for code 0. */
  readonly bases: readonly number[];
  readonly count: number;
  readonly starts: number;
  readonly spellings: number;
  readonly isJoined: boolean;
  readonly longestBytes: number;
}

/** Columns of tables from the rows of parts, by compiled loops: exactly what `FlatRows` and `Gathering` make. */
export class CompiledColumns {
  private readonly rowCount: number;

  /** `arrays`: where the columns go. */
  constructor(
    private readonly parts: readonly MergePart[],
    private readonly memory: MergeMemory,
    private readonly arrays: Arrays,
  ) {
    this.rowCount = rowCountOf(parts);
  }

  /** A column of each of some tables. */
  column(column: number, orders: readonly Order[]): DictionaryColumn[] {
    const { memory } = this;
    return memory.within(() => {
      const entries = this.entries(column);
      const width = widthFor(entries.count);
      const codes = this.isEmpty(column) ? undefined : this.codes(column, entries, width);
      return orders.map((order) => memory.within(() => this.gatherColumn(order, entries, codes, width)));
    });
  }

  /** The values of a column that are not in the compact form, of each of some tables. */
  exceptions(column: number, orders: readonly Order[]): Exceptions[] {
    const { memory } = this;
    return memory.within(() => {
      const entries = this.entries(column);
      const codes = this.isEmpty(column) ? undefined : this.codes(column, entries, 4);
      return orders.map((order) => memory.within(() => this.gatherExceptions(order, entries, codes)));
    });
  }

  /** True when no row has a value there. */
  private isEmpty(column: number): boolean {
    return this.parts.every(({ part }) => part.dictionaries[column]!.size <= 1);
  }

  private entries(column: number): Entries {
    const { memory } = this;
    const dictionaries = this.parts.map(({ part }) => part.dictionaries[column]!);
    const bases: number[] = [];
    let count = 0;
    for (const { size } of dictionaries) {
      bases.push(count);
      count += size + 1;
    }
    const starts = memory.take(count * 4);
    const spellings = memory.take(count);
    dictionaries.forEach((dictionary, i) => {
      const { size, offsets } = dictionary;
      const bytes = memory.add(dictionary.bytes.subarray(0, offsets[size]));
      const at = starts + bases[i]! * 4;
      memory.put(at, offsets.subarray(0, size + 1));
      // What is written behind them is still to come.
      memory.loops.copyCodes(at, 4, at, 4, size + 1, bytes);
      memory.put(spellings + bases[i]!, dictionary.spellings.subarray(0, size));
    });
    const isJoined = dictionaries.filter(({ size }) => size > 1).length > 1;
    const longestBytes = dictionaries.reduce((most, { bytes }) => Math.max(most, bytes.length), 0);
    return { bases, count, starts, spellings, isJoined, longestBytes };
  }

  /** The entries of all rows, in the order of arrival. */
  private codes(column: number, { bases }: Entries, width: number): number {
    const { memory } = this;
    const codes = memory.take(this.rowCount * width);
    const staged = memory.take(this.mostChunkRows() * 4);
    let at = codes;
    this.parts.forEach(({ part }, i) => {
      for (const { rowCount, codes: columns } of part.chunks) {
        const chunk = columns[column]!;
        const from = chunk.BYTES_PER_ELEMENT;
        if (from === width && bases[i] === 0) memory.put(at, chunk);
        else {
          memory.put(staged, chunk);
          memory.loops.copyCodes(staged, from, at, width, rowCount, bases[i]!);
        }
        at += rowCount * width;
      }
    });
    return codes;
  }

  private mostChunkRows(): number {
    return this.parts.reduce(
      (most, { part }) => part.chunks.reduce((m, { rowCount }) => Math.max(m, rowCount), most),
      0,
    );
  }

  private begin({ bases, count, starts, spellings }: Entries, used: number, isJoined: boolean): number {
    const { memory } = this;
    const numbers = memory.takeZeros(count * 4);
    const words = memory.view(Uint32Array, numbers, count);
    for (const base of bases) words[base] = 1;
    const usedTable = memory.take(used * 4);
    let places = 16;
    while (places < count * 2) places *= 2;
    const table = isJoined ? memory.takeZeros(places * 8) : 0;
    memory.loops.beginEntries(starts, spellings, numbers, usedTable, table, places, newSeed(), newSeed());
    return numbers;
  }

  private gatherColumn(order: Order, entries: Entries, codes: number | undefined, width: number): DictionaryColumn {
    const { memory, arrays } = this;
    const { loops } = memory;
    const numbers = this.begin(entries, entries.count, entries.isJoined);
    if (codes === undefined) {
      return { codes: newCodes(order.count, 1, arrays), dictionary: this.dictionary(entries) };
    }
    const gathered = memory.take(order.count * width);
    for (let row = 0; row < order.count; row += BLOCK_ROWS) {
      const count = Math.min(BLOCK_ROWS, order.count - row);
      loops.gatherCodes(codes, width, order.at + row * 4, count, numbers, gathered + row * width);
    }
    const narrow = newCodes(order.count, loops.usedCount.value, arrays);
    const needed = narrow.BYTES_PER_ELEMENT;
    if (needed !== width) loops.copyCodes(gathered, width, gathered, needed, order.count, 0);
    narrow.set(memory.view(narrow.constructor as Uint8ArrayConstructor, gathered, order.count));
    return { codes: narrow, dictionary: this.dictionary(entries) };
  }

  private gatherExceptions(order: Order, entries: Entries, codes: number | undefined): Exceptions {
    const { memory, arrays } = this;
    const { loops } = memory;
    this.begin(entries, codes === undefined ? 1 : order.count + 1, false);
    const rows = memory.take(codes === undefined ? 0 : order.count * 4);
    let found = 0;
    for (let row = 0; row < order.count && codes !== undefined; row += BLOCK_ROWS) {
      const count = Math.min(BLOCK_ROWS, order.count - row);
      found += loops.gatherExceptions(codes, order.at + row * 4, count, row, rows + found * 4);
    }
    const made = arrays.make(Uint32Array, found);
    made.set(memory.view(Uint32Array, rows, found));
    return { rows: made, dictionary: this.dictionary(entries) };
  }

  /** The dictionary of the used entries. */
  private dictionary({ longestBytes }: Entries): Dictionary {
    const { memory, arrays } = this;
    const { loops } = memory;
    const size = loops.usedCount.value >>> 0;
    const offsetTable = memory.take((size + 1) * 4);
    const spellingTable = memory.take(size);
    const room = Math.max(BLOCK_BYTES, longestBytes);
    const block = memory.take(room);
    loops.measureEntries(offsetTable, spellingTable);
    const offsets = arrays.make(Uint32Array, size + 1);
    offsets.set(memory.view(Uint32Array, offsetTable, size + 1));
    const spellings = arrays.make(Uint8Array, size);
    spellings.set(memory.view(Uint8Array, spellingTable, size));
    const bytes = arrays.make(Uint8Array, offsets[size]!);
    for (let entry = 0; entry < size;) {
      const at = offsets[entry]!;
      entry = loops.copyTokens(entry, block, room) >>> 0;
      bytes.set(memory.view(Uint8Array, block, loops.copied.value >>> 0), at);
    }
    return { size, spellings, offsets, bytes };
  }
}

function widthFor(entries: number): number {
  return newCodes(0, entries).BYTES_PER_ELEMENT;
}
