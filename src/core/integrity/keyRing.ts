import type { PublicKey } from './publicKeys';

/** The public keys at hand, by fingerprint. */
export class KeyRing {
  private readonly keys = new Map<string, PublicKey>();

  constructor(keys: Iterable<PublicKey>) {
    for (const key of keys) this.keys.set(key.fingerprint, key);
  }

  get(fingerprint: string): PublicKey | undefined {
    return this.keys.get(fingerprint.toLowerCase());
  }

  get size(): number {
    return this.keys.size;
  }
}
