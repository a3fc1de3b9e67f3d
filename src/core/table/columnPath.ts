import { SPELLINGS } from '../events/recordView';
import type { Selector } from '../patterns/ast';
import { keyPath } from '../patterns/match';
import type { TableField } from './table';

/** Where a table holds the value of a path: see `SPELLINGS`. */
export interface ColumnPath {
  readonly field: TableField;
  readonly spelling: number;
}

const BY_PATH = new Map<string, ColumnPath>(
  (Object.keys(SPELLINGS) as TableField[]).flatMap((field) =>
    SPELLINGS[field].map((path, spelling): [string, ColumnPath] => [path, { field, spelling }]),
  ),
);

/** The column that a selector leads to; undefined when its answer stands in the records only. */
export function columnOf(selector: Pick<Selector, 'steps'>): ColumnPath | undefined {
  const path = keyPath(selector);
  return path === undefined ? undefined : BY_PATH.get(path);
}
