import {
  type Codes,
  type Dictionary,
  type DictionaryColumn,
  type Exceptions,
  type IdColumn,
  newCodes,
} from '../columns';
import type { FlatIds } from './flatRows';
import { pickEntries } from './joinDictionaries';

/**
 * Columns of a table from those of rows in the order of arrival: row `i` of the table is row `order[i]` there. Codes are given anew, in the
 * order in which the table's rows have them first, so that the same records give the same table whoever read them, and entries no row has are gone.
 */

export function gatherColumn(order: Uint32Array, codes: Codes, dictionary: Dictionary): DictionaryColumn {
  const newCodeOf = new Uint32Array(dictionary.size);
  const used: number[] = [0];
  const gathered = newCodes(order.length, dictionary.size);
  for (let row = 0; row < order.length; row++) {
    const code = codes[order[row]!]!;
    if (code === 0) continue;
    let newCode = newCodeOf[code]!;
    if (newCode === 0) newCodeOf[code] = newCode = used.push(code) - 1;
    gathered[row] = newCode;
  }
  return {
    codes: narrowed(gathered, used.length),
    dictionary: pickEntries(used.length, (entry) => [dictionary, used[entry]!]),
  };
}

function narrowed(codes: Codes, size: number): Codes {
  const narrow = newCodes(0, size);
  if (narrow.BYTES_PER_ELEMENT === codes.BYTES_PER_ELEMENT) return codes;
  const all = newCodes(codes.length, size);
  all.set(codes);
  return all;
}

export function gatherExceptions(order: Uint32Array, codes: Codes, dictionary: Dictionary): Exceptions {
  const rows: number[] = [];
  for (let row = 0; row < order.length; row++) if (codes[order[row]!] !== 0) rows.push(row);
  const entries = pickEntries(rows.length + 1, (entry) => [
    dictionary,
    entry === 0 ? 0 : codes[order[rows[entry - 1]!]!]!,
  ]);
  return { rows: Uint32Array.from(rows), dictionary: entries };
}

export function gatherIds(order: Uint32Array, { places, words }: FlatIds): Omit<IdColumn, 'exceptions'> {
  const wordCount = Math.ceil(order.length / 32);
  const present = new Uint32Array(wordCount);
  const ranks = new Uint32Array(wordCount);
  const gathered = new Uint32Array(countOf(order, places) * 4);
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
  return { present, ranks, packed: new Uint8Array(gathered.buffer) };
}

function countOf(order: Uint32Array, places: Int32Array): number {
  let count = 0;
  for (const row of order) if (places[row]! >= 0) count++;
  return count;
}
