import { ID_FIELDS } from '../columns';
import { COLUMNS, FIRST_ID_COLUMN, rowCountOf } from '../intake/columns';
import type { MergePart } from './flatRows';

/** What a thread does at a time of merging: a column as in `intake/columns.ts` or, from {@link COLUMNS} on, the ids of a field. */
export type MergeTask = number;

/** The id field that tells events apart, and the column with its values that are not in the compact form. */
export const EVENT_ID = 0;
export const EVENT_ID_COLUMN = FIRST_ID_COLUMN + EVENT_ID;

/** What it costs to merge, by and large: an entry of a dictionary and the ids of a row, in codes of a column. */
const COST_OF_ENTRY = 30;
const COST_OF_ID = 4;

/** All tasks, the greatest first: threads that each take the next one end at about the same time. */
export function mergeTasks(parts: readonly MergePart[]): MergeTask[] {
  const rows = rowCountOf(parts);
  const entriesOf = (column: number): number =>
    parts.reduce((sum, { part }) => sum + part.dictionaries[column]!.size, 0);
  const costOf = (task: MergeTask): number =>
    task < COLUMNS ? rows + entriesOf(task) * COST_OF_ENTRY : rows * COST_OF_ID;
  const tasks = Array.from({ length: COLUMNS + ID_FIELDS.length }, (_, task) => ({ task, cost: costOf(task) }));
  return tasks.sort((a, b) => b.cost - a.cost).map(({ task }) => task);
}
