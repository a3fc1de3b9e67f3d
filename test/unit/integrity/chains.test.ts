import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { SavedSignatures } from '../../../src/core/integrity/signatures';
import { validate } from '../../../src/core/integrity/validate';
import { listCopy } from '../../../src/node/integrity/inputFiles';
import { nodePorts } from '../../../src/node/integrity/nodePorts';
import { type SignedDigest, SignedTrail, signingKey } from '../../fixtures/signedTrail';
import { type Judged, TrailCopy } from '../../fixtures/trailCopy';

const KEY = signingKey();
const OTHER_KEY = signingKey();
const START = '2026-03-04T00:00:00Z';
const copies: TrailCopy[] = [];
afterAll(() => copies.forEach(({ folder }) => folder.remove()));

function copyOf(...trails: SignedTrail[]): TrailCopy {
  const copy = new TrailCopy(trails);
  copies.push(copy);
  return copy;
}

function sixHours(): { trail: SignedTrail; copy: TrailCopy; digests: readonly SignedDigest[] } {
  const trail = new SignedTrail({ key: KEY }).hours(START, 6);
  return { trail, copy: copyOf(trail), digests: trail.digests };
}

const verdicts = (judged: Judged): object => {
  const { digests, badLogs, findings, spans } = judged;
  return { digests, badLogs, findings, ...spans };
};
const all = (count: number, verdict: string): string[] => Array.from({ length: count }, () => verdict);
const CLEAN = { badLogs: [], findings: [], gaps: [], holes: [] };

describe('a whole chain', () => {
  it('is valid by its saved signatures', async () => {
    const { copy } = sixHours();
    const judged = await copy.validate([KEY]);
    expect(verdicts(judged)).toEqual({ ...CLEAN, digests: all(6, 'valid sidecar') });
    expect(judged.report).toMatchObject({
      isBroken: false,
      digests: { total: 6, valid: 6 },
      logs: { total: 12, valid: 12 },
    });
  });

  it('without saved signatures is proven by each next digest, but for the newest', async () => {
    const { copy } = sixHours();
    const judged = await copy.validate([KEY], { saved: false });
    expect(verdicts(judged)).toEqual({
      ...CLEAN,
      digests: [...all(5, 'valid successor'), 'unproven newest'],
      badLogs: all(2, 'unproven digest-unproven'),
    });
    expect(judged.report.isBroken).toBe(false);
  });

  it('without keys is not proven', async () => {
    const { copy } = sixHours();
    const judged = await copy.validate([]);
    expect(judged.digests).toEqual(all(6, 'unproven no-keys'));
    expect(judged.report).toMatchObject({ isBroken: false, hasKeys: false, logs: { valid: 0, unproven: 12 } });
  });

  it('is proven by one saved signature and hash links where the older keys are lost', async () => {
    const trail = new SignedTrail({ key: OTHER_KEY }).hours(START, 4).useKey(KEY).hours('2026-03-04T04:00:00Z', 2);
    const copy = copyOf(trail);
    const head = trail.digests[trail.digests.length - 1]!.key;
    copy.signatures = { [head]: copy.signatures[head]! };
    const judged = await copy.validate([KEY]);
    expect(judged.digests).toEqual([...all(4, 'valid hash-link'), 'valid successor', 'valid sidecar']);
  });

  it('of 200 digests is valid', async () => {
    const copy = copyOf(new SignedTrail({ key: KEY }).hours(START, 200, 1));
    expect((await copy.validate([KEY])).digests).toEqual(all(200, 'valid sidecar'));
    expect((await copy.validate([KEY], { saved: false })).report.digests).toMatchObject({ valid: 199, unproven: 1 });
  });

  it('of an organization, in a bucket with a prefix, is valid', async () => {
    const options = { key: KEY, organization: 'o-exampleorgid', prefix: 'audit/logs/' };
    const first = new SignedTrail(options).hours(START, 2);
    const second = new SignedTrail({ ...options, account: '444455556666', region: 'eu-west-1' }).hours(START, 2);
    const { report } = await copyOf(first, second).validate([KEY]);
    expect(
      report.chains.map(({ account, region, organization, trail }) => [account, region, organization, trail]),
    ).toEqual([
      ['111122223333', 'us-east-1', 'o-exampleorgid', 'main_trail'],
      ['444455556666', 'eu-west-1', 'o-exampleorgid', 'main_trail'],
    ]);
    expect(report.digests).toMatchObject({ total: 4, valid: 4 });
    expect(report.logs).toMatchObject({ total: 8, valid: 8 });
  });

  it('is found where the prefix of the bucket was stripped, and where folders were lost', async () => {
    const trail = new SignedTrail({ key: KEY, prefix: 'audit/' }).hours(START, 3);
    for (const place of [
      (key: string) => key.slice('audit/'.length),
      (key: string) => key.slice(key.lastIndexOf('/') + 1),
    ]) {
      const copy = copyOf();
      copy.signatures = trail.signatures;
      for (const { key, packed } of [...trail.digests, ...trail.logs]) copy.write(place(key), packed);
      const { report } = await copy.validate([KEY]);
      expect(report.digests).toMatchObject({ total: 3, valid: 3 });
      expect(report.logs).toMatchObject({ total: 6, valid: 6 });
    }
  });

  it('that was unpacked on disk is valid', async () => {
    const trail = new SignedTrail({ key: KEY }).hours(START, 3);
    const copy = copyOf();
    copy.signatures = trail.signatures;
    for (const { key, text } of [...trail.digests, ...trail.logs]) copy.write(key.replace(/\.gz$/, ''), text);
    expect((await copy.validate([KEY])).report).toMatchObject({ digests: { valid: 3 }, logs: { valid: 6, total: 6 } });
  });

  it('in two copies side by side is validated twice', async () => {
    const trail = new SignedTrail({ key: KEY }).hours(START, 2);
    const copy = copyOf().add(trail, 'monday').add(trail, 'tuesday').delete(`tuesday/${trail.logs[0]!.key}`);
    const { report } = await copy.validate([KEY]);
    expect(report.chains.length).toBe(2);
    expect(report.logs).toMatchObject({ total: 8, valid: 7, missing: 1 });
  });
});

