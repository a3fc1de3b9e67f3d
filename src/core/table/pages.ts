import { formatTime } from '../events/time';
import type { Severity } from '../rules/severity';
import type { SortField } from './sortRows';
import type { ViewField, Views } from './views';

/** What a grid can show of a row. `label` of a principal is its name. */
export type CellField = SortField;

/** A part of the rows, column by column. */
export interface Page {
  /** The table's numbers of the rows, in the order asked for. */
  readonly rows: Uint32Array;
  /** Epoch milliseconds; NaN for none. */
  readonly times: Float64Array;
  /** By field: a text for each row, null for none. Several values (tactics, rules) are joined by a blank. */
  readonly cells: Readonly<Partial<Record<CellField, readonly (string | null)[]>>>;
  /** The severity of each row's finding, null for none. */
  readonly severities: readonly (Severity | null)[];
}

/** Reads what a grid shows of some rows. */
export function readPage(views: Views, rows: Uint32Array, fields: readonly CellField[]): Page {
  const { time } = views.table.data;
  const { codes, findings } = views.findings;
  const cells = Object.fromEntries(
    fields.map((field) => [field, Array.from(rows, (row) => cellText(views, row, field))]),
  );
  return {
    rows,
    times: Float64Array.from(rows, (row) => time[row]!),
    cells,
    severities: Array.from(rows, (row) => findings[codes[row]!]?.severity ?? null),
  };
}

/** The text of one cell; null for none. */
export function cellText(views: Views, row: number, field: CellField): string | null {
  const { table } = views;
  if (field === 'eventTime') {
    const time = table.data.time[row]!;
    return Number.isNaN(time) ? (table.text(row, 'eventTime') ?? null) : formatTime(time);
  }
  if (field in table.data.ids || field in table.data.columns) {
    return table.text(row, field as keyof typeof table.data.ids) ?? null;
  }
  const { codes, groupsOf, values } = views.column(field as ViewField);
  const groups = groupsOf[codes[row]!]!;
  const shown = (group: number): string | undefined => values[group]!.label ?? values[group]!.text;
  if (typeof groups === 'number') return shown(groups) ?? null;
  return groups.length === 0 ? null : groups.map(shown).join(' ');
}
