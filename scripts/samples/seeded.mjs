// Values that look random and never change: each depends on the seed and a name alone, so that a record added to the story leaves the
// ids of all others as they were.
import { createHash } from 'node:crypto';

const SEED = 'CloudTrail Investigator samples, 1';

export function bytesFor(name, length) {
  const blocks = [];
  for (let block = 0; blocks.length * 32 < length; block++) {
    blocks.push(createHash('sha256').update(`${SEED}\n${name}\n${block}`).digest());
  }
  return Buffer.concat(blocks).subarray(0, length);
}

export function hexFor(name, digits) {
  return bytesFor(name, Math.ceil(digits / 2))
    .toString('hex')
    .slice(0, digits);
}

/** `length` letters of `alphabet`. */
export function lettersFor(name, length, alphabet) {
  return [...bytesFor(name, length)].map((byte) => alphabet[byte % alphabet.length]).join('');
}

/** A version 4 UUID. */
export function uuidFor(name) {
  const hex = hexFor(name, 32);
  const variant = '89ab'[Number.parseInt(hex[16], 16) % 4];
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, variant + hex.slice(17, 20), hex.slice(20)].join('-');
}

/** A whole number from `least` to `most`, both included. */
export function numberFor(name, least, most) {
  return least + (bytesFor(name, 4).readUInt32BE() % (most - least + 1));
}

/** The items in another order. */
export function shuffled(items, name) {
  return items
    .map((item, index) => ({ item, rank: hexFor(`${name} ${index}`, 16) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ item }) => item);
}
