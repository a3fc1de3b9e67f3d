import { decodeUtf8 } from './bytes';
import { type JsonType, type Span, eachElement, stringValue, typeOfValue } from './tokens';

/**
 * A value of a record as comparisons see it. `text` is the string's value, the number's token as it stands in the log (`1.0` is not
 * `1`), and empty for everything else.
 */
export interface FoundValue {
  readonly type: JsonType;
  readonly text: string;
  /** For an array: one of its direct elements is null. */
  readonly holdsNull?: boolean;
}

/** The value at `span` of validated JSON. */
export function readValue(bytes: Uint8Array, { start, end }: Span): FoundValue {
  const type = typeOfValue(bytes[start]);
  if (type === 'string') return { type, text: stringValue(bytes, start, end) };
  if (type === 'number') return { type, text: decodeUtf8(bytes, start, end) };
  if (type !== 'array') return { type, text: '' };
  let holdsNull = false;
  eachElement(bytes, start, (from) => {
    holdsNull ||= typeOfValue(bytes[from]) === 'null';
    return holdsNull;
  });
  return { type, text: '', holdsNull };
}
