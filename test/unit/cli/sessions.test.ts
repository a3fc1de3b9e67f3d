import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CommandLine } from '../../fixtures/commandLine';
import { TestFolder } from '../../fixtures/folder';
import { deliveredLog, oneRecord } from '../../fixtures/oneRecord';
import { alice, assumeRole, call, roleSession } from '../../fixtures/identities';

const folder = new TestFolder();
const cli = new CommandLine(folder.path);
let log = '';
let hostile = '';

const deploy = roleSession('DeployRole', 'svc', 'ASIADEPLOY', { created: '2026-03-04T05:10:00Z' });
const issue = assumeRole({
  by: roleSession('ExampleRole', 'a', 'ASIAEXAMPLE'),
  role: 'DeployRole',
  name: 'svc',
  key: 'ASIADEPLOY',
  time: '2026-03-04T05:10:00Z',
});

beforeAll(async () => {
  await cli.build('1.2.3');
  const first = assumeRole({ by: alice, role: 'ExampleRole', name: 'a', key: 'ASIAEXAMPLE' });
  const used = call(deploy, { eventTime: '2026-03-04T05:11:00Z' });
  log = folder.write('a.json.gz', gzipSync(deliveredLog([used, issue, first, used])));
  hostile = folder.write('hostile.json', deliveredLog([call({ ...alice, userName: '\u001b[31mred', arn: undefined })]));
});

afterAll(() => folder.remove());

describe('sessions', () => {
  it('writes who is behind each key as JSON', () => {
    const { code, out } = cli.run('sessions', '--format', 'json', log);
    expect(code).toBe(0);
    const found = JSON.parse(out) as { accessKeyId: string }[];
    expect(found.map(({ accessKeyId }) => accessKeyId)).toEqual(['AKIAALICE', 'ASIAEXAMPLE', 'ASIADEPLOY']);
    expect(found[2]).toEqual({
      accessKeyId: 'ASIADEPLOY',
      principal: 'arn:aws:sts::111122223333:assumed-role/DeployRole/svc',
      origin: { type: 'IAMUser', arn: alice.arn, userName: 'alice' },
      keyMadeBy: [],
      issuedBy: { eventID: issue['eventID'], file: log, eventName: 'AssumeRole', confidence: 'exact' },
      via: [
        {
          accessKeyId: 'ASIAEXAMPLE',
          principal: 'arn:aws:sts::111122223333:assumed-role/ExampleRole/a',
          confidence: 'exact',
        },
      ],
      confidence: 'exact',
      events: 1,
      firstTime: '2026-03-04T05:11:00Z',
      lastTime: '2026-03-04T05:11:00Z',
      sourceIPs: ['203.0.113.24'],
      userAgents: ['aws-cli/2.31.1 md/Botocore#1.31.1 os/linux'],
    });
  });

  it('names who made the key that a user acted with', () => {
    const bob = { ...alice, principalId: 'AIDABOB', arn: alice.arn.replace('alice', 'bob'), userName: 'bob' };
    const made = oneRecord({
      userIdentity: alice,
      eventSource: 'iam.amazonaws.com',
      eventName: 'CreateAccessKey',
      responseElements: { accessKey: { userName: 'bob', accessKeyId: 'AKIABOB', status: 'Active' } },
    });
    const path = folder.write('made.json', deliveredLog([made, call({ ...bob, accessKeyId: 'AKIABOB' })]));
    const found = JSON.parse(cli.run('sessions', '--format', 'json', path).out) as object[];
    expect(found[1]).toMatchObject({
      accessKeyId: 'AKIABOB',
      origin: { type: 'IAMUser', userName: 'bob' },
      confidence: 'exact',
      keyMadeBy: [
        {
          accessKeyId: 'AKIAALICE',
          principal: alice.arn,
          origin: { type: 'IAMUser', arn: alice.arn, userName: 'alice' },
          madeKey: 'AKIABOB',
          issuedBy: { eventID: made['eventID'], file: path, eventName: 'CreateAccessKey', confidence: 'exact' },
          confidence: 'exact',
        },
      ],
    });
  });

  it('draws a tree', () => {
    const { code, out } = cli.run('sessions', log);
    expect(code).toBe(0);
    const lines = out.split('\n').filter((line) => /[├└]|^\w/.test(line));
    expect(lines).toEqual([
      expect.stringMatching(/^alice \(IAMUser\) {2}arn:aws:iam::111122223333:user\/alice .* certain/),
      expect.stringMatching(/^└─ alice \(long-term key\) {2}AKIAALICE {2}1 event/),
      expect.stringMatching(/^ {3}└─ ExampleRole\/a {2}ASIAEXAMPLE {2}1 event/),
      expect.stringMatching(/^ {6}└─ DeployRole\/svc {2}ASIADEPLOY {2}1 event/),
    ]);
    expect(out).toContain('AssumeRole at 2026-03-04T05:10:00Z, certain: the answer of the call holds this access key');
  });

  it('lets no log write to the terminal', () => {
    for (const format of ['tree', 'json'])
      expect(cli.run('sessions', '--format', format, hostile).out).not.toContain('\u001b');
  });

  it('says when there is nothing, or no such format', () => {
    const empty = join(folder.path, 'empty');
    mkdirSync(empty);
    expect(cli.run('sessions', '--format', 'json', empty)).toMatchObject({ code: 1, out: '[]\n' });
    expect(cli.run('sessions', '--format', 'csv', log).code).toBe(2);
  });
});
