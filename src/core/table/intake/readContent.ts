import type { RawRecord } from '../../events/rawRecord';
import { type ReadResult, RecordReader } from '../../events/recordReader';
import type { Problem } from '../../problem';
import type { RecordScanner } from './recordScanner';

/** Reads unpacked content that is in memory, of any container, into a scanner; the plain way where the content is plain. */
export function readContent(
  scanner: RecordScanner,
  content: Uint8Array,
  nextReading: () => number,
  report: (problem: Problem) => void,
): ReadResult | undefined {
  if (readPlain(scanner, content, nextReading())) return undefined;
  const reader = new RecordReader({ record: rowsOf(scanner, nextReading()), problem: report });
  reader.push(content);
  return reader.end();
}

/** Reads plain content; false when it is not plain, and what was read of it is void. */
function readPlain(scanner: RecordScanner, content: Uint8Array, reading: number): boolean {
  scanner.begin(reading);
  return scanner.push(content) && scanner.end();
}

/** A sink that puts the records of one file into a scanner. */
export function rowsOf(scanner: RecordScanner, reading: number): (record: RawRecord) => void {
  scanner.begin(reading);
  let ordinal = 0;
  return ({ bytes, start, end, embedded }) => {
    // A copy: the record's view lasts no longer than this call, and what is read of it may.
    const record = bytes.slice();
    if (embedded) scanner.add(record, start, end - start);
    else scanner.add(record, ordinal, 0);
    ordinal++;
  };
}
