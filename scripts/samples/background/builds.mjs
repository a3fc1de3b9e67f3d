// Builds: GitHub Actions with roles, and the old build server with the key that leaks.
import { AGENT, buildServerCli } from '../agents.mjs';
import { withKey } from '../identities.mjs';
import { rawNumber } from '../json.mjs';
import { assumeRoleWithGitHubToken } from '../sts.mjs';
import { later } from '../time.mjs';
import { HOME_REGION, IP, KEY, ROLE, USER, WORKLOADS } from '../world.mjs';

/** When a job starts, and the address of the machine that GitHub gave it. */
const JOBS = [
  ['02:12:30', '192.0.2.41', 'main'],
  ['03:31:05', '192.0.2.57', 'main'],
  ['05:05:40', '192.0.2.44', 'main'],
  ['07:22:18', '192.0.2.63', 'release'],
];

export function builds(timeline) {
  for (const [clock, ip, branch] of JOBS) gitHubJob(timeline, clock, ip, branch);
  tuneSearch(timeline);
  for (const clock of ['02:20:11', '02:50:12', '03:20:11', '03:50:12']) oldBuildServer(timeline, clock);
}

function gitHubJob(timeline, clock, ip, branch) {
  const subject = `repo:example-org/shop:ref:refs/heads/${branch}`;
  const issued = { role: ROLE.github, subject, ip, agent: AGENT.github };
  const job = { ...assumeRoleWithGitHubToken(timeline, clock, issued), agent: AGENT.terraform };
  const service = { cluster: 'shop', service: 'web' };
  timeline.call(job, later(clock, 6), 'ecr.GetAuthorizationToken');
  timeline.call(job, later(clock, 71), 'ecs.RegisterTaskDefinition', {
    request: { family: 'web', networkMode: 'awsvpc', cpu: '512', memory: '1024', requiresCompatibilities: ['FARGATE'] },
    response: { taskDefinition: { family: 'web', status: 'ACTIVE', taskDefinitionArn: `arn:aws:ecs:${HOME_REGION}:${WORKLOADS}:task-definition/web:88` } },
  });
  timeline.call(job, later(clock, 75), 'ecs.UpdateService', { request: { ...service, taskDefinition: 'web' }, response: { service: { ...service, status: 'ACTIVE' } } });
  timeline.call(job, later(clock, 96), 'ecs.DescribeServices', { request: { cluster: 'shop', services: ['web'] } });
}

/** A call whose numbers are written with a fraction, and whose policy is text in text. */
function tuneSearch(timeline) {
  const job = { ...assumeRoleWithGitHubToken(timeline, '02:14:50', { role: ROLE.github, subject: 'repo:example-org/search:ref:refs/heads/main', ip: '192.0.2.41', agent: AGENT.github }), agent: AGENT.terraform };
  const arn = `arn:aws:es:${HOME_REGION}:${WORKLOADS}:domain/catalogue`;
  const accessPolicies = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: ROLE.webServer.arn }, Action: 'es:ESHttp*', Resource: `${arn}/*` }],
  };
  timeline.call(job, '02:15:02', 'es.UpdateDomainConfig', {
    request: {
      domainName: 'catalogue',
      clusterConfig: { instanceType: 't3.small.search', instanceCount: rawNumber('1.0'), zoneAwarenessEnabled: false },
      accessPolicies: JSON.stringify(accessPolicies, null, 1),
    },
    response: { domainConfig: { clusterConfig: { status: { updateVersion: rawNumber('17.0'), state: 'Processing' } } } },
    touched: [['AWS::Elasticsearch::Domain', 'catalogue']],
  });
}

/** Every half hour. At 03:20 it works while the attacker uses the same key from elsewhere. */
function oldBuildServer(timeline, clock) {
  const server = { account: WORKLOADS, identity: withKey(USER.ciDeployer, KEY.ciDeployer), ip: IP.buildServer };
  const call = (when, action, options) => timeline.call({ ...server, agent: buildServerCli(action) }, when, action, options);
  call(clock, 'ecr.GetAuthorizationToken');
  call(later(clock, 9), 'ecs.DescribeServices', { request: { cluster: 'shop', services: ['reports'] } });
}
