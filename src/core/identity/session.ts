import type { Severity } from '../rules/severity';

/**
 * How sure a link or an origin is: `exact` AWS itself wrote the two sides together, `likely` names and times fit, `unknown` it is not known,
 * and there is a {@link Reason}.
 */
export type Confidence = 'exact' | 'likely' | 'unknown';

/** What a link or an origin rests on. */
export type Evidence =
  /** The call's answer holds the very access key. */
  | 'access-key'
  /** The caller's account has a copy of the call, joined by `sharedEventID`. */
  | 'shared-event'
  /** `assumedRoleId`, or role and session name, are the same. */
  | 'session-name'
  /** A unique id (`AIDA…`) is the same in another account's records. */
  | 'principal-id'
  /** The session's creationDate is the time of the call. */
  | 'creation-time'
  /** `signInSessionArn` is the same. */
  | 'sign-in-session'
  /** `SwitchFrom` names who switched. */
  | 'switch-from'
  /** `onBehalfOf` names the Identity Center user. */
  | 'on-behalf-of'
  /** `sourceIdentity` names who took the first role. */
  | 'source-identity'
  /** `userIdentity` of the session itself names the user. */
  | 'own-identity'
  /** `sessionIssuer` names the user. */
  | 'session-issuer'
  /** The role's path names the service. */
  | 'service-linked-role'
  /** `ec2RoleDelivery` or `inScopeOf` name the workload. */
  | 'workload'
  /** The session is named as an instance, or the user agent as a function or container: anyone can write that. */
  | 'workload-name'
  /** The role is one of Identity Center, which names sessions after their users. */
  | 'reserved-role'
  /** `webIdFederationData` names the provider of the token. */
  | 'web-identity-provider';

/** Why the call that issued a session, or whoever is behind it, is not known. */
export type Reason =
  /** The session is older than the first record of its account. */
  | 'before-logs'
  /** The account that issued it, or its caller, has no logs among the sources. */
  | 'other-account'
  /** The call should be in the logs and is not. */
  | 'not-recorded'
  /** AWS makes such credentials itself and writes no record of it. */
  | 'made-by-aws'
  /** Sessions issued one another in a circle: keys are placeholders, or forged. */
  | 'circular';

/** The ways to get a session, named after the call where there is one. */
export type Way =
  | 'AssumeRole'
  | 'AssumeRoleWithSAML'
  | 'AssumeRoleWithWebIdentity'
  | 'AssumeRoot'
  | 'GetSessionToken'
  | 'GetFederationToken'
  | 'SwitchRole'
  | 'ConsoleLogin'
  | 'CreateOAuth2Token'
  | 'GetRoleCredentials'
  | 'Federate'
  | 'CreateAccessKey'
  /** Any other call that answers credentials: Roles Anywhere, Cognito, EKS Pod Identity. */
  | 'other';

/** Where a record stands. `file` is the feed's own name for it: a path, or a document's URI. */
export interface RecordPlace {
  readonly file: string;
  /** Number of the record in its file, from 0. */
  readonly index: number;
  /** Byte offset in the unpacked content. */
  readonly offset: number;
}

/** Who or what stands at the beginning of a chain. */
export interface Origin {
  /** A `userIdentity.type`. */
  readonly type: string;
  /** What tells two of the same name apart, where there is something better than an ARN: the id of an Identity Center user. */
  readonly id: string | undefined;
  readonly arn: string | undefined;
  /** The user; the service principal of a service; the e-mail address or subject of a federated user; the role of an unknown origin. */
  readonly userName: string | undefined;
  /** The instance, function or container that the credentials were for. */
  readonly workload: string | undefined;
  readonly confidence: Confidence;
  readonly evidence: readonly Evidence[];
  /** With `unknown` only. */
  readonly reason: Reason | undefined;
}

/** The call that issued a session. */
export interface Issue {
  readonly way: Way;
  readonly eventID: string | undefined;
  readonly eventName: string;
  /** Epoch milliseconds. */
  readonly time: number | undefined;
  readonly place: RecordPlace;
}

/** How a session was tied to the call that issued it. */
export interface Link {
  readonly issue: Issue;
  /** The session or identity that made the call. */
  readonly parent: Session | undefined;
  readonly confidence: Confidence;
  readonly evidence: readonly Evidence[];
}

/** A value that was used, how often, and when first and last (epoch milliseconds; NaN where no record has a time). */
export interface Use {
  readonly value: string;
  readonly count: number;
  readonly first: number;
  readonly last: number;
}

/** `session`: temporary credentials. `long-term-key`: an access key of a user. `identity`: calls without a key that is known. */
export type SessionKind = 'session' | 'long-term-key' | 'identity';

/** What an investigator should look at in how a session was used. */
export type Oddity =
  /** Used from several client addresses by turns. */
  | 'two-places'
  /** Used from one client address first and from another later. */
  | 'address-changed'
  /** An instance's credentials in use from more than one client address: an instance has one. */
  | 'instance-elsewhere'
  /** Several kinds of client. */
  | 'client-changed'
  /** A user agent of attack or audit tools. */
  | 'attack-tool'
  /** The same key id with several creation dates or issuing calls: a placeholder, or an id that came up again. */
  | 'key-reused';

/** One set of credentials, or an identity that acted without a known key, and what it did. */
export interface Session {
  readonly kind: SessionKind;
  readonly accessKeyId: string | undefined;
  /** `userIdentity.type`. */
  readonly type: string;
  readonly arn: string | undefined;
  readonly principalId: string | undefined;
  readonly userName: string | undefined;
  /** `userIdentity.accountId`. */
  readonly accountId: string | undefined;
  /** The role or user that the session was made from. */
  readonly issuerArn: string | undefined;
  /** The service that made all of its calls on the principal's behalf. */
  readonly invokedBy: string | undefined;
  /** Epoch milliseconds; undefined for keys and where no record says. */
  readonly creationTime: number | undefined;
  /** Records, each once however often it was delivered. 0 for credentials that were issued and never used. */
  readonly events: number;
  /** Those of them that failed. */
  readonly errors: number;
  readonly firstTime: number | undefined;
  readonly lastTime: number | undefined;
  /** The first record, by time. */
  readonly firstPlace: RecordPlace | undefined;
  /** Undefined when the call is not among the records; then {@link reason} says why. */
  readonly link: Link | undefined;
  readonly reason: Reason | undefined;
  readonly origin: Origin;
  readonly findings: ReadonlyMap<Severity, number>;
  readonly regions: readonly Use[];
  readonly addresses: readonly Use[];
  readonly agents: readonly Use[];
  readonly services: readonly Use[];
  readonly errorCodes: readonly Use[];
  readonly oddities: readonly Oddity[];
}
