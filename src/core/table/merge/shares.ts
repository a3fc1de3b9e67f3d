import { ID_FIELDS } from '../columns';
import { COLUMNS, rowCountOf } from '../intake/columns';
import type { MergePart } from './flatRows';
import { EVENT_ID, EVENT_ID_COLUMN, type Share } from './mergeShare';

/** What it costs to merge, by and large: an entry of a dictionary, the ids of a row and finding its like, in codes of a column. */
const COST_OF_ENTRY = 30;
const COST_OF_ID = 3;
const COST_OF_EVENT_ID = 6;

/** Divides the columns of a table so that each of `threads` has about as much to do. */
export function sharesOf(parts: readonly MergePart[], threads: number): Share[] {
  const rows = rowCountOf(parts);
  const entriesOf = (column: number): number =>
    parts.reduce((sum, { part }) => sum + part.dictionaries[column]!.size, 0);
  const columns = Array.from({ length: COLUMNS }, (_, column) => column).filter((column) => column !== EVENT_ID_COLUMN);
  const tasks = [
    { columns: [EVENT_ID_COLUMN], ids: [EVENT_ID], cost: rows * COST_OF_EVENT_ID },
    ...columns.map((column) => ({ columns: [column], ids: [], cost: rows + entriesOf(column) * COST_OF_ENTRY })),
    ...ID_FIELDS.map((_, id) => ({ columns: [], ids: [id], cost: rows * COST_OF_ID })).filter(
      ({ ids }) => ids[0] !== EVENT_ID,
    ),
  ].sort((a, b) => b.cost - a.cost);
  const shares = Array.from({ length: threads }, () => ({ columns: [] as number[], ids: [] as number[], cost: 0 }));
  for (const { columns: more, ids, cost } of tasks) {
    const least = shares.reduce((best, share) => (share.cost < best.cost ? share : best));
    least.columns.push(...more);
    least.ids.push(...ids);
    least.cost += cost;
  }
  return shares;
}
