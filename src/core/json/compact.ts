import { BACKSLASH, QUOTE, isWhiteSpace } from './bytes';

/** JSON text without the white space between its tokens: every token stays to the byte. Answers `bytes` itself when there is none. */
export function compactJson(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length);
  let length = 0;
  let inString = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (inString) {
      if (byte === BACKSLASH && i + 1 < bytes.length) out[length++] = bytes[i++]!;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) inString = true;
    else if (isWhiteSpace(byte)) continue;
    out[length++] = bytes[i]!;
  }
  return length === bytes.length ? bytes : out.subarray(0, length);
}
