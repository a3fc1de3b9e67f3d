import { encodeUtf8 } from '../json/bytes';
import { findValue, stepsOf } from '../json/find';
import { type Span, eachElement, eachMember, stringValue } from '../json/tokens';
import { ValueScanner } from '../json/valueScanner';

/** A member of the digest in a text: its name and where name and value stand, in bytes of its UTF-8. */
export interface DigestField {
  readonly name: string;
  readonly nameSpan: Span;
  readonly valueSpan: Span;
  /** Which log it belongs to, from 0; null for a field of the digest itself. */
  readonly log: number | null;
}

const LOG_FILES = stepsOf(['logFiles']);
const QUOTE = 0x22;

/** The fields of the digest in a laid-out text; undefined when the text is no digest. Only whole JSON is taken. */
export function digestFields(text: string): { readonly bytes: Uint8Array; readonly fields: DigestField[] } | undefined {
  const bytes = encodeUtf8(text);
  const start = bytes.indexOf(0x7b);
  if (start < 0 || new ValueScanner().scan(bytes, start, bytes.length) < 0) return undefined;
  const fields: DigestField[] = [];
  const collect = (at: number, log: number | null): void =>
    eachMember(bytes, at, (keyStart, keyEnd, valueStart, valueEnd) => {
      const name = stringValue(bytes, keyStart, keyEnd);
      const nameSpan = { start: keyStart, end: keyEnd };
      fields.push({ name, nameSpan, valueSpan: { start: valueStart, end: valueEnd }, log });
    });
  collect(start, null);
  const names = new Set(fields.map(({ name }) => name));
  if (!names.has('digestS3Object') || !names.has('logFiles')) return undefined;
  const logs = findValue(bytes, start, LOG_FILES);
  if (logs !== undefined && bytes[logs.start] === 0x5b) {
    eachElement(bytes, logs.start, (from, _to, index) => {
      if (bytes[from] === 0x7b) collect(from, index);
      return false;
    });
  }
  return { bytes, fields };
}

/** The value of a field as a text; null for anything but a string. */
export function fieldText(bytes: Uint8Array, { valueSpan: { start, end } }: DigestField): string | null {
  return bytes[start] === QUOTE ? stringValue(bytes, start, end) : null;
}
