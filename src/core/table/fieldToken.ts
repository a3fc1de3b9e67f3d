import { type RecordView, SPELLINGS, indexedSlot } from '../events/recordView';
import { decodeUtf8 } from '../json/bytes';
import { readValue } from '../json/foundValue';
import type { Span } from '../json/tokens';
import { SEVERAL } from './columns';

/** A value as a dictionary keeps it: see `Dictionary` in `columns.ts`. */
export interface FieldToken {
  readonly token: string;
  readonly spelling: number;
}

type Field = keyof typeof SPELLINGS;

const SLOTS = Object.fromEntries(
  Object.entries(SPELLINGS).map(([field, paths]) => [field, paths.map((path) => indexedSlot(path)!)]),
) as Record<Field, number[]>;

/** What a record has for a field, in all of its spellings; undefined when it has none. */
export function fieldToken(record: RecordView, field: Field): FieldToken | undefined {
  const found: FieldToken[] = [];
  SLOTS[field].forEach((slot, spelling) => {
    const span = record.spanOf(slot);
    if (span !== undefined) found.push({ token: tokenAt(record.bytes, span), spelling });
  });
  if (found.length <= 1) return found[0];
  const members = found.map(({ token, spelling }) => `"${spelling}":${token}`);
  return { token: `{${members.join(',')}}`, spelling: SEVERAL };
}

/** Objects and arrays are kept as what comparisons know of them. */
function tokenAt(bytes: Uint8Array, span: Span): string {
  const { type, holdsNull } = readValue(bytes, span);
  if (type === 'object') return '{}';
  if (type === 'array') return holdsNull === true ? '[null]' : '[]';
  return decodeUtf8(bytes, span.start, span.end);
}
