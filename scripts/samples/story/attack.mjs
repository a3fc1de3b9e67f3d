// The attack from the first use of the leaked key to the clean-up.
import { dataTheft } from './dataTheft.mjs';
import { deniedProbing } from './deniedProbing.mjs';
import { leakedKey } from './leakedKey.mjs';
import { loggingOff } from './loggingOff.mjs';
import { newUser } from './newUser.mjs';
import { response } from './response.mjs';
import { roleChain } from './roleChain.mjs';
import { whileLoggingWasOff } from './whileLoggingWasOff.mjs';

export function attack(timeline) {
  const thief = leakedKey(timeline);
  deniedProbing(timeline, thief);
  newUser(timeline, thief);
  const sessions = roleChain(timeline);
  loggingOff(timeline, sessions);
  whileLoggingWasOff(timeline, sessions);
  dataTheft(timeline, sessions);
  response(timeline);
}
