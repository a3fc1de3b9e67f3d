import { type Arrays, PLAIN_ARRAYS } from '../arrays';
import { Bitset } from '../bitset';
import { DecodedDictionary } from '../decodedDictionary';
import { isUuid, packUuid } from '../uuid';
import type { FlatColumn, FlatIds, FlatRows } from './flatRows';
import { pickEntries } from './joinDictionaries';
import { DROPPED } from './rowOrder';

/**
 * Finds the rows of events that were delivered more than once: trails of an account and of its organization both write them, and people copy
 * files. Events are the same when their `eventID` is; one without an id is never another's duplicate. Answers, one after another, row and
 * earlier row of the same event, by order of arrival; the earlier row is the same for all rows of an event.
 */
export function sameEvents(rows: FlatRows, ids: FlatIds, others: FlatColumn, arrays: Arrays): Uint32Array {
  const file = rows.hasDropped ? rows.file() : undefined;
  // Ids in another form may be those of any row.
  const likely = others.entries.size > 1 ? undefined : likelySame(ids, file, arrays);
  const seen = new SeenIds(ids, likely?.count() ?? rows.rowCount, arrays);
  const texts = new OtherIds(others, seen);
  const pairs: number[] = [];
  for (let row = 0; row < rows.rowCount; row++) {
    if (likely === undefined ? file?.[row] === DROPPED : !likely.has(row)) continue;
    const earlier = ids.places[row]! >= 0 ? seen.add(row) : texts.add(row);
    if (earlier !== undefined) pairs.push(row, earlier);
  }
  return Uint32Array.from(pairs);
}

/** The rows whose id, in the compact form, may be that of another row, too. */
function likelySame({ places, words }: FlatIds, file: Uint32Array | undefined, arrays: Arrays): Bitset {
  const count = places.length;
  const hashes = arrays.make(Uint32Array, count);
  const seed = newSeed();
  for (let row = 0; row < count; row++) hashes[row] = hashOf(words, places[row]! * 4, seed);
  const isKept = (row: number): boolean => places[row]! >= 0 && file?.[row] !== DROPPED;
  // Few ids share a bit of so many by chance: those that do, and all that are the same, are sought in a table as small as they are few.
  const bits = bitsFor(count * 16);
  const met = new Bitset(2 ** bits);
  const suspects: number[] = [];
  for (let row = 0; row < count; row++) {
    if (!isKept(row)) continue;
    const bit = hashes[row]! >>> (32 - bits);
    if (met.has(bit)) suspects.push(hashes[row]!);
    else met.add(bit);
  }
  const fewerBits = bitsFor(suspects.length * 64);
  const otherBit = (hash: number): number => Math.imul(hash, 0x9e3779b1) >>> (32 - fewerBits);
  const among = new Bitset(2 ** fewerBits);
  for (const hash of suspects) among.add(otherBit(hash));
  const likely = new Bitset(count);
  for (let row = 0; row < count; row++) if (isKept(row) && among.has(otherBit(hashes[row]!))) likely.add(row);
  return likely;
}

/** How many upper bits of a hash tell so many places apart. */
export function bitsFor(places: number): number {
  return Math.min(32, Math.max(5, Math.ceil(Math.log2(places + 1))));
}

/** What a log holds must not decide what collides. */
export function newSeed(): number {
  return (Math.random() * 2 ** 32) >>> 0;
}

function hashOf(words: Uint32Array, at: number, seed: number): number {
  let hash = Math.imul(words[at]! ^ seed, 0x85ebca6b) ^ words[at + 1]!;
  hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35) ^ words[at + 2]!;
  hash = Math.imul(hash ^ (hash >>> 13), 0x27d4eb2f) ^ words[at + 3]!;
  hash = Math.imul(hash ^ (hash >>> 16), 0x165667b1);
  return hash ^ (hash >>> 15);
}

/** A set of rows by their ids of 16 bytes. */
class SeenIds {
  /** Open addressing: a row and 1, 0 for none. */
  private readonly rows: Uint32Array;
  private readonly seed = newSeed();
  private words: Uint32Array;
  private readonly places: Int32Array;
  /** Where the words of rows stand that are not in the compact form. */
  private readonly otherPlaces = new Map<number, number>();

  constructor({ places, words }: FlatIds, most: number, arrays: Arrays) {
    let size = 16;
    while (size < most * 2) size *= 2;
    this.rows = arrays.make(Uint32Array, size);
    this.words = words;
    this.places = places;
  }

  /** Adds a row; answers the row of the same id that was there before. */
  add(row: number): number | undefined {
    const { words, rows } = this;
    const mask = rows.length - 1;
    const at = this.wordsAt(row);
    for (let i = hashOf(words, at, this.seed) & mask; ; i = (i + 1) & mask) {
      const entry = rows[i]!;
      if (entry === 0) {
        rows[i] = row + 1;
        return undefined;
      }
      if (sameWords(words, this.wordsAt(entry - 1), at)) return entry - 1;
    }
  }

  /** Adds a row whose id is not in the compact form. */
  addOther(row: number, place: number): number | undefined {
    this.otherPlaces.set(row, place);
    return this.add(row);
  }

  /** Puts further words behind those that are there; answers the place of the first id. */
  append(more: Uint32Array): number {
    const { words } = this;
    this.words = new Uint32Array(words.length + more.length);
    this.words.set(words);
    this.words.set(more, words.length);
    return words.length / 4;
  }

  private wordsAt(row: number): number {
    const place = this.places[row]!;
    return (place >= 0 ? place : this.otherPlaces.get(row)!) * 4;
  }
}

function sameWords(words: Uint32Array, a: number, b: number): boolean {
  return (
    words[a] === words[b] &&
    words[a + 1] === words[b + 1] &&
    words[a + 2] === words[b + 2] &&
    words[a + 3] === words[b + 3]
  );
}

/** Ids that are not in the compact form: in another spelling of the field, or no UUIDs. */
class OtherIds {
  private readonly rows = new Map<string, number>();
  private readonly decoded: DecodedDictionary;
  /** By code: where its words are among the seen ids, for an id that is a UUID after all. */
  private readonly places = new Map<number, number>();

  constructor(
    private readonly column: FlatColumn,
    private readonly seen: SeenIds,
  ) {
    const { entries } = column;
    const codes = Array.from({ length: entries.size }, (_, code) => code);
    this.decoded = new DecodedDictionary(pickEntries(entries, codes, PLAIN_ARRAYS));
    const uuids: number[] = [];
    for (let code = 1; code < entries.size; code++) if (isUuid(this.decoded.text(code) ?? '')) uuids.push(code);
    const packed = new Uint8Array(uuids.length * 16);
    uuids.forEach((code, i) => packUuid(this.decoded.text(code)!, packed, i * 16));
    const start = uuids.length === 0 ? 0 : seen.append(new Uint32Array(packed.buffer));
    uuids.forEach((code, i) => this.places.set(code, start + i));
  }

  /** Adds a row; answers the row of the same id that was there before. */
  add(row: number): number | undefined {
    const code = this.column.codes[row]!;
    const text = code === 0 ? undefined : this.decoded.text(code);
    if (text === undefined || text === '') return undefined;
    const place = this.places.get(code);
    if (place !== undefined) return this.seen.addOther(row, place);
    const earlier = this.rows.get(text);
    if (earlier === undefined) this.rows.set(text, row);
    return earlier;
  }
}
