// People at their daily work, and one who signs in as root.
import { AGENT, macCli } from '../agents.mjs';
import { atSignIn, inConsole, rootUser } from '../identities.mjs';
import { accessKeyId } from '../ids.mjs';
import { administrator, reader } from '../people.mjs';
import { bucketCall } from '../s3.mjs';
import { uuidFor } from '../seeded.mjs';
import { signIn } from '../signIn.mjs';
import { at, iso } from '../time.mjs';
import { BUCKET, DATA, IP, RESOURCE, TRAIL_ARN, USER, WORKLOADS } from '../world.mjs';

export const STARTED = { [WORKLOADS]: '02:00:14', [DATA]: '02:03:40' };

export function staff(timeline) {
  for (const account of [WORKLOADS, DATA]) startTrail(timeline, account);
  kaiInConsole(timeline);
  rootInConsole(timeline);
  mioReadsData(timeline);
}

/** The administrator switches the trails on: the first thing that they record. What issued the first session is therefore in no file. */
function startTrail(timeline, account) {
  const rin = administrator(timeline, account, account === WORKLOADS ? '01:59:50' : '02:03:20', IP.office);
  const action = 'cloudtrail.StartLogging';
  timeline.call({ ...rin, agent: macCli(action) }, STARTED[account], action, { request: { name: TRAIL_ARN[account] } });
}

/** An IAM user signs in with MFA and looks after servers. */
function kaiInConsole(timeline) {
  const arriving = { account: WORKLOADS, identity: atSignIn(USER.kai, true), ip: IP.office, agent: AGENT.chrome };
  signIn(timeline, arriving, '02:31:20', { mfaDevice: `arn:aws:iam::${WORKLOADS}:mfa/kai-phone` });
  const missing = 'i-0dead0000beef0000';
  const calls = [
    ['02:31:26', 'health.DescribeEventAggregates', { request: { aggregateField: 'eventTypeCategory' } }],
    ['02:31:27', 'ec2.DescribeRegions', { request: { regionSet: {}, allRegions: true } }],
    ['02:32:02', 'ec2.DescribeInstances', { request: { maxResults: 100, instancesSet: {}, filterSet: {} } }],
    ['02:32:40', 'ec2.DescribeInstances', { request: { instancesSet: { items: [{ instanceId: missing }] } }, error: notFound(missing) }],
    ['02:33:15', 'ec2.DescribeVolumes', { request: { maxResults: 50, volumeSet: {}, filterSet: {} } }],
    ['02:34:50', 'monitoring.DescribeAlarms', { request: { maxRecords: 100 } }],
    ['02:36:18', 'ec2.CreateTags', nameServer()],
    ['02:41:07', 'ec2.RebootInstances', { request: { instancesSet: { items: [{ instanceId: RESOURCE.webServer }] } }, response: { _return: true } }],
  ];
  for (const [clock, action, options] of calls) {
    const session = { accessKeyId: accessKeyId('ASIA', WORKLOADS, `kai ${clock}`), signedInAt: at('02:31:20'), mfa: true };
    const kai = { account: WORKLOADS, identity: inConsole(USER.kai, session), ip: IP.office, agent: AGENT.chrome, console: true };
    timeline.call(kai, clock, action, options);
  }
}

function notFound(instanceId) {
  return { code: 'Client.InvalidInstanceID.NotFound', message: `The instance ID '${instanceId}' does not exist` };
}

/** Text beyond ASCII, and beyond the sixteen bits of a JavaScript character. */
function nameServer() {
  const tags = { items: [{ key: 'Name', value: 'Webserver für den Größenvergleich 🛒' }, { key: '担当', value: '海' }] };
  return { request: { resourcesSet: { items: [{ resourceId: RESOURCE.webServer }] }, tagSet: tags }, response: { _return: true } };
}

/** Nothing wrong here, and still a sign-in that somebody should be able to explain. */
function rootInConsole(timeline) {
  const arriving = { account: DATA, identity: rootUser(DATA), ip: IP.office, agent: AGENT.chrome };
  signIn(timeline, arriving, '02:48:03', { mfaDevice: `arn:aws:iam::${DATA}:mfa/root-account-mfa-device` });
  const session = {
    accessKeyId: accessKeyId('ASIA', DATA, 'root'),
    sessionContext: { attributes: { creationDate: iso(at('02:48:03')), mfaAuthenticated: 'true' } },
  };
  const root = { account: DATA, identity: rootUser(DATA, session), ip: IP.office, agent: AGENT.chrome, console: true };
  timeline.call(root, '02:48:31', 'iam.GetAccountSummary');
  timeline.call(root, '02:49:10', 'ce.GetCostAndUsage', {
    request: { TimePeriod: { Start: '2026-02-01', End: '2026-03-01' }, Granularity: 'MONTHLY', Metrics: ['UnblendedCost'] },
  });
}

function mioReadsData(timeline) {
  const mio = reader(timeline, '05:38:50');
  const call = (clock, action, options) => timeline.call({ ...mio, agent: macCli(action) }, clock, action, options);
  call('05:39:30', 's3.ListBuckets', { request: { Host: 's3.us-east-1.amazonaws.com' } });
  call('05:40:02', 's3.GetBucketLocation', bucketCall(DATA, BUCKET.finance, 'location', { sent: 137 }));
  call('05:41:11', 'athena.GetWorkGroup', { request: { workGroup: 'reports' } });
  call('05:43:40', 'athena.GetQueryResults', { request: { queryExecutionId: uuidFor('query mio') } });
}
