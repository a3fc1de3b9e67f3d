import { type KeyObject, createHash, createPublicKey, verify } from 'node:crypto';
import type { IntegrityPorts } from '../../core/integrity/ports';

const HEX = /^(?:[0-9a-fA-F]{2})+$/;

/** Public keys as Node.js knows them, each loaded once. */
export class PublicKeyCrypto implements Pick<IntegrityPorts, 'verify' | 'fingerprints'> {
  private readonly loaded = new Map<string, KeyObject | undefined>();

  verify(key: string, signed: string, signature: string): 'fits' | 'fails' | 'no-key' {
    const loaded = this.load(key);
    if (loaded === undefined) return 'no-key';
    // Buffer.from would stop at the first character that is no hex and take what came before.
    if (!HEX.test(signature)) return 'fails';
    return verify('sha256', Buffer.from(signed), loaded, Buffer.from(signature, 'hex')) ? 'fits' : 'fails';
  }

  fingerprints(key: string): readonly string[] {
    const loaded = this.load(key);
    if (loaded === undefined) return [];
    const asGiven = Buffer.from(key, 'base64');
    return [asGiven, loaded.export({ type: 'pkcs1', format: 'der' })].map(md5);
  }

  private load(key: string): KeyObject | undefined {
    if (!this.loaded.has(key)) this.loaded.set(key, loadKey(Buffer.from(key, 'base64')));
    return this.loaded.get(key);
  }
}

/** AWS documents PKCS#1; one sample of its own is SubjectPublicKeyInfo. */
function loadKey(der: Buffer): KeyObject | undefined {
  for (const type of ['pkcs1', 'spki'] as const) {
    try {
      const key = createPublicKey({ key: der, format: 'der', type });
      if (key.asymmetricKeyType === 'rsa') return key;
    } catch {
      // The other form is tried.
    }
  }
  return undefined;
}

function md5(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex');
}
