import type { Message } from '../message';

/** What became of a digest file that was read and unpacked. */
export type DigestContent =
  | { readonly kind: 'read'; readonly bytes: Uint8Array; readonly sha256: string }
  | { readonly kind: 'format' }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'unreadable'; readonly message: Message }
  | { readonly kind: 'cancelled' };

/** What became of a log file that was read, unpacked and hashed; `trailing`: bytes follow the packed stream. */
export type LogContent =
  | { readonly kind: 'hashed'; readonly sha256: string; readonly trailing: boolean; readonly bytes: number }
  | { readonly kind: 'format' }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'unreadable'; readonly message: Message }
  | { readonly kind: 'cancelled' };

/** What validation needs of the world. Nothing here throws for what is in a file. */
export interface IntegrityPorts {
  /** Reads, unpacks and hashes a digest (its unpacked bytes). May run many at a time. */
  readDigest(path: string): Promise<DigestContent>;
  /** Reads, unpacks and hashes a log (its unpacked bytes). May run many at a time. */
  hashLog(path: string): Promise<LogContent>;
  /** Checks an RSA PKCS#1 v1.5 signature with SHA-256. `key`: base64 of DER. `signature`: hex. */
  verify(key: string, signed: string, signature: string): 'fits' | 'fails' | 'no-key';
  /** The fingerprints that fit a key: MD5 of its DER, hex. Empty when it cannot be loaded. */
  fingerprints(key: string): readonly string[];
}
