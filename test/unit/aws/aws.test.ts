import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AwsAccess } from '../../../src/aws/access';
import { listProfiles } from '../../../src/aws/profiles';
import { fetchPublicKeys } from '../../../src/aws/publicKeys';
import { type DigestObject, fetchSignatures } from '../../../src/aws/signatures';
import { parsePublicKeys } from '../../../src/core/integrity/publicKeys';
import { english } from '../../../src/core/message';
import { PublicKeyCrypto } from '../../../src/node/integrity/publicKeyCrypto';
import { type AwsAnswer, AwsServer, awsError } from '../../fixtures/awsServer';
import { TestFolder } from '../../fixtures/folder';
import { SignedTrail, signingKey } from '../../fixtures/signedTrail';

const server = new AwsServer();
const folder = new TestFolder();
const KEY = signingKey();
const OTHER = signingKey();
const SPAN = { from: Date.UTC(2026, 2, 4), to: Date.UTC(2026, 2, 5, 0, 0, 0, 500) };
const SAVED = { ...process.env };

beforeAll(() => server.start());
afterAll(() => {
  server.stop();
  folder.remove();
});
beforeEach(() => {
  server.calls.length = 0;
  // Nothing of the machine's own: no profile, no metadata service.
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) Reflect.deleteProperty(process.env, name);
  process.env['AWS_EC2_METADATA_DISABLED'] = 'true';
  process.env['AWS_CONFIG_FILE'] = folder.write(
    'config',
    `[default]
region = eu-west-1
[profile audit]
region = us-east-1
[profile people]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Audit
[sso-session corp]
sso_start_url = https://corp.example/start
sso_region = us-east-1
[profile chained]
role_arn = arn:aws:iam::444455556666:role/Audit
source_profile = audit
[profile tool]
credential_process = /bin/false
`,
  );
  process.env['AWS_SHARED_CREDENTIALS_FILE'] = folder.write(
    'credentials',
    '[audit]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = secret\naws_session_token = token\n',
  );
});
afterEach(() => {
  process.env = { ...SAVED };
  vi.restoreAllMocks();
});

const access = (more: Partial<AwsAccess> = {}): AwsAccess => ({
  profile: 'audit',
  region: 'us-east-1',
  endpoint: server.endpoint,
  ...more,
});
const entry = ({ value, fingerprint }: typeof KEY): object => ({
  Value: value,
  Fingerprint: fingerprint,
  ValidityStartTime: 1772582400.0,
  ValidityEndTime: 1775001600.5,
});

