import { readEvent } from '../../events/event';
import type { RecordView } from '../../events/recordView';
import { formatTime } from '../../events/time';
import { encodeUtf8 } from '../../json/bytes';
import { fieldToken } from '../fieldToken';
import { FIELD_COLUMNS, FIRST_ID_COLUMN, TIME_COLUMN } from './columns';

/** Where the values of a row go. */
export interface RowSink {
  /** The code of a token in a column and spelling. */
  codeOf(column: number, spelling: number, token: Uint8Array): number;
  setCode(column: number, code: number): void;
  /** Takes an id by its token; false when it is no UUID in the compact form. */
  setId(id: number, token: Uint8Array): boolean;
}

/** Epoch milliseconds of a record; NaN for none that can be read. */
export function timeOf(record: RecordView): number {
  return readEvent(record).time ?? NaN;
}

/** Fills a row from a record of any form: the plain way, which says what the fast ones have to give. */
export function fillRow(record: RecordView, time: number, row: RowSink): void {
  for (const { field, column } of FIELD_COLUMNS) {
    const found = fieldToken(record, field);
    if (found === undefined) continue;
    const { token, spelling } = found;
    if (column === TIME_COLUMN && spelling === 0 && isExact(token, time)) continue;
    const bytes = encodeUtf8(token);
    if (column >= FIRST_ID_COLUMN && spelling === 0 && row.setId(column - FIRST_ID_COLUMN, bytes)) continue;
    row.setCode(column, row.codeOf(column, spelling, bytes));
  }
}

/** Whether the time says all that the token does. */
function isExact(token: string, time: number): boolean {
  return !Number.isNaN(time) && token === `"${formatTime(time)}"`;
}
