// Sessions of people who sign in through IAM Identity Center.
import { roleSession } from './identities.mjs';
import { accessKeyId } from './ids.mjs';
import { lettersFor } from './seeded.mjs';
import { at } from './time.mjs';
import { IP, PERSON, ROLE, WORKLOADS } from './world.mjs';

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** The administrator fetches credentials for `account`. */
export function administrator(timeline, account, clock, ip = IP.responder) {
  return signIn(timeline, PERSON.rin, ROLE.admin[account], 'AdministratorAccess', clock, ip);
}

export function reader(timeline, clock) {
  return signIn(timeline, PERSON.mio, ROLE.reader, 'ReadOnlyAccess', clock, IP.office);
}

/**
 * GetRoleCredentials is logged where Identity Center is, in the workloads account, and does not tell the key. What ties it to the session
 * is the person, the role, and the time, which the session has as its creationDate.
 */
function signIn(timeline, person, role, permissionSet, clock, ip) {
  const identity = {
    type: 'IdentityCenterUser',
    accountId: WORKLOADS,
    onBehalfOf: person.onBehalfOf,
    credentialId: lettersFor(`credential ${person.userName} ${clock}`, 32, BASE64),
  };
  timeline.call({ account: WORKLOADS, identity, ip, agent: 'aws-cli/2.31.1', service: true }, clock, 'sso.GetRoleCredentials', {
    type: 'AwsServiceEvent',
    details: { role_name: permissionSet, account_id: role.account },
  });
  const key = accessKeyId('ASIA', role.account, `${person.userName} ${clock}`);
  const session = roleSession(role, { name: person.userName, accessKeyId: key, issuedAt: at(clock), person });
  return { account: role.account, identity: session, ip };
}
