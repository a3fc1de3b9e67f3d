// How services say no. The code depends on the protocol of the service.
const JSON_SERVICES = new Set([
  'bedrock',
  'cloudtrail',
  'dynamodb',
  'ecr',
  'guardduty',
  'kms',
  'lambda',
  'logs',
  'organizations',
  'secretsmanager',
  'servicequotas',
  'ssm',
]);

const NO_POLICY = (permission) => `because no identity-based policy allows the ${permission} action`;

/** @param reason why, in the words of IAM; when left out, no policy of the caller allows it */
export function denied(actor, permission, { resource, reason } = {}) {
  const [service] = permission.split(':');
  const on = resource === undefined ? '' : ` on resource: ${resource}`;
  const why = `User: ${actor.identity.arn} is not authorized to perform: ${permission}${on} ${reason ?? NO_POLICY(permission)}`;
  if (service === 'ec2') return { code: 'Client.UnauthorizedOperation', message: `You are not authorized to perform this operation. ${why}` };
  return { code: JSON_SERVICES.has(service) ? 'AccessDeniedException' : 'AccessDenied', message: why };
}

export const BY_CONTROL_POLICY = { reason: 'with an explicit deny in a service control policy' };