describe('backfill digests', () => {
  it('are a chain of their own', async () => {
    const standard = new SignedTrail({ key: KEY }).hours(START, 3);
    const backfill = new SignedTrail({ key: KEY, backfill: true }).hours(START, 2);
    const { report, text } = await copyOf(standard, backfill).validate([KEY]);
    expect(report.chains.map((chain) => chain.backfill)).toEqual([false, true]);
    expect(report.backfillDigests).toMatchObject({ total: 2, valid: 2 });
    expect(text).toContain('(backfill) Digest file\ts3://');
    expect(text).toContain('3/3 digest files valid\n2/2 backfill digest files valid\n10/10 log files valid\n');
  });

  it('that nothing links to are unproven', async () => {
    const copy = copyOf(new SignedTrail({ key: KEY, backfill: true }).hours(START, 1));
    expect((await copy.validate([KEY], { saved: false })).digests).toEqual(['unproven backfill-unlinked']);
  });
});

describe('a log', () => {
  const packed = (text: string): Buffer => gzipSync(text);
  const twice = (text: string): Buffer => Buffer.concat([gzipSync(text), gzipSync('{}')]);
  const badSum = (text: string): Buffer => {
    const bytes = gzipSync(text);
    bytes[bytes.length - 8]! ^= 1;
    return bytes;
  };
  it.each<[string, (text: string) => Buffer, string[]]>([
    ['recompressed is valid', (text) => gzipSync(text, { level: 1 }), []],
    ['without its trailer is valid', (text) => packed(text).subarray(0, -8), []],
    ['without half its trailer is valid', (text) => packed(text).subarray(0, -4), []],
    ['with another content', (text) => packed(text.replace('GetObject', 'PutObject')), ['invalid hash']],
    ['cut in half', (text) => packed(text).subarray(0, packed(text).length / 2), ['invalid hash']],
    ['emptied', () => Buffer.alloc(0), ['invalid hash']],
    ['with a second member', twice, ['invalid trailing-data']],
    ['with bytes after it', (text) => Buffer.concat([packed(text), Buffer.from('x')]), ['invalid trailing-data']],
    ['with a wrong check sum', badSum, ['invalid format']],
    ['that is no gzip', (text) => Buffer.from(text), ['invalid format']],
  ])('%s', async (_name, change, bad) => {
    const { trail, copy } = sixHours();
    const log = trail.digests[2]!.logs[0]!;
    const judged = await copy.write(log.key, change(log.text)).validate([KEY]);
    expect(judged.badLogs).toEqual(bad);
    expect(judged.digests).toEqual(all(6, 'valid sidecar'));
    expect(judged.report.isBroken).toBe(bad.length > 0);
  });

  it('that was deleted is missing', async () => {
    const { trail, copy } = sixHours();
    const judged = await copy.delete(trail.logs[3]!.key).validate([KEY]);
    expect(judged.badLogs).toEqual(['missing not-found']);
    expect(judged.text).toContain(`Log file\ts3://example-trail-bucket/${trail.logs[3]!.key}\tINVALID: not found\n`);
  });

  it('that no digest names, in the middle of the chain, was added', async () => {
    const { trail, copy } = sixHours();
    const key = trail.logs[4]!.key.replace(/_L\d+/, '_PLANTED000000000');
    const judged = await copy.write(key, gzipSync('{"Records":[]}')).validate([KEY]);
    expect(judged.badLogs).toEqual(['unproven unlisted']);
    expect(judged.chain.unlisted[0]!.message.template).toContain('it may have been added or renamed');
    expect(judged.report).toMatchObject({ isBroken: false, unlistedLogs: 1 });
  });

  it('of a Region without digests is told of', async () => {
    const { copy } = sixHours();
    const other = new SignedTrail({ key: KEY, region: 'eu-west-1' }).hours(START, 1, 1).logs[0]!;
    const { report } = await copy.write(other.key, other.packed).validate([KEY]);
    expect(report.unlisted.map(({ key }) => key)).toEqual([other.key]);
  });
});

