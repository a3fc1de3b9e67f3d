import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountOfId } from '../../../src/core/events/accessKey';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const SAMPLES = join(ROOT, 'samples');
const KEPT_BY_HAND = ['README.md'];
/** Bytes on disk: a clone and a published copy should not feel them. */
const MOST_BYTES = 210_000;

/** What is looked at here. */
interface SampleRecord {
  readonly eventID: string;
  readonly eventName?: string;
  readonly awsRegion: string;
  readonly recipientAccountId: string;
  readonly sharedEventID?: string;
  readonly userIdentity?: { accountId?: string; accessKeyId?: string; principalId?: string; userName?: string };
  readonly requestParameters?: { roleArn?: string } | null;
  readonly responseElements?: { credentials?: { accessKeyId: string }; accessKey?: { accessKeyId: string } } | null;
}

interface Entry {
  readonly path: string;
  readonly record: SampleRecord;
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

function unpacked(folder: string, path: string): string {
  const bytes = readFileSync(join(folder, path));
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

function regenerate(folder: string): string {
  return execFileSync(process.execPath, [join(ROOT, 'scripts', 'samples.mjs'), folder], { encoding: 'utf8' });
}

const isDigest = (path: string): boolean => path.includes('/CloudTrail-Digest/');
const logs = filesUnder(SAMPLES).filter((path) => path.endsWith('.gz') && !isDigest(path));
const entries: Entry[] = logs.flatMap((path) =>
  (JSON.parse(unpacked(SAMPLES, path)) as { Records: SampleRecord[] }).Records.map((record) => ({ path, record })),
);

describe('the generator', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'samples-'));
    regenerate(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('makes the files that are committed, and no others', () => {
    expect(filesUnder(folder)).toEqual(filesUnder(SAMPLES).filter((path) => !KEPT_BY_HAND.includes(path)));
  });

  it('makes them with the content that is committed', () => {
    for (const path of filesUnder(folder)) expect(unpacked(folder, path) === unpacked(SAMPLES, path), path).toBe(true);
  });

  it('leaves alone what is right', () => {
    expect(regenerate(folder)).toContain(': 0 written, 0 removed.');
  });

  it('puts right what was changed, damaged, deleted or added', () => {
    const [changed, damaged, deleted] = logs.map((path) => join(folder, path));
    writeFileSync(changed!, gzipSync('{"Records":[]}'));
    writeFileSync(damaged!, readFileSync(damaged!).subarray(0, 100));
    rmSync(deleted!);
    writeFileSync(join(folder, 'exports', 'other.json'), '{}');
    expect(regenerate(folder)).toContain(': 3 written, 1 removed.');
  });
});

describe('the log files', () => {
  it('are as CloudTrail delivers them: one line without end, in a folder that fits the name', () => {
    const name =
      /^(\d{12})_(CloudTrail(?:-Insight|-NetworkActivity)?)_([a-z\d-]+)_(\d{4})(\d\d)(\d\d)T\d{3}[05]Z_[A-Za-z\d]{16}\.json\.gz$/;
    for (const path of logs) {
      const text = unpacked(SAMPLES, path);
      expect(text.startsWith('{"Records":[{') && text.endsWith('}]}') && !text.includes('\n'), path).toBe(true);
      const [, account, folder, region, year, month, day] = name.exec(path.split('/').at(-1)!)!;
      expect(dirname(path)).toBe(`example-trail-bucket/AWSLogs/${account}/${folder}/${region}/${year}/${month}/${day}`);
    }
    expect(logs.length).toBeGreaterThanOrEqual(20);
    expect(logs.length).toBeLessThanOrEqual(40);
  });

  it('hold records of their own account and Region', () => {
    for (const { path, record } of entries) {
      expect(path).toContain(`/${record.recipientAccountId}/`);
      expect(path).toContain(`/${record.awsRegion}/`);
    }
  });

  it('hold one record twice, the same in both', () => {
    const repeated = entries.filter(({ record }) =>
      entries.some((other) => other.record !== record && other.record.eventID === record.eventID),
    );
    expect(repeated).toHaveLength(2);
    const [first, second] = repeated;
    expect(first!.record).toEqual(second!.record);
    expect(first!.path).not.toBe(second!.path);
  });

  it('stay small', () => {
    const bytes = filesUnder(SAMPLES).reduce((sum, path) => sum + statSync(join(SAMPLES, path)).size, 0);
    expect(bytes).toBeLessThan(MOST_BYTES);
  });
});

describe('the identities', () => {
  it('have ids that encode the account of their owner', () => {
    const named = entries.flatMap(({ record: { userIdentity = {} } }) =>
      [userIdentity.accessKeyId, userIdentity.principalId?.split(':')[0]]
        .filter((id) => id !== undefined && /^A[A-Z]{3}[A-Z2-7]{12,}/.test(id))
        .map((id) => ({ id: id!, account: userIdentity.accountId })),
    );
    expect(named.length).toBeGreaterThan(200);
    for (const { id, account } of named) expect(accountOfId(id), id).toBe(account);
  });

  it('have sessions that lead back to the leaked key, link by link', () => {
    /** The record of the caller's own account that issued `key`. */
    const issuerOf = (key: string | undefined): SampleRecord | undefined =>
      entries
        .map(({ record }) => record)
        .find(
          ({ responseElements, userIdentity, recipientAccountId }) =>
            responseElements?.credentials?.accessKeyId === key && userIdentity?.accountId === recipientAccountId,
        );
    const roles: (string | undefined)[] = [];
    let key = entries.find(({ record }) => record.eventName === 'ModifySnapshotAttribute')?.record.userIdentity?.accessKeyId;
    for (let issuer = issuerOf(key); issuer !== undefined; issuer = issuerOf(key)) {
      roles.push(issuer.requestParameters?.roleArn?.split('/').at(-1));
      key = issuer.userIdentity?.accessKeyId;
    }
    expect(roles).toEqual(['BackupRestoreRole', 'DataReadRole', 'DeployRole']);
    const maker = entries.find(({ record }) => record.responseElements?.accessKey?.accessKeyId === key);
    expect(maker?.record.userIdentity?.userName).toBe('ci-deployer');
  });

  it('have one step between the accounts that both recorded', () => {
    const copies = entries
      .map(({ record }) => record)
      .filter(({ requestParameters }) => requestParameters?.roleArn?.endsWith(':role/DataReadRole'));
    expect(copies.map(({ recipientAccountId }) => recipientAccountId).sort()).toEqual(['111122223333', '444455556666']);
    expect(new Set(copies.map(({ sharedEventID }) => sharedEventID)).size).toBe(1);
    expect(new Set(copies.map(({ eventID }) => eventID)).size).toBe(2);
  });
});

describe('the README', () => {
  const text = unpacked(SAMPLES, 'README.md');

  it('links to files that exist', () => {
    const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map((match) => match[1]!);
    expect(links.length).toBeGreaterThan(10);
    expect(links.filter((link) => !existsSync(join(SAMPLES, link)))).toEqual([]);
  });

  it('counts right', () => {
    const [first] = /[^(]+T0340Z_\w+\.json\.gz/.exec(text)!;
    expect(text).toContain(`from 03:10 to 03:40, ${entries.filter(({ path }) => path === first).length} records`);
    expect(text).toContain(`${logs.length} log files with ${entries.length} records`);
    expect(text).toContain(`${filesUnder(SAMPLES).filter(isDigest).length} digest files`);
  });
});
