import { columnOf } from './columnPath';
import { isDictionaryField, type Table } from './table';
import type { SelectorStep } from '../patterns/ast';

/** A value seen at a path, for completion. */
export interface SeenValue {
  /** The text of a string, or the token of a number or boolean. */
  readonly text: string;
  readonly type: 'string' | 'number' | 'true' | 'false' | 'null';
  /** How many events have it. */
  readonly count: number;
}

/**
 * The values seen at a path, e.g. `userIdentity.type`, the most frequent first: those that begin with `prefix` before those that
 * contain it, whatever the case. Undefined for paths that have no dictionary.
 */
export function seenValues(table: Table, path: string, prefix: string, most: number): SeenValue[] | undefined {
  const steps = path.split('.').map((key): SelectorStep => ({ kind: 'key', key }));
  const column = columnOf({ steps });
  if (column === undefined || !isDictionaryField(column.field)) return undefined;
  const dictionary = table.dictionary(column.field);
  const counts = table.frequencies(column.field);
  const wanted = prefix.toLowerCase();
  const seen = new Map<string, SeenValue & { readonly begins: boolean }>();
  for (let code = 1; code < dictionary.size; code++) {
    const found = dictionary.value(code, column.spelling);
    if (found === undefined || found.type === 'object' || found.type === 'array') continue;
    const text = found.type === 'string' || found.type === 'number' ? found.text : found.type;
    const at = text.toLowerCase().indexOf(wanted);
    if (at < 0) continue;
    const key = `${found.type} ${text}`;
    const count = (seen.get(key)?.count ?? 0) + counts[code]!;
    seen.set(key, { text, type: found.type, count, begins: at === 0 });
  }
  return [...seen.values()]
    .sort((a, b) => Number(b.begins) - Number(a.begins) || b.count - a.count || (a.text < b.text ? -1 : 1))
    .slice(0, most)
    .map(({ text, type, count }) => ({ text, type, count }));
}
