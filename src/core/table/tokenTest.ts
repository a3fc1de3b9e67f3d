import { DIGIT_0, DIGIT_9, MINUS, QUOTE, encodeUtf8 } from '../json/bytes';
import { Needle } from '../json/needle';
import type { TextValue } from '../patterns/ast';
import type { CodeTest } from './codeTest';
import { SEVERAL } from './columns';
import { type DecodedDictionary, codeAt } from './decodedDictionary';

/** Characters that may stand for bytes which are no UTF-8: decoded texts may hold them, their bytes do not. */
const INEXACT = /[\ud800-\udfff\ufffd]/u;
/** Shorter ones stand in most entries, which are better asked one by one. */
const WORTH_SEARCHING = 3;

/**
 * The test whether the entries of a dictionary are, in a spelling, equal to a text with wildcards, or not equal where `negated`. Bytes are compared,
 * nothing is decoded; `slow` answers for the few entries that do not read as they stand. Undefined for a text that bytes cannot answer for.
 */
export function tokenTest(
  decoded: DecodedDictionary,
  spelling: number,
  { text }: TextValue,
  negated: boolean,
  slow: (code: number) => boolean,
): CodeTest | undefined {
  if (INEXACT.test(text)) return undefined;
  const { dictionary } = decoded;
  const { size, spellings, offsets, bytes } = dictionary;
  const parts = new TextParts(text);
  const ask = (code: number, isEscaped: boolean): boolean => {
    const isMixed = spellings[code] === SEVERAL;
    if (!isMixed && spellings[code] !== spelling) return false;
    const start = offsets[code]!;
    const first = bytes[start];
    if (isMixed || isEscaped || isNumber(first)) return slow(code);
    return first === QUOTE && parts.are(bytes, start + 1, offsets[code + 1]! - 1) !== negated;
  };
  const all = (): Uint8Array => {
    const holds = new Uint8Array(size);
    const { escaped } = decoded;
    const { rarest } = parts;
    const note = (code: number): void => {
      holds[code] = Number(ask(code, escaped?.[code] === 1));
    };
    if (negated || rarest === undefined) {
      for (let code = 1; code < size; code++) note(code);
      return holds;
    }
    // One search through all entries finds the few that hold it; escapes may hide it.
    let code = 0;
    for (let at = rarest.indexIn(bytes, 0, bytes.length); at >= 0;) {
      code = codeAt(dictionary, at, code);
      note(code);
      at = rarest.indexIn(bytes, offsets[code + 1]!, bytes.length);
    }
    escaped?.forEach((isEscaped, each) => isEscaped === 1 && note(each));
    return holds;
  };
  return { of: (code) => code > 0 && ask(code, decoded.isEscaped(code)), all };
}

function isNumber(byte: number | undefined): boolean {
  return byte === MINUS || (byte !== undefined && byte >= DIGIT_0 && byte <= DIGIT_9);
}

/** A text in which stars stand for any run of characters, as bytes. */
class TextParts {
  private readonly isWhole: boolean;
  private readonly first: Uint8Array;
  private readonly last: Uint8Array;
  private readonly middle: readonly Needle[];
  /** What every entry that is the text holds, in bytes that stand nowhere else but there; undefined for too little. */
  readonly rarest: Needle | undefined;

  constructor(text: string) {
    const parts = text.split(/\*+/).map(encodeUtf8);
    this.isWhole = parts.length === 1;
    this.first = parts[0]!;
    this.last = parts.at(-1)!;
    this.middle = parts
      .slice(1, -1)
      .filter(({ length }) => length > 0)
      .map((part) => new Needle(part));
    const longest = parts.reduce((best, each) => (each.length > best.length ? each : best));
    this.rarest = longest.length < WORTH_SEARCHING ? undefined : new Needle(longest);
  }

  /** Whether `bytes[start … end)` are the text. */
  are(bytes: Uint8Array, start: number, end: number): boolean {
    const { first, last, middle } = this;
    if (this.isWhole) return end - start === first.length && standsAt(bytes, start, first);
    const stop = end - last.length;
    let at = start + first.length;
    if (at > stop || !standsAt(bytes, start, first) || !standsAt(bytes, stop, last)) return false;
    for (const part of middle) {
      const found = part.indexIn(bytes, at, stop);
      if (found < 0) return false;
      at = found + part.length;
    }
    return true;
  }
}

function standsAt(bytes: Uint8Array, at: number, part: Uint8Array): boolean {
  let i = 0;
  while (i < part.length && bytes[at + i] === part[i]) i++;
  return i === part.length;
}
