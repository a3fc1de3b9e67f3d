import type { TablePart } from './columns';

/** A deflate stream in a file that was read whole. */
export interface PackedContent {
  readonly bytes: Uint8Array;
  /** Where the stream begins and ends. */
  readonly start: number;
  readonly end: number;
  /** Bytes it is said to unpack to. */
  readonly length: number;
}

/**
 * Reads records into rows. It takes the plain content that CloudTrail delivers in bulk, `{"Records":[…]}`, arrays and JSON lines in UTF-8, as
 * bytes, and refuses everything else; records that the general reader found in other content are handed to it one by one.
 */
export interface RecordScanner {
  /** Bytes of memory that the values met so far take. */
  readonly heldBytes: number;
  /** Rows added so far, those of failed readings among them. */
  readonly rowCount: number;

  /** Begins to read a file; its rows have this number. */
  begin(reading: number): void;

  /** Takes the next bytes of plain content. False when it is not plain, or damaged: the rows of this reading are void. */
  push(chunk: Uint8Array): boolean;

  /**
   * Instead of {@link push}: takes all the content as a deflate stream (RFC 1951). `isSound` looks at what it unpacks to. False, and nothing taken,
   * when it is not as it is said to be, or when the scanner does not inflate.
   */
  inflate(packed: PackedContent, isSound: (content: Uint8Array) => boolean): boolean;

  /** Ends the content. False when it is cut off or holds no record. */
  end(): boolean;

  /** Adds a record that the general reader found, by its JSON object; `offset` and `length` as in `TableData`. */
  add(record: Uint8Array, offset: number, length: number): void;

  /** Ends the work and hands over all rows. The scanner is not to be used again. */
  finish(): TablePart;
}
