import { type Codes, type Dictionary, newCodes } from '../columns';
import type { TablePart } from '../intake/columns';
import { DROPPED } from './rowOrder';
import { joinDictionaries } from './joinDictionaries';

/** A part, and which file of the table each of its readings is: -1 for one whose rows are dropped. */
export interface MergePart {
  readonly part: TablePart;
  readonly fileOf: Int32Array;
}

/** A column of all rows in the order of arrival, with one dictionary. */
export interface FlatColumn {
  readonly codes: Codes;
  readonly dictionary: Dictionary;
}

/** Ids of all rows: where the 16 bytes (4 words) of each stand in `words`, or -1. */
export interface FlatIds {
  readonly places: Int32Array;
  readonly words: Uint32Array;
}

/** The rows of several parts, one after another. What it has handed out of a part it lets go of, so that a table is never there twice. */
export class FlatRows {
  readonly rowCount: number;
  readonly time: Float64Array;
  readonly file: Uint32Array;
  readonly offset: Float64Array;
  readonly length: Uint32Array;

  constructor(private readonly parts: readonly MergePart[]) {
    this.rowCount = sum(this.chunks().map(({ rowCount }) => rowCount));
    this.time = this.joined(new Float64Array(this.rowCount), ({ time }) => time);
    this.offset = this.joined(new Float64Array(this.rowCount), ({ offset }) => offset);
    this.length = this.joined(new Uint32Array(this.rowCount), ({ length }) => length);
    this.file = new Uint32Array(this.rowCount);
    let at = 0;
    for (const { part, fileOf } of parts) {
      for (const { reading } of part.chunks) {
        for (const each of reading) {
          const file = fileOf[each] ?? -1;
          this.file[at++] = file < 0 ? DROPPED : file;
        }
      }
    }
  }

  /** The codes of a column; they are gone from the parts afterwards. */
  takeColumn(column: number): FlatColumn {
    const { dictionary, codesOf } = joinDictionaries(this.parts.map(({ part }) => part.dictionaries[column]!));
    const codes = newCodes(this.rowCount, dictionary.size);
    let at = 0;
    this.parts.forEach(({ part }, i) => {
      const newCode = codesOf[i];
      for (const chunk of part.chunks) {
        const old = chunk.codes[column]!;
        if (newCode === undefined) codes.set(old, at);
        else for (let row = 0; row < old.length; row++) codes[at + row] = newCode[old[row]!]!;
        at += chunk.rowCount;
        chunk.codes[column] = new Uint8Array(0);
      }
    });
    return { codes, dictionary };
  }

  /** The ids of a field; they are gone from the parts afterwards. */
  takeIds(id: number): FlatIds {
    const bytes = sum(this.chunks().map(({ ids }) => ids[id]!.packed.length));
    const packed = new Uint8Array(bytes);
    const places = new Int32Array(this.rowCount).fill(-1);
    let row = 0;
    let count = 0;
    for (const chunk of this.chunks()) {
      const ids = chunk.ids[id]!;
      packed.set(ids.packed, count * 16);
      for (let i = 0; i < chunk.rowCount; i++) {
        if ((ids.present[i >>> 5]! & (1 << (i & 31))) !== 0) places[row + i] = count++;
      }
      row += chunk.rowCount;
      ids.packed = new Uint8Array(0);
    }
    return { places, words: new Uint32Array(packed.buffer) };
  }

  private chunks(): TablePart['chunks'][number][] {
    return this.parts.flatMap(({ part }) => part.chunks);
  }

  private joined<A extends Float64Array | Uint32Array>(all: A, pick: (chunk: TablePart['chunks'][number]) => A): A {
    let at = 0;
    for (const chunk of this.chunks()) {
      all.set(pick(chunk), at);
      at += chunk.rowCount;
    }
    return all;
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
