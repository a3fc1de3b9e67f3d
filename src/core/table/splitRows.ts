import type { Codes } from './columns';
import type { RowTest } from './rowTest';
import type { Table } from './table';

/** Moves those of `rows[from … to)` that meet a test to their front; answers where they end. The order of the rows is lost. */
export function splitRows(test: RowTest, rows: Uint32Array, from: number, to: number): number {
  switch (test.kind) {
    case 'none':
      return from;
    case 'all':
      return to;
    case 'codes':
      return test.test.isWorthWhole(to - from)
        ? splitByCodes(test.codes, test.test.all(), rows, from, to)
        : splitWhere((row) => test.test.of(test.codes[row]!), rows, from, to);
    case 'each':
      return splitWhere(test.holds, rows, from, to);
    case 'and':
      return test.operands.reduce((end, operand) => splitRows(operand, rows, from, end), to);
    case 'or':
      return test.operands.reduce((start, operand) => splitRows(operand, rows, start, to), from);
  }
}

/** Writes the rows of a table that meet a test to the front of `into`, which has room for all; answers how many there are. */
export function gatherRows(test: RowTest, table: Table, into: Uint32Array): number {
  if (test.kind === 'none') return 0;
  if (test.kind === 'codes') {
    return test.codes === table.data.columns.eventName.codes
      ? gatherNames(test.test.all(), table, into)
      : gatherCodes(test.codes, test.test.all(), into);
  }
  if (test.kind === 'and') {
    const [first, ...others] = test.operands;
    const found = gatherRows(first!, table, into);
    return others.reduce((end, operand) => splitRows(operand, into, 0, end), found);
  }
  for (let row = 0; row < table.rowCount; row++) into[row] = row;
  return splitRows(test, into, 0, table.rowCount);
}

function gatherNames(holds: Uint8Array, { eventNames }: Table, into: Uint32Array): number {
  let found = 0;
  holds.forEach((held, code) => {
    if (held === 0) return;
    const rows = eventNames.rows(code);
    into.set(rows, found);
    found += rows.length;
  });
  return found;
}

function gatherCodes(codes: Codes, holds: Uint8Array, into: Uint32Array): number {
  let found = 0;
  for (let row = 0; row < codes.length; row++) {
    if (holds[codes[row]!] === 1) {
      into[found] = row;
      found++;
    }
  }
  return found;
}

function splitByCodes(codes: Codes, holds: Uint8Array, rows: Uint32Array, from: number, to: number): number {
  while (from < to) {
    const row = rows[from]!;
    if (holds[codes[row]!] === 1) from++;
    else {
      rows[from] = rows[--to]!;
      rows[to] = row;
    }
  }
  return from;
}

function splitWhere(holds: (row: number) => boolean, rows: Uint32Array, from: number, to: number): number {
  while (from < to) {
    const row = rows[from]!;
    if (holds(row)) from++;
    else {
      rows[from] = rows[--to]!;
      rows[to] = row;
    }
  }
  return from;
}
