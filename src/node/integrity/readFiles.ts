import { hash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import type { DigestContent, LogContent } from '../../core/integrity/ports';
import { unpackFirstMember } from './firstMember';
import { hashGzipStream, hashPlainStream } from './hashStream';
import { readFailure } from './readFailure';

const MEGABYTE = 1024 * 1024;
/** Files up to here, and content up to there, are held as a whole, which is much faster; CloudTrail's own are far smaller. */
const MOST_PACKED = 16 * MEGABYTE;
const MOST_UNPACKED = 64 * MEGABYTE;
/** A digest of an hour names thousands of logs at most. */
const LARGEST_DIGEST = 256 * MEGABYTE;
const PACKED_NAME = /\.gz$/i;

/** A file to be looked at, as it is handed to a worker. */
export interface FileJob {
  readonly kind: 'digest' | 'log';
  readonly path: string;
}

/** Hashes the unpacked content of a log. It blocks while it reads: for workers, and for a few small files. */
export async function hashLog(path: string): Promise<LogContent> {
  try {
    const isPacked = PACKED_NAME.test(path);
    if (statSync(path).size > MOST_PACKED) return await (isPacked ? hashGzipStream(path) : hashPlainStream(path));
    const content = readFileSync(path);
    if (!isPacked) return { kind: 'hashed', sha256: sha256(content), trailing: false, bytes: content.length };
    const member = unpackFirstMember(content, MOST_UNPACKED);
    if (member === 'too-large') return await hashGzipStream(path);
    if (member === 'invalid') return { kind: 'format' };
    const { bytes, trailing } = member;
    return { kind: 'hashed', sha256: sha256(bytes), trailing: trailing > 0, bytes: bytes.length };
  } catch (error) {
    return readFailure(error);
  }
}

/** Reads and hashes a digest. Unlike a log's, its gzip must be complete, and what follows it is ignored. */
export function readDigest(path: string): DigestContent {
  try {
    if (statSync(path).size > LARGEST_DIGEST) return { kind: 'format' };
    const content = readFileSync(path);
    if (!PACKED_NAME.test(path)) return { kind: 'read', bytes: content, sha256: sha256(content) };
    const member = unpackFirstMember(content, LARGEST_DIGEST);
    if (typeof member === 'string' || !member.isWhole) return { kind: 'format' };
    return { kind: 'read', bytes: member.bytes, sha256: sha256(member.bytes) };
  } catch (error) {
    return readFailure(error);
  }
}

/** SHA-256 of bytes, lower-case hex. */
export function sha256(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex');
}
