// 6. Data of the other account is read, opened to the world, and handed to a foreign account.
import { AGENT, rentedCli } from '../agents.mjs';
import { denied } from '../errors.mjs';
import { resourceId } from '../ids.mjs';
import { bucketCall, listingCall, objectCall } from '../s3.mjs';
import { hexFor, numberFor, uuidFor } from '../seeded.mjs';
import { at, later } from '../time.mjs';
import { BUCKET, DATA, HOME_REGION, IP, OUTSIDER, RESOURCE, SECOND_REGION } from '../world.mjs';
import { ANONYMOUS } from '../identities.mjs';

const MEGABYTE = 1024 * 1024;
const POLICY = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Share',
      Effect: 'Allow',
      Principal: '*',
      Action: ['s3:GetObject', 's3:ListBucket'],
      Resource: [`arn:aws:s3:::${BUCKET.customers}`, `arn:aws:s3:::${BUCKET.customers}/*`],
    },
  ],
};

/** Name and size in bytes of what lies in the buckets beside the numbered parts. */
const SINGLE_OBJECTS = [
  [BUCKET.finance, '2026/請求書/2026年2月_概要.pdf', 1_482_330],
  [BUCKET.finance, '2026/请款单/Übersicht-Köln.xlsx', 318_204],
  [BUCKET.finance, '2026/payroll/2026-02.csv', 88_412],
  [BUCKET.customers, 'backup/orders-2026-03-03.sql.gz', 734 * MEGABYTE],
  [BUCKET.customers, 'deploy/prod.tfstate', 214_090],
  [BUCKET.customers, 'deploy/app/.env', 1_204],
];

export function dataTheft(timeline, { dataRead, backupRestore }) {
  lookThroughBuckets(timeline, dataRead);
  downloadAll(timeline, { ...dataRead, ip: IP.attackerBrowser, agent: AGENT.s3Browser });
  const call = (clock, action, options) => timeline.call({ ...backupRestore, agent: rentedCli(action) }, clock, action, options);
  readSecrets(timeline, call, backupRestore);
  openBucket(timeline, call);
  shareSnapshot(timeline, call);
  askForGraphicsCards(call, HOME_REGION, '04:49:12');
  askForGraphicsCards(call, SECOND_REGION, '04:50:03');
}

function lookThroughBuckets(timeline, dataRead) {
  const call = (clock, action, options) => timeline.call({ ...dataRead, agent: rentedCli(action) }, clock, action, options);
  call('03:48:10', 's3.ListBuckets', { request: { Host: `s3.${HOME_REGION}.amazonaws.com` } });
  const missing = { error: { code: 'NoSuchBucketPolicy', message: 'The bucket policy does not exist' } };
  call('03:49:02', 's3.GetBucketPolicy', bucketCall(DATA, BUCKET.customers, 'policy', missing));
  call('03:49:20', 's3.GetBucketPolicy', bucketCall(DATA, BUCKET.finance, 'policy', { sent: 612 }));
  call('03:49:41', 's3.GetBucketAcl', bucketCall(DATA, BUCKET.customers, 'acl', { sent: 480 }));
  call('03:50:08', 's3.GetBucketPublicAccessBlock', bucketCall(DATA, BUCKET.customers, 'publicAccessBlock', { sent: 339 }));
  call('03:50:30', 's3.GetBucketLogging', bucketCall(DATA, BUCKET.customers, 'logging', { sent: 167 }));
  call('03:50:52', 's3.ListObjects', listingCall(DATA, BUCKET.customers, 'exports/2026/', 18_422));
  call('03:51:15', 's3.ListObjects', listingCall(DATA, BUCKET.finance, '2026/', 6_204));
}

/** With a file browser for S3, a few seconds for each object. */
function downloadAll(timeline, thief) {
  const parts = Array.from({ length: 34 }, (_, part) => [
    BUCKET.customers,
    `exports/2026/02/customers-${String(part).padStart(4, '0')}.parquet`,
    numberFor(`part ${part}`, 9 * MEGABYTE, 31 * MEGABYTE),
  ]);
  let clock = '04:16:00';
  for (const [bucket, key, sent] of [...parts, ...SINGLE_OBJECTS]) {
    timeline.call(thief, clock, 's3.GetObject', objectCall(DATA, bucket, key, { sent }));
    clock = later(clock, numberFor(`pause ${key}`, 4, 24));
  }
}

