import { decodeUtf8 } from './bytes';

const LONGEST = 64;
const TIME_STAMP = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:?\d\d)$/;

/**
 * Length of the time stamp and blank that CloudWatch's `create-export-task` puts before each record, when one stands at `at`; 0 when none does,
 * -1 when more bytes than those before `length` are needed to tell.
 */
export function linePrefixLength(bytes: Uint8Array, at: number, length: number, atEnd: boolean): number {
  const available = Math.min(length - at, LONGEST);
  const text = decodeUtf8(bytes, at, at + available);
  const blank = text.search(/[ \t\r\n]/);
  if (blank >= 0) return TIME_STAMP.test(text.slice(0, blank)) ? blank + 1 : 0;
  return available < LONGEST && !atEnd && /^[\dTZ:.+-]*$/.test(text) ? -1 : 0;
}
