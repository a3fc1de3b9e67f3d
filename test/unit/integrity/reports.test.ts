import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { integrityProblems } from '../../../src/core/integrity/problems';
import { reportJson } from '../../../src/core/integrity/reportJson';
import { type ReportOrigin, reportMarkdown, verdictOf } from '../../../src/core/integrity/reportMarkdown';
import { chainStrip } from '../../../src/core/integrity/strip';
import { english } from '../../../src/core/message';
import { reportOrigin } from '../../../src/node/integrity/origin';
import { SignedTrail, signingKey } from '../../fixtures/signedTrail';
import { TrailCopy } from '../../fixtures/trailCopy';

const KEY = signingKey();
const START = '2026-03-04T00:00:00Z';
const copies: TrailCopy[] = [];
afterAll(() => copies.forEach(({ folder }) => folder.remove()));

/** Six hours, a stop, two hours; the third digest and a log of the fifth hour are gone, a log of the first was changed. */
function brokenCopy(): { trail: SignedTrail; copy: TrailCopy } {
  const trail = new SignedTrail({ key: KEY }).hours(START, 6).stop().hours('2026-03-04T08:00:00Z', 2);
  const copy = new TrailCopy([trail]);
  copies.push(copy);
  copy.delete(trail.digests[2]!.key, trail.digests[4]!.logs[0]!.key).write(trail.logs[0]!.key, gzipSync('{}'));
  return { trail, copy };
}

describe('problems', () => {
  it('are told the worst first, each with what it means and what to do', async () => {
    const { trail, copy } = brokenCopy();
    const problems = integrityProblems((await copy.validate([KEY])).report);
    expect(problems.map(({ level, title }) => `${level}: ${english(title)}`)).toEqual([
      'error: A log is missing',
      'error: A log was changed',
      'error: A digest is missing between 2026-03-04T02:00:00Z and 2026-03-04T03:00:00Z',
      'warning: 2 logs are named by no digest',
      'note: Logging was off from 2026-03-04T06:00:00Z to 2026-03-04T08:00:00Z',
    ]);
    for (const { meaning, action } of problems)
      expect([english(meaning), english(action)].every((text) => text.length > 20)).toBe(true);
    const [missing, changed] = problems;
    expect(missing).toMatchObject({ keys: [trail.digests[4]!.logs[0]!.key], chain: { region: 'us-east-1' } });
    // A missing log cannot be opened, but the digest that names it can.
    expect(missing!.path).toContain('CloudTrail-Digest');
    expect(changed!.path).toContain(trail.logs[0]!.key);
  });

  it.each<[string, (copy: TrailCopy, trail: SignedTrail) => unknown, string]>([
    [
      'a digest that was changed',
      (copy, { digests }) => copy.write(digests[1]!.key, gzipSync(digests[1]!.text.replace('SHA-256', 'SHA-1'))),
      'The signature of a digest fails',
    ],
    ['a digest that is none', (copy, { digests }) => copy.write(digests[1]!.key, 'x'), 'A digest cannot be read'],
    [
      'a digest that was moved',
      (copy, { digests }) => copy.write(digests[1]!.key.replace('/04/', '/05/'), digests[1]!.packed),
      'A digest does not stand where it was written',
    ],
    ['a log that is none', (copy, { logs }) => copy.write(logs[0]!.key, 'no gzip'), 'A log is damaged'],
    [
      'a log with more behind it',
      (copy, { logs }) => copy.write(logs[0]!.key, Buffer.concat([logs[0]!.packed, logs[0]!.packed])),
      'Something follows the packed data of a log',
    ],
  ])('name %s', async (_name, change, title) => {
    const trail = new SignedTrail({ key: KEY }).hours(START, 3);
    const copy = new TrailCopy([trail]);
    copies.push(copy);
    change(copy, trail);
    const titles = integrityProblems((await copy.validate([KEY])).report).map((problem) => english(problem.title));
    expect(titles[0]).toBe(title);
  });

  it('tell of missing keys, and of unproven digests once for each reason', async () => {
    const { copy } = brokenCopy();
    const titles = async (...args: Parameters<TrailCopy['validate']>): Promise<string[]> =>
      integrityProblems((await copy.validate(...args)).report).map(({ title }) => english(title));
    expect(await titles([])).toContain('Nothing is proven: no public keys were given');
    expect((await titles([KEY], { saved: false })).filter((title) => title.includes('unproven')).length).toBe(3);
  });
});

