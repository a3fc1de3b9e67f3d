import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CommandLine, type Ran } from '../../fixtures/commandLine';
import { TestFolder } from '../../fixtures/folder';
import { SignedTrail, keyList, signingKey } from '../../fixtures/signedTrail';
import { TrailCopy } from '../../fixtures/trailCopy';

interface Row {
  readonly key: string;
  readonly verdict: string;
  readonly provenBy?: string | null;
  readonly message: string;
}
interface Report {
  readonly chains: readonly {
    readonly account: string;
    readonly region: string;
    readonly trail: string;
    readonly backfill: boolean;
    readonly digests: readonly Row[];
    readonly logs: readonly Row[];
    readonly gaps: readonly object[];
    readonly holes: readonly object[];
  }[];
  readonly summary: { readonly digests: object; readonly logs: object; readonly isBroken: boolean };
}

const program = new TestFolder();
const inputs = new TestFolder();
const cli = new CommandLine(program.path);
const key = signingKey();
const keys = inputs.write('public-keys.json', keyList(key));
const signatures = join(inputs.path, 'digest-signatures.json');
let trail: SignedTrail;
let copy: TrailCopy;

beforeAll(() => cli.build('1.2.3'));
beforeEach(() => {
  trail = new SignedTrail({ key }).hours('2026-03-04T00:00:00Z', 4).stop().hours('2026-03-04T06:00:00Z', 2);
  copy = new TrailCopy([trail]);
  writeFileSync(signatures, JSON.stringify(copy.signatures));
});
afterEach(() => copy.folder.remove());
afterAll(() => [program, inputs].forEach((folder) => folder.remove()));

const validate = (...args: string[]): Ran => cli.run('validate', copy.folder.path, ...args);
const proven = (...args: string[]): Ran => validate('--public-keys', keys, '--signatures', signatures, ...args);
const json = (ran: Ran): Report => JSON.parse(ran.out) as Report;