describe('a digest', () => {
  it('in the middle that was deleted is missing, with the size of the hole', async () => {
    const { copy, digests } = sixHours();
    const judged = await copy.delete(digests[2]!.key).validate([KEY]);
    expect(verdicts(judged)).toEqual({
      digests: [...all(2, 'valid sidecar'), 'missing not-found', ...all(3, 'valid sidecar')],
      badLogs: all(2, 'unproven unlisted'),
      findings: [],
      gaps: [],
      holes: ['02:00-03:00 1'],
    });
    expect(judged.chain.unlisted[0]!.message.template).toContain('the digest that would name it is missing');
    expect(judged.report.isBroken).toBe(true);
  });

  it('before a missing one is unproven without saved signatures', async () => {
    const { copy, digests } = sixHours();
    const judged = await copy.delete(digests[2]!.key).validate([KEY], { saved: false });
    expect(judged.digests).toEqual([
      'valid successor',
      'unproven successor-missing',
      'missing not-found',
      ...all(2, 'valid successor'),
      'unproven newest',
    ]);
  });

  it('and its neighbours that were deleted are all missing; the AWS CLI tells of the newest', async () => {
    const { copy, digests } = sixHours();
    const gone = digests.slice(1, 4);
    const judged = await copy.delete(...gone.map(({ key }) => key)).validate([KEY]);
    expect(judged.digests).toEqual([
      'valid sidecar',
      'missing not-found inferred',
      'missing not-found inferred',
      'missing not-found',
      ...all(2, 'valid sidecar'),
    ]);
    expect(judged.chain.digests.filter(({ verdict }) => verdict === 'missing').map(({ key }) => key)).toEqual(
      gone.map(({ key }) => key).toReversed(),
    );
    expect(judged.spans.holes).toEqual(['01:00-04:00 3']);
    expect(judged.text).toContain('3/4 digest files valid, 1/4 digest files INVALID');
    expect(judged.text.match(/INVALID: not found/g)).toEqual(['INVALID: not found']);
  });

  it('that is the newest and was deleted shows by other Regions and by logs', async () => {
    const { copy, digests } = sixHours();
    copy.add(new SignedTrail({ key: KEY, region: 'eu-west-1' }).hours(START, 6)).delete(digests[5]!.key);
    const judged = await copy.validate([KEY]);
    expect(judged.findings).toEqual(['newest-missing']);
    expect(judged.badLogs).toEqual(all(2, 'unproven unlisted'));
    expect(judged.report.isBroken).toBe(true);
  });

  it('that is the newest of the only chain and was deleted shows by logs that none names', async () => {
    const { copy, digests } = sixHours();
    const judged = await copy.delete(digests[5]!.key).validate([KEY]);
    expect(judged.digests).toEqual(all(5, 'valid sidecar'));
    expect(judged.badLogs).toEqual(all(2, 'unproven unlisted'));
    expect(judged.chain.unlisted[0]!.message.template).toContain('newer than the newest digest here');
  });

  it('that is the oldest here and has an older one is where the copy starts', async () => {
    const { copy, digests } = sixHours();
    const judged = await copy
      .delete(...digests.slice(0, 2).flatMap(({ key, logs }) => [key, ...logs.map((log) => log.key)]))
      .validate([KEY]);
    expect(verdicts(judged)).toEqual({ ...CLEAN, digests: all(4, 'valid sidecar'), findings: ['copy-starts'] });
    expect(judged.report.isBroken).toBe(false);
  });

  it('before the start that was asked for is missing, as the AWS CLI says', async () => {
    const { copy, digests } = sixHours();
    copy.delete(digests[0]!.key);
    const span = { from: Date.parse(START), to: undefined };
    expect((await copy.validate([KEY], { span })).digests).toEqual(['missing not-found', ...all(5, 'valid sidecar')]);
  });

  it('after a stop and start begins a chain; the one before is unproven without its saved signature', async () => {
    const trail = new SignedTrail({ key: KEY }).hours(START, 2).stop().hours('2026-03-04T05:00:00Z', 2);
    const copy = copyOf(trail);
    const saved = await copy.validate([KEY]);
    expect(verdicts(saved)).toEqual({ ...CLEAN, digests: all(4, 'valid sidecar'), gaps: ['02:00-05:00'] });
    expect(saved.text).toContain(
      'No log files were delivered by CloudTrail between 2026-03-04T02:00:00Z and 2026-03-04T05:00:00Z\n',
    );
    const unsaved = await copy.validate([KEY], { saved: false });
    expect(unsaved.digests).toEqual(['valid successor', 'unproven before-gap', 'valid successor', 'unproven newest']);
    expect(unsaved.report.isBroken).toBe(false);
  });

  it('that was moved is invalid where it stands and missing where it stood', async () => {
    const { copy, digests } = sixHours();
    const { key, packed } = digests[2]!;
    const judged = await copy.delete(key).write(key.replace('2026/03/04', '2026/03/05'), packed).validate([KEY]);
    expect(judged.digests).toContain('invalid moved');
    expect(judged.digests).toContain('missing not-found');
    expect(judged.report.isBroken).toBe(true);
  });

  it('that says it was written to another bucket than the user names is moved', async () => {
    const { copy } = sixHours();
    expect((await copy.validate([KEY], { bucket: 'another-bucket' })).digests).toEqual(all(6, 'invalid moved'));
    expect((await copy.validate([KEY], { bucket: 'example-trail-bucket' })).digests).toEqual(all(6, 'valid sidecar'));
  });

  it('signed with a key that is not in the list is invalid', async () => {
    const { copy } = sixHours();
    const judged = await copy.validate([OTHER_KEY]);
    expect(judged.digests).toEqual(all(6, 'invalid key-not-found'));
    expect(judged.text).toContain(
      `\tINVALID: public key not found in region us-east-1 for fingerprint ${KEY.fingerprint}\n`,
    );
    expect(judged.text).toContain('No valid digests found in range\n');
  });

  const changed = ({ text }: SignedDigest): Buffer =>
    gzipSync(text.replace(/"oldestEventTime":"[^"]*"/, '"oldestEventTime":null'));
  it('that was changed is invalid, and its logs are not believed', async () => {
    const { copy, digests } = sixHours();
    const judged = await copy.write(digests[2]!.key, changed(digests[2]!)).validate([KEY]);
    expect(judged.digests).toEqual([...all(2, 'valid sidecar'), 'invalid signature', ...all(3, 'valid sidecar')]);
    expect(judged.badLogs).toEqual(all(2, 'unproven digest-invalid'));
    expect(judged.text).toContain(
      `Digest file\ts3://example-trail-bucket/${digests[2]!.key}\tINVALID: signature verification failed\n`,
    );
  });

  it('that was changed is invalid by the signature in the next one', async () => {
    const { copy, digests } = sixHours();
    const judged = await copy.write(digests[2]!.key, changed(digests[2]!)).validate([KEY], { saved: false });
    expect(judged.digests).toEqual([
      'valid successor',
      // The changed one still holds its signature: that proves itself.
      'valid successor',
      'invalid signature',
      ...all(2, 'valid successor'),
      'unproven newest',
    ]);
  });

  it('that was changed is invalid by its hash where there are no keys', async () => {
    const { copy, digests } = sixHours();
    const judged = await copy.write(digests[2]!.key, changed(digests[2]!)).validate([]);
    expect(judged.digests[2]).toBe('invalid hash-link');
  });

  it.each<[string, (digest: SignedDigest) => Buffer | string]>([
    ['is no gzip', ({ text }) => text],
    ['is cut off', ({ packed }) => packed.subarray(0, -30)],
    ['lost its trailer', ({ packed }) => packed.subarray(0, -8)],
    ['is no JSON', ({ text }) => gzipSync(text.slice(0, -1))],
    ['has a list of logs that is none', ({ text }) => gzipSync(text.replace(/"logFiles":.*\]/, '"logFiles":7'))],
    ['lacks a field', ({ text }) => gzipSync(text.replace('previousDigestSignature', 'previousSignature'))],
  ])('that %s has an invalid format', async (_name, change) => {
    const { copy, digests } = sixHours();
    const judged = await copy.write(digests[2]!.key, change(digests[2]!)).validate([KEY]);
    expect(judged.digests[2]).toBe('invalid format');
    expect(judged.text).toContain(`s3://example-trail-bucket/${digests[2]!.key}\tINVALID: invalid format\n`);
  });

  it('with bytes after its gzip is valid', async () => {
    const { copy, digests } = sixHours();
    copy.write(digests[2]!.key, Buffer.concat([digests[2]!.packed, Buffer.from('rest')]));
    expect((await copy.validate([KEY])).digests).toEqual(all(6, 'valid sidecar'));
  });

  it('whose object had no signature is invalid', async () => {
    const { copy, digests } = sixHours();
    copy.signatures[digests[2]!.key] = { signature: null };
    expect((await copy.validate([KEY])).digests[2]).toBe('invalid signature');
  });

  it('whose saved signature is wrong is invalid, and the next one tells that the saved one is', async () => {
    const { copy, digests } = sixHours();
    copy.signatures[digests[2]!.key] = { signature: digests[1]!.signature };
    const judged = await copy.validate([KEY]);
    expect(judged.digests[2]).toBe('invalid signature');
    expect(judged.findings).toEqual(['wrong-sidecar']);
  });

  it('that starts a chain has null where the signature before it would stand', async () => {
    const { copy, digests } = sixHours();
    expect(JSON.parse(digests[0]!.text)).toMatchObject({ previousDigestSignature: null });
    expect((await copy.validate([KEY])).digests[0]).toBe('valid sidecar');
  });

  it('that links to no one between two that are linked is told of', async () => {
    const { copy } = sixHours();
    const half = new SignedTrail({ key: KEY }).hours('2026-03-04T01:30:00Z', 1, 0);
    const judged = await copy.add(half).validate([KEY]);
    expect(judged.findings).toEqual(['unlinked', 'overlap', 'overlap']);
    expect(judged.report.isBroken).toBe(false);
  });

  it('whose link leads in a circle ends the walk', async () => {
    const { copy, digests } = sixHours();
    const text = digests[2]!.text.replaceAll(digests[1]!.key, digests[4]!.key);
    const judged = await copy.write(digests[2]!.key, gzipSync(text)).validate([], { saved: false });
    expect(judged.chain.digests.length).toBeGreaterThan(4);
  });
});