describe('the strip', () => {
  it('shows each state of a chain in time, neighbours together', async () => {
    const { copy } = brokenCopy();
    const { chain } = await copy.validate([KEY]);
    const hour = (time: number): string => new Date(time).toISOString().slice(11, 13);
    expect(
      chainStrip(chain).map(({ state, from, to, digests, badLogs }) => [state, hour(from), hour(to), digests, badLogs]),
    ).toEqual([
      ['invalid', '00', '01', 1, 1],
      ['valid', '01', '02', 1, 0],
      ['missing', '02', '03', 1, 0],
      ['valid', '03', '04', 1, 0],
      ['invalid', '04', '05', 1, 1],
      ['valid', '05', '06', 1, 0],
      ['gap', '06', '08', 0, 0],
      ['valid', '08', '10', 2, 0],
    ]);
  });

  it('of very many changes stays short and keeps the worst', async () => {
    const { chain } = await brokenCopy().copy.validate([KEY]);
    const [first] = chain.digests;
    const digests = Array.from({ length: 5000 }, (_, i) => ({
      ...first!,
      start: i * 3600_000,
      end: (i + 1) * 3600_000,
      verdict: i % 2 === 0 ? ('valid' as const) : ('invalid' as const),
    })).toReversed();
    const strip = chainStrip({ ...chain, digests, gaps: [], holes: [] });
    expect(strip.length).toBeLessThanOrEqual(301);
    expect(strip.every(({ state }) => state === 'invalid')).toBe(true);
    expect(strip.reduce((sum, segment) => sum + segment.digests, 0)).toBe(5000);
  });
});

describe('the report', () => {
  const origin: ReportOrigin = {
    tool: 'CloudTrail Investigator',
    version: '1.2.3',
    time: Date.UTC(2026, 2, 5),
    inputs: [{ kind: 'public-keys', path: '/keys.json', sha256: 'abc' }],
  };

  it('for people has verdict, numbers, origin, chains and problems', async () => {
    const { copy } = brokenCopy();
    const text = reportMarkdown((await copy.validate([KEY])).report, origin, english);
    expect(text).toContain('**3 files are invalid or missing; 12 of 16 logs are proven.**');
    expect(text).toContain('| Digests | 7 | 0 | 0 | 1 | 8 |\n| Logs | 12 | 2 | 1 | 1 | 16 |\n');
    expect(text).toContain(
      '- Made 2026-03-05T00:00:00Z by CloudTrail Investigator 1.2.3\n- Public keys: `/keys.json` (SHA-256 `abc`)\n',
    );
    expect(text).toContain(
      '| 111122223333 | us-east-1 | main\\_trail | 2026-03-04T00:00:00Z | 2026-03-04T10:00:00Z | 7/8 | 12/14 |',
    );
    expect(text).toContain('### ✗ A log was changed (111122223333, us-east-1, main\\_trail)\n');
  });

  it('for people lets no name be Markdown', async () => {
    const trail = new SignedTrail({ key: KEY, trail: '[x](http://evil)|`<img>`' }).hours(START, 1);
    const copy = new TrailCopy([]);
    copies.push(copy);
    for (const { key, packed } of trail.digests)
      copy.write(key.slice(key.lastIndexOf('/') + 1).replaceAll('/', ''), packed);
    const { report } = await copy.validate([KEY]);
    const named = {
      ...report,
      chains: report.chains.map((chain) => ({ ...chain, trail: '[x](http://evil)|`<img>`' })),
    };
    expect(reportMarkdown(named, origin, english)).not.toMatch(/(?<!\\)\[x|(?<!\\)<img/);
  });

  it('for machines has them too, and can be compared', async () => {
    const { copy } = brokenCopy();
    const { report } = await copy.validate([KEY]);
    const given = { folders: [copy.folder.path], keys: [{ path: '/k', sha256: 'a' }], signatures: [] };
    const made = reportOrigin(report, '1.2.3', given);
    expect(reportJson(report, made)).toMatchObject({
      tool: 'CloudTrail Investigator',
      version: '1.2.3',
      inputs: [
        { kind: 'copy', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
        { kind: 'public-keys', path: '/k', sha256: 'a' },
      ],
    });
    expect(reportOrigin((await copy.validate([KEY])).report, '1.2.3', given).inputs).toEqual(made.inputs);
  });

  it.each<[string, Parameters<TrailCopy['validate']>, string]>([
    ['nothing wrong', [[KEY]], '4 of 4 logs are proven.'],
    ['no keys', [[]], 'Nothing is wrong, and nothing is proven: there are no public keys.'],
    ['no digest', [[KEY], { account: '999999999999' }], 'No digests were found: nothing could be checked.'],
  ])('says in one sentence: %s', async (_name, args, sentence) => {
    const copy = new TrailCopy([new SignedTrail({ key: KEY }).hours(START, 2)]);
    copies.push(copy);
    expect(english(verdictOf((await copy.validate(...args)).report))).toBe(sentence);
  });
});
