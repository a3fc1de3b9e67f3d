import { message } from '../message';
import type { Logic } from './ast';
import type { Cursor } from './cursor';

interface Joiner {
  readonly kind: 'and' | 'or';
  readonly symbol: '&&' | '||';
  readonly misspelt: RegExp;
}

const AND: Joiner = { kind: 'and', symbol: '&&', misspelt: /and\b|&/iy };
const OR: Joiner = { kind: 'or', symbol: '||', misspelt: /or\b|\|/iy };
const NOT = /(not\b(?!\s+exists\b)|!(?!=))\s*/iy;

/**
 * Passes tests joined with `&&`, `||` and parentheses, `&&` before `||`. `leaf` passes a single test. Undefined when an error left nothing
 * to go on with; an error whose meaning is plain is reported and read as it was meant. `followers` are the characters that may come after.
 */
export function readLogic<Leaf>(
  cursor: Cursor,
  leaf: () => Leaf | undefined,
  followers: string,
): Logic<Leaf> | undefined {
  return readJoined(cursor, OR, () => readJoined(cursor, AND, () => readOperand(cursor, leaf, followers)));
}

function readJoined<Leaf>(
  cursor: Cursor,
  joiner: Joiner,
  operand: () => Logic<Leaf> | undefined,
): Logic<Leaf> | undefined {
  const operands: Logic<Leaf>[] = [];
  do {
    const next = operand();
    if (next === undefined) return undefined;
    operands.push(next);
  } while (passJoiner(cursor, joiner));
  return operands.length === 1 ? operands[0] : { kind: joiner.kind, operands };
}

/** Passes a joiner; its usual misspellings are reported and passed too. */
function passJoiner(cursor: Cursor, { symbol, misspelt }: Joiner): boolean {
  cursor.skipSpace();
  if (cursor.pass(symbol)) return true;
  const wrong = cursor.match(misspelt)?.[0];
  if (wrong === undefined) return false;
  const start = cursor.at;
  cursor.at += wrong.length;
  cursor.error(start, cursor.at, message('Conditions are joined with {0}, not with {1}.', symbol, wrong), {
    title: message('Write {0}', symbol),
    text: symbol,
  });
  return true;
}

function readOperand<Leaf>(cursor: Cursor, leaf: () => Leaf | undefined, followers: string): Logic<Leaf> | undefined {
  cursor.skipSpace();
  const not = cursor.match(NOT)?.[0];
  if (not !== undefined) {
    cursor.error(
      cursor.at,
      cursor.at + not.trimEnd().length,
      message(
        'There is no NOT operator. Turn the conditions inside around: {0} for {1}, {2} for a missing field.',
        '!=',
        '=',
        'NOT EXISTS',
      ),
    );
    cursor.at += not.length;
  }
  return cursor.next === '(' ? readParenthesised(cursor, leaf, followers) : leaf();
}

function readParenthesised<Leaf>(
  cursor: Cursor,
  leaf: () => Leaf | undefined,
  followers: string,
): Logic<Leaf> | undefined {
  const open = cursor.at++;
  const inner = readLogic(cursor, leaf, followers);
  if (inner === undefined || cursor.pass(')')) return inner;
  if (cursor.next !== undefined && !followers.includes(cursor.next)) {
    return cursor.error(cursor.at, cursor.wordEnd(), message('Expected {0}, {1} or {2} here.', '&&', '||', ')'));
  }
  cursor.error(open, open + 1, message('This parenthesis is not closed.'), {
    title: message('Close the parenthesis'),
    text: ')',
    start: cursor.at,
    end: cursor.at,
  });
  return inner;
}
