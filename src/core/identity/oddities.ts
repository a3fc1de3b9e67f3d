import { addressKind } from '../events/ipAddress';
import { type AgentKind, classifyAgent } from '../events/userAgent';
import type { Oddity, Session, Use } from './session';

/** Clients that a person in a browser uses at once. */
const IN_BROWSER: ReadonlySet<AgentKind> = new Set<AgentKind>(['console', 'browser', 'cloudshell']);
const OF_AWS: ReadonlySet<AgentKind> = new Set<AgentKind>(['service', 'aws-internal']);
const INSTANCE_NAME = /^i-[0-9a-f]+$/;

/** What is odd in how a session was used. */
export function oddities(
  session: Pick<Session, 'addresses' | 'agents'> & { readonly sessionName: string | undefined },
  isKeyReused: boolean,
): Oddity[] {
  const found: Oddity[] = [];
  const clients = clientAddresses(session.addresses);
  if (clients.length > 1) {
    if (INSTANCE_NAME.test(session.sessionName ?? '')) found.push('instance-elsewhere');
    found.push(overlap(clients) ? 'two-places' : 'address-changed');
  }
  const kinds = new Set(session.agents.map(({ value }) => classifyAgent(value).kind));
  if (kinds.has('attack-tool')) found.push('attack-tool');
  const people = new Set(
    [...kinds].filter((kind) => !OF_AWS.has(kind)).map((kind) => (IN_BROWSER.has(kind) ? 'browser' : kind)),
  );
  if (people.size > 1) found.push('client-changed');
  if (isKeyReused) found.push('key-reused');
  return found;
}

/** Addresses of clients: not those of services, and not private ones, which the same client has behind a VPC endpoint. */
export function clientAddresses(addresses: readonly Use[]): Use[] {
  return addresses.filter(({ value }) => {
    const kind = addressKind(value);
    return kind !== 'aws-service' && kind !== 'aws-internal' && kind !== 'private' && kind !== 'unknown';
  });
}

/** True when two uses were going on at the same time: one began before the other had ended. */
function overlap(uses: readonly Use[]): boolean {
  const inOrder = uses.toSorted((a, b) => a.first - b.first);
  let last = -Infinity;
  for (const use of inOrder) {
    if (use.first <= last) return true;
    last = Math.max(last, use.last);
  }
  return false;
}
