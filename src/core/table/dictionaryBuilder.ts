import { encodeUtf8 } from '../json/bytes';
import type { Dictionary } from './columns';

/** Collects the entries of a {@link Dictionary}. */
export class DictionaryBuilder {
  private readonly codes = new Map<string, number>();
  private readonly tokens: Uint8Array[] = [new Uint8Array(0)];
  private readonly spellings: number[] = [0];

  get size(): number {
    return this.tokens.length;
  }

  /** The code of a token in a spelling, a new one when it was not met before. */
  codeOf(token: string, spelling: number): number {
    const key = `${spelling} ${token}`;
    const known = this.codes.get(key);
    if (known !== undefined) return known;
    const code = this.append(token, spelling);
    this.codes.set(key, code);
    return code;
  }

  /** Adds an entry without looking whether it is there. */
  append(token: string, spelling: number): number {
    this.spellings.push(spelling);
    return this.tokens.push(encodeUtf8(token)) - 1;
  }

  build(): Dictionary {
    const offsets = new Uint32Array(this.size + 1);
    this.tokens.forEach((token, code) => (offsets[code + 1] = offsets[code]! + token.length));
    const bytes = new Uint8Array(offsets[this.size]!);
    this.tokens.forEach((token, code) => bytes.set(token, offsets[code]));
    return { size: this.size, spellings: Uint8Array.from(this.spellings), offsets, bytes };
  }
}
