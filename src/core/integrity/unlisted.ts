import { message, type Message } from '../message';
import type { CopyFile, LocalCopy } from './localCopy';
import type { LogName } from './objectKey';
import type { ChainResult, Finding, LogResult } from './report';
import type { TimeSpan } from './walk';

const MINUTE_MS = 60_000;
/** A log's name tells when it was made; it is delivered, and named by a digest, up to so much later. */
const DELIVERY = 20 * MINUTE_MS;
/** Digests of one trail are made at the same times everywhere; one that is so much behind is not late. */
const LATE = 30 * MINUTE_MS;
const DIGEST_TURN = 120 * MINUTE_MS;

/** The logs that no digest names, told by the account and Region they belong to. */
export interface UnlistedLogs {
  readonly ofChains: ReadonlyMap<ChainResult, LogResult[]>;
  readonly ofNone: readonly LogResult[];
}

export function scopeOf(organization: string | null, { account, region }: { account: string; region: string }): string {
  return `${organization ?? ''}/${account}/${region}`;
}

/** Finds the logs in the span that none of `named` (file names) are. `chains`: those of the same copy. */
export function unlistedLogs(
  copy: LocalCopy,
  named: ReadonlySet<string>,
  chains: readonly ChainResult[],
  isAsked: (name: { account: string; region: string }) => boolean,
  { from, to }: TimeSpan,
): UnlistedLogs {
  const firstChains = new Map<string, ChainResult>();
  for (const chain of chains) {
    const scope = scopeOf(chain.organization, chain);
    if (!firstChains.has(scope)) firstChains.set(scope, chain);
  }
  const ofChains = new Map<ChainResult, LogResult[]>();
  const ofNone: LogResult[] = [];
  for (const file of copy.logs) {
    const { time } = file.parsed;
    if (named.has(file.name) || !isAsked(file.parsed)) continue;
    if ((from !== undefined && time < from) || (to !== undefined && time > to)) continue;
    const chain = firstChains.get(scopeOf(file.organization, file.parsed));
    const log = unlistedLog(file, chain);
    if (chain === undefined) ofNone.push(log);
    else if (ofChains.has(chain)) ofChains.get(chain)!.push(log);
    else ofChains.set(chain, [log]);
  }
  return { ofChains, ofNone };
}

function unlistedLog(file: CopyFile<LogName>, chain: ChainResult | undefined): LogResult {
  return {
    bucket: null,
    key: file.rootKey ?? file.name,
    path: file.path,
    verdict: 'unproven',
    check: null,
    unproven: 'unlisted',
    message: chain === undefined ? NO_DIGESTS : placeOf(file.parsed.time, chain),
  };
}

const NO_DIGESTS = message('unproven: there are no digests of its account and Region');

/** Where in its chain's time an unlisted log lies tells what that means. */
function placeOf(time: number, { digests, holes, gaps }: ChainResult): Message {
  const within = ({ from, to }: { from: number; to: number }): boolean => time >= from - DELIVERY && time <= to;
  if (holes.some(within)) return message('unproven: the digest that would name it is missing');
  if (gaps.some(within)) return message('unproven: no digest names it; it was delivered while no digests were made');
  const [newest, oldest] = [digests[0], digests.at(-1)];
  if (newest === undefined || oldest === undefined) return NO_DIGESTS;
  if (time > newest.end - DELIVERY)
    return message('unproven: no digest names it; it is newer than the newest digest here');
  if (time < (oldest.start ?? oldest.end))
    return message('unproven: no digest names it; it is older than the oldest digest here');
  return message(
    'unproven: no digest names it, though the digests of its time are there: it may have been added or renamed',
  );
}

/**
 * A chain that ends before it should. Nothing links forward, so only other files tell: the same trail's digests of another Region, and logs that no
 * digest names. `newest`: the end of the newest digest of each chain of the copy, those not asked for too.
 */
export function endFinding(
  chain: ChainResult,
  end: number,
  siblings: readonly number[],
  unlisted: readonly LogResult[],
  newestLog: number,
): Finding | undefined {
  const [newest] = chain.digests;
  if (newest === undefined || chain.backfill) return undefined;
  const others = Math.max(0, ...siblings);
  const hasLogs = unlisted.length > 0 && newestLog > end;
  const hours = Math.round((others - end) / (60 * MINUTE_MS));
  if (others >= end + LATE && hasLogs) {
    const text = message(
      'The newest digests are missing: no digest names its newest logs, and the trail wrote digests of other Regions for {0} more hours.',
      hours,
    );
    return { kind: 'newest-missing', key: newest.key, at: end, message: text };
  }
  if (others >= end + DIGEST_TURN) {
    const text = message('The chain ends {0} hours before those of the same trail in other Regions.', hours);
    return { kind: 'ends-early', key: newest.key, at: end, message: text };
  }
  if (hasLogs && newestLog >= end + DIGEST_TURN) {
    const text = message(
      'Logs go on after the newest digest: either log file validation was switched off, or newer digests are missing.',
    );
    return { kind: 'ends-early', key: newest.key, at: end, message: text };
  }
  return undefined;
}
