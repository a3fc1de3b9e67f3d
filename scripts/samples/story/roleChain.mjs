// 4. From the new user's key to a role, from there to a role in the other account, and from there to a third: each session is issued by
// the session before it.
import { kaliCli, rentedCli } from '../agents.mjs';
import { denied } from '../errors.mjs';
import { withKey } from '../identities.mjs';
import { assumeRole } from '../sts.mjs';
import { DATA, IP, KEY, ROLE, USER, WORKLOADS } from '../world.mjs';

const AGENT = rentedCli('sts.AssumeRole');
const ORG_ADMIN = `arn:aws:iam::${DATA}:role/OrganizationAccountAccessRole`;

export function roleChain(timeline) {
  const call = (actor, clock, action, options) => timeline.call({ ...actor, agent: rentedCli(action) }, clock, action, options);
  const start = { account: WORKLOADS, identity: withKey(USER.backupSvc, KEY.backupSvc), ip: IP.attacker, agent: AGENT };
  timeline.call({ ...start, agent: kaliCli('sts.GetCallerIdentity') }, '03:41:12', 'sts.GetCallerIdentity');
  call(start, '03:42:01', 'iam.ListRoles');

  const deploy = assumeRole(timeline, start, '03:43:10', { role: ROLE.deploy, session: 'svc-backup' });
  call(deploy, '03:43:22', 'sts.GetCallerIdentity');
  call(deploy, '03:44:05', 'iam.GetRolePolicy', { request: { roleName: 'DeployRole', policyName: 'deploy' } });
  call(deploy, '03:45:30', 'sts.AssumeRole', { error: denied(deploy, 'sts:AssumeRole', { resource: ORG_ADMIN }) });

  const dataRead = assumeRole(timeline, deploy, '03:46:18', { role: ROLE.dataRead, session: 'svc-backup' });
  call(dataRead, '03:46:30', 'sts.GetCallerIdentity');
  call(dataRead, '03:47:02', 'iam.ListAttachedRolePolicies', { request: { roleName: 'DataReadRole' } });

  const backupRestore = assumeRole(timeline, dataRead, '03:52:44', { role: ROLE.backupRestore, session: 'restore-0304' });
  call(backupRestore, '03:52:55', 'sts.GetCallerIdentity');
  return { deploy, dataRead, backupRestore };
}