describe('a validation that is cancelled', () => {
  it('ends with what it has, and says so', async () => {
    const { copy } = sixHours();
    const ports = nodePorts({ inline: true });
    let read = 0;
    const report = await validate(
      {
        paths: (await listCopy([copy.folder.path])).paths,
        keys: [],
        signatures: new SavedSignatures(),
        span: { from: undefined, to: undefined },
      },
      { ...ports, hashLog: (path) => (++read > 3 ? (ports.stop(), ports.hashLog(path)) : ports.hashLog(path)) },
      { isCancelled: () => read > 3 },
    );
    expect(report.cancelled).toBe(true);
    const logs = report.chains[0]!.digests.flatMap((digest) => digest.logs);
    expect(logs.filter(({ unproven }) => unproven === 'digest-unproven').length).toBe(3);
    expect(logs.filter(({ unproven }) => unproven === 'not-checked').length).toBe(9);
  });
});

describe('the span asked for', () => {
  const at = (hour: string): number => Date.parse(`2026-03-04T${hour}:00Z`);
  it.each<[string, { from?: number; to?: number }, string[]]>([
    ['from the middle', { from: at('03:00') }, ['03:00', '04:00', '05:00', '06:00']],
    ['to the middle, and the hour after', { to: at('03:00') }, ['01:00', '02:00', '03:00', '04:00']],
    ['within an hour', { from: at('02:30'), to: at('02:40') }, ['03:00']],
    ['before everything', { to: at('00:00') - 7200_000 }, []],
    ['after everything', { from: at('08:00') }, []],
  ])('%s', async (_name, span, ends) => {
    const { copy } = sixHours();
    const judged = await copy.validate([KEY], { span: { from: span.from, to: span.to } });
    expect(judged.chain.digests.map(({ end }) => new Date(end).toISOString().slice(11, 16)).toReversed()).toEqual(ends);
    if (ends.length === 0) expect(judged.text).toContain('No digests found\n');
  });

  it('leaves the digest after it as a witness', async () => {
    const { copy } = sixHours();
    const judged = await copy.validate([KEY], { saved: false, span: { from: undefined, to: at('03:00') } });
    expect(judged.digests).toEqual(all(4, 'valid successor'));
  });

  it('of one account and Region leaves the others out', async () => {
    const { copy } = sixHours();
    copy.add(new SignedTrail({ key: KEY, region: 'eu-west-1' }).hours(START, 2));
    const regions = async (options: object): Promise<string[]> =>
      (await copy.validate([KEY], options)).report.chains.map(({ region }) => region);
    expect(await regions({ region: 'eu-west-1' })).toEqual(['eu-west-1']);
    expect(await regions({ account: '111122223333' })).toEqual(['eu-west-1', 'us-east-1']);
    expect(await regions({ account: '999999999999' })).toEqual([]);
  });
});
