import { DecodedDictionary } from '../decodedDictionary';
import { isUuid, packUuid } from '../uuid';
import type { FlatColumn, FlatIds } from './flatRows';

export interface CountedRows {
  /** The rows that count: the first of each event. */
  readonly rows: Uint32Array;
  /** The rows whose event was met before. */
  readonly duplicates: Uint32Array;
}

/**
 * Tells the rows of an event apart that was delivered more than once, in the order given: trails of an account and of its organization both
 * write it, and people copy files. Events are the same when their `eventID` is; one without an id is never another's duplicate.
 */
export function countOnce(order: Uint32Array, ids: FlatIds, others: FlatColumn): CountedRows {
  const seen = new SeenIds(ids.words, order.length);
  const texts = new OtherIds(others, seen);
  const isDuplicate = new Uint8Array(order.length);
  let count = 0;
  for (let i = 0; i < order.length; i++) {
    const row = order[i]!;
    const place = ids.places[row]!;
    const known = place >= 0 ? seen.add(place * 4) : texts.add(others.codes[row]!);
    if (!known) continue;
    isDuplicate[i] = 1;
    count++;
  }
  if (count === 0) return { rows: order, duplicates: new Uint32Array(0) };
  return {
    rows: order.filter((_, i) => isDuplicate[i] === 0),
    duplicates: order.filter((_, i) => isDuplicate[i] === 1),
  };
}

/** A set of ids of 16 bytes, which stay where they are. */
class SeenIds {
  /** Open addressing: index of the first of four words, and 1; 0 for none. */
  private readonly table: Uint32Array;
  private readonly seed = (Math.random() * 2 ** 32) >>> 0;

  constructor(
    private words: Uint32Array,
    most: number,
  ) {
    let places = 16;
    while (places < most * 2) places *= 2;
    this.table = new Uint32Array(places);
  }

  /** Adds the id whose first word is at `at`; true when it was there. */
  add(at: number): boolean {
    const { words, table } = this;
    const mask = table.length - 1;
    let hash = Math.imul(words[at]! ^ this.seed, 0x85ebca6b) ^ words[at + 1]!;
    hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35) ^ words[at + 2]!;
    hash = Math.imul(hash ^ (hash >>> 13), 0x27d4eb2f) ^ words[at + 3]!;
    hash = Math.imul(hash ^ (hash >>> 16), 0x165667b1);
    for (let place = hash & mask; ; place = (place + 1) & mask) {
      const entry = table[place]!;
      if (entry === 0) {
        table[place] = at + 1;
        return false;
      }
      if (sameWords(words, entry - 1, at)) return true;
    }
  }

  /** Puts further words behind those that are there; answers where. */
  append(more: Uint32Array): number {
    const at = this.words.length;
    const words = new Uint32Array(at + more.length);
    words.set(this.words);
    words.set(more, at);
    this.words = words;
    return at;
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
  private readonly texts = new Set<string>();
  private readonly decoded: DecodedDictionary;
  /** By code: where its words are among the seen ids, for an id that is a UUID after all. */
  private readonly places = new Map<number, number>();

  constructor(
    { dictionary }: FlatColumn,
    private readonly seen: SeenIds,
  ) {
    this.decoded = new DecodedDictionary(dictionary);
    const uuids: number[] = [];
    for (let code = 1; code < dictionary.size; code++) if (isUuid(this.decoded.text(code) ?? '')) uuids.push(code);
    const packed = new Uint8Array(uuids.length * 16);
    uuids.forEach((code, i) => packUuid(this.decoded.text(code)!, packed, i * 16));
    const start = uuids.length === 0 ? 0 : seen.append(new Uint32Array(packed.buffer));
    uuids.forEach((code, i) => this.places.set(code, start + i * 4));
  }

  add(code: number): boolean {
    const text = code === 0 ? undefined : this.decoded.text(code);
    if (text === undefined || text === '') return false;
    const place = this.places.get(code);
    if (place !== undefined) return this.seen.add(place);
    if (this.texts.has(text)) return true;
    this.texts.add(text);
    return false;
  }
}
