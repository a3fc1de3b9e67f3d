import type { Arrays } from '../arrays';

export interface CountedRows {
  /** The rows that count: the first of each event in the order given. */
  readonly rows: Uint32Array;
  /** The rows whose event was met before. */
  readonly duplicates: Uint32Array;
}

/** Tells the rows of `order` that count from those of events met before. `same`: rows and earlier rows of the same event; see `sameEvents`. */
export function countOnce(order: Uint32Array, same: Uint32Array, arrays: Arrays): CountedRows {
  if (same.length === 0) return { rows: order, duplicates: new Uint32Array(0) };
  /** By row: 1 and the row that stands for its event, 0 for an event that was delivered once. */
  const events = new Uint32Array(order.reduce((most, row) => Math.max(most, row), 0) + 1);
  for (let i = 0; i < same.length; i += 2) events[same[i]!] = events[same[i + 1]!] = same[i + 1]! + 1;
  const isMet = new Uint8Array(events.length + 1);
  const isDuplicate = order.map((row) => {
    const event = events[row]!;
    if (event === 0) return 0;
    const met = isMet[event]!;
    isMet[event] = 1;
    return met;
  });
  const count = isDuplicate.reduce((sum, each) => sum + each, 0);
  const rows = arrays.make(Uint32Array, order.length - count);
  const duplicates = arrays.make(Uint32Array, count);
  let kept = 0;
  let left = 0;
  for (let i = 0; i < order.length; i++) {
    if (isDuplicate[i] === 0) rows[kept++] = order[i]!;
    else duplicates[left++] = order[i]!;
  }
  return { rows, duplicates };
}
