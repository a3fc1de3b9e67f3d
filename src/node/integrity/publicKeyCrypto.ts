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
    if (this.load(key) === undefined) return [];
    const der = Buffer.from(key, 'base64');
    return [...new Set([der, pkcs1Of(der)])].map(md5);
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

const SEQUENCE = 0x30;
const BIT_STRING = 0x03;

/**
 * The PKCS#1 form of a key: of a SubjectPublicKeyInfo (RFC 5280) the content of its bit string, anything else as it is. `KeyObject.export` would do, but
 * fails in the Node.js of some VS Codes.
 */
function pkcs1Of(der: Buffer): Buffer {
  const outer = derValue(der, 0, SEQUENCE);
  const algorithm = outer && derValue(der, outer.start, SEQUENCE);
  const bits = algorithm && derValue(der, algorithm.end, BIT_STRING);
  // The first byte of a bit string says how many bits of the last one are unused: none.
  return bits === undefined ? der : der.subarray(bits.start + 1, bits.end);
}

/** Where the content of the value at `at` stands, when it is one of this tag. */
function derValue(der: Buffer, at: number, tag: number): { start: number; end: number } | undefined {
  if (der[at] !== tag || der[at + 1] === undefined) return undefined;
  const short = der[at + 1]!;
  const lengthBytes = short < 0x80 ? 0 : short & 0x7f;
  if (lengthBytes > 4 || at + 2 + lengthBytes > der.length) return undefined;
  const length = lengthBytes === 0 ? short : der.readUIntBE(at + 2, lengthBytes);
  const start = at + 2 + lengthBytes;
  return { start, end: start + length };
}

function md5(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex');
}
