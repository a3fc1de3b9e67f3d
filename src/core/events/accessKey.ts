import { idPrefixes } from './data/identifiers.json';

/** What the four letters at the front of an id say it is, e.g. `ASIA` a temporary access key. Source: `identifiers.json`. */
export interface IdKind {
  readonly prefix: string;
  readonly kind: string;
  readonly note: string;
}

const KINDS: ReadonlyMap<string, IdKind> = new Map(idPrefixes.map((each) => [each.prefix, each]));
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const NEW_STYLE_ID = /^[A-Z]{4}[A-HK-Z2-7][A-Z2-7]{11,}$/;

/** The kind of an access key id or unique id; undefined when its prefix is unknown. */
export function idKind(id: string): IdKind | undefined {
  return KINDS.get(id.slice(0, 4));
}

/**
 * The 12-digit account encoded in a new-style access key id or unique id: characters 5 to 20 in base 32, the first six bytes of it, masked
 * and shifted by 7 bits. Undefined for old-style ids (fifth character I or J) and for texts that are no such id. In anonymised logs the answer
 * differs from the account shown, so a mismatch proves nothing. Source: `identifiers.json`, "accountFromId".
 */
export function accountOfId(id: string): string | undefined {
  if (!NEW_STYLE_ID.test(id) || idKind(id) === undefined) return undefined;
  let number = 0n;
  for (const letter of id.slice(4, 20).padEnd(16, 'A')) number = (number << 5n) | BigInt(BASE32.indexOf(letter));
  const firstSixBytes = number >> 32n;
  const account = ((firstSixBytes & 0x7fffffffff80n) >> 7n).toString().padStart(12, '0');
  return account.length === 12 ? account : undefined;
}
