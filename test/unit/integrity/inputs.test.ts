import { generateKeyPairSync } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import {
  parseDigestName,
  parseLogName,
  digestKeyAt,
  fromRoot,
  organizationOf,
} from '../../../src/core/integrity/objectKey';
import { parsePublicKeys } from '../../../src/core/integrity/publicKeys';
import { parseSignatures, signaturesText } from '../../../src/core/integrity/signatures';
import { findInputs, readPublicKeys, readSignatures } from '../../../src/node/integrity/inputFiles';
import { PublicKeyCrypto } from '../../../src/node/integrity/publicKeyCrypto';
import { TestFolder } from '../../fixtures/folder';
import { SignedTrail, keyList, signingKey } from '../../fixtures/signedTrail';

const KEY = signingKey();
const crypto = new PublicKeyCrypto();
const folder = new TestFolder();
afterAll(() => folder.remove());

const parse = (value: unknown): ReturnType<typeof parsePublicKeys> =>
  parsePublicKeys(JSON.stringify(value), (key) => crypto.fingerprints(key));

describe('a file of public keys', () => {
  const entry = { Value: KEY.value, Fingerprint: KEY.fingerprint };
  const lower = { value: KEY.value, fingerprint: KEY.fingerprint };
  it.each<[string, unknown]>([
    ['as the AWS CLI prints it', { PublicKeyList: [entry] }],
    ['as other SDKs print it', { publicKeyList: [lower] }],
    ['as a bare list', [entry]],
    ['with upper-case hex', { PublicKeyList: [{ ...entry, Fingerprint: KEY.fingerprint.toUpperCase() }] }],
    ['with line breaks in the value', { PublicKeyList: [{ ...entry, Value: KEY.value.replace(/.{64}/g, '$&\n') }] }],
  ])('%s', (_name, value) => {
    const { keys, problems } = parse(value);
    expect(keys).toMatchObject([{ fingerprint: KEY.fingerprint, value: KEY.value }]);
    expect(problems).toEqual([]);
  });

  it.each<[string, unknown, number | null]>([
    ['epoch seconds', 1436317441.5, 1436317441500],
    ['epoch seconds as a text', '1436317441.0', 1436317441000],
    ['epoch seconds with an exponent', '1.436317441E9', 1436317441000],
    ['ISO 8601', '2015-07-08T01:04:01Z', 1436317441000],
    ['ISO 8601 with fractions and an offset', '2015-07-08T10:04:01.000000+09:00', 1436317441000],
    ['nothing', undefined, null],
    ['something else', 'soon', null],
  ])('with times as %s', (_name, time, expected) => {
    const { keys } = parse({ PublicKeyList: [{ ...entry, ValidityStartTime: time, ValidityEndTime: time }] });
    expect(keys).toMatchObject([{ validFrom: expected, validTo: expected }]);
  });

  it('with a SubjectPublicKeyInfo is taken, whichever form its fingerprint is of', () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const value = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
    const fingerprints = crypto.fingerprints(value);
    expect(new Set(fingerprints).size).toBe(2);
    for (const fingerprint of fingerprints) {
      expect(parse([{ Value: value, Fingerprint: fingerprint }]).keys.map((key) => key.fingerprint)).toEqual([
        fingerprint,
      ]);
    }
  });

  it.each<[string, unknown, string[]]>([
    [
      'a key that has not the fingerprint it claims',
      { PublicKeyList: [{ ...entry, Fingerprint: '0'.repeat(32) }] },
      ['key-fingerprint'],
    ],
    ['an entry without a value', { PublicKeyList: [{ Fingerprint: KEY.fingerprint }] }, ['key-incomplete']],
    ['an empty list', { PublicKeyList: [] }, ['no-public-keys']],
    ['another file', { Records: [] }, ['not-public-keys']],
    ['a list of something else', [1, 2], ['not-public-keys']],
  ])('with %s gives no key and says so', (_name, value, kinds) => {
    const { keys, problems } = parse(value);
    expect(keys).toEqual([]);
    expect(problems.map(({ kind }) => kind)).toEqual(kinds);
  });

  it('with a key that cannot be loaded keeps it, for the digests that name it', () => {
    const { keys, problems } = parse([{ Value: 'AAAA', Fingerprint: 'abc' }]);
    expect([keys.length, problems]).toEqual([1, []]);
    expect(crypto.verify('AAAA', 'text', '00')).toBe('no-key');
  });
});

describe('a file of signatures', () => {
  const trail = new SignedTrail({ key: KEY }).hours('2026-03-04T00:00:00Z', 2);
  const [key] = trail.digests.map((digest) => digest.key) as [string];

  it('is read, whatever prefix the keys have', () => {
    const { signatures, problems } = parseSignatures(JSON.stringify(trail.signatures));
    expect([signatures.size, problems]).toEqual([2, []]);
    expect(signatures.get(`some/prefix/${key}`)?.signature).toBe(trail.digests[0]!.signature);
  });

  it('is written as it is read', () => {
    const saved = { signature: 'ab', algorithm: 'SHA256withRSA', backfillGenerationTimestamp: '2026-03-05T00:00:00Z' };
    expect(parseSignatures(signaturesText(new Map([[key, saved]]))).signatures.get(key)).toEqual(saved);
  });

  it.each<[string, string, string[]]>([
    ['no JSON', 'x', ['not-signatures']],
    ['a list', '[]', ['not-signatures']],
    ['an entry of another kind', `{"${key}":"abc"}`, ['not-a-signature']],
  ])('that is %s gives none and says so', (_name, text, kinds) => {
    const { signatures, problems } = parseSignatures(text);
    expect([signatures.size, problems.map(({ kind }) => kind)]).toEqual([0, kinds]);
  });
});

