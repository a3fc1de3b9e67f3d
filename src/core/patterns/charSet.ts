/**
 * A set of UTF-16 code units: 1 at the index of each that is in it. A pattern cannot name a character above 0xff, so they are either all
 * in it or none is; they share the last index.
 */
export type CharSet = Uint8Array;

const ABOVE = 0x100;

/** How many indexes a set has. */
export const CHARACTERS = ABOVE + 1;

/** The index of a code unit in a {@link CharSet}. */
export function charIndex(code: number): number {
  return code < ABOVE ? code : ABOVE;
}

/** The set of the code units of closed ranges. */
export function rangesSet(...ranges: readonly (readonly [number, number])[]): CharSet {
  const set = new Uint8Array(CHARACTERS);
  for (const [from, to] of ranges) set.fill(1, from, to + 1);
  return set;
}

/** What is in any of the sets. */
export function union(sets: readonly CharSet[]): CharSet {
  return rangesSet().map((_, index) => (sets.some((set) => set[index] === 1) ? 1 : 0));
}

/** What is not in the set. */
export function complement(set: CharSet): CharSet {
  return set.map((member) => 1 - member);
}
