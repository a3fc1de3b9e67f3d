// Between StopLogging and StartLogging no file is delivered for the workloads account. Event history keeps management events all the
// same: these are found in exports/lookup-events.json alone.
import { rentedCli } from '../agents.mjs';
import { BY_CONTROL_POLICY, denied } from '../errors.mjs';
import { resourceId } from '../ids.mjs';
import { at, spokenInIam } from '../time.mjs';
import { HOME_REGION, OUTSIDER, RESOURCE, ROLE, TRAIL_ARN, WORKLOADS } from '../world.mjs';

const { name: roleName, arn, principalId } = ROLE.supportAudit;
const ADMIN_POLICY = 'arn:aws:iam::aws:policy/AdministratorAccess';
const TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${OUTSIDER}:root` }, Action: 'sts:AssumeRole' }],
};

export function whileLoggingWasOff(timeline, { deploy }) {
  const call = (clock, action, options) => timeline.call({ ...deploy, agent: rentedCli(action) }, clock, action, options);
  const trail = TRAIL_ARN[WORKLOADS];
  call('04:13:05', 'cloudtrail.GetTrailStatus', { request: { name: trail } });
  call('04:17:32', 'guardduty.DeleteDetector', {
    request: { detectorId: RESOURCE.detector },
    touched: [['AWS::GuardDuty::Detector', RESOURCE.detector]],
  });
  call('04:19:10', 'cloudtrail.DeleteTrail', {
    error: denied(deploy, 'cloudtrail:DeleteTrail', { resource: trail, ...BY_CONTROL_POLICY }),
  });
  call('04:26:41', 'iam.CreateRole', {
    request: { roleName, assumeRolePolicyDocument: JSON.stringify(TRUST), description: 'support access', maxSessionDuration: 43200 },
    response: {
      role: {
        path: '/',
        roleName,
        roleId: principalId,
        arn,
        createDate: spokenInIam(at('04:26:41')),
        assumeRolePolicyDocument: encodeURIComponent(JSON.stringify(TRUST)),
        description: 'support access',
        maxSessionDuration: 43200,
      },
    },
    touched: [
      ['AWS::IAM::Role', roleName],
      ['AWS::IAM::Role', arn],
    ],
  });
  call('04:27:20', 'iam.AttachRolePolicy', {
    request: { roleName, policyArn: ADMIN_POLICY },
    touched: [
      ['AWS::IAM::Role', roleName],
      ['AWS::IAM::Policy', ADMIN_POLICY],
    ],
  });
  openTheDoor(call);
  call('04:40:09', 'iam.CreateUser', {
    error: denied(deploy, 'iam:CreateUser', { resource: `arn:aws:iam::${WORKLOADS}:user/backup-svc-2`, ...BY_CONTROL_POLICY }),
  });
}

function openTheDoor(call) {
  call('04:31:02', 'ec2.ImportKeyPair', {
    request: { keyName: 'support', publicKeyMaterial: '<sensitiveDataRemoved>' },
    response: { keyName: 'support', keyPairId: resourceId('key', 'support') },
    touched: [['AWS::EC2::KeyPair', 'support']],
  });
  const rule = { ipProtocol: 'tcp', fromPort: 22, toPort: 22 };
  call('04:31:44', 'ec2.AuthorizeSecurityGroupIngress', {
    request: {
      groupId: RESOURCE.securityGroup,
      ipPermissions: { items: [{ ...rule, groups: {}, ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] }, ipv6Ranges: {}, prefixListIds: {} }] },
    },
    response: {
      _return: true,
      securityGroupRuleSet: {
        items: [
          {
            groupOwnerId: WORKLOADS,
            groupId: RESOURCE.securityGroup,
            securityGroupRuleId: resourceId('sgr', 'ssh'),
            isEgress: false,
            ...rule,
            cidrIpv4: '0.0.0.0/0',
            securityGroupRuleArn: `arn:aws:ec2:${HOME_REGION}:${WORKLOADS}:security-group-rule/${resourceId('sgr', 'ssh')}`,
          },
        ],
      },
    },
    touched: [['AWS::EC2::SecurityGroup', RESOURCE.securityGroup]],
  });
}
