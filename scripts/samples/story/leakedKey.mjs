// 1. A key that leaked from the old build server is tried out, from an address that never used it before.
import { AGENT } from '../agents.mjs';
import { withKey } from '../identities.mjs';
import { IP, KEY, USER, WORKLOADS } from '../world.mjs';

export function leakedKey(timeline) {
  const thief = { account: WORKLOADS, identity: withKey(USER.ciDeployer, KEY.ciDeployer), ip: IP.attacker };
  timeline.call({ ...thief, agent: AGENT.truffleHog }, '03:12:07', 'sts.GetCallerIdentity', { host: 'sts.amazonaws.com' });
  timeline.call({ ...thief, agent: AGENT.enumerator }, '03:13:40', 'sts.GetCallerIdentity');
  return thief;
}
