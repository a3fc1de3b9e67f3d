import type { CharSet, RegexItem, RegexTree } from './regexSyntax';

/** One position of the automaton: what it reads, and where it may go on. */
interface State {
  readonly set: CharSet | undefined;
  readonly assert: 'start' | 'end' | undefined;
  readonly next: number[];
}

const ACCEPT = 0;

/**
 * Searches a text for a {@link RegexTree} in time linear in the text: all positions of the automaton advance together, nothing is
 * tried again. The search is unanchored, as AWS does it, and case-sensitive.
 */
export class RegexMatcher {
  private readonly states: State[] = [{ set: undefined, assert: undefined, next: [] }];
  private readonly starts: number[];
  private readonly current: StateSet;
  private readonly following: StateSet;

  constructor(tree: RegexTree) {
    this.starts = tree.map((branch) => this.build(branch));
    this.current = new StateSet(this.states.length);
    this.following = new StateSet(this.states.length);
  }

  test(text: string): boolean {
    const { current, following } = this;
    current.clear();
    for (let at = 0; at <= text.length; at++) {
      for (const start of this.starts) if (this.enter(start, current, at, text.length)) return true;
      if (at === text.length) return false;
      following.clear();
      const code = text.charCodeAt(at);
      for (let i = 0; i < current.size; i++) {
        const state = this.states[current.members[i]!]!;
        if (state.set === undefined || !contains(state.set, code)) continue;
        for (const next of state.next) if (this.enter(next, following, at + 1, text.length)) return true;
      }
      current.swap(following);
    }
    return false;
  }

  /** Adds a state and all it leads to without reading; true when the end of the pattern is among them. */
  private enter(first: number, set: StateSet, at: number, length: number): boolean {
    const todo = [first];
    while (todo.length > 0) {
      const index = todo.pop()!;
      if (index === ACCEPT) return true;
      if (!set.add(index)) continue;
      const state = this.states[index]!;
      if (state.set !== undefined) continue;
      const holds = state.assert === undefined || (state.assert === 'start' ? at === 0 : at === length);
      if (holds) todo.push(...state.next);
    }
    return false;
  }

  /** Builds a branch from its end; answers the state it begins with. */
  private build(branch: readonly RegexItem[]): number {
    let next = ACCEPT;
    for (const item of [...branch].reverse())
      next = item.kind === 'set' ? this.repeat(item, next) : this.add(undefined, item.kind, [next]);
    return next;
  }

  private repeat({ set, min, max }: Extract<RegexItem, { kind: 'set' }>, after: number): number {
    let next = after;
    if (max === Infinity) {
      const loop = this.add(undefined, undefined, [after]);
      this.states[loop]!.next.push(this.add(set, undefined, [loop]));
      next = loop;
    } else {
      for (let i = min; i < max; i++) next = this.add(undefined, undefined, [after, this.add(set, undefined, [next])]);
    }
    for (let i = 0; i < min; i++) next = this.add(set, undefined, [next]);
    return next;
  }

  private add(set: CharSet | undefined, assert: 'start' | 'end' | undefined, next: number[]): number {
    return this.states.push({ set, assert, next }) - 1;
  }
}

/** A set of small integers that is emptied at no cost. */
class StateSet {
  members: Uint32Array;
  private marks: Uint32Array;
  private mark = 1;
  size = 0;

  constructor(capacity: number) {
    this.members = new Uint32Array(capacity);
    this.marks = new Uint32Array(capacity);
  }

  clear(): void {
    this.size = 0;
    this.mark++;
  }

  add(member: number): boolean {
    if (this.marks[member] === this.mark) return false;
    this.marks[member] = this.mark;
    this.members[this.size++] = member;
    return true;
  }

  swap(other: StateSet): void {
    [this.members, other.members] = [other.members, this.members];
    [this.marks, other.marks] = [other.marks, this.marks];
    [this.mark, other.mark] = [other.mark, this.mark];
    [this.size, other.size] = [other.size, this.size];
  }
}

function contains(set: CharSet, code: number): boolean {
  for (const [from, to] of set)
    if (code >= from) {
      if (code <= to) return true;
    } else return false;
  return false;
}
