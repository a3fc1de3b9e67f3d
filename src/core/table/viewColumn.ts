import type { Codes } from './columns';
import type { DecodedDictionary } from './decodedDictionary';
import { Postings, countCodes } from './postings';
import type { TableField } from './table';
import { type ValueConditions, conditionsFor } from './valueConditions';

/** A value as people see it; several codes may have the same. */
export interface ViewValue {
  /** What tells it from the others; undefined for "none". */
  readonly text: string | undefined;
  /** What to show where that is more than the text. */
  readonly label?: string;
}

/**
 * A column to count, sort and show by: of a field, or of what follows from several. Codes lead to groups, the values as people see them. A code
 * may belong to several groups (a finding has several tactics) or to none.
 */
export interface ViewColumn {
  readonly codes: Codes;
  readonly size: number;
  /** By code. */
  readonly groupsOf: readonly (readonly number[])[] | Uint32Array;
  /** By group. */
  readonly values: readonly ViewValue[];
  /** True when the values stand in their order; otherwise they are ordered by what is shown. */
  readonly isOrdered?: boolean;
  /** What to write into a pattern for a group; undefined where patterns cannot say it. */
  conditions(group: number): ValueConditions | undefined;
}

/** The column of a field with a dictionary: entries that read the same are one value. */
export function fieldColumn(field: TableField, codes: Codes, dictionary: DecodedDictionary): ViewColumn {
  const groups = new Map<string | undefined, number>();
  const values: ViewValue[] = [];
  const groupsOf = new Uint32Array(dictionary.size);
  for (let code = 0; code < dictionary.size; code++) {
    const text = dictionary.text(code);
    let group = groups.get(text);
    if (group === undefined) {
      group = values.push({ text }) - 1;
      groups.set(text, group);
    }
    groupsOf[code] = group;
  }
  let members: Postings | undefined;
  const conditions = (group: number): ValueConditions => {
    members ??= new Postings(groupsOf, countCodes(groupsOf, values.length));
    return conditionsFor(field, dictionary, [...members.rows(group)]);
  };
  return { codes, size: dictionary.size, groupsOf, values, conditions };
}

/** Adds counts by code up to counts by group. */
export function foldCounts(column: ViewColumn, counts: Uint32Array): Uint32Array {
  const folded = new Uint32Array(column.values.length);
  const { groupsOf } = column;
  for (let code = 0; code < counts.length; code++) {
    const count = counts[code]!;
    if (count === 0) continue;
    const groups = groupsOf[code]!;
    if (typeof groups === 'number') folded[groups]! += count;
    else for (const group of groups) folded[group]! += count;
  }
  return folded;
}
