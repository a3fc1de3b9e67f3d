import type { CloudTrailEvent } from '../../core/events/event';

/** Identity types that share a colour. */
export type IdentityClass = 'root' | 'user' | 'role' | 'federated' | 'account' | 'service' | 'unknown';

const CLASS_OF_TYPE: Readonly<Record<string, IdentityClass>> = {
  Root: 'root',
  IAMUser: 'user',
  IdentityCenterUser: 'user',
  AssumedRole: 'role',
  Role: 'role',
  FederatedUser: 'federated',
  SAMLUser: 'federated',
  WebIdentityUser: 'federated',
  AWSAccount: 'account',
  AWSService: 'service',
  Directory: 'unknown',
  Unknown: 'unknown',
};

/** The colour class of an event's identity type. */
export function identityClass({ identityType }: CloudTrailEvent): IdentityClass {
  return CLASS_OF_TYPE[identityType ?? ''] ?? 'unknown';
}
