import { describe, expect, it } from 'vitest';
import { accountOfId, idKind } from '../../../src/core/events/accessKey';
import { assumedRoleOf, parseArn, resourceName } from '../../../src/core/events/arn';
import { idPrefixes, partitions, times } from '../../../src/core/events/data/identifiers.json';
import { fileNames } from '../../../src/core/events/data/input-formats.json';
import { types } from '../../../src/core/events/data/identity-types.json';
import { readEvent } from '../../../src/core/events/event';
import { type AddressKind, addressKind } from '../../../src/core/events/ipAddress';
import { parseLogFileName } from '../../../src/core/events/logFileName';
import { isAnonymous, isServiceCall, principalName, serviceName } from '../../../src/core/events/principal';
import { RecordView } from '../../../src/core/events/recordView';
import { formatTime, parseTime } from '../../../src/core/events/time';
import { type AgentKind, classifyAgent } from '../../../src/core/events/userAgent';
import { utf8 } from '../../fixtures/bytes';

describe('parseTime', () => {
  const TIME = Date.UTC(2026, 2, 4, 5, 6, 7);

  it('reads every spelling of the reference but durations', () => {
    const spellings = times.flatMap((line) => line.match(/"[^"]+"|\d{4}-?\d\d-?\d\d[T ][\d:.]+Z?/g) ?? []);
    expect(spellings.length).toBe(5);
    for (const spelling of spellings) {
      const hour = spelling.includes('AM') ? 6 : 5;
      expect(parseTime(spelling.replaceAll('"', '')), spelling).toBe(Date.UTC(2026, 2, 4, hour, 6, 7));
    }
  });

  it.each<[text: string, time: number | null]>([
    ['2026-03-04T05:06:07Z', TIME],
    ['2026-03-04T05:06:07.123Z', TIME + 123],
    ['2026-03-04T05:06:07.123456789Z', TIME + 123],
    ['2026-03-04T05:06:07', TIME],
    ['2026-03-04T05:06Z', TIME - 7000],
    ['2026-03-04T14:06:07+09:00', TIME],
    ['2026-03-04T14:06:07.000+0900', TIME],
    ['2026-03-03T19:36:07-09:30', TIME],
    ['20260304T050607Z', TIME],
    ['2026-03-04 05:06:07.000', TIME],
    ['2026-03-04 05:06:07', TIME],
    ['2026-03-04 05:06:07.000 UTC', TIME],
    ['Mar 4, 2026 5:06:07 AM', TIME],
    ['Mar 4, 2026, 5:06:07 AM', TIME],
    ['Mar 04, 2026 05:06:07 PM', TIME + 12 * 3_600_000],
    ['Mar 4, 2026 12:06:07 AM', TIME - 5 * 3_600_000],
    ['Mar 4, 2026 12:06:07 PM', TIME + 7 * 3_600_000],
    ['2026-03-04, 05:06:07 AM', TIME],
    ['2020-05-08, 01:25:16 PM', Date.UTC(2020, 4, 8, 13, 25, 16)],
    ['1772600767', TIME],
    ['1772600767.5', TIME + 500],
    ['1772600767000', TIME],
    ['1772600767.123', TIME + 123],
    ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
    ['1970-01-01T00:00:00.500Z', 500],
    ['2026-02-29T00:00:00Z', null],
    ['2026-02-30T00:00:00Z', null],
    ['2026-13-01T00:00:00Z', null],
    ['2026-00-01T00:00:00Z', null],
    ['2026-03-04T24:00:00Z', null],
    ['2026-03-04T05:60:00Z', null],
    ['2026-03-04T05:06:60Z', null],
    ['2026-0304T05:06:07Z', null],
    ['0026-03-04T05:06:07Z', null],
    ['Foo 4, 2026 5:06:07 AM', null],
    ['Mar 4, 2026 13:06:07 PM', null],
    ['Mar 4, 2026 0:06:07 AM', null],
    ['2026-03-04', null],
    ['PT5M', null],
    ['12345', null],
    ['', null],
    ['null', null],
    ['2026-03-04T05:06:07Z ', null],
  ])('%j', (text, time) => {
    expect(parseTime(text)).toBe(time);
  });

  it('and formatTime take each other back', () => {
    expect(formatTime(TIME)).toBe('2026-03-04T05:06:07Z');
    expect(formatTime(TIME + 999)).toBe('2026-03-04T05:06:07Z');
    expect(parseTime(formatTime(TIME))).toBe(TIME);
  });
});

describe('ARNs', () => {
  it.each<
    [text: string, parts: readonly [string, string, string, string, string] | undefined, name?: string, role?: string]
  >([
    ['arn:aws:iam::111122223333:root', ['aws', 'iam', '', '111122223333', 'root'], 'root'],
    ['arn:aws:iam::111122223333:user/ops/hanako', ['aws', 'iam', '', '111122223333', 'user/ops/hanako'], 'hanako'],
    [
      'arn:aws:sts::111122223333:assumed-role/Deployer/a@b.c/d',
      ['aws', 'sts', '', '111122223333', 'assumed-role/Deployer/a@b.c/d'],
      'd',
      'Deployer/a@b.c/d',
    ],
    [
      'arn:aws-cn:iam::111122223333:role/ci/Deployer',
      ['aws-cn', 'iam', '', '111122223333', 'role/ci/Deployer'],
      'Deployer',
    ],
    [
      'arn:aws-us-gov:signin:us-gov-west-1:111122223333:session/x',
      ['aws-us-gov', 'signin', 'us-gov-west-1', '111122223333', 'session/x'],
      'x',
    ],
    ['arn:aws:s3:::bucket/key:with:colons/a b', ['aws', 's3', '', '', 'bucket/key:with:colons/a b'], 'a b'],
    [
      'arn:aws:iam::aws:policy/AdministratorAccess',
      ['aws', 'iam', '', 'aws', 'policy/AdministratorAccess'],
      'AdministratorAccess',
    ],
    [
      'arn:aws:lambda:us-east-1:111122223333:function:f',
      ['aws', 'lambda', 'us-east-1', '111122223333', 'function:f'],
      'function:f',
    ],
    ['arn:aws:iam::111122223333:', undefined],
    ['arn:gcp:iam::1:x', undefined],
    ['aws:iam', undefined],
    ['', undefined],
  ])('%s', (text, parts, name, role) => {
    const arn = parseArn(text);
    expect(arn && [arn.partition, arn.service, arn.region, arn.account, arn.resource]).toEqual(parts);
    if (arn === undefined) return;
    expect(resourceName(arn)).toBe(name);
    const assumed = assumedRoleOf(arn);
    expect(assumed && `${assumed.role}/${assumed.session}`).toBe(role);
  });

  it('of every partition', () => {
    for (const { partition } of partitions) expect(parseArn(`arn:${partition}:iam::1:root`)?.partition).toBe(partition);
  });
});

describe('access keys and unique ids', () => {
  it('of every known prefix', () => {
    for (const { prefix, kind } of idPrefixes) expect(idKind(`${prefix}QNZGKIQY56JQ7WML`)?.kind).toBe(kind);
    expect(idKind('AXXAQNZGKIQY56JQ7WML')).toBeUndefined();
    expect(idKind('')).toBeUndefined();
  });

  it.each<[id: string, account: string | undefined]>([
    // The example of the article that made the rule known.
    ['ASIAQNZGKIQY56JQ7WML', '029608264753'],
    ['AKIAQNZGKIQY56JQ7WML', '029608264753'],
    ['AROAQNZGKIQY7AEXAMPLE', '029608264753'],
    // Characters after the first six bytes do not matter.
    ['AKIAQNZGKIQYZZZZZZZZ', '029608264753'],
    ['AKIAIOSFODNN7EXAMPLE', undefined],
    ['AKIAJOSFODNN7EXAMPLE', undefined],
    ['AKIAQNZGKIQ1ZZZZZZZZ', undefined],
    ['akiaqnzgkiqyzzzzzzzz', undefined],
    ['AKIAQNZ', undefined],
    ['XXXXQNZGKIQY56JQ7WML', undefined],
    ['111122223333', undefined],
    ['', undefined],
  ])('%s belongs to %s', (id, account) => {
    expect(accountOfId(id)).toBe(account);
  });

  it('has twelve digits or is none', () => {
    expect(accountOfId('AKIAAAAAAAAAAAAAAAAA')).toBe('000000000000');
    expect(accountOfId('AKIA7777777777777777')).toBeUndefined();
  });
});

describe('addressKind', () => {
  it.each<[text: string, kind: AddressKind]>([
    ['3.5.140.2', 'public'],
    ['2600:1f18::1', 'public'],
    ['::ffff:3.5.140.2', 'public'],
    ['10.1.2.3', 'private'],
    ['172.31.255.1', 'private'],
    ['172.32.0.1', 'public'],
    ['192.168.0.1', 'private'],
    ['fd00::1', 'private'],
    ['::ffff:10.0.0.1', 'private'],
    ['127.0.0.1', 'loopback'],
    ['::1', 'loopback'],
    ['169.254.169.254', 'link-local'],
    ['fe80::1', 'link-local'],
    ['100.64.0.1', 'carrier-nat'],
    ['192.0.2.1', 'documentation'],
    ['203.0.113.24', 'documentation'],
    ['198.51.100.9', 'documentation'],
    ['2001:db8::1', 'documentation'],
    ['0.0.0.0', 'reserved'],
    ['255.255.255.255', 'reserved'],
    ['224.0.0.1', 'reserved'],
    ['AWS Internal', 'aws-internal'],
    ['AWS Internal/3', 'aws-internal'],
    ['cloudformation.amazonaws.com', 'aws-service'],
    ['ec2.amazonaws.com.cn', 'aws-service'],
    ['ec2.aws.internal', 'aws-service'],
    ['HIDDEN_DUE_TO_SECURITY_REASONS', 'unknown'],
    ['evil.amazonaws.com.example.org', 'unknown'],
    ['evil\namazonaws.com', 'unknown'],
    ['1', 'unknown'],
    ['127.1', 'unknown'],
    ['0x7f.0.0.1', 'unknown'],
    ['256.1.1.1', 'unknown'],
    ['10.0.0.1:443', 'unknown'],
    ['', 'unknown'],
    [`${'a'.repeat(1_000_000)}.amazonaws.com`, 'unknown'],
    [':'.repeat(1_000_000), 'unknown'],
  ])('%#: %.40s is %s', (text, kind) => {
    expect(addressKind(text)).toBe(kind);
  });

  it('knows the service domains of every partition', () => {
    for (const { domain } of partitions) expect(addressKind(`sts.${domain}`)).toBe('aws-service');
  });
});

describe('classifyAgent', () => {
  const CHROME =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36';
  it.each<[userAgent: string, kind: AgentKind, product: string]>([
    [
      'aws-cli/2.31.1 md/awscrt#0.27.6 ua/2.1 os/linux#6.8.0 md/arch#x86_64 lang/python#3.13.7 cfg/retry-mode#standard',
      'cli',
      'aws-cli/2.31.1',
    ],
    ['[aws-cli/1.16.96 Python/3.7.2 Windows/10 botocore/1.12.86]', 'cli', 'aws-cli/1.16.96'],
    ['aws-cli/2.31.1 exec-env/CloudShell md/awscrt#0.27.6', 'cloudshell', 'exec-env/CloudShell'],
    [
      '[S3Console/0.4, aws-internal/3 aws-sdk-java/1.11.1030 Linux/5.4.156 OpenJDK_64-Bit_Server_VM]',
      'console',
      'S3Console/0.4',
    ],
    ['console.amazonaws.com', 'console', 'console.amazonaws.com'],
    ['AWS Internal', 'aws-internal', 'AWS Internal'],
    ['[AWS Internal]', 'aws-internal', 'AWS Internal'],
    ['aws-internal/3 aws-sdk-java/1.11.1030', 'aws-internal', 'aws-internal/3'],
    ['secretsmanager.amazonaws.com', 'service', 'secretsmanager.amazonaws.com'],
    ['[lambda.amazonaws.com]', 'service', 'lambda.amazonaws.com'],
    ['cloudtrail.amazonaws.com.cn', 'service', 'cloudtrail.amazonaws.com.cn'],
    [
      'APN/1.0 HashiCorp/1.0 Terraform/1.1.2 (+https://www.terraform.io) terraform-provider-aws/3.76.1 aws-sdk-go/1.44.157',
      'terraform',
      'Terraform/1.1.2',
    ],
    [
      'APN/1.0 HashiCorp/1.0 Terraform/1.1.2 (+https://www.terraform.io) terraform-provider-aws/3.76.1 stratus-red-team_0b1c',
      'attack-tool',
      'stratus-red-team',
    ],
    ['APN/1.0 Pulumi/1.0 PulumiAWS/6.0', 'terraform', 'Pulumi/1.0'],
    ['Boto3/1.40.0 md/Botocore#1.40.0 ua/2.1 os/linux', 'sdk', 'Boto3/1.40.0'],
    ['aws-sdk-go-v2/1.30.0 os/linux lang/go#1.22', 'sdk', 'aws-sdk-go-v2/1.30.0'],
    ['aws-sdk-java/2.25.0 Linux/5.10', 'sdk', 'aws-sdk-java/2.25.0'],
    ['Boto3/1.26.0 Python/3.9 Linux/5.10.0-kali7-amd64 Botocore/1.29.0', 'attack-tool', 'kali7-amd64'],
    ['Boto3/1.26.0 Linux/6.1.0-1parrot1-amd64', 'attack-tool', 'parrot1-amd64'],
    ['alkali/1.0', 'other', 'alkali/1.0'],
    ['ScoutSuite/5.12.0', 'attack-tool', 'ScoutSuite/5.12.0'],
    [CHROME, 'browser', 'Chrome/126.0.0.0'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:126.0) Gecko/20100101 Firefox/126.0', 'browser', 'Firefox/126.0'],
    ['Coral/Netty4', 'other', 'Coral/Netty4'],
    ['MyTool 1.0', 'other', 'MyTool'],
    ['', 'other', ''],
  ])('%s', (userAgent, kind, product) => {
    expect(classifyAgent(userAgent)).toEqual({ kind, product });
  });

  it('takes no longer for a long one', () => {
    for (const text of ['a-'.repeat(2_000_000), 'Consol'.repeat(1_000_000), '.'.repeat(4_000_000)]) {
      expect(classifyAgent(text).kind).toBe('other');
    }
  });
});

describe('principals', () => {
  const eventOf = (userIdentity: object): ReturnType<typeof readEvent> =>
    readEvent(new RecordView(utf8(JSON.stringify({ userIdentity }))));

  it.each<[name: string, identity: object, principal: string | undefined]>([
    ['root', { type: 'Root', principalId: '1', arn: 'arn:aws:iam::1:root', accountId: '1' }, 'root'],
    ['root of an account with an alias', { type: 'Root', userName: 'my-company' }, 'root (my-company)'],
    ['a user', { type: 'IAMUser', arn: 'arn:aws:iam::1:user/ops/hanako', userName: 'hanako' }, 'hanako'],
    [
      'a user who failed to sign in',
      { type: 'IAMUser', principalId: 'AIDA', userName: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
      'HIDDEN_DUE_TO_SECURITY_REASONS',
    ],
    [
      'a role session',
      { type: 'AssumedRole', arn: 'arn:aws:sts::1:assumed-role/Deployer/deploy-4711' },
      'Deployer/deploy-4711',
    ],
    ['a federated user', { type: 'FederatedUser', arn: 'arn:aws:sts::1:federated-user/night-audit' }, 'night-audit'],
    ['a SAML user', { type: 'SAMLUser', principalId: 'x:y', userName: 'hanako@example.com' }, 'hanako@example.com'],
    ['another account', { type: 'AWSAccount', principalId: 'AROA:partner', accountId: '7' }, 'AROA:partner'],
    ['another account without a name', { type: 'AWSAccount', accountId: '7' }, '7'],
    ['nobody', { type: 'AWSAccount', principalId: '', accountId: 'ANONYMOUS_PRINCIPAL' }, 'anonymous'],
    ['nobody, without an account', { type: 'AWSAccount', principalId: '' }, 'anonymous'],
    ['a service', { type: 'AWSService', invokedBy: 'lambda.amazonaws.com' }, 'lambda.amazonaws.com'],
    ['an ARN that is none', { type: 'IAMUser', arn: 'hanako', userName: 'h' }, 'h'],
    ['none', {}, undefined],
  ])('%s', (_, identity, principal) => {
    expect(principalName(eventOf(identity))).toBe(principal);
  });

  it.each(types.map(({ type, example }) => [type, example] as const))('the example of %s has a name', (_, example) => {
    expect(principalName(eventOf(example))).toMatch(/./);
  });

  it.each([
    [{ accountId: 'ANONYMOUS_PRINCIPAL' }, true],
    [{ accountId: 'anonymous' }, true],
    [{ type: 'AWSAccount' }, true],
    [{ type: 'AWSAccount', accountId: '1' }, false],
    [{ type: 'IAMUser' }, false],
  ])('%j is anonymous: %s', (identity, anonymous) => {
    expect(isAnonymous(eventOf(identity))).toBe(anonymous);
  });

  it.each([
    [{ type: 'AWSService' }, true],
    [{ type: 'AssumedRole', invokedBy: 'cloudformation.amazonaws.com' }, true],
    [{ type: 'AssumedRole', invokedBy: 'ec2.amazonaws.com.cn' }, true],
    [{ type: 'AssumedRole', invokedBy: 'AWS Internal' }, true],
    [{ type: 'AssumedRole', invokedBy: 'evil.amazonaws.com.example.org' }, false],
    [{ type: 'AssumedRole' }, false],
  ])('%j is made by a service: %s', (identity, service) => {
    expect(isServiceCall(eventOf(identity))).toBe(service);
  });

  it.each([
    ['iam.amazonaws.com', 'iam'],
    ['ec2.amazonaws.com.cn', 'ec2'],
    ['example.com', 'example.com'],
  ])('%s is called %s', (source, name) => {
    expect(serviceName(source)).toBe(name);
  });
});

describe('log file names', () => {
  it.each<[name: string, parts: { account: string; kind: string | undefined; region: string } | undefined]>([
    [
      '111122223333_CloudTrail_us-east-1_20260304T0500Z_AbCdEfGhIjKlMnOp.json.gz',
      { account: '111122223333', kind: undefined, region: 'us-east-1' },
    ],
    [
      '111122223333_CloudTrail_us-east-1_20260304T0500Z_AbCdEfGhIjKlMnOp.json',
      { account: '111122223333', kind: undefined, region: 'us-east-1' },
    ],
    [
      '111122223333_CloudTrail-Insight_us-gov-west-1_20260304T0500Z_AbCdEfGhIjKlMnOp.json.gz',
      { account: '111122223333', kind: 'Insight', region: 'us-gov-west-1' },
    ],
    [
      '111122223333_CloudTrail-NetworkActivity_eu-west-1_20260304T0500Z_AbCdEfGhIjKlMnOp.json.gz',
      { account: '111122223333', kind: 'NetworkActivity', region: 'eu-west-1' },
    ],
    [
      '111122223333_CloudTrail-Aggregated_eu-west-1_20260304T0500Z_AbCdEfGhIjKlMnOp.json.gz',
      { account: '111122223333', kind: 'Aggregated', region: 'eu-west-1' },
    ],
    [
      '111122223333_CloudTrail-Digest_us-east-1_my_trail_us-east-1_20260304T053000Z.json.gz',
      { account: '111122223333', kind: 'Digest', region: 'us-east-1' },
    ],
    ['events.json', undefined],
    ['111122223333_CloudTrail_us-east-1.json.gz', undefined],
    ['', undefined],
  ])('%s', (name, parts) => {
    expect(parseLogFileName(name)).toEqual(parts);
  });

  it('are told as the reference tells them', () => {
    const name = '111122223333_CloudTrail-Insight_ap-northeast-1_20260304T0500Z_AbCdEfGhIjKlMnOp.json.gz';
    const groups = new RegExp(fileNames.logFile).exec(name)?.groups;
    expect(parseLogFileName(name)).toEqual({
      account: groups?.['account'],
      kind: groups?.['kind'],
      region: groups?.['region'],
    });
  });

  it('are told apart without going back', () => {
    expect(parseLogFileName(`1_CloudTrail_us-east-1_${'20260304T0500Z_'.repeat(100_000)}`)).toBeUndefined();
    expect(parseLogFileName(`${'1_CloudTrail_'.repeat(20_000)}x`)).toBeUndefined();
  });
});
