import { BACKSLASH, decodeUtf8 } from '../json/bytes';
import { type FoundValue, readValue } from '../json/foundValue';
import { eachMember, stringValue } from '../json/tokens';
import { type Dictionary, SEVERAL } from './columns';

const QUOTE = '"';

/** A dictionary as texts. They are slices of one text over all entries where that can be. */
export class DecodedDictionary {
  private readonly known: (string | null | undefined)[] = [];
  /** All entries as one text. Let go of when memory is short: nobody may ask this field again. */
  private whole: WeakRef<{ readonly text: string }> | undefined;
  private escapes: Uint8Array | null | undefined;

  constructor(readonly dictionary: Dictionary) {}

  get size(): number {
    return this.dictionary.size;
  }

  /** One byte a code: 1 where the token has an escape somewhere. Undefined where none has. */
  get escaped(): Uint8Array | undefined {
    if (this.escapes === undefined) this.escapes = escapedCodes(this.dictionary);
    return this.escapes ?? undefined;
  }

  /** As {@link escaped}, of one code. */
  isEscaped(code: number): boolean {
    if (this.escapes !== undefined) return this.escapes?.[code] === 1;
    const { bytes, offsets } = this.dictionary;
    return bytes.subarray(offsets[code], offsets[code + 1]).includes(BACKSLASH);
  }

  /** What code `code` holds in a spelling, as comparisons see it. */
  value(code: number, spelling: number): FoundValue | undefined {
    const { offsets, spellings } = this.dictionary;
    const start = offsets[code]!;
    const end = offsets[code + 1]!;
    if (start === end || (spellings[code] !== spelling && spellings[code] !== SEVERAL)) return undefined;
    if (spellings[code] === spelling) {
      const token = this.plainToken(start, end);
      if (token?.startsWith(QUOTE) === true) return { type: 'string', text: token.slice(1, -1) };
    }
    return valueOf(this.dictionary, code, spelling);
  }

  /** The scalar of code `code` in the first spelling that has one. */
  text(code: number): string | undefined {
    const known = this.known[code];
    if (known !== undefined) return known ?? undefined;
    const text = this.readText(code);
    this.known[code] = text ?? null;
    return text;
  }

  private readText(code: number): string | undefined {
    const from = this.dictionary.spellings[code]!;
    if (from !== SEVERAL) return textOf(this.value(code, from));
    // No field has more spellings than this.
    for (let spelling = 0; spelling < 8; spelling++) {
      const text = textOf(this.value(code, spelling));
      if (text !== undefined) return text;
    }
    return undefined;
  }

  /** The token, when bytes and UTF-16 units are the same in the whole dictionary and the token has no escapes. */
  private plainToken(start: number, end: number): string | undefined {
    const all = this.whole?.deref() ?? this.decodeAll();
    if (all.text.length !== this.dictionary.bytes.length) return undefined;
    const token = all.text.slice(start, end);
    return token.includes('\\') ? undefined : token;
  }

  private decodeAll(): { readonly text: string } {
    const all = { text: decodeUtf8(this.dictionary.bytes) };
    this.whole = new WeakRef(all);
    return all;
  }
}

/** The code whose token holds byte `at` of a dictionary's; `from`, if given, or a later one. */
export function codeAt({ size, offsets }: Dictionary, at: number, from = 0): number {
  let low = from;
  let high = size - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (offsets[middle]! <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

function escapedCodes(dictionary: Dictionary): Uint8Array | null {
  const { bytes, offsets, size } = dictionary;
  let escaped: Uint8Array | null = null;
  for (let at = bytes.indexOf(BACKSLASH); at >= 0;) {
    const code = codeAt(dictionary, at);
    escaped ??= new Uint8Array(size);
    escaped[code] = 1;
    at = bytes.indexOf(BACKSLASH, offsets[code + 1]);
  }
  return escaped;
}

/** The value of entry `code` in a spelling. */
export function valueOf(dictionary: Dictionary, code: number, spelling: number): FoundValue | undefined {
  const start = dictionary.offsets[code]!;
  const end = dictionary.offsets[code + 1]!;
  if (start === end) return undefined;
  const from = dictionary.spellings[code];
  if (from === spelling) return readValue(dictionary.bytes, { start, end });
  if (from !== SEVERAL) return undefined;
  let found: FoundValue | undefined;
  eachMember(dictionary.bytes.subarray(0, end), start, (keyStart, keyEnd, valueStart, valueEnd) => {
    if (Number(stringValue(dictionary.bytes, keyStart, keyEnd)) !== spelling) return false;
    found = readValue(dictionary.bytes, { start: valueStart, end: valueEnd });
    return true;
  });
  return found;
}

/** As `readEvent` takes values: null, objects and arrays count as absent. */
export function textOf(found: FoundValue | undefined): string | undefined {
  if (found?.type === 'string' || found?.type === 'number') return found.text;
  return found?.type === 'true' || found?.type === 'false' ? found.type : undefined;
}

/** The token of an entry, as delivered. */
export function tokenOf(dictionary: Dictionary, code: number): string {
  return decodeUtf8(dictionary.bytes, dictionary.offsets[code], dictionary.offsets[code + 1]);
}
