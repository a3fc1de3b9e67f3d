import type { Condition, Pattern } from '../patterns/ast';
import { isJoined } from '../patterns/logic';
import { Bitset } from './bitset';
import { columnOf } from './columnPath';
import { testColumn } from './columnTest';
import type { Table } from './table';

/** What columns alone say of a pattern. */
export interface PatternBounds {
  /** Rows that meet it for certain. */
  readonly must: Bitset;
  /** Rows that may meet it: those that must, and those whose records have to be looked at. The same object when the columns say all. */
  readonly may: Bitset;
}

/** Asks the columns about a pattern for the rows of `within`; both answers lie in it. */
export function patternBounds(table: Table, pattern: Pattern, within: Bitset): PatternBounds {
  switch (pattern.kind) {
    case 'all':
      return exactly(within);
    case 'json':
      return conditionBounds(table, pattern.root, within);
    case 'terms':
    case 'space':
      return { must: new Bitset(table.rowCount), may: within };
  }
}

/** As {@link patternBounds}, for the condition of a JSON pattern or of a rule. */
export function conditionBounds(table: Table, condition: Condition, within: Bitset): PatternBounds {
  if (!isJoined(condition)) {
    const path = columnOf(condition.selector);
    if (path === undefined) return { must: new Bitset(table.rowCount), may: within };
    return exactly(testColumn(table, path, condition.test, within));
  }
  return condition.kind === 'and' ? all(table, condition.operands, within) : any(table, condition.operands, within);
}

function all(table: Table, operands: readonly Condition[], within: Bitset): PatternBounds {
  let may = within;
  const musts: Bitset[] = [];
  let isExact = true;
  for (const operand of columnsFirst(operands)) {
    const bounds = conditionBounds(table, operand, may);
    isExact &&= bounds.must === bounds.may;
    musts.push(bounds.must);
    may = bounds.may;
  }
  if (isExact) return exactly(may);
  // What an operand must hold for was narrowed by those before it, not by those after.
  const must = musts.reduce((both, each) => both.and(each), may.clone());
  return { must, may };
}

function any(table: Table, operands: readonly Condition[], within: Bitset): PatternBounds {
  const must = new Bitset(table.rowCount);
  const may = new Bitset(table.rowCount);
  let isExact = true;
  for (const operand of columnsFirst(operands)) {
    const bounds = conditionBounds(table, operand, within.clone().andNot(must));
    isExact &&= bounds.must === bounds.may;
    must.or(bounds.must);
    may.or(bounds.may);
  }
  return isExact ? exactly(must) : { must, may: may.or(must) };
}

/** Operands that columns answer narrow what is left for the others. The order does not change the answer. */
function columnsFirst(operands: readonly Condition[]): readonly Condition[] {
  const isSimple = (operand: Condition): boolean => !isJoined(operand) && columnOf(operand.selector) !== undefined;
  return [...operands.filter(isSimple), ...operands.filter((operand) => !isSimple(operand))];
}

function exactly(rows: Bitset): PatternBounds {
  return { must: rows, may: rows };
}