describe('signatures', () => {
  it.each(['', 'zz', 'abc', '00', 'ab cd'])('that are no signature fail: %j', (signature) => {
    expect(crypto.verify(KEY.value, 'text', signature)).toBe('fails');
  });
});

describe('files on disk', () => {
  it('are read from files and folders, other JSON aside', async () => {
    const keys = folder.write('keys/a.json', keyList(KEY));
    folder.write('keys/b.json', keyList(signingKey()));
    folder.write('keys/other.json', '{"Records":[]}');
    expect((await readPublicKeys([keys])).keys.length).toBe(1);
    const read = await readPublicKeys([`${folder.path}/keys`]);
    expect([read.keys.length, read.files.length, read.problems]).toEqual([2, 2, []]);
    expect(read.files[0]!.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('that are not there are told of', async () => {
    expect((await readPublicKeys([`${folder.path}/none.json`])).problems.map(({ problem }) => problem.kind)).toEqual([
      'unreadable',
    ]);
    expect((await readSignatures(`${folder.path}/none.json`)).problems.length).toBe(1);
    folder.write('empty/readme.txt', '');
    expect((await readPublicKeys([`${folder.path}/empty`])).problems.map(({ problem }) => problem.kind)).toEqual([
      'no-public-keys',
    ]);
  });

  it('are found beside the copy and in it', async () => {
    const keys = folder.write('found/public-keys.json', keyList(KEY));
    const signatures = folder.write(
      'found/bucket/digest-signatures.json',
      JSON.stringify(new SignedTrail({ key: KEY }).hours('2026-03-04T00:00:00Z', 1).signatures),
    );
    folder.write('found/bucket/key.json', '{"name":"none of ours"}');
    expect(await findInputs(`${folder.path}/found/bucket`)).toEqual({ keys: [keys], signatures });
  });
});

describe('names of objects', () => {
  it.each<[string, object | undefined]>([
    [
      'p/AWSLogs/111122223333/CloudTrail-Digest/us-east-1/2026/03/04/111122223333_CloudTrail-Digest_us-east-1_my_trail-1_eu-west-1_20260304T050607Z.json.gz',
      {
        account: '111122223333',
        region: 'us-east-1',
        trail: 'my_trail-1',
        homeRegion: 'eu-west-1',
        backfill: false,
        time: Date.UTC(2026, 2, 4, 5, 6, 7),
      },
    ],
    [
      '111122223333_CloudTrail-Digest_us-gov-west-1_t_us-gov-east-1_20260304T050607Z_backfill.json.gz',
      {
        account: '111122223333',
        region: 'us-gov-west-1',
        trail: 't',
        homeRegion: 'us-gov-east-1',
        backfill: true,
        time: Date.UTC(2026, 2, 4, 5, 6, 7),
      },
    ],
    ['111122223333_CloudTrail-Digest_us-east-1_t_us-east-1_20261304T050607Z.json.gz', undefined],
    ['111122223333_CloudTrail_us-east-1_20260304T0505Z_abc.json.gz', undefined],
  ])('of digests: %s', (key, parts) => expect(parseDigestName(key)).toEqual(parts));

  it.each<[string, object | undefined]>([
    [
      '111122223333_CloudTrail_us-east-1_20260304T0505Z_Abc1.json.gz',
      { account: '111122223333', region: 'us-east-1', time: Date.UTC(2026, 2, 4, 5, 5) },
    ],
    [
      '111122223333_CloudTrail-Insight_us-east-1_20260304T0505Z_Abc1.json.gz',
      { account: '111122223333', region: 'us-east-1', time: Date.UTC(2026, 2, 4, 5, 5) },
    ],
    ['111122223333_CloudTrail-Digest_us-east-1_t_us-east-1_20260304T050607Z.json.gz', undefined],
    ['notes.json.gz', undefined],
  ])('of logs: %s', (key, parts) => expect(parseLogName(key)).toEqual(parts));

  it('give the key of the digest of another hour', () => {
    const key = 'AWSLogs/1/CloudTrail-Digest/r/2026/03/04/1_CloudTrail-Digest_r_t_h_20260304T003000Z.json.gz';
    expect(digestKeyAt(key, Date.UTC(2026, 2, 3, 23, 30))).toBe(
      'AWSLogs/1/CloudTrail-Digest/r/2026/03/03/1_CloudTrail-Digest_r_t_h_20260303T233000Z.json.gz',
    );
  });

  it('begin at AWSLogs', () => {
    expect(['a/AWSLogs/b', 'AWSLogs/b', '/x/AWSLogs/y/AWSLogs/b', 'MyAWSLogs/b', 'b'].map(fromRoot)).toEqual([
      'AWSLogs/b',
      'AWSLogs/b',
      'AWSLogs/b',
      undefined,
      undefined,
    ]);
    expect(organizationOf('p/AWSLogs/o-abc123/1/CloudTrail')).toBe('o-abc123');
    expect(organizationOf('p/AWSLogs/1/CloudTrail')).toBeUndefined();
  });
});
