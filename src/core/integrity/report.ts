import type { Message } from '../message';
import type { Problem } from '../problem';
import type { DigestName } from './objectKey';

/**
 * `valid`: proven by a signature of CloudTrail's. `unproven`: nothing is wrong, but no signature at hand says so. `invalid`: a check failed.
 * `missing`: named by a digest and not there.
 */
export type Verdict = 'valid' | 'unproven' | 'invalid' | 'missing';

/** Where the signature that proved a digest came from, or that it was the hash that the proven next digest holds. */
export type ProvenBy = 'sidecar' | 'successor' | 'hash-link';

/** What failed. Those that the AWS CLI knows have its words in `cliWords.ts`. */
export type Check =
  | 'not-found'
  | 'format'
  | 'moved'
  | 'key-not-found'
  | 'key-unusable'
  | 'signature'
  | 'hash'
  | 'trailing-data'
  | 'hash-link';

/** Why a digest or a log is unproven. */
export type Unproven =
  | 'no-keys'
  | 'newest'
  | 'before-gap'
  | 'successor-missing'
  | 'successor-unreadable'
  | 'successor-invalid'
  | 'backfill-unlinked'
  | 'unlinked'
  | 'digest-unproven'
  | 'digest-invalid'
  | 'unlisted'
  | 'unreadable'
  | 'not-checked';

interface Judgement {
  readonly verdict: Verdict;
  /** What failed; null where nothing did. */
  readonly check: Check | null;
  readonly unproven: Unproven | null;
  /** For people: the AWS CLI's words for what it knows. */
  readonly message: Message;
}

export interface LogResult extends Judgement {
  readonly bucket: string | null;
  readonly key: string;
  /** Where the file is on disk; null when it is missing. */
  readonly path: string | null;
}

export interface DigestResult extends Judgement {
  readonly bucket: string | null;
  readonly key: string;
  readonly path: string | null;
  readonly provenBy: ProvenBy | null;
  /** Of the unpacked digest, hex; null when it could not be unpacked. */
  readonly sha256: string | null;
  /** The span it speaks for, epoch ms; null when it could not be read. */
  readonly start: number | null;
  readonly end: number;
  /** The AWS CLI's walk from digest to digest comes by here. */
  readonly walked: boolean;
  /** Only the size of the hole tells of it. */
  readonly inferred: boolean;
  readonly logs: readonly LogResult[];
}

/** A span in which logging was off: the later digest begins a chain. Epoch ms. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/** A span whose digests are missing. */
export interface Hole extends Gap {
  /** How many digests of an hour it holds. */
  readonly digests: number;
}

/** What the AWS CLI never looks at. */
export interface Finding {
  readonly kind:
    | 'copy-starts'
    | 'newest-missing'
    | 'ends-early'
    | 'link-mismatch'
    | 'overlap'
    | 'unlinked'
    | 'wrong-sidecar'
    | 'unusual-algorithm';
  readonly key: string;
  /** Epoch ms; null where it is about no time. */
  readonly at: number | null;
  readonly message: Message;
}

/** In the order in which the AWS CLI would print them. */
export type WalkEvent = { readonly digest: DigestResult } | { readonly gap: Gap };

export interface ChainName extends Pick<DigestName, 'account' | 'region' | 'trail' | 'homeRegion' | 'backfill'> {
  /** `o-…` for a trail of an organization. */
  readonly organization: string | null;
}

export interface ChainResult extends ChainName {
  /** Newest first. */
  readonly digests: readonly DigestResult[];
  readonly gaps: readonly Gap[];
  readonly holes: readonly Hole[];
  readonly findings: readonly Finding[];
  /** Logs of the account and Region that no digest names; only at the first chain of them. */
  readonly unlisted: readonly LogResult[];
  readonly events: readonly WalkEvent[];
}

export interface Counts {
  readonly total: number;
  readonly valid: number;
  readonly unproven: number;
  readonly invalid: number;
  readonly missing: number;
}

export interface IntegrityReport {
  readonly chains: readonly ChainResult[];
  /** Logs of accounts and Regions without any digest. */
  readonly unlisted: readonly LogResult[];
  readonly digests: Counts;
  readonly backfillDigests: Counts;
  /** `total` and `unproven` hold the logs that no digest names. */
  readonly logs: Counts;
  readonly unlistedLogs: number;
  /** The span of the valid digests, epoch ms; null when there is none. */
  readonly found: Gap | null;
  /** Something is invalid or missing. */
  readonly isBroken: boolean;
  /** No public key was given: the files agree with each other or not, and nothing is proven. */
  readonly hasKeys: boolean;
  readonly problems: readonly { readonly path: string; readonly problem: Problem }[];
  readonly cancelled: boolean;
}
