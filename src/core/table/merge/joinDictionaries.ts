import { type Arrays, copyBytes } from '../arrays';
import type { Dictionary } from '../columns';

/** Entries of one dictionary or of several, by code. */
export interface Entries {
  readonly size: number;
  readonly dictionaries: readonly Dictionary[];
  /** By code: which of the dictionaries the entry stands in, and its code there. */
  readonly sources: Uint8Array;
  readonly codes: Uint32Array;
}

/** One dictionary for several. */
export interface JoinedDictionaries {
  readonly entries: Entries;
  /** For each of them the new code of each of its codes, or what is added to all but 0; undefined where they stay as they are. */
  readonly codesOf: readonly (Uint32Array | number | undefined)[];
}

/** Joins dictionaries; the entries of the first keep their codes. */
export function joinDictionaries(dictionaries: readonly Dictionary[], arrays: Arrays): JoinedDictionaries {
  if (dictionaries.slice(1).every(({ size }) => size <= 1)) return chainDictionaries(dictionaries, arrays);
  const entries = new DictionaryJoin(dictionaries, arrays);
  return { entries, codesOf: [undefined, ...entries.codesOfOthers()] };
}

/** Puts dictionaries one behind the other; what is the same in two of them stays apart. */
export function chainDictionaries(dictionaries: readonly Dictionary[], arrays: Arrays): JoinedDictionaries {
  const size = 1 + dictionaries.reduce((sum, each) => sum + each.size - 1, 0);
  const sources = arrays.make(Uint8Array, size);
  const codes = arrays.make(Uint32Array, size);
  let entry = 1;
  const shifts = dictionaries.map((dictionary, source) => {
    const shift = entry - 1;
    for (let code = 1; code < dictionary.size; code++, entry++) {
      sources[entry] = source;
      codes[entry] = code;
    }
    return shift === 0 ? undefined : shift;
  });
  return { entries: { size, dictionaries, sources, codes }, codesOf: shifts };
}

class DictionaryJoin implements Entries {
  /** Open addressing: entry number and 1, 0 for none. */
  private readonly table: Uint32Array;
  /** Per entry: its dictionary, its code there, its hash. */
  readonly sources: Uint8Array;
  readonly codes: Uint32Array;
  private readonly hashes: Uint32Array;
  size = 0;
  private readonly seed = (Math.random() * 2 ** 32) >>> 0;

  constructor(
    readonly dictionaries: readonly Dictionary[],
    private readonly arrays: Arrays,
  ) {
    const most = dictionaries.reduce((sum, { size }) => sum + size, 0);
    let places = 16;
    while (places < most * 2) places *= 2;
    this.table = arrays.make(Uint32Array, places);
    this.sources = arrays.make(Uint8Array, most);
    this.codes = arrays.make(Uint32Array, most);
    this.hashes = arrays.make(Uint32Array, most);
    const { size } = dictionaries[0]!;
    for (let code = 0; code < size; code++) this.insert(0, code, false);
  }

  codesOfOthers(): Uint32Array[] {
    return this.dictionaries.slice(1).map(({ size }, i) => {
      const codes = this.arrays.make(Uint32Array, size);
      for (let code = 1; code < size; code++) codes[code] = this.insert(i + 1, code, true);
      return codes;
    });
  }

  /** The entry for a code of a dictionary, a new one where its like is not there yet. */
  private insert(source: number, code: number, look: boolean): number {
    const mask = this.table.length - 1;
    const hash = this.hash(this.dictionaries[source]!, code);
    let place = hash & mask;
    for (; this.table[place] !== 0; place = (place + 1) & mask) {
      const entry = this.table[place]! - 1;
      if (look && this.hashes[entry] === hash && this.isSame(entry, source, code)) return entry;
    }
    const entry = this.size++;
    this.table[place] = entry + 1;
    this.sources[entry] = source;
    this.codes[entry] = code;
    this.hashes[entry] = hash;
    return entry;
  }

  private hash({ offsets, bytes, spellings }: Dictionary, code: number): number {
    let hash = this.seed ^ spellings[code]!;
    for (let at = offsets[code]!, end = offsets[code + 1]!; at < end; at++) {
      hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
      hash ^= hash >>> 15;
    }
    return hash >>> 0;
  }

  private isSame(entry: number, source: number, code: number): boolean {
    const a = this.dictionaries[this.sources[entry]!]!;
    const b = this.dictionaries[source]!;
    const other = this.codes[entry]!;
    if (a.spellings[other] !== b.spellings[code]) return false;
    const from = a.offsets[other]!;
    const start = b.offsets[code]!;
    const length = b.offsets[code + 1]! - start;
    if (a.offsets[other + 1]! - from !== length) return false;
    for (let i = 0; i < length; i++) if (a.bytes[from + i] !== b.bytes[start + i]) return false;
    return true;
  }
}

/** A dictionary in `arrays` of the entries with these codes, in this order. */
export function pickEntries(
  { dictionaries, sources, codes }: Entries,
  picked: readonly number[],
  arrays: Arrays,
): Dictionary {
  const size = picked.length;
  const offsets = arrays.make(Uint32Array, size + 1);
  const spellings = arrays.make(Uint8Array, size);
  for (let i = 0; i < size; i++) {
    const from = dictionaries[sources[picked[i]!]!]!;
    const code = codes[picked[i]!]!;
    offsets[i + 1] = offsets[i]! + from.offsets[code + 1]! - from.offsets[code]!;
    spellings[i] = from.spellings[code]!;
  }
  const bytes = arrays.make(Uint8Array, offsets[size]!);
  for (let i = 0; i < size; i++) {
    const from = dictionaries[sources[picked[i]!]!]!;
    const code = codes[picked[i]!]!;
    copyBytes(from.bytes, from.offsets[code]!, from.offsets[code + 1]!, bytes, offsets[i]!);
  }
  return { size, spellings, offsets, bytes };
}
