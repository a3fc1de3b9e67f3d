import { assumedRoleOf, parseArn } from './arn';
import type { CloudTrailEvent } from './event';
import { isAnonymous } from './principal';

/** What is known of one `userIdentity.type`. Source: `identity-types.json`. */
export interface IdentityType {
  readonly type: string;
  readonly label: string;
  readonly meaning: string;
  readonly principalIdForm: string;
  readonly arnForm: string;
  readonly accessKeyForm: string;
  readonly risk: string;
  readonly riskNotes: readonly string[];
  readonly chain: string;
}

/** A special case of a type, told by other fields. */
export interface IdentityVariant {
  /** Its English name, by which the code knows it. */
  readonly variant: string;
  /** Its name in another language. */
  readonly name?: string;
  readonly of: string;
  readonly meaning: string;
  readonly risk: string;
}

/** The shape of `data/identity-types.json`. */
export interface IdentityTypeData {
  readonly types: readonly IdentityType[];
  readonly variants: readonly IdentityVariant[];
}

const INSTANCE_SESSION = /^i-[0-9a-f]{8,17}$/;

/** How each variant is told from an event, by its name in the data. */
const DETECT: Readonly<Record<string, (event: CloudTrailEvent) => boolean>> = {
  'Service-linked role session': (event) => event.sessionIssuerArn?.includes(':role/aws-service-role/') ?? false,
  'IAM Identity Center session': (event) => event.sessionIssuerUserName?.startsWith('AWSReservedSSO_') ?? false,
  'EC2 instance session': (event) => INSTANCE_SESSION.test(sessionName(event) ?? ''),
  'Lambda session': (event) => event.userAgent?.includes('exec-env/AWS_Lambda_') ?? false,
  'MFA session': (event) => event.identityType === 'IAMUser' && event.mfaAuthenticated === 'true',
  Anonymous: isAnonymous,
  'Failed sign-in with unknown name': (event) => event.userName === 'HIDDEN_DUE_TO_SECURITY_REASONS',
};

/** The identity types by name. */
export class IdentityTypes {
  private readonly byType: ReadonlyMap<string, IdentityType>;

  constructor(private readonly data: IdentityTypeData) {
    this.byType = new Map(data.types.map((each) => [each.type, each]));
  }

  find(type: string): IdentityType | undefined {
    return this.byType.get(type);
  }

  /** The special cases that an event is. */
  variantsOf(event: CloudTrailEvent): IdentityVariant[] {
    return this.data.variants.filter(({ variant }) => DETECT[variant]?.(event) ?? false);
  }
}

function sessionName({ arn }: CloudTrailEvent): string | undefined {
  const parsed = arn === undefined ? undefined : parseArn(arn);
  return parsed && assumedRoleOf(parsed)?.session;
}
