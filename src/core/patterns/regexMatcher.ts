import { CHARACTERS, type CharSet, charIndex } from './charSet';
import type { RegexItem, RegexTree } from './regexSyntax';

/** What a position of the automaton is, besides the characters it reads. */
const OPTIONAL = 1;
const REPEATS = 2;
const AT_START = 4;
const AT_END = 8;
const ACCEPTS = 16;

/**
 * Searches a text for a {@link RegexTree} in time linear in the text: all positions of the automaton advance together, nothing is
 * tried again. The search is unanchored, as AWS does it, and case-sensitive.
 *
 * Without groups a branch is a row of positions that is walked from left to right: an optional one may be passed over, a repeating one
 * stays where it is after reading. Each branch ends in a position that accepts.
 */
export class RegexMatcher {
  private readonly flags: number[] = [];
  private readonly sets: CharSet[] = [];
  private readonly starts: number[];
  /** True when every branch begins with `^`: nothing begins later in the text. */
  private readonly anchored: boolean;
  /** By character: 1 where a branch that begins in the midst of a text may read it first. */
  private readonly begins: Uint8Array;
  private current: PositionSet;
  private following: PositionSet;

  constructor(tree: RegexTree) {
    this.starts = tree.map((branch) => this.build(branch));
    this.anchored = tree.every(([first]) => first?.kind === 'start');
    this.current = new PositionSet(this.flags.length);
    this.following = new PositionSet(this.flags.length);
    this.begins = this.firstCharacters();
  }

  test(text: string): boolean {
    this.current.clear();
    for (let at = 0; at <= text.length; at++) {
      if (at > 0 && this.current.size === 0) {
        if (this.anchored) return false;
        // A branch that reads nothing was met at the start, or is met at the end.
        if (at < text.length && this.begins[charIndex(text.charCodeAt(at))] === 0) continue;
      }
      if (at === 0 || !this.anchored)
        for (const start of this.starts) if (this.enter(start, this.current, at, text.length)) return true;
      if (at < text.length && this.read(charIndex(text.charCodeAt(at)), at + 1, text.length)) return true;
    }
    return false;
  }

  private firstCharacters(): Uint8Array {
    const first = new PositionSet(this.flags.length);
    first.clear();
    for (const start of this.starts) this.enter(start, first, 1, Infinity);
    const all = new Uint8Array(CHARACTERS);
    for (let i = 0; i < first.size; i++) this.sets[first.members[i]!]!.forEach((is, char) => (all[char]! |= is));
    return all;
  }

  /** Reads one character at every position; true when that leads to the end of a branch. */
  private read(char: number, at: number, length: number): boolean {
    const { current, following } = this;
    following.clear();
    for (let i = 0; i < current.size; i++) {
      const position = current.members[i]!;
      if (this.sets[position]![char] === 0) continue;
      const next = this.flags[position]! & REPEATS ? position : position + 1;
      if (this.enter(next, following, at, length)) return true;
    }
    this.current = following;
    this.following = current;
    return false;
  }

  /** Adds a position and those it leads to without reading; true when the end of the branch is among them. */
  private enter(first: number, set: PositionSet, at: number, length: number): boolean {
    for (let position = first; ; position++) {
      const flags = this.flags[position]!;
      if (flags & ACCEPTS) return true;
      if (flags & AT_START ? at !== 0 : flags & AT_END ? at !== length : !set.add(position)) return false;
      if (!(flags & (OPTIONAL | AT_START | AT_END))) return false;
    }
  }

  /** Lays out a branch; answers the position it begins at. */
  private build(branch: readonly RegexItem[]): number {
    const start = this.flags.length;
    for (const item of branch) {
      if (item.kind === 'set') this.repeat(item);
      else this.add(item.kind === 'start' ? AT_START : AT_END);
    }
    this.add(ACCEPTS);
    return start;
  }

  private repeat({ set, min, max }: Extract<RegexItem, { kind: 'set' }>): void {
    for (let i = 0; i < min; i++) this.add(0, set);
    if (max === Infinity) this.add(OPTIONAL | REPEATS, set);
    else for (let i = min; i < max; i++) this.add(OPTIONAL, set);
  }

  private add(flags: number, set: CharSet = NOTHING): void {
    this.flags.push(flags);
    this.sets.push(set);
  }
}

/** For positions that read nothing; they are never members of a set. */
const NOTHING: CharSet = new Uint8Array(0);

/** A set of positions that is emptied at no cost. */
class PositionSet {
  readonly members: Uint32Array;
  private readonly marks: Uint32Array;
  private mark = 0;
  size = 0;

  constructor(capacity: number) {
    this.members = new Uint32Array(capacity);
    this.marks = new Uint32Array(capacity);
  }

  clear(): void {
    this.size = 0;
    if (++this.mark > 0xffffffff) {
      this.marks.fill(0);
      this.mark = 1;
    }
  }

  /** False when it was a member already. */
  add(member: number): boolean {
    if (this.marks[member] === this.mark) return false;
    this.marks[member] = this.mark;
    this.members[this.size++] = member;
    return true;
  }
}
