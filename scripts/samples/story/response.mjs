// 7. The responder, an administrator of Identity Center, starts the trail again before all else, so that what follows is on record.
import { AGENT, macCli } from '../agents.mjs';
import { atSignIn } from '../identities.mjs';
import { bucketCall } from '../s3.mjs';
import { signIn } from '../signIn.mjs';
import { BUCKET, DATA, IP, KEY, OUTSIDER, RESOURCE, ROLE, SECOND_REGION, TRAIL_ARN, USER, WORKLOADS } from '../world.mjs';
import { administrator } from '../people.mjs';

export const STARTED_AT = '06:41:22';

/** What the console attaches when somebody clicks "Revoke active sessions". */
const REVOKE = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Deny',
      Action: ['*'],
      Resource: ['*'],
      Condition: { DateLessThan: { 'aws:TokenIssueTime': '2026-03-04T06:46:00.000Z' } },
    },
  ],
};

export function response(timeline) {
  inWorkloads(timeline);
  inData(timeline);
  // The attacker comes back, and the password is gone.
  const attacker = { account: WORKLOADS, identity: atSignIn(USER.backupSvc, false), ip: IP.attackerBrowser, agent: AGENT.firefox };
  signIn(timeline, attacker, '07:03:19', { error: 'Failed authentication' });
}

function inWorkloads(timeline) {
  const responder = administrator(timeline, WORKLOADS, '06:39:40');
  const call = (clock, action, options) => timeline.call({ ...responder, agent: macCli(action) }, clock, action, options);
  const { userName } = USER.backupSvc;
  call('06:40:30', 'cloudtrail.GetTrailStatus', { request: { name: TRAIL_ARN[WORKLOADS] } });
  call(STARTED_AT, 'cloudtrail.StartLogging', { request: { name: TRAIL_ARN[WORKLOADS] } });
  call('06:42:01', 'cloudtrail.LookupEvents', {
    request: { lookupAttributes: [{ attributeKey: 'Username', attributeValue: 'svc-backup' }], maxResults: 10 },
  });
  const deactivate = (owner, accessKeyId) => ({ request: { userName: owner, accessKeyId, status: 'Inactive' } });
  call('06:43:05', 'iam.UpdateAccessKey', deactivate(userName, KEY.backupSvc));
  call('06:43:31', 'iam.UpdateAccessKey', deactivate(USER.ciDeployer.userName, KEY.ciDeployer));
  call('06:44:12', 'iam.DeleteLoginProfile', { request: { userName } });
  call('06:44:50', 'iam.AttachUserPolicy', { request: { userName, policyArn: 'arn:aws:iam::aws:policy/AWSDenyAll' } });
  call('06:46:20', 'iam.PutRolePolicy', revoke(ROLE.deploy));
  const { name: roleName } = ROLE.supportAudit;
  call('06:48:02', 'iam.DetachRolePolicy', { request: { roleName, policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' } });
  call('06:48:20', 'iam.DeleteRole', { request: { roleName } });
  const closed = { items: [{ ipProtocol: 'tcp', fromPort: 22, toPort: 22, groups: {}, ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] } }] };
  call('06:49:31', 'ec2.RevokeSecurityGroupIngress', {
    request: { groupId: RESOURCE.securityGroup, ipPermissions: closed },
    response: { _return: true },
  });
  call('06:50:44', 'guardduty.CreateDetector', { request: { enable: true }, response: { detectorId: RESOURCE.detector } });
  const abroad = { region: SECOND_REGION, request: { enable: true }, response: { detectorId: RESOURCE.detectorEurope } };
  call('06:51:10', 'guardduty.CreateDetector', abroad);
  call('06:52:02', 'config.StartConfigurationRecorder', { request: { configurationRecorderName: 'default' } });
}

function inData(timeline) {
  const responder = administrator(timeline, DATA, '06:53:30');
  const call = (clock, action, options) => timeline.call({ ...responder, agent: macCli(action) }, clock, action, options);
  const shut = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true };
  call('06:54:40', 's3.DeleteBucketPolicy', bucketCall(DATA, BUCKET.customers, 'policy'));
  const block = { request: { PublicAccessBlockConfiguration: shut }, received: 372 };
  call('06:55:03', 's3.PutBucketPublicAccessBlock', bucketCall(DATA, BUCKET.customers, 'publicAccessBlock', block));
  call('06:56:15', 'ec2.ModifySnapshotAttribute', {
    request: {
      snapshotId: RESOURCE.ordersSnapshot,
      createVolumePermission: { remove: { items: [{ userId: OUTSIDER }] } },
      attributeType: 'CREATE_VOLUME_PERMISSION',
    },
    response: { _return: true },
  });
  call('06:57:22', 'iam.PutRolePolicy', revoke(ROLE.dataRead));
  call('06:57:48', 'iam.PutRolePolicy', revoke(ROLE.backupRestore));
  for (const [clock, secret] of [
    ['06:59:10', RESOURCE.databaseSecret],
    ['06:59:31', RESOURCE.paymentSecret],
  ]) {
    call(clock, 'secretsmanager.RotateSecret', { request: { secretId: secret }, response: { arn: secret } });
  }
  call('07:01:05', 'guardduty.CreateDetector', { request: { enable: true }, response: { detectorId: RESOURCE.detectorData } });
}

/** The document is text within the record: JSON in JSON. */
function revoke({ name }) {
  return {
    request: { roleName: name, policyName: 'AWSRevokeOlderSessions', policyDocument: JSON.stringify(REVOKE, null, 2) },
    touched: [['AWS::IAM::Role', name]],
  };
}
