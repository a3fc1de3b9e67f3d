import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  decodeUtf8,
  isWhiteSpace,
  skipWhiteSpace,
} from './bytes';

/**
 * Walking over JSON that a {@link ValueScanner} has accepted. Nothing here checks the grammar again: on other bytes the answers
 * are meaningless, but every loop still ends at the end of the buffer.
 */

/** A half-open range of byte offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type JsonType = 'string' | 'number' | 'true' | 'false' | 'null' | 'object' | 'array';

/** The type of the value that begins with `byte`. */
export function typeOfValue(byte: number | undefined): JsonType {
  switch (byte) {
    case QUOTE:
      return 'string';
    case OPEN_BRACE:
      return 'object';
    case OPEN_BRACKET:
      return 'array';
    case 0x74:
      return 'true';
    case 0x66:
      return 'false';
    case 0x6e:
      return 'null';
    default:
      return 'number';
  }
}

/** Offset just after the string whose opening quote is at `at`. */
export function skipString(bytes: Uint8Array, at: number): number {
  for (let i = at + 1; i < bytes.length; i++) {
    const byte = bytes[i];
    if (byte === QUOTE) return i + 1;
    if (byte === BACKSLASH) i++;
  }
  return bytes.length;
}

/** Offset just after the value that begins at `at`. */
export function skipValue(bytes: Uint8Array, at: number): number {
  const first = bytes[at];
  if (first === QUOTE) return skipString(bytes, at);
  if (first !== OPEN_BRACE && first !== OPEN_BRACKET) {
    let i = at;
    while (i < bytes.length && !endsScalar(bytes[i]!)) i++;
    return i;
  }
  let depth = 0;
  for (let i = at; i < bytes.length; i++) {
    const byte = bytes[i];
    if (byte === QUOTE) i = skipString(bytes, i) - 1;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth++;
    else if ((byte === CLOSE_BRACE || byte === CLOSE_BRACKET) && --depth === 0) return i + 1;
  }
  return bytes.length;
}

function endsScalar(byte: number): boolean {
  return byte === COMMA || byte === CLOSE_BRACE || byte === CLOSE_BRACKET || isWhiteSpace(byte);
}

/** Called with the spans of a member's key (quotes included) and value; answers true to stop the walk. */
type MemberVisitor = (keyStart: number, keyEnd: number, valueStart: number, valueEnd: number) => unknown;

/** Visits the members of the object at `at`, in order, duplicates included. */
export function eachMember(bytes: Uint8Array, at: number, visit: MemberVisitor): void {
  let i = skipWhiteSpace(bytes, at + 1, bytes.length);
  while (i < bytes.length && bytes[i] === QUOTE) {
    const keyEnd = skipString(bytes, i);
    const colon = skipWhiteSpace(bytes, keyEnd, bytes.length);
    const valueStart = skipWhiteSpace(bytes, bytes[colon] === COLON ? colon + 1 : colon, bytes.length);
    const valueEnd = skipValue(bytes, valueStart);
    if (visit(i, keyEnd, valueStart, valueEnd) === true) return;
    i = skipWhiteSpace(bytes, valueEnd, bytes.length);
    if (bytes[i] !== COMMA) return;
    i = skipWhiteSpace(bytes, i + 1, bytes.length);
  }
}

/** Visits the elements of the array at `at`, in order; a visitor that answers true stops the walk. */
export function eachElement(
  bytes: Uint8Array,
  at: number,
  visit: (start: number, end: number, index: number) => unknown,
): void {
  let i = skipWhiteSpace(bytes, at + 1, bytes.length);
  for (let index = 0; i < bytes.length && bytes[i] !== CLOSE_BRACKET; index++) {
    const end = skipValue(bytes, i);
    if (visit(i, end, index) === true) return;
    i = skipWhiteSpace(bytes, end, bytes.length);
    if (bytes[i] !== COMMA) return;
    i = skipWhiteSpace(bytes, i + 1, bytes.length);
  }
}

/** The text of the string token `[start, end)`, quotes included in the span, escapes resolved (lone surrogates kept). */
export function stringValue(bytes: Uint8Array, start: number, end: number): string {
  for (let i = start + 1; i < end - 1; i++) {
    if (bytes[i] === BACKSLASH) return JSON.parse(decodeUtf8(bytes, start, end)) as string;
  }
  return decodeUtf8(bytes, start + 1, end - 1);
}

/** True when the string token `[start, end)` spells `text`; `textBytes` is its UTF-8. */
export function stringEquals(
  bytes: Uint8Array,
  start: number,
  end: number,
  text: string,
  textBytes: Uint8Array,
): boolean {
  const length = end - start - 2;
  if (length < textBytes.length) return false;
  for (let i = 0; i < textBytes.length; i++) {
    const byte = bytes[start + 1 + i];
    // An escape may spell the same character in another way: "Us\u0065r".
    if (byte === BACKSLASH) return stringValue(bytes, start, end) === text;
    if (byte !== textBytes[i]) return false;
  }
  return length === textBytes.length;
}
