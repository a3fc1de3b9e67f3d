import type { Arrays } from '../arrays';
import { type DictionaryColumn, type Exceptions, type IdColumn, newCodes } from '../columns';
import type { FlatColumn, FlatIds } from './flatRows';
import { pickEntries } from './joinDictionaries';

/**
 * Columns of a table from those of rows in the order of arrival: row `i` of the table is row `order[i]` there. Codes are given anew, in the
 * order in which the table's rows have them first, so that the same records give the same table whoever read them, and entries no row has are gone.
 */
export class Gathering {
  /** The codes of the column under way, before it is known how narrow they can be. */
  private readonly codes: Uint32Array;

  /** `arrays`: where the columns go; `scratch`: where what is needed in between does. */
  constructor(
    private readonly order: Uint32Array,
    private readonly arrays: Arrays,
    private readonly scratch: Arrays,
  ) {
    this.codes = scratch.make(Uint32Array, order.length);
  }

  column({ codes, entries }: FlatColumn): DictionaryColumn {
    const { order, arrays, codes: gathered } = this;
    /** By code: 1 and its new code, 0 for those that no row had yet: so that the loop has no branch that is taken now and then. */
    const newCodeOf = this.scratch.make(Uint32Array, entries.size);
    newCodeOf[0] = 1;
    const used: number[] = [0];
    for (let row = 0; row < order.length; row++) {
      const code = codes[order[row]!]!;
      let next = newCodeOf[code]!;
      if (next === 0) newCodeOf[code] = next = used.push(code);
      gathered[row] = next - 1;
    }
    const narrow = newCodes(order.length, used.length, arrays);
    narrow.set(gathered);
    return { codes: narrow, dictionary: pickEntries(entries, used, arrays) };
  }

  exceptions({ codes, entries }: FlatColumn): Exceptions {
    const { order, arrays } = this;
    const found: number[] = [];
    const picked = [0];
    for (let row = 0; row < order.length && entries.size > 1; row++) {
      const code = codes[order[row]!]!;
      if (code === 0) continue;
      found.push(row);
      picked.push(code);
    }
    const rows = arrays.make(Uint32Array, found.length);
    rows.set(found);
    return { rows, dictionary: pickEntries(entries, picked, arrays) };
  }

  ids({ places, words }: FlatIds): Omit<IdColumn, 'exceptions'> {
    const { order, arrays } = this;
    const wordCount = Math.ceil(order.length / 32);
    const present = arrays.make(Uint32Array, wordCount);
    const ranks = arrays.make(Uint32Array, wordCount);
    const gathered = arrays.make(Uint32Array, this.countOf(places) * 4);
    let count = 0;
    for (let row = 0; row < order.length; row++) {
      if ((row & 31) === 0) ranks[row >>> 5] = count;
      const place = places[order[row]!]!;
      if (place < 0) continue;
      present[row >>> 5]! |= 1 << (row & 31);
      gathered[count * 4] = words[place * 4]!;
      gathered[count * 4 + 1] = words[place * 4 + 1]!;
      gathered[count * 4 + 2] = words[place * 4 + 2]!;
      gathered[count * 4 + 3] = words[place * 4 + 3]!;
      count++;
    }
    return { present, ranks, packed: new Uint8Array(gathered.buffer, gathered.byteOffset, gathered.byteLength) };
  }

  private countOf(places: Int32Array): number {
    const { order } = this;
    let count = 0;
    for (let row = 0; row < order.length; row++) if (places[order[row]!]! >= 0) count++;
    return count;
  }
}
