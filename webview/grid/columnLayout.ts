/** A column as the user has it. */
export interface ColumnWidth<Field extends string = string> {
  readonly field: Field;
  /** In px. */
  readonly width: number;
}

export const LEAST_WIDTH = 48;
const MOST_WIDTH = 1200;

export function resized<Field extends string>(
  columns: readonly ColumnWidth<Field>[],
  field: Field,
  width: number,
): ColumnWidth<Field>[] {
  const kept = Math.round(Math.min(Math.max(width, LEAST_WIDTH), MOST_WIDTH));
  return columns.map((column) => (column.field === field ? { field, width: kept } : column));
}

/** With the column `steps` further to the right, or to the left when they are negative. */
export function moved<Field extends string>(
  columns: readonly ColumnWidth<Field>[],
  field: Field,
  steps: number,
): ColumnWidth<Field>[] {
  const from = columns.findIndex((column) => column.field === field);
  if (from < 0) return [...columns];
  const others = columns.toSpliced(from, 1);
  const to = Math.min(Math.max(from + steps, 0), others.length);
  return others.toSpliced(to, 0, columns[from]!);
}

/** With the column when it was not shown, without when it was; the last one stays. */
export function toggled<Field extends string>(
  columns: readonly ColumnWidth<Field>[],
  field: Field,
  width: number,
): ColumnWidth<Field>[] {
  const others = columns.filter((column) => column.field !== field);
  if (others.length === columns.length) return [...columns, { field, width }];
  return others.length === 0 ? [...columns] : others;
}

/** Where each column begins, in px, and last where all end. */
export function offsets(columns: readonly ColumnWidth[]): number[] {
  const starts = [0];
  for (const { width } of columns) starts.push(starts.at(-1)! + width);
  return starts;
}
