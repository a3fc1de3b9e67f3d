import type { Arrays } from '../arrays';
import type { Codes } from '../columns';
import { type RowChunk, TIME_COLUMN, type TablePart, rowCountOf } from '../intake/columns';
import { type Entries, type JoinedDictionaries, chainDictionaries, joinDictionaries } from './joinDictionaries';
import { DROPPED } from './rowOrder';

/** A part, and which file of the table each of its readings is: -1 for one whose rows are dropped. */
export interface MergePart {
  readonly part: TablePart;
  readonly fileOf: Int32Array;
}

/** A column of all rows in the order of arrival, with the entries of all its codes. */
export interface FlatColumn {
  /** As wide as can be, whatever the entries: loops over numbers of one width are several times faster than over any. */
  readonly codes: Uint32Array;
  readonly entries: Entries;
}

/** Ids of all rows: where the 16 bytes (4 words) of each stand in `words`, or -1. */
export interface FlatIds {
  readonly places: Int32Array;
  readonly words: Uint32Array;
}

/** The rows of several parts, one after another: in the order of arrival. */
export class FlatRows {
  readonly rowCount: number;
  private readonly chunks: readonly RowChunk[];
  private readonly joined = new Map<number, JoinedDictionaries>();
  /** For the column and for the ids that were asked for last. */
  private codes: Uint32Array | undefined;
  private words: Uint32Array | undefined;
  private places: Int32Array | undefined;

  /** `arrays`: where what is made goes. */
  constructor(
    private readonly parts: readonly MergePart[],
    private readonly arrays: Arrays,
  ) {
    this.chunks = parts.flatMap(({ part }) => part.chunks);
    this.rowCount = rowCountOf(parts);
  }

  time(): Float64Array {
    return this.put(this.arrays.make(Float64Array, this.rowCount), ({ time }) => time);
  }

  offset(): Float64Array {
    return this.put(this.arrays.make(Float64Array, this.rowCount), ({ offset }) => offset);
  }

  length(): Uint32Array {
    return this.put(this.arrays.make(Uint32Array, this.rowCount), ({ length }) => length);
  }

  /** Whether rows of some readings are to be dropped. */
  get hasDropped(): boolean {
    return this.parts.some(({ fileOf }) => fileOf.includes(-1));
  }

  /** The file of each row, or {@link DROPPED}. */
  file(): Uint32Array {
    const file = this.arrays.make(Uint32Array, this.rowCount);
    let at = 0;
    for (const { part, fileOf } of this.parts) {
      for (const { reading } of part.chunks) {
        for (let row = 0; row < reading.length;) {
          // The rows of a reading stand together.
          const from = row;
          while (row < reading.length && reading[row] === reading[from]) row++;
          const each = fileOf[reading[from]!] ?? -1;
          file.fill(each < 0 ? DROPPED : each, at, (at += row - from));
        }
      }
    }
    return file;
  }

  /** The joined dictionaries of a column. Remembered. */
  join(column: number): JoinedDictionaries {
    let joined = this.joined.get(column);
    if (joined === undefined) {
      const dictionaries = this.parts.map(({ part }) => part.dictionaries[column]!);
      // Exceptions are entries of their own for each row: which of them are the same nobody asks.
      const join = column < TIME_COLUMN ? joinDictionaries : chainDictionaries;
      joined = join(dictionaries, this.arrays);
      this.joined.set(column, joined);
    }
    return joined;
  }

  /** A column, good until the next one is asked for. */
  column(column: number): FlatColumn {
    const { entries, codesOf } = this.join(column);
    this.codes ??= this.arrays.make(Uint32Array, this.rowCount);
    const { codes } = this;
    let at = 0;
    this.parts.forEach(({ part }, i) => {
      const newCode = codesOf[i];
      for (const chunk of part.chunks) {
        const old = chunk.codes[column]!;
        if (newCode === undefined) codes.set(old, at);
        else if (typeof newCode === 'number') shift(old, newCode, codes, at);
        else translate(old, newCode, codes, at);
        at += chunk.rowCount;
      }
    });
    return { codes, entries };
  }

  /** The ids of a field, good until the next ones are asked for. */
  ids(id: number): FlatIds {
    this.places ??= this.arrays.make(Int32Array, this.rowCount);
    this.words ??= this.arrays.make(Uint32Array, this.rowCount * 4);
    const { places, words } = this;
    const packed = new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
    places.fill(-1);
    let row = 0;
    let count = 0;
    for (const chunk of this.chunks) {
      const ids = chunk.ids[id]!;
      packed.set(ids.packed, count * 16);
      for (let i = 0; i < chunk.rowCount; i++) {
        if ((ids.present[i >>> 5]! & (1 << (i & 31))) !== 0) places[row + i] = count++;
      }
      row += chunk.rowCount;
    }
    return { places, words };
  }

  private put<A extends Float64Array | Uint32Array>(all: A, pick: (chunk: RowChunk) => A): A {
    let at = 0;
    for (const chunk of this.chunks) {
      all.set(pick(chunk), at);
      at += chunk.rowCount;
    }
    return all;
  }
}

function translate(old: Codes, newCode: Uint32Array, codes: Uint32Array, at: number): void {
  for (let row = 0; row < old.length; row++) codes[at + row] = newCode[old[row]!]!;
}

/** The same for codes that move up together; 0 stays what it is. */
function shift(old: Codes, by: number, codes: Uint32Array, at: number): void {
  for (let row = 0; row < old.length; row++) codes[at + row] = old[row] === 0 ? 0 : old[row]! + by;
}
