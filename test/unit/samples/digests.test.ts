import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

// The rules of validation are written here a second time, without the generator's code.
const SAMPLES = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'samples');
const BUCKET = join(SAMPLES, 'example-trail-bucket');

interface DigestJson {
  readonly awsAccountId: string;
  readonly digestStartTime: string;
  readonly digestEndTime: string;
  readonly digestS3Bucket: string;
  readonly digestS3Object: string;
  readonly digestPublicKeyFingerprint: string;
  readonly digestSignatureAlgorithm: string;
  readonly newestEventTime: string | null;
  readonly oldestEventTime: string | null;
  readonly previousDigestS3Object: string | null;
  readonly previousDigestHashValue: string | null;
  readonly previousDigestSignature: string | null;
  readonly logFiles: readonly LogEntry[];
}

interface LogEntry {
  readonly s3Object: string;
  readonly hashValue: string;
  readonly newestEventTime: string;
  readonly oldestEventTime: string;
}

interface Digest {
  readonly key: string;
  readonly bytes: Buffer;
  readonly signature: string;
  readonly json: DigestJson;
}

interface SavedSignature {
  readonly signature: string;
  readonly 'signature-algorithm': string;
}

interface KeyList {
  readonly PublicKeyList: readonly { readonly Value: string; readonly Fingerprint: string }[];
}

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const unpacked = (key: string): Buffer => gunzipSync(readFileSync(join(BUCKET, key)));
const regionOf = (digest: DigestJson): string => digest.digestS3Object.split('/')[3]!;

const signatures = read(join(BUCKET, 'digest-signatures.json')) as Record<string, SavedSignature>;
const allKeys = readdirSync(join(BUCKET, 'AWSLogs'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.json.gz'))
  .map((name) => `AWSLogs/${name.replaceAll('\\', '/')}`)
  .sort();
const digests: Digest[] = allKeys
  .filter((key) => key.includes('/CloudTrail-Digest/'))
  .map((key) => {
    const bytes = unpacked(key);
    return { key, bytes, signature: signatures[key]?.signature ?? '', json: JSON.parse(bytes.toString()) as DigestJson };
  });
const byKey = new Map(digests.map((digest) => [digest.key, digest]));
const linked = digests.filter(({ json }) => json.previousDigestS3Object !== null);
const starting = digests.filter(({ json }) => json.previousDigestS3Object === null);

describe('the public key', () => {
  const [entry] = (read(join(SAMPLES, 'public-keys.json')) as KeyList).PublicKeyList as [KeyList['PublicKeyList'][number]];
  const der = Buffer.from(entry.Value, 'base64');
  const publicKey = createPublicKey({ key: der, type: 'pkcs1', format: 'der' });

  it('has 2048 bits and the MD5 of its DER as fingerprint', () => {
    expect(publicKey.asymmetricKeyDetails?.modulusLength).toBe(2048);
    expect(entry.Fingerprint).toBe(createHash('md5').update(der).digest('hex'));
  });

  it.each(digests)('verifies $key', ({ key, bytes, signature, json }) => {
    const before = json.previousDigestSignature ?? 'null';
    const signed = [json.digestEndTime, `${json.digestS3Bucket}/${key}`, sha256(bytes), before].join('\n');
    expect(verify('sha256', Buffer.from(signed), publicKey, Buffer.from(signature, 'hex'))).toBe(true);
    expect(json.digestPublicKeyFingerprint).toBe(entry.Fingerprint);
    expect(json.digestS3Object).toBe(key);
    expect(signatures[key]?.['signature-algorithm']).toBe(json.digestSignatureAlgorithm);
  });
});

describe('the digests', () => {
  it('name every log file once, with its hash and the times of its events', () => {
    const named = digests.flatMap(({ json }) => json.logFiles);
    expect(named.map(({ s3Object }) => s3Object).sort()).toEqual(allKeys.filter((key) => !byKey.has(key)));
    for (const { s3Object, hashValue, newestEventTime, oldestEventTime } of named) {
      const bytes = unpacked(s3Object);
      expect(sha256(bytes), s3Object).toBe(hashValue);
      const { Records } = JSON.parse(bytes.toString()) as { Records: { eventTime: string }[] };
      const times = Records.map(({ eventTime }) => eventTime).sort();
      expect([times[0], times.at(-1)]).toEqual([oldestEventTime, newestEventTime]);
    }
  });

  it('have no times of events in an hour without files', () => {
    const empty = digests.filter(({ json }) => json.logFiles.length === 0);
    expect(empty.length).toBeGreaterThan(0);
    for (const { json } of empty) expect([json.newestEventTime, json.oldestEventTime]).toEqual([null, null]);
  });

  it('name the digest before them, with its hash and signature', () => {
    expect(linked.length).toBeGreaterThan(0);
    for (const { json } of linked) {
      const previous = byKey.get(json.previousDigestS3Object!)!;
      expect(json.previousDigestHashValue).toBe(sha256(previous.bytes));
      expect(json.previousDigestSignature).toBe(previous.signature);
      expect(json.digestStartTime).toBe(previous.json.digestEndTime);
    }
  });

  it('begin a chain anew after the trail was stopped, with a gap before it', () => {
    const starts = (account: string): string[] =>
      starting
        .filter(({ json }) => json.awsAccountId === account)
        .map(({ json }) => `${regionOf(json)} ${json.digestStartTime}`)
        .sort();
    expect(starts('111122223333')).toEqual([
      'eu-west-1 2026-03-04T02:00:14Z',
      'eu-west-1 2026-03-04T06:41:22Z',
      'us-east-1 2026-03-04T02:00:14Z',
      'us-east-1 2026-03-04T06:41:22Z',
    ]);
    expect(starts('444455556666')).toEqual(['eu-west-1 2026-03-04T02:03:40Z', 'us-east-1 2026-03-04T02:03:40Z']);
    const inGap = allKeys.filter((key) => key.includes('/111122223333/')).filter((key) => /T0(4[2-5]|5|6)/.test(key));
    expect(inGap).toEqual([]);
  });

  it('have null for all five fields of the digest before when there is none', () => {
    for (const { json } of starting) {
      const previous = Object.entries(json).filter(([name]) => name.startsWith('previousDigest'));
      expect(previous).toHaveLength(5);
      expect(previous.every(([, value]) => value === null)).toBe(true);
    }
  });
});