describe('fetching public keys', () => {
  it('asks for a span, signed as the profile, in the Region', async () => {
    server.answer = () => ({ body: { PublicKeyList: [entry(KEY)] } });
    const { keys, problem } = await fetchPublicKeys(access({ region: 'ap-northeast-1' }), SPAN);
    expect(problem).toBeNull();
    expect(keys).toEqual([
      {
        Value: KEY.value,
        Fingerprint: KEY.fingerprint,
        ValidityStartTime: '2026-03-04T00:00:00.000Z',
        ValidityEndTime: '2026-04-01T00:00:00.500Z',
      },
    ]);
    const [call] = server.calls;
    expect(call).toMatchObject({ operation: 'ListPublicKeys', body: { StartTime: 1772582400, EndTime: 1772668800.5 } });
    expect(call!.headers.authorization).toContain('Credential=AKIAEXAMPLE/');
    expect(call!.headers.authorization).toContain('/ap-northeast-1/cloudtrail/aws4_request');
    expect(call!.headers['x-amz-security-token']).toBe('token');
  });

  it('gives a file that validation takes', async () => {
    server.answer = () => ({ body: { PublicKeyList: [entry(KEY)] } });
    const { keys } = await fetchPublicKeys(access(), SPAN);
    const crypto = new PublicKeyCrypto();
    const parsed = parsePublicKeys(JSON.stringify({ PublicKeyList: keys }), (key) => crypto.fingerprints(key));
    expect(parsed).toMatchObject({ keys: [{ fingerprint: KEY.fingerprint, validTo: 1775001600500 }], problems: [] });
  });

  it('goes through all pages, the empty ones too, and drops what comes twice', async () => {
    const pages: AwsAnswer[] = [
      { body: { PublicKeyList: [entry(KEY)], NextToken: 'a' } },
      { body: { PublicKeyList: [], NextToken: 'b' } },
      { body: { NextToken: 'c' } },
      { body: { PublicKeyList: [entry(KEY), entry(OTHER)] } },
    ];
    server.answer = (_call, number) => pages[number - 1]!;
    const { keys } = await fetchPublicKeys(access(), SPAN);
    expect(keys.map(({ Fingerprint }) => Fingerprint)).toEqual([KEY.fingerprint, OTHER.fingerprint]);
    expect(server.calls.map(({ body }) => body['NextToken'])).toEqual([undefined, 'a', 'b', 'c']);
  });

  it('does not go round in a circle of pages', async () => {
    server.answer = () => ({ body: { PublicKeyList: [entry(KEY)], NextToken: 'same' } });
    expect((await fetchPublicKeys(access(), SPAN)).keys.length).toBe(1);
    expect(server.calls.length).toBe(2);
  });

  it('tries again when it is asked to slow down', async () => {
    server.answer = (_call, number) =>
      number < 3 ? awsError('ThrottlingException', 'Rate exceeded') : { body: { PublicKeyList: [entry(KEY)] } };
    expect(await fetchPublicKeys(access(), SPAN)).toMatchObject({ keys: [{}], problem: null });
  });

  it('keeps the pages that came before a failure', async () => {
    server.answer = (_call, number) =>
      number === 1
        ? { body: { PublicKeyList: [entry(KEY)], NextToken: 'a' } }
        : awsError('ExpiredTokenException', 'The security token included in the request is expired');
    const { keys, problem } = await fetchPublicKeys(access(), SPAN);
    expect(keys.map(({ Fingerprint }) => Fingerprint)).toEqual([KEY.fingerprint]);
    expect(problem?.kind).toBe('expired');
  });

  it.each<[string, AwsAnswer, string, RegExp]>([
    ['throttling that goes on', awsError('ThrottlingException', 'Rate exceeded'), 'throttled', /slow down/],
    ['expired credentials', awsError('ExpiredTokenException', 'expired'), 'expired', /aws sso login --profile audit/],
    [
      'a key that AWS does not know',
      awsError('UnrecognizedClientException', 'The security token is invalid'),
      'rejected',
      /profile audit/,
    ],
    [
      'a missing permission',
      awsError('AccessDeniedException', 'User is not authorized'),
      'denied',
      /cloudtrail:ListPublicKeys/,
    ],
    [
      'a name in the header only',
      { status: 400, headers: { 'x-amzn-errortype': 'AccessDeniedException:' }, body: {} },
      'denied',
      /ListPublicKeys/,
    ],
    [
      'a namespace in the name',
      awsError('com.amazon.coral#InvalidTimeRangeException', 'EndTime must not be before'),
      'other',
      /InvalidTimeRangeException.*EndTime/,
    ],
    ['a fault of the service', { status: 500, body: { __type: 'InternalFailure' } }, 'other', /InternalFailure/],
    ['a page of HTML', { status: 503, body: '<html>' }, 'other', /AWS answered/],
    ['JSON that is cut', { body: '{"PublicKeyList":[' }, 'other', /AWS answered/],
    ['a connection that is cut', { cut: true }, 'network', /could not be reached/],
  ])('tells of %s', async (_name, answer, kind, text) => {
    server.answer = () => answer;
    const { keys, problem } = await fetchPublicKeys(access(), SPAN);
    expect(keys).toEqual([]);
    expect(problem?.kind).toBe(kind);
    expect(english(problem!.message)).toMatch(text);
  });

  it.each<[string, Partial<AwsAccess>, string, RegExp]>([
    ['nobody listens', { endpoint: 'http://127.0.0.1:9' }, 'network', /could not be reached in the region us-east-1/],
    ['the name is not known', { endpoint: 'http://cloudtrail.invalid' }, 'network', /could not be reached/],
    ['the profile is not there', { profile: 'nobody' }, 'credentials', /profile nobody gives no AWS credentials/],
    ['the sign-in is over', { profile: 'people' }, 'expired', /aws sso login --profile people/],
    ['there are no credentials', { profile: undefined }, 'credentials', /profile default gives no AWS credentials/],
  ])('tells when %s', async (_name, more, kind, text) => {
    const { problem } = await fetchPublicKeys(access(more), SPAN);
    expect(problem?.kind).toBe(kind);
    expect(english(problem!.message)).toMatch(text);
  });

  it('can be cancelled', async () => {
    server.answer = () => ({ delayMs: 5000, body: {} });
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 20);
    expect((await fetchPublicKeys(access(), SPAN, abort.signal)).problem?.kind).toBe('cancelled');
  });
});

