import type { CellField } from '../../src/core/table/pages';
import type { EventQuery } from '../../src/core/table/selection';
import type { ViewField } from '../../src/core/table/views';
import type { Asker } from './asker';
import type { Choice } from './narrowing';

/** Values that contain a cell's text: the cell's own is among them. */
const FACETS_OF_A_CELL = 500;

/**
 * What to write to filter for the value of a cell of the grid; that is the table's to say. Undefined where the table has no such value.
 * @throws AskError when the table does not answer.
 */
export async function cellChoice(
  asker: Asker,
  query: EventQuery,
  field: CellField,
  text: string | null,
): Promise<Choice | undefined> {
  const facets = [{ field: field as ViewField, top: FACETS_OF_A_CELL, ...(text !== null && { search: text }) }];
  const [facet] = await asker.ask('facets', { query, facets }, { slot: 'cell' });
  const value = facet?.values.find((each) => each.text === text || each.label === text);
  return value && { field: facet!.field, text: value.text, include: value.include, exclude: value.exclude };
}
