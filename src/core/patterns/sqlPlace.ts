import type { Message } from '../message';
import { message } from '../message';
import type { Selector, SelectorStep } from './ast';
import { printSelector } from './print';
import { ATHENA_COLUMNS, type Column, type Columns, LAKE_COLUMNS } from './sqlColumns';
import { sqlJsonPath, sqlLiteral } from './sqlText';

export type SqlDialect = 'athena' | 'lake';

/** Where a selector leads in SQL. `json` is an expression for the JSON value itself, where the table has it. */
export type SqlPlace =
  | { readonly kind: 'text' | 'container'; readonly sql: string; readonly json: string | undefined }
  | { readonly kind: 'boolean'; readonly sql: string; readonly json: string | undefined; readonly quoted: boolean }
  /** Any JSON value. `scalar` is its text, null for null, objects and lists; `cell` the same where a shorter way leads to texts and numbers. */
  | { readonly kind: 'json'; readonly scalar: string; readonly json: string; readonly cell: string };

export interface SqlTarget {
  readonly place: SqlPlace;
  /** For a wildcard: an expression for the list, and the name that its elements have in {@link place}. */
  readonly each?: { readonly list: string; readonly element: string };
}

/** Finds where a selector leads in the table of a dialect; a message says why it leads nowhere. */
export function findPlace({ steps }: Pick<Selector, 'steps'>, dialect: SqlDialect): SqlTarget | Message {
  const [first, ...rest] = steps;
  if (first?.kind !== 'key') {
    return message('SQL cannot ask for any field of a record: {0} has no column.', printSelector({ steps }));
  }
  const athena = dialect === 'athena';
  const column = (athena ? ATHENA_COLUMNS : LAKE_COLUMNS).get(first.key);
  const spelled = (key: string): string => (athena ? key.toLowerCase() : key);
  const finder: Finder = { spelled, event: athena ? undefined : 'eventJson', all: steps };
  const found = column && within(column, spelled(first.key), rest, finder);
  if (found !== undefined) return found;
  if (finder.event !== undefined) return jsonTarget(finder.event, steps);
  return message('The usual table of Athena has no column for {0}.', printSelector({ steps }));
}

interface Finder {
  spelled(key: string): string;
  /** The column with the whole record as JSON; undefined where there is none. */
  readonly event: string | undefined;
  /** The whole selector. */
  readonly all: readonly SelectorStep[];
}

/** Goes on from a column, which is `sql`; undefined where the table has nothing for the rest of the selector. */
function within(column: Column, sql: string, rest: readonly SelectorStep[], finder: Finder): SqlTarget | undefined {
  const json = finder.event && wholePath(finder.event, finder.all);
  if (column === 'json') {
    return rest.length === 0 ? { place: { kind: 'container', sql, json } } : jsonTarget(sql, rest);
  }
  const [step, ...after] = rest;
  if (step === undefined) {
    if (column === 'text') return { place: { kind: 'text', sql, json } };
    if (column === 'boolean') return { place: { kind: 'boolean', sql, json, quoted: finder.event === undefined } };
    return { place: { kind: 'container', sql, json } };
  }
  if (column === 'text' || column === 'boolean') return undefined;
  if (column === 'map') return mapTarget(sql, step, after, finder);
  if (column === 'texts') {
    if (step.kind !== 'key' || after.length > 0) return undefined;
    return { place: { kind: 'text', sql: `element_at(${sql},${sqlLiteral(step.key)})`, json } };
  }
  if ('elements' in column) return listTarget(column.elements, sql, step, after, finder);
  const field = step.kind === 'key' ? column.fields.get(step.key) : undefined;
  return field && step.kind === 'key' ? within(field, `${sql}.${finder.spelled(step.key)}`, after, finder) : undefined;
}

/** `element_at(requestParameters,'a')`: the map holds texts and numbers of the first level as they are, the rest as JSON. */
function mapTarget(
  sql: string,
  step: SelectorStep,
  after: readonly SelectorStep[],
  { event, all }: Finder,
): SqlTarget | undefined {
  if (step.kind !== 'key' || after.length > 0 || event === undefined) return undefined;
  const { place } = jsonTarget(event, all);
  return place.kind === 'json'
    ? { place: { ...place, cell: `element_at(${sql},${sqlLiteral(step.key)})` } }
    : undefined;
}

/** `element_at(resources,1).arn`, or any element of the list. SQL counts from one. */
function listTarget(
  elements: Columns,
  sql: string,
  step: SelectorStep,
  after: readonly SelectorStep[],
  finder: Finder,
): SqlTarget | undefined {
  const element = 'r';
  const [field, ...beyond] = after;
  if (step.kind === 'key' || beyond.length > 0) return undefined;
  if (field !== undefined && (field.kind !== 'key' || elements.get(field.key) !== 'text')) return undefined;
  const from = step.kind === 'any' ? element : `element_at(${sql},${step.index + 1})`;
  const json = finder.event && step.kind === 'index' ? wholePath(finder.event, finder.all) : undefined;
  const place: SqlPlace =
    field === undefined
      ? { kind: 'container', sql: from, json }
      : { kind: 'text', sql: `${from}.${field.key.toLowerCase() === 'arn' ? 'arn' : finder.spelled(field.key)}`, json };
  return step.kind === 'any' ? { place, each: { list: sql, element } } : { place };
}

/** Where steps lead from an expression that is JSON or a text of JSON. */
function jsonTarget(from: string, steps: readonly SelectorStep[]): SqlTarget {
  const wild = steps.findIndex(({ kind }) => kind === 'any');
  if (wild < 0) return { place: jsonPlace(from, steps) };
  const parent = `json_extract(${from},${sqlJsonPath(steps.slice(0, wild))})`;
  const list = `COALESCE(TRY_CAST(${parent} AS array(json)), map_values(TRY_CAST(${parent} AS map(varchar, json))))`;
  return { place: jsonPlace('e', steps.slice(wild + 1)), each: { list, element: 'e' } };
}

function jsonPlace(from: string, steps: readonly SelectorStep[]): SqlPlace {
  const path = sqlJsonPath(steps);
  const scalar = `json_extract_scalar(${from},${path})`;
  return { kind: 'json', scalar, cell: scalar, json: `json_extract(${from},${path})` };
}

function wholePath(event: string, steps: readonly SelectorStep[]): string | undefined {
  return steps.some(({ kind }) => kind === 'any') ? undefined : `json_extract(${event},${sqlJsonPath(steps)})`;
}
