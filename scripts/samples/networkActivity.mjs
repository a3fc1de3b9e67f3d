// Calls that CloudTrail saw at a VPC endpoint. Their records are shorter: no parameters, no answer, no agent.
import { roleSession } from './identities.mjs';
import { uniqueId } from './ids.mjs';
import { uuidFor } from './seeded.mjs';
import { sessionKey } from './sts.mjs';
import { at, iso } from './time.mjs';
import { DATA, HOME_REGION, OUTSIDER, RESOURCE, ROLE } from './world.mjs';

const REFUSED = {
  errorCode: 'VpceAccessDenied',
  errorMessage: 'The request was denied due to a VPC endpoint policy',
};

export function networkActivity(timeline) {
  // A key of a foreign account used from inside the network: data may have left that way, had the endpoint's policy not refused.
  const foreign = { type: 'AWSAccount', principalId: uniqueId('AIDA', OUTSIDER, 'foreign'), accountId: OUTSIDER };
  add(timeline, '03:05:12', 's3.GetObject', reportServer('02:05:02'));
  add(timeline, '03:05:40', 'kms.Decrypt', reportServer('02:05:02'));
  add(timeline, '05:02:18', 's3.PutObject', foreign, REFUSED);
  add(timeline, '05:02:51', 's3.PutObject', foreign, REFUSED);
  add(timeline, '06:05:13', 's3.GetObject', reportServer('05:35:02'));
}

/** The instance with the credentials that EC2 gave it at `clock`. */
function reportServer(clock) {
  const name = RESOURCE.reportServer;
  return roleSession(ROLE.reportServer, { name, accessKeyId: sessionKey(ROLE.reportServer, name, clock), issuedAt: at(clock), ec2: true });
}

function add(timeline, clock, action, userIdentity, error) {
  const [service, eventName] = action.split('.');
  const record = {
    eventVersion: '1.11',
    userIdentity,
    eventTime: iso(at(clock)),
    eventSource: `${service}.amazonaws.com`,
    eventName,
    awsRegion: HOME_REGION,
    sourceIPAddress: '10.2.1.10',
    ...error,
    requestID: uuidFor(`endpoint request ${clock}`),
    eventID: uuidFor(`endpoint ${clock}`),
    eventType: 'AwsVpceEvent',
    recipientAccountId: DATA,
    sharedEventID: uuidFor(`endpoint shared ${clock}`),
    vpcEndpointId: RESOURCE.endpoint,
    vpcEndpointAccountId: DATA,
    eventCategory: 'NetworkActivity',
  };
  const folder = 'CloudTrail-NetworkActivity';
  timeline.add({ account: DATA, region: HOME_REGION, folder, time: at(clock), record, touched: [], twice: false });
}