function readSecrets(timeline, call, backupRestore) {
  call('04:20:11', 'secretsmanager.ListSecrets', { request: { maxResults: 100 } });
  const secrets = [RESOURCE.databaseSecret, RESOURCE.paymentSecret];
  for (const [index, secret] of secrets.entries()) {
    const clock = later('04:20:40', index * 31);
    call(clock, 'secretsmanager.DescribeSecret', { request: { secretId: secret } });
    call(later(clock, 12), 'secretsmanager.GetSecretValue', { request: { secretId: secret }, touched: [['AWS::SecretsManager::Secret', secret]] });
    // Secrets Manager opens the secret with KMS, in the name of the caller.
    const service = 'secretsmanager.amazonaws.com';
    const opened = { ...backupRestore, identity: { ...backupRestore.identity, invokedBy: service }, ip: service, agent: service, service: true };
    timeline.call(opened, later(clock, 12), 'kms.Decrypt', decrypt({ SecretARN: secret, SecretVersionId: uuidFor(`version ${secret}`) }));
  }
  const guarded = `arn:aws:secretsmanager:${HOME_REGION}:${DATA}:secret:prod/signing-key-g7H8i9`;
  call('04:22:02', 'secretsmanager.GetSecretValue', {
    error: denied(backupRestore, 'secretsmanager:GetSecretValue', {
      resource: guarded,
      reason: 'with an explicit deny in a resource-based policy',
    }),
  });
}

function decrypt(encryptionContext) {
  return {
    request: { encryptionContext, encryptionAlgorithm: 'SYMMETRIC_DEFAULT' },
    resources: [{ accountId: DATA, type: 'AWS::KMS::Key', ARN: `arn:aws:kms:${HOME_REGION}:${DATA}:key/${RESOURCE.dataKey}` }],
  };
}

function openBucket(timeline, call) {
  const open = {
    xmlns: 'http://s3.amazonaws.com/doc/2006-03-01/',
    BlockPublicAcls: false,
    IgnorePublicAcls: false,
    BlockPublicPolicy: false,
    RestrictPublicBuckets: false,
  };
  const unblock = { request: { PublicAccessBlockConfiguration: open }, received: 372 };
  call('04:33:15', 's3.PutBucketPublicAccessBlock', bucketCall(DATA, BUCKET.customers, 'publicAccessBlock', unblock));
  call('04:33:48', 's3.PutBucketPolicy', bucketCall(DATA, BUCKET.customers, 'policy', { request: { bucketPolicy: POLICY }, received: 291 }));
  const stranger = { account: DATA, identity: ANONYMOUS, ip: IP.stranger, agent: AGENT.curl };
  for (const [clock, part] of [
    ['04:52:10', '0000'],
    ['04:52:31', '0001'],
    ['05:14:02', '0002'],
  ]) {
    const call = objectCall(DATA, BUCKET.customers, `exports/2026/02/customers-${part}.parquet`, { sent: 14 * MEGABYTE, signed: false });
    timeline.call(stranger, clock, 's3.GetObject', call);
  }
}

function shareSnapshot(timeline, call) {
  const snapshotId = RESOURCE.ordersSnapshot;
  call('04:36:20', 'ec2.DescribeVolumes', { request: { volumeSet: {}, filterSet: {} } });
  call('04:37:04', 'ec2.CreateSnapshot', {
    request: { volumeId: RESOURCE.ordersVolume, description: 'nightly' },
    response: {
      requestId: uuidFor('snapshot request'),
      snapshotId,
      volumeId: RESOURCE.ordersVolume,
      status: 'pending',
      startTime: at('04:37:04') * 1000,
      progress: '',
      ownerId: DATA,
      volumeSize: '200',
      description: 'nightly',
      encrypted: false,
    },
  });
  call('04:43:30', 'ec2.DescribeSnapshots', { request: { snapshotSet: { items: [{ snapshotId }] }, ownersSet: {}, filterSet: {} } });
  call('04:44:02', 'ec2.ModifySnapshotAttribute', {
    request: { snapshotId, createVolumePermission: { add: { items: [{ userId: OUTSIDER }] } }, attributeType: 'CREATE_VOLUME_PERMISSION' },
    response: { requestId: uuidFor('share request'), _return: true },
  });
  const outsider = { type: 'AWSAccount', accountId: OUTSIDER, invokedBy: 'ec2.amazonaws.com' };
  const ec2 = { account: DATA, identity: outsider, ip: 'ec2.amazonaws.com', agent: 'ec2.amazonaws.com', service: true };
  timeline.call(ec2, '04:58:37', 'ec2.SharedSnapshotVolumeCreated', {
    type: 'AwsServiceEvent',
    requestId: null,
    details: { snapshotId },
  });
}

function askForGraphicsCards(call, region, clock) {
  call(clock, 'ec2.RunInstances', {
    region,
    request: {
      instancesSet: { items: [{ imageId: `ami-0${hexFor(`image ${region}`, 16)}`, minCount: 8, maxCount: 8 }] },
      instanceType: 'p4d.24xlarge',
      blockDeviceMapping: {},
      monitoring: { enabled: false },
      subnetId: resourceId('subnet', region),
      disableApiTermination: false,
      clientToken: uuidFor(`client ${region}`),
    },
    error: {
      code: 'Client.VcpuLimitExceeded',
      message:
        'You have requested more vCPU capacity than your current vCPU limit of 0 allows for the instance bucket that the specified instance type belongs to. Please visit http://aws.amazon.com/contact-us/ec2-request to request an adjustment to this limit.',
    },
  });
}
