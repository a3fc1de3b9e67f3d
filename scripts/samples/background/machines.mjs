// Instances and functions: roles that services take for them, and the calls that follow.
import { AGENT } from '../agents.mjs';
import { uuidFor } from '../seeded.mjs';
import { assumeRoleByService } from '../sts.mjs';
import { later } from '../time.mjs';
import { DATA, HOME_REGION, IP, RESOURCE, ROLE, SECOND_REGION, WORKLOADS } from '../world.mjs';

const INSTANCES = [
  { id: RESOURCE.webServer, role: ROLE.webServer, region: HOME_REGION, ip: IP.webServer, start: '02:04:20', inside: '10.0.1.10' },
  { id: RESOURCE.webServerEurope, role: ROLE.webServer, region: SECOND_REGION, ip: IP.webServerEurope, start: '02:06:41', inside: '10.1.1.10' },
  { id: RESOURCE.reportServer, role: ROLE.reportServer, region: HOME_REGION, ip: IP.reportServer, start: '02:05:02', inside: '10.2.1.10' },
];

const HALF_HOUR = 1800;
const HALF_HOURS_OF_STORY = 12;
/** EC2 renews the credentials of an instance in good time before their six hours end. */
const HALF_HOURS_OF_CREDENTIALS = 7;

export function machines(timeline) {
  for (const instance of INSTANCES) runInstance(timeline, instance);
  for (const clock of ['02:33:10', '03:48:12', '05:33:09', '07:33:11']) makeThumbnails(timeline, clock);
  for (const clock of ['03:00:04', '06:00:03']) reportNightly(timeline, clock);
}

function runInstance(timeline, { id, role, region, ip, start, inside }) {
  let instance;
  for (let count = 0; count < HALF_HOURS_OF_STORY; count++) {
    const clock = later(start, count * HALF_HOUR);
    if (count % HALF_HOURS_OF_CREDENTIALS === 0) {
      instance = assumeRoleByService(timeline, 'ec2.amazonaws.com', clock, { role, session: id, region, ec2: true });
    }
    const request = {
      instanceId: id,
      agentVersion: '3.3.2299.0',
      agentStatus: 'Active',
      platformType: 'Linux',
      platformName: 'Amazon Linux',
      platformVersion: '2023',
      iPAddress: inside,
      computerName: `ip-${inside.replaceAll('.', '-')}.ec2.internal`,
      agentName: 'amazon-ssm-agent',
    };
    timeline.call({ ...instance, ip, agent: AGENT.ssmAgent }, later(clock, 31), 'ssm.UpdateInstanceInformation', { region, request });
    if (count % 4 === 1) throttled(timeline, { ...instance, ip, agent: AGENT.webServer }, later(clock, 95), region);
  }
}

/** Errors that mean nothing. */
function throttled(timeline, instance, clock, region) {
  timeline.call(instance, clock, 'ssm.GetParametersByPath', {
    region,
    request: { path: '/app/', recursive: true, withDecryption: false },
    error: { code: 'ThrottlingException', message: 'Rate exceeded' },
  });
}

function makeThumbnails(timeline, clock) {
  const name = 'make-thumbnails';
  const lambda = functionSession(timeline, clock, { name, role: ROLE.thumbnails, account: WORKLOADS });
  timeline.call(lambda, later(clock, 3), 'logs.CreateLogStream', {
    request: { logGroupName: `/aws/lambda/${name}`, logStreamName: `2026/03/04/[$LATEST]${uuidFor(clock).replaceAll('-', '')}` },
  });
  readSetting(timeline, lambda, later(clock, 4), RESOURCE.workloadsKey, '/thumbnails/upload-token');
}

function reportNightly(timeline, clock) {
  const name = 'nightly-report';
  const lambda = functionSession(timeline, clock, { name, role: ROLE.report, account: DATA });
  timeline.call(lambda, later(clock, 2), 'logs.CreateLogStream', {
    request: { logGroupName: `/aws/lambda/${name}`, logStreamName: `2026/03/04/[$LATEST]${uuidFor(clock).replaceAll('-', '')}` },
  });
  readSetting(timeline, lambda, later(clock, 5), RESOURCE.dataKey, '/report/recipients');
  timeline.call(lambda, later(clock, 20), 'athena.StartQueryExecution', {
    request: { queryString: '***OMITTED***', workGroup: 'reports' },
    response: { queryExecutionId: uuidFor(`query ${clock}`) },
    readOnly: false,
  });
  timeline.call(lambda, later(clock, 44), 'athena.GetQueryResults', { request: { queryExecutionId: uuidFor(`query ${clock}`) } });
}

function functionSession(timeline, clock, { name, role, account }) {
  const workload = {
    issuerType: 'AWS::Lambda::Function',
    credentialsIssuedTo: `arn:aws:lambda:${HOME_REGION}:${account}:function:${name}`,
  };
  const session = assumeRoleByService(timeline, 'lambda.amazonaws.com', clock, { role, session: name, workload });
  return { ...session, ip: IP.lambda, agent: AGENT.lambda };
}

/** A parameter that is kept under a KMS key: two records, the second made by Systems Manager for the caller. */
function readSetting(timeline, caller, clock, keyId, parameter) {
  const arn = `arn:aws:ssm:${HOME_REGION}:${caller.account}:parameter${parameter}`;
  timeline.call(caller, clock, 'ssm.GetParameter', {
    request: { name: parameter, withDecryption: true },
    resources: [{ accountId: caller.account, ARN: arn }],
  });
  const service = 'ssm.amazonaws.com';
  const onBehalf = { ...caller, identity: { ...caller.identity, invokedBy: service }, ip: service, agent: service, service: true };
  timeline.call(onBehalf, clock, 'kms.Decrypt', {
    request: { encryptionContext: { PARAMETER_ARN: arn }, encryptionAlgorithm: 'SYMMETRIC_DEFAULT' },
    resources: [{ accountId: caller.account, type: 'AWS::KMS::Key', ARN: `arn:aws:kms:${HOME_REGION}:${caller.account}:key/${keyId}` }],
  });
}
