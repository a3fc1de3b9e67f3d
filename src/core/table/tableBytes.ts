import type { TableData } from './columns';

/** How many bytes the arrays of a table take. */
export function tableBytes(data: TableData): number {
  const seen = new Set<unknown>();
  return bytesIn(data, seen);
}

function bytesIn(value: unknown, seen: Set<unknown>): number {
  if (typeof value !== 'object' || value === null || seen.has(value)) return 0;
  seen.add(value);
  if (ArrayBuffer.isView(value)) return value.byteLength;
  return Object.values(value).reduce<number>((sum, each) => sum + bytesIn(each, seen), 0);
}
