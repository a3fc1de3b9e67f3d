const HEX = '0123456789abcdef';
const CANONICAL = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a text is a UUID in lower case, 8-4-4-4-12 (RFC 9562). */
export function isUuid(text: string): boolean {
  return CANONICAL.test(text);
}

/** Writes a UUID, in the form of {@link isUuid}, as 16 bytes at `at`. */
export function packUuid(text: string, into: Uint8Array, at: number): void {
  const digits = text.replaceAll('-', '');
  for (let i = 0; i < 16; i++) into[at + i] = Number.parseInt(digits.slice(i * 2, i * 2 + 2), 16);
}

/** The UUID whose 16 bytes stand at `at`. */
export function unpackUuid(bytes: Uint8Array, at: number): string {
  let text = '';
  for (let i = 0; i < 16; i++) {
    const byte = bytes[at + i]!;
    text += HEX[byte >>> 4]! + HEX[byte & 15]!;
    if (i === 3 || i === 5 || i === 7 || i === 9) text += '-';
  }
  return text;
}
