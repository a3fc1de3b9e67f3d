import { addCondition, removeCondition } from '../../src/core/patterns/addCondition';
import type { Condition } from '../../src/core/patterns/ast';
import { filterFor, filterOut } from '../../src/core/patterns/fromValue';
import { parsePattern } from '../../src/core/patterns/parse';
import { printCondition } from '../../src/core/patterns/print';
import type { EventQuery, FieldFilter } from '../../src/core/table/selection';
import type { ViewField } from '../../src/core/table/views';
import type { RecordLine } from './recordLines';

/** A value that can be filtered for: conditions as `FacetValue` has them. */
export interface Choice {
  readonly field: ViewField;
  readonly text: string | null;
  readonly include: string | null;
  readonly exclude: string | null;
}

/** Whether the query asks for the value, or asks for all others. */
export function standing(query: EventQuery, { field, text, include, exclude }: Choice): 'included' | 'excluded' | null {
  if (holds(query.pattern, include) || filterOf(query, field)?.anyOf.includes(text) === true) return 'included';
  return holds(query.pattern, exclude) ? 'excluded' : null;
}

/**
 * The query with the value filtered for, or no more when it was. What patterns cannot say (severities, a pattern of terms, one that would grow
 * beyond AWS's limits) becomes a filter beside the pattern.
 */
export function include(query: EventQuery, choice: Choice): EventQuery {
  if (standing(query, choice) === 'included') return without(query, choice);
  const cleared = standing(query, choice) === 'excluded' ? without(query, choice) : query;
  const pattern = withText(cleared.pattern, choice.include);
  return pattern === undefined ? toggleFilter(cleared, choice.field, choice.text) : { ...cleared, pattern };
}

/** The query with the value filtered out, or no more when it was; undefined where that cannot be said. */
export function exclude(query: EventQuery, choice: Choice): EventQuery | undefined {
  if (standing(query, choice) === 'excluded') return without(query, choice);
  const cleared = standing(query, choice) === 'included' ? without(query, choice) : query;
  const pattern = withText(cleared.pattern, choice.exclude);
  return pattern === undefined ? undefined : { ...cleared, pattern };
}

/** The pattern with a condition more, as it stands between braces; undefined when it cannot be joined or AWS would not take it. */
export function withText(pattern: string, text: string | null): string | undefined {
  const condition = conditionOf(text);
  const joined = condition && addCondition(pattern, condition);
  return joined !== undefined && parsePattern(joined).pattern !== undefined ? joined : undefined;
}

/** With a condition more, as it stands between braces; undefined where the pattern cannot take it. */
export function withCondition(query: EventQuery, condition: string): EventQuery | undefined {
  const pattern = withText(query.pattern, condition);
  return pattern === undefined ? undefined : { ...query, pattern };
}

/** With the value of a line of a record filtered for, or filtered out; undefined where that cannot be said. */
export function withLine(query: EventQuery, { path, found }: RecordLine, wanted: boolean): EventQuery | undefined {
  const condition = path === null ? undefined : (wanted ? filterFor : filterOut)(path, found);
  return condition && withCondition(query, printCondition(condition));
}

/** With the value among those the field may have, or without when it was. */
export function toggleFilter(query: EventQuery, field: ViewField, text: string | null): EventQuery {
  const anyOf = filterOf(query, field)?.anyOf ?? [];
  const values = anyOf.includes(text) ? anyOf.filter((each) => each !== text) : [...anyOf, text];
  const others = (query.where ?? []).filter((filter) => filter.field !== field);
  return { ...query, where: values.length === 0 ? others : [...others, { field, anyOf: values }] };
}

/** With another span of time; null for none. */
export function withSpan({ pattern, where }: EventQuery, span: Span | null): EventQuery {
  return { pattern, ...(where && { where }), ...span };
}

/** Epoch milliseconds, `[from, to)`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export function spanOf({ from, to }: EventQuery): Span | null {
  return from === undefined || to === undefined ? null : { from, to };
}

/** True when every event is asked for. */
export function asksAll({ pattern, from, to, where = [] }: EventQuery): boolean {
  return pattern.trim() === '' && from === undefined && to === undefined && where.length === 0;
}

function without(query: EventQuery, { field, text, include: inside, exclude: outside }: Choice): EventQuery {
  if (filterOf(query, field)?.anyOf.includes(text) === true) return toggleFilter(query, field, text);
  const [wanted, unwanted] = [conditionOf(inside), conditionOf(outside)];
  const pattern =
    (wanted && removeCondition(query.pattern, wanted)) ?? (unwanted && removeCondition(query.pattern, unwanted));
  return pattern === undefined ? query : { ...query, pattern };
}

function filterOf({ where = [] }: EventQuery, field: ViewField): FieldFilter | undefined {
  return where.find((filter) => filter.field === field);
}

function holds(pattern: string, text: string | null): boolean {
  const condition = conditionOf(text);
  return condition !== undefined && removeCondition(pattern, condition) !== undefined;
}

function conditionOf(text: string | null): Condition | undefined {
  if (text === null) return undefined;
  const { pattern } = parsePattern(`{ ${text} }`);
  return pattern?.kind === 'json' ? pattern.root : undefined;
}
