import { concatBytes, encodeUtf8 } from '../json/bytes';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** How many bytes {@link detectEncoding} wants to see, if the file has them. */
export const ENCODING_SAMPLE = 64;

/** The encoding of text that begins with `head`, by its byte order mark or, without one, by NULs in every second byte. */
export function detectEncoding(head: Uint8Array): { encoding: Encoding; bom: number } {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', bom: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', bom: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', bom: 2 };
  const pairs = Math.min(head.length, ENCODING_SAMPLE) >> 1;
  let evenZero = 0;
  let oddZero = 0;
  for (let i = 0; i < pairs; i++) {
    if (head[2 * i] === 0) evenZero++;
    if (head[2 * i + 1] === 0) oddZero++;
  }
  // Logs begin with brackets, quotes and names of fields, whatever scripts their values are in.
  if (pairs >= 4 && head[1] === 0 && oddZero >= pairs / 2 && evenZero <= pairs / 8)
    return { encoding: 'utf-16le', bom: 0 };
  if (pairs >= 4 && head[0] === 0 && evenZero >= pairs / 2 && oddZero <= pairs / 8)
    return { encoding: 'utf-16be', bom: 0 };
  return { encoding: 'utf-8', bom: 0 };
}

/** Turns a stream of bytes in any of the three encodings into UTF-8 without a byte order mark. UTF-8 passes through uncopied. */
export class Utf8Stream {
  private held: Uint8Array = new Uint8Array(0);
  private decoder: TextDecoder | undefined;
  private started = false;
  encoding: Encoding = 'utf-8';

  /** The UTF-8 of the next chunk; may be empty while the beginning is too short to tell the encoding. */
  push(chunk: Uint8Array): Uint8Array {
    if (this.started) return this.convert(chunk);
    this.held = concatBytes([this.held, chunk]);
    return this.held.length < ENCODING_SAMPLE ? new Uint8Array(0) : this.begin();
  }

  /** What is left at the end of the stream. Half a character that UTF-16 ends with is dropped: the stream was cut there. */
  end(): Uint8Array {
    return this.started ? new Uint8Array(0) : this.begin();
  }

  private begin(): Uint8Array {
    this.started = true;
    const { encoding, bom } = detectEncoding(this.held);
    this.encoding = encoding;
    if (encoding !== 'utf-8') this.decoder = new TextDecoder(encoding, { ignoreBOM: true });
    return this.convert(this.held.subarray(bom));
  }

  private convert(chunk: Uint8Array): Uint8Array {
    return this.decoder === undefined ? chunk : encodeUtf8(this.decoder.decode(chunk, { stream: true }));
  }
}
