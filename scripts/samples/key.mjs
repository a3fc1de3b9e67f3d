// The RSA key that signs the digests. It is derived from the seed each time, so no private key lies in the repository; but anyone can
// derive it, so its signatures prove that the files belong together and nothing about who made them.
import { checkPrimeSync, createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import { bytesFor } from './seeded.mjs';

const EXPONENT = 65537n;
const PRIME_BYTES = 128;

/** The first prime from a seeded start on. Both top bits are set, so that the product of two has exactly 2048 bits. */
function prime(name) {
  const start = bytesFor(name, PRIME_BYTES);
  start[0] |= 0xc0;
  start[PRIME_BYTES - 1] |= 1;
  let candidate = BigInt(`0x${start.toString('hex')}`);
  // checkPrimeSync is Miller–Rabin with trial division before it.
  while (candidate % EXPONENT === 1n || !checkPrimeSync(candidate)) candidate += 2n;
  return candidate;
}

/** The number that times `value` leaves 1 modulo `modulus`, by Euclid's extended algorithm. */
function inverse(value, modulus) {
  let [before, now] = [modulus, value % modulus];
  let [factorBefore, factor] = [0n, 1n];
  while (now !== 0n) {
    const times = before / now;
    [before, now] = [now, before - times * now];
    [factorBefore, factor] = [factor, factorBefore - times * factor];
  }
  return ((factorBefore % modulus) + modulus) % modulus;
}

function base64url(number) {
  const hex = number.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex').toString('base64url');
}

/** The private key, its public half as DER PKCS#1, and the fingerprint that digests name it by: the MD5 of that DER. */
export function signingKey() {
  const [p, q] = [prime('rsa p'), prime('rsa q')];
  const d = inverse(EXPONENT, (p - 1n) * (q - 1n));
  const numbers = { n: p * q, e: EXPONENT, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) };
  const jwk = { kty: 'RSA', ...Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, base64url(value)])) };
  const privateKey = createPrivateKey({ key: jwk, format: 'jwk' });
  const der = createPublicKey(privateKey).export({ type: 'pkcs1', format: 'der' });
  return { privateKey, der, fingerprint: createHash('md5').update(der).digest('hex') };
}