describe('fetching signatures', () => {
  const trail = new SignedTrail({ key: KEY, backfill: true }).hours('2026-03-04T00:00:00Z', 30, 0);
  const objects: DigestObject[] = trail.digests.map(({ key }) => ({ bucket: 'example-trail-bucket', key }));
  const metadata = (key: string): AwsAnswer => {
    const saved = Object.entries(trail.signatures[key] ?? {});
    return { headers: Object.fromEntries(saved.map(([name, value]) => [`x-amz-meta-${name}`, value])) };
  };
  const keyOf = (path: string): string => path.slice('/example-trail-bucket/'.length).replace(/\?.*$/, '');

  it('asks for the metadata of each digest', async () => {
    server.answer = ({ path }) => metadata(keyOf(path));
    const asked: number[] = [];
    const { signatures, problem, gone } = await fetchSignatures(access(), objects, {
      onProgress: (count) => asked.push(count),
    });
    expect([problem, gone]).toEqual([null, []]);
    expect(new Set(server.calls.map(({ operation }) => operation))).toEqual(new Set(['HEAD']));
    expect(asked.at(-1)).toBe(30);
    for (const { key, signature } of trail.digests) {
      expect(signatures.get(key)).toEqual({
        signature,
        algorithm: 'SHA256withRSA',
        backfillGenerationTimestamp: '2026-03-05T00:00:00Z',
      });
    }
  });

  it('notes what has no signature, is gone, or is refused, and goes on', async () => {
    const [bare, gone, denied] = objects.map(({ key }) => key);
    server.answer = ({ path }) => {
      const key = keyOf(path);
      if (key === bare) return {};
      if (key === gone) return { status: 404 };
      return key === denied ? { status: 403 } : metadata(key);
    };
    const found = await fetchSignatures(access(), objects);
    expect(found.signatures.get(bare!)).toEqual({ signature: null, algorithm: null });
    expect(found.gone.map(({ key }) => key)).toEqual([gone]);
    expect(found.denied.map(({ key }) => key)).toEqual([denied]);
    expect([found.signatures.size, found.problem]).toEqual([28, null]);
  });

  it('stops when everything is refused', async () => {
    server.answer = () => ({ status: 403 });
    const { problem } = await fetchSignatures(access(), objects);
    expect(problem?.kind).toBe('denied');
    expect(english(problem!.message)).toContain('s3:GetObject');
    expect(server.calls.length).toBeLessThan(objects.length);
  });

  it('keeps what came before the network went away', async () => {
    server.answer = ({ path }, number) => (number > 10 ? { cut: true } : metadata(keyOf(path)));
    const { signatures, problem } = await fetchSignatures(access(), objects);
    expect(problem?.kind).toBe('network');
    expect(signatures.size).toBe(10);
  });

  it('can be cancelled', async () => {
    server.answer = () => ({ delayMs: 5000 });
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 20);
    expect((await fetchSignatures(access(), objects, { signal: abort.signal })).problem?.kind).toBe('cancelled');
  });
});

describe('profiles', () => {
  it('are those of the user’s config, with their Regions and ways to sign in', async () => {
    expect(await listProfiles()).toEqual([
      { name: 'default', region: 'eu-west-1', kind: 'other' },
      { name: 'audit', region: 'us-east-1', kind: 'keys' },
      { name: 'chained', region: undefined, kind: 'role' },
      { name: 'people', region: undefined, kind: 'sso' },
      { name: 'tool', region: undefined, kind: 'process' },
    ]);
  });

  it('are none without a config', async () => {
    process.env['AWS_CONFIG_FILE'] = `${folder.path}/none`;
    process.env['AWS_SHARED_CREDENTIALS_FILE'] = `${folder.path}/none`;
    expect(await listProfiles()).toEqual([]);
  });
});
