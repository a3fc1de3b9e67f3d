/** The parts of an Amazon Resource Name: `arn:partition:service:region:account:resource`. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** All after the fifth colon, e.g. `assumed-role/Deployer/session`. */
  readonly resource: string;
}

const ARN = /^arn:(aws[\w-]*):([\w-]*):([\w-]*):([^:]*):(.+)$/s;

/** The parts of `text`, or undefined when it is no ARN. */
export function parseArn(text: string): Arn | undefined {
  const match = ARN.exec(text);
  if (match === null) return undefined;
  return { partition: match[1]!, service: match[2]!, region: match[3]!, account: match[4]!, resource: match[5]! };
}

/** Role and session name of an `sts` assumed-role ARN; undefined for any other. */
export function assumedRoleOf(arn: Arn): { role: string; session: string } | undefined {
  if (arn.service !== 'sts') return undefined;
  const match = /^assumed-role\/([^/]+)\/(.+)$/s.exec(arn.resource);
  return match === null ? undefined : { role: match[1]!, session: match[2]! };
}

/** The last part of a resource, after its type and path: `user/ops/hanako` gives `hanako`. */
export function resourceName(arn: Arn): string {
  return arn.resource.slice(arn.resource.lastIndexOf('/') + 1);
}
