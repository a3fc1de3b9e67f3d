// Ids in the forms that AWS gives them.
import { hexFor, lettersFor } from './seeded.mjs';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const RANDOM_BITS = 39n;

/**
 * The sixteen letters after the prefix hold 80 bits in base 32: a one (the fifth letter of ids made since 2019 is Q to 7), the account
 * in 40 bits, and 39 random bits. Whoever decodes such an id finds the account that owns it.
 */
function accountLetters(account, name) {
  const random = BigInt(`0x${hexFor(`id ${account} ${name}`, 10)}`) & ((1n << RANDOM_BITS) - 1n);
  let rest = (1n << 79n) | (BigInt(account) << RANDOM_BITS) | random;
  let letters = '';
  for (let count = 0; count < 16; count++) {
    letters = BASE32[Number(rest & 31n)] + letters;
    rest >>= 5n;
  }
  return letters;
}

/** Twenty characters: `AKIA` for a key that lasts, `ASIA` for one of a session. */
export function accessKeyId(prefix, account, name) {
  return prefix + accountLetters(account, `${prefix} ${name}`);
}

/** Twenty-one characters: `AIDA` for a user, `AROA` for a role. */
export function uniqueId(prefix, account, name) {
  return prefix + accountLetters(account, `${prefix} ${name}`) + lettersFor(`last of ${prefix} ${account} ${name}`, 1, BASE32);
}

/** `i-…`, `snap-…`, `vpc-…`: seventeen hex digits, the first of them 0. */
export function resourceId(prefix, name) {
  return `${prefix}-0${hexFor(`${prefix} ${name}`, 16)}`;
}
