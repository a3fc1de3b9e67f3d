// What AWS services do in the accounts by themselves.
import { byService } from '../identities.mjs';
import { bucketCall } from '../s3.mjs';
import { uuidFor } from '../seeded.mjs';
import { assumeRoleByService } from '../sts.mjs';
import { later } from '../time.mjs';
import { BUCKET, DATA, HOME_REGION, RESOURCE, ROLE, SECOND_REGION, TRAIL_ARN, WORKLOADS } from '../world.mjs';

const CONFIG_READS = ['ec2.DescribeVpcs', 'ec2.DescribeSecurityGroups', 'ec2.DescribeVolumes', 'iam.ListRoles', 's3.ListBuckets'];
const READS_ABROAD = 3;

/** When AWS Config looks around, per account and Region. */
const CONFIG_RUNS = [
  [WORKLOADS, HOME_REGION, ['02:25:10', '03:25:12', '07:25:09']],
  [WORKLOADS, SECOND_REGION, ['02:27:31', '03:57:30', '07:27:33']],
  [DATA, HOME_REGION, ['02:29:02', '04:29:05', '06:29:04']],
  [DATA, SECOND_REGION, ['02:31:44', '04:31:40', '06:31:42']],
];

export function services(timeline) {
  for (const [account, region, runs] of CONFIG_RUNS) for (const clock of runs) recordConfiguration(timeline, account, region, clock);
  for (const clock of ['02:18:07', '02:58:07', '03:38:07', '06:58:07', '07:38:07']) scale(timeline, clock);
  for (const account of [WORKLOADS, DATA]) for (const clock of ['02:40:16', '03:40:15', '05:40:16', '07:40:17']) deliverTrail(timeline, account, clock);
  rotateKey(timeline);
}

function recordConfiguration(timeline, account, region, clock) {
  const service = 'config.amazonaws.com';
  const role = ROLE.config[account];
  const options = { role, session: 'AWSConfig-Describe', region, linked: true, invokedBy: service };
  const config = { ...assumeRoleByService(timeline, service, clock, options), ip: service, agent: service, service: true };
  const reads = region === HOME_REGION ? CONFIG_READS : CONFIG_READS.slice(0, READS_ABROAD);
  for (const [index, action] of reads.entries()) {
    timeline.call(config, later(clock, 2 + index), action, { region, ...(action.startsWith('ec2.') && { request: { filterSet: {} } }) });
  }
}

function scale(timeline, clock) {
  const service = 'autoscaling.amazonaws.com';
  const options = { role: ROLE.autoScaling, session: 'AutoScaling', linked: true, invokedBy: service };
  const scaling = { ...assumeRoleByService(timeline, service, clock, options), ip: service, agent: service, service: true };
  timeline.call(scaling, later(clock, 1), 'elasticloadbalancing.DescribeTargetHealth', {
    request: { targetGroupArn: `arn:aws:elasticloadbalancing:${HOME_REGION}:${WORKLOADS}:targetgroup/web/6d0ecf831eec9f09` },
    apiVersion: '2015-12-01',
  });
}

/** CloudTrail asks KMS for a key to encrypt the file, and looks whether it may still write to the bucket, which lies in one account. */
function deliverTrail(timeline, account, clock) {
  const service = 'cloudtrail.amazonaws.com';
  const cloudTrail = { account, identity: byService(service), ip: service, agent: service, service: true };
  const keyId = account === WORKLOADS ? RESOURCE.workloadsKey : RESOURCE.dataKey;
  const arn = `arn:aws:kms:${HOME_REGION}:${account}:key/${keyId}`;
  timeline.call(cloudTrail, clock, 'kms.GenerateDataKey', {
    request: { keyId: arn, keySpec: 'AES_256', encryptionContext: { 'aws:cloudtrail:arn': TRAIL_ARN[account] } },
    resources: [{ accountId: account, type: 'AWS::KMS::Key', ARN: arn }],
    sharedId: uuidFor(`trail key ${account} ${clock}`),
  });
  if (account !== WORKLOADS) return;
  const sharedId = uuidFor(`trail bucket ${clock}`);
  timeline.call(cloudTrail, later(clock, 1), 's3.GetBucketAcl', bucketCall(account, BUCKET.trail, 'acl', { sent: 552, sharedId }));
}

/** An event with no API call behind it. */
function rotateKey(timeline) {
  const keyId = RESOURCE.dataKey;
  const identity = { accountId: DATA, invokedBy: 'AWS Internal' };
  timeline.call({ account: DATA, identity, ip: 'AWS Internal', agent: 'AWS Internal', service: true }, '05:41:59', 'kms.RotateKey', {
    type: 'AwsServiceEvent',
    requestId: null,
    resources: [{ accountId: DATA, type: 'AWS::KMS::Key', ARN: `arn:aws:kms:${HOME_REGION}:${DATA}:key/${keyId}` }],
    details: { rotationType: 'AUTOMATIC', keyId },
  });
}
