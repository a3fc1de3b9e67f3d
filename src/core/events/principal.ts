import { assumedRoleOf, parseArn, resourceName } from './arn';
import type { CloudTrailEvent } from './event';

const SERVICE_SUFFIX = /\.amazonaws\.com(\.cn)?$/;

/**
 * A short name for who made the call: `root`, a user's name, `Role/session`, a service, another account. Undefined when the record
 * names nobody (Insights and aggregated records).
 */
export function principalName(event: CloudTrailEvent): string | undefined {
  switch (event.identityType) {
    case 'Root':
      return event.userName === undefined ? 'root' : `root (${event.userName})`;
    case 'AWSService':
      return event.invokedBy ?? event.principalId;
    case 'AWSAccount':
      return isAnonymous(event) ? 'anonymous' : (event.arn ?? event.principalId ?? event.callerAccountId);
    default:
      return nameFromArn(event.arn) ?? event.userName ?? event.principalId ?? event.invokedBy ?? event.callerAccountId;
  }
}

/** True for a request that carried no signature: `identity-types.json`, variant "Anonymous". */
export function isAnonymous(event: CloudTrailEvent): boolean {
  const account = event.callerAccountId?.toLowerCase();
  if (account === 'anonymous' || account === 'anonymous_principal') return true;
  return event.identityType === 'AWSAccount' && !account && !event.principalId;
}

/** True when a service made the call, for itself or on somebody's behalf: nobody typed it. */
export function isServiceCall(event: Pick<CloudTrailEvent, 'identityType' | 'invokedBy'>): boolean {
  const { invokedBy } = event;
  return (
    event.identityType === 'AWSService' ||
    (invokedBy !== undefined && (SERVICE_SUFFIX.test(invokedBy) || invokedBy === 'AWS Internal'))
  );
}

/** `iam.amazonaws.com` as people say it: `iam`. */
export function serviceName(eventSource: string): string {
  return eventSource.replace(SERVICE_SUFFIX, '');
}

function nameFromArn(text: string | undefined): string | undefined {
  const arn = text === undefined ? undefined : parseArn(text);
  if (arn === undefined) return undefined;
  const role = assumedRoleOf(arn);
  return role === undefined ? resourceName(arn) : `${role.role}/${role.session}`;
}
