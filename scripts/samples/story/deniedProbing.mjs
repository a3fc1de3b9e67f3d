// 2. A script tries what the key may do: near thirty APIs of two Regions within five minutes, all refused. IAM is the exception.
import { AGENT } from '../agents.mjs';
import { denied } from '../errors.mjs';
import { later } from '../time.mjs';
import { HOME_REGION, SECOND_REGION, USER } from '../world.mjs';

const REFUSED_AT_HOME = [
  's3.ListBuckets',
  'ec2.DescribeInstances',
  'ec2.DescribeSecurityGroups',
  'ec2.DescribeSnapshots',
  'ec2.DescribeVpcs',
  'rds.DescribeDBInstances',
  'rds.DescribeDBSnapshots',
  'dynamodb.ListTables',
  'lambda.ListFunctions20150331',
  'kms.ListKeys',
  'logs.DescribeLogGroups',
  'ssm.DescribeParameters',
  'secretsmanager.ListSecrets',
  'organizations.DescribeOrganization',
  'guardduty.ListDetectors',
  'cloudtrail.LookupEvents',
];

const REFUSED_ABROAD = [
  'ec2.DescribeInstances',
  'ec2.DescribeVolumes',
  'ec2.DescribeSnapshots',
  'rds.DescribeDBInstances',
  'lambda.ListFunctions20150331',
  'ssm.DescribeParameters',
  'secretsmanager.ListSecrets',
  'ses.GetSendQuota',
  'servicequotas.ListServiceQuotas',
  'bedrock.ListFoundationModels',
];

const GUESSED_SECRETS = ['prod/db', 'prod/database', 'prod/rds', 'prod/api', 'prod/stripe', 'prod/jwt', 'dev/db', 'staging/db'];

const PARAMETERS = {
  'ec2.DescribeInstances': { instancesSet: {}, filterSet: {} },
  'ec2.DescribeSnapshots': { snapshotSet: {}, ownersSet: { items: [{ owner: 'self' }] }, filterSet: {} },
};

export function deniedProbing(timeline, thief) {
  const script = { ...thief, agent: AGENT.enumerator };
  const refuse = (actions, region, start, pause) => {
    for (const [index, action] of actions.entries()) {
      timeline.call(script, later(start, index * pause), action, {
        region,
        error: denied(script, permissionFor(action)),
        // EC2 keeps the parameters of what it refuses; other services do not.
        ...(action.startsWith('ec2.') && { request: PARAMETERS[action] ?? { filterSet: {} } }),
      });
    }
  };
  refuse(REFUSED_AT_HOME, HOME_REGION, '03:14:05', 7);
  guessSecrets(timeline, script);
  refuse(REFUSED_ABROAD, SECOND_REGION, '03:17:02', 9);
  timeline.call(script, '03:18:44', 'ec2.RunInstances', {
    region: SECOND_REGION,
    request: {
      instancesSet: { items: [{ imageId: 'ami-0c55b159cbfafe1f0', minCount: 1, maxCount: 1 }] },
      instanceType: 't3.micro',
      blockDeviceMapping: {},
      monitoring: { enabled: false },
    },
    error: denied(script, 'ec2:RunInstances', { resource: `arn:aws:ec2:${SECOND_REGION}:${script.account}:instance/*` }),
  });
  findIamRights(timeline, script);
}

function guessSecrets(timeline, script) {
  for (const [index, name] of GUESSED_SECRETS.entries()) {
    timeline.call(script, later('03:16:03', index * 6), 'secretsmanager.GetSecretValue', {
      error: denied(script, 'secretsmanager:GetSecretValue', { resource: name }),
    });
  }
}

/** The build server may manage users: somebody once gave it iam:* to save time. */
function findIamRights(timeline, script) {
  const { userName } = USER.ciDeployer;
  const calls = [
    ['iam.GetUser', null],
    ['iam.ListUsers', null],
    ['iam.ListRoles', null],
    ['iam.ListAttachedUserPolicies', { userName }],
    ['iam.ListUserPolicies', { userName }],
    ['iam.GetUserPolicy', { userName, policyName: 'build-server' }],
    ['iam.GetAccountAuthorizationDetails', null],
  ];
  for (const [index, [action, request]] of calls.entries()) timeline.call(script, later('03:19:20', index * 8), action, { request });
}

/** The permission behind an API: its name without the date that Lambda appends. */
function permissionFor(action) {
  if (action === 's3.ListBuckets') return 's3:ListAllMyBuckets';
  return action.replace('.', ':').replace(/\d{8}$/, '');
}
