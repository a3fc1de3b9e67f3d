/** Numbers the sets that grow step by step, row by row: a set is a number, and adding the same to the same gives the same number. */
export class Combinations {
  private readonly members: (readonly number[])[] = [[]];
  private readonly known = new Map<string, number>();
  /** By what is added: the number of the set after, by the number before; 0 where that was not asked yet. */
  private readonly steps = new Map<number, number[]>();

  /** How many sets there are; set 0 is empty. */
  get size(): number {
    return this.members.length;
  }

  /** What is in a set, ascending. */
  of(set: number): readonly number[] {
    return this.members[set]!;
  }

  /** The numbers of the sets with `member` added, by the number before: to be filled with {@link with} where it is 0 or undefined. */
  step(member: number): number[] {
    let step = this.steps.get(member);
    if (step === undefined) {
      step = [];
      this.steps.set(member, step);
    }
    return step;
  }

  /** The set with `member` added. */
  with(set: number, member: number): number {
    const step = this.step(member);
    return (step[set] ||= this.numberOf([...this.members[set]!, member]));
  }

  private numberOf(members: readonly number[]): number {
    const sorted = [...new Set(members)].sort((a, b) => a - b);
    const key = sorted.join(' ');
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const number = this.members.push(sorted) - 1;
    this.known.set(key, number);
    return number;
  }
}
