import type { Joined, Logic } from './ast';

/** True for conditions that are joined, false for a single test. */
export function isJoined<Leaf extends object>(condition: Logic<Leaf>): condition is Joined<Leaf> {
  return 'operands' in condition;
}

/** The single tests of a condition, from left to right. */
export function leavesOf<Leaf extends object>(condition: Logic<Leaf>): Leaf[] {
  return isJoined(condition) ? condition.operands.flatMap((operand) => leavesOf(operand)) : [condition];
}

/** Compiles the logic of a condition over any kind of row; `leaf` compiles a single test. */
export function compileLogic<Leaf extends object, Row>(
  condition: Logic<Leaf>,
  leaf: (test: Leaf) => (row: Row) => boolean,
): (row: Row) => boolean {
  if (!isJoined(condition)) return leaf(condition);
  const operands = condition.operands.map((operand) => compileLogic(operand, leaf));
  return condition.kind === 'and'
    ? (row) => operands.every((operand) => operand(row))
    : (row) => operands.some((operand) => operand(row));
}