describe('validate', () => {
  it('prints the words of the AWS CLI, in its order', () => {
    const { code, out } = proven();
    expect(code).toBe(0);
    expect(out).toBe(
      `Validating log files for trail arn:aws:cloudtrail:us-east-1:111122223333:trail/main_trail between 2026-03-04T00:00:00Z and 2026-03-04T08:00:00Z

No log files were delivered by CloudTrail between 2026-03-04T04:00:00Z and 2026-03-04T06:00:00Z

Results requested for 2026-03-04T00:00:00Z to 2026-03-04T08:00:00Z
Results found for 2026-03-04T00:00:00Z to 2026-03-04T08:00:00Z:

6/6 digest files valid
12/12 log files valid
`,
    );
  });

  it('prints what is valid if asked, newest first', () => {
    const lines = proven('--verbose')
      .out.split('\n')
      .filter((line) => line.includes('\t'));
    const [newest] = trail.digests.toReversed();
    expect(lines.length).toBe(18);
    expect(lines[0]).toBe(`Digest file\ts3://example-trail-bucket/${newest!.key}\tvalid`);
    expect(lines[1]).toBe(`Log file\ts3://example-trail-bucket/${newest!.logs[0]!.key}\tvalid`);
  });

  it('tells what is wrong between blank lines, and exits 1', () => {
    const [log, gone] = trail.digests[1]!.logs as [(typeof trail.logs)[0], (typeof trail.logs)[0]];
    copy.write(log.key, gzipSync('{}')).delete(gone.key);
    const { code, out } = proven('--verbose');
    expect(code).toBe(1);
    expect(out).toContain(
      `\tvalid\n\nLog file\ts3://example-trail-bucket/${log.key}\tINVALID: hash value doesn't match\n\n`,
    );
    expect(out).toContain(`\n\nLog file\ts3://example-trail-bucket/${gone.key}\tINVALID: not found\n\n`);
    expect(out).toContain('10/12 log files valid, 2/12 log files INVALID\n');
  });

  it('as JSON has chains, digests, logs and gaps', () => {
    const [log] = trail.digests[0]!.logs;
    copy.write(log!.key, gzipSync('{}')).delete(trail.digests[2]!.key);
    const ran = proven('--format', 'json');
    expect(ran.code).toBe(1);
    const { chains, summary } = json(ran);
    expect(chains).toMatchObject([
      { account: '111122223333', region: 'us-east-1', trail: 'main_trail', backfill: false },
    ]);
    const [chain] = chains as [Report['chains'][0]];
    expect(chain.digests.map(({ verdict, provenBy, message }) => [verdict, provenBy, message]).slice(2)).toEqual([
      ['valid', 'sidecar', 'valid'],
      ['missing', null, 'INVALID: not found'],
      ['valid', 'sidecar', 'valid'],
      ['valid', 'sidecar', 'valid'],
    ]);
    expect(chain.logs.filter(({ verdict }) => verdict === 'invalid').map((row) => [row.key, row.message])).toEqual([
      [log!.key, "INVALID: hash value doesn't match"],
    ]);
    expect(chain.gaps).toEqual([{ from: '2026-03-04T04:00:00Z', to: '2026-03-04T06:00:00Z' }]);
    expect(chain.holes).toEqual([{ from: '2026-03-04T02:00:00Z', to: '2026-03-04T03:00:00Z', digests: 1 }]);
    expect(summary).toMatchObject({
      digests: { total: 6, valid: 5, unproven: 0, invalid: 0, missing: 1 },
      logs: { total: 12, valid: 9, unproven: 2, invalid: 1, missing: 0 },
      isBroken: true,
    });
  });

  it('without saved signatures tells what proved each digest, and exits 0', () => {
    const ran = validate('--public-keys', inputs.path, '--format', 'json');
    expect(ran.code).toBe(0);
    expect(json(ran).chains[0]!.digests.map(({ verdict, provenBy }) => [verdict, provenBy])).toEqual([
      ['unproven', null],
      ['valid', 'successor'],
      ['unproven', null],
      ['valid', 'successor'],
      ['valid', 'successor'],
      ['valid', 'successor'],
    ]);
  });

  it('without keys says that nothing is proven', () => {
    const { code, out, err } = validate();
    expect(code).toBe(0);
    expect(out).toContain('0/6 digest files valid, 6/6 digest files unproven\n');
    expect(err).toContain('No public keys were given');
  });

  it('tells of what the AWS CLI does not see', () => {
    copy.delete(trail.digests[1]!.key, trail.digests[2]!.key);
    const { out } = proven();
    expect(out).toContain('Beyond the AWS CLI:\n');
    expect(out).toContain('a hole between 2026-03-04T01:00:00Z and 2026-03-04T03:00:00Z: up to 2 digests are missing');
  });

  it('honours offsets in times', () => {
    const { out } = proven('--start', '2026-03-04T09:00:00+09:00', '--end', '2026-03-04T10:30+09:00');
    expect(out).toContain('between 2026-03-04T00:00:00Z and 2026-03-04T01:30:00Z\n');
    expect(out).toContain('2/2 digest files valid\n');
  });

  it('of several Regions names each, and sums them up', () => {
    copy.add(new SignedTrail({ key, region: 'eu-west-1' }).hours('2026-03-04T00:00:00Z', 2));
    writeFileSync(signatures, JSON.stringify(copy.signatures));
    const { out } = proven();
    expect(out.match(/^Account .*$/gm)).toEqual([
      'Account 111122223333, Region eu-west-1',
      'Account 111122223333, Region us-east-1',
    ]);
    expect(out).toContain('8/8 digest files valid\n16/16 log files valid\n');
    expect(json(proven('--region', 'eu-west-1', '--format', 'json')).chains.map(({ region }) => region)).toEqual([
      'eu-west-1',
    ]);
  });

  it('on the samples finds all valid', () => {
    const { code, out } = cli.run(
      'validate',
      'samples/example-trail-bucket',
      '--public-keys',
      'samples/public-keys.json',
      '--signatures',
      'samples/example-trail-bucket/digest-signatures.json',
    );
    expect(code).toBe(0);
    expect(out).toContain('24/24 digest files valid\n34/34 log files valid\n');
  });

  it.each<[string, () => Ran, number, RegExp]>([
    ['nothing to validate', () => cli.run('validate'), 2, /Name at least one/],
    ['a time that is none', () => validate('--start', 'yesterday'), 2, /--start is a time/],
    [
      'times the wrong way round',
      () => validate('--start', '2026-03-05', '--end', '2026-03-04'),
      2,
      /must not be after/,
    ],
    ['an option that is none', () => validate('--keys', keys), 2, /--keys/],
    ['keys that are not there', () => validate('--public-keys', join(inputs.path, 'none.json')), 2, /no such file/],
    ['keys that are none', () => validate('--public-keys', signatures), 2, /No public keys/],
    ['signatures that are none', () => validate('--signatures', cli.program), 2, /No signatures/],
    ['a folder without digests', () => cli.run('validate', inputs.path), 3, /^/],
    ['a folder that is not there', () => cli.run('validate', join(inputs.path, 'none')), 3, /no such file or folder/],
    ['a span without digests', () => proven('--start', '2027-01-01'), 3, /^/],
  ])('with %s', (_name, run, code, err) => {
    const ran = run();
    expect(ran.code).toBe(code);
    expect(ran.err).toMatch(err);
  });

  it('lets no name write to the terminal', () => {
    const evil = trail.digests[5]!.text.replaceAll('example-trail-bucket', 'b\\u001b]0;x\\u0007\\u202e');
    copy.write(trail.digests[5]!.key, gzipSync(evil));
    for (const args of [['--verbose'], ['--format', 'json']]) {
      const { out, err } = proven(...args);
      expect(out + err).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/);
    }
  });
});
