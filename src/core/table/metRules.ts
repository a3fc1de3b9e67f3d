import type { Codes } from './columns';
import { Combinations } from './combinations';

/** How many rows have a key, by key: twice the number of the set of rules that they meet, and one for those whose call a service made. */
export type KeyCounts = Uint32Array;

/** Which rules each row of a table meets. Rules are numbers. */
export class MetRules {
  private readonly combinations = new Combinations();
  /** By row: a number of {@link combinations}. */
  private readonly sets: Uint32Array;

  constructor(rowCount: number) {
    this.sets = new Uint32Array(rowCount);
  }

  /** How many sets of rules there may be; set 0 is empty. */
  get size(): number {
    return this.combinations.size;
  }

  /** The rules of a set, ascending. */
  of(set: number): readonly number[] {
    return this.combinations.of(set);
  }

  /** The set with one rule more. */
  with(set: number, rule: number): number {
    return this.combinations.with(set, rule);
  }

  /** Gives rows that have no set yet one by a code. */
  put(rows: Uint32Array, codes: Codes, setByCode: Uint32Array): void {
    putRows(this.sets, rows, codes, setByCode);
  }

  /** Adds a rule to the sets of rows. */
  add(rows: Uint32Array, rule: number): void {
    addToRows(this.sets, rows, this.combinations, rule);
  }

  /**
   * Ends the gathering: counts the keys of the rows. A service made the call where one of two columns says so; each has one byte a code: 1 where it
   * does.
   */
  countKeys(one: Codes, isService: Uint8Array, other: Codes, isServiceToo: Uint8Array): KeyCounts {
    const counts = new Uint32Array(this.size * 2);
    setKeys(this.sets, one, isService, other, isServiceToo, counts);
    return counts;
  }

  /** After {@link countKeys}: writes for each row the number of its key. */
  number(numbers: Uint32Array, into: Codes): void {
    numberRows(this.sets, numbers, into);
  }
}

// What follows runs for every row: short functions of their own, which are compiled while they run.

function putRows(sets: Uint32Array, rows: Uint32Array, codes: Codes, byCode: Uint32Array): void {
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    sets[row] = byCode[codes[row]!]!;
  }
}

function addToRows(sets: Uint32Array, rows: Uint32Array, combinations: Combinations, rule: number): void {
  const step = combinations.step(rule);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const set = sets[row]!;
    sets[row] = step[set] || combinations.with(set, rule);
  }
}

function setKeys(
  sets: Uint32Array,
  one: Codes,
  isService: Uint8Array,
  other: Codes,
  isServiceToo: Uint8Array,
  counts: Uint32Array,
): void {
  for (let row = 0; row < sets.length; row++) {
    const key = (sets[row]! << 1) | isService[one[row]!]! | isServiceToo[other[row]!]!;
    sets[row] = key;
    counts[key]!++;
  }
}

function numberRows(keys: Uint32Array, numbers: Uint32Array, into: Codes): void {
  for (let row = 0; row < keys.length; row++) into[row] = numbers[keys[row]!]!;
}
