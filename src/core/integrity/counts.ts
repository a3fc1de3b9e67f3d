import type { ChainResult, Counts, DigestResult, Gap, LogResult, Verdict } from './report';
import type { TimeSpan } from './walk';

/** Counts verdicts. */
export function countVerdicts(results: Iterable<{ readonly verdict: Verdict }>): Counts {
  const counts = { total: 0, valid: 0, unproven: 0, invalid: 0, missing: 0 };
  for (const { verdict } of results) {
    counts.total++;
    counts[verdict]++;
  }
  return counts;
}

export function countDigests(chains: readonly ChainResult[]): Counts {
  return countVerdicts(chains.flatMap(({ digests }) => digests));
}

/** All logs that digests name, and those that none does. */
export function countLogs(chains: readonly ChainResult[], unlisted: readonly LogResult[] = []): Counts {
  return countVerdicts(logsOf(chains, unlisted));
}

function* logsOf(chains: readonly ChainResult[], unlisted: readonly LogResult[]): Generator<LogResult> {
  for (const chain of chains) {
    for (const { logs } of chain.digests) yield* logs;
    yield* chain.unlisted;
  }
  yield* unlisted;
}

/** The span of the digests that are valid, no wider than what was asked for; null when there is none. */
export function foundSpan(chains: readonly ChainResult[], { from, to }: TimeSpan): Gap | null {
  let span: Gap | null = null;
  const take = ({ start, end }: DigestResult): void => {
    const [first, last] = [Math.max(start!, from ?? -Infinity), Math.min(end, to ?? Infinity)];
    span = { from: Math.min(first, span?.from ?? Infinity), to: Math.max(last, span?.to ?? -Infinity) };
  };
  for (const { digests } of chains) {
    for (const digest of digests)
      if (digest.verdict === 'valid' && digest.start !== null && digest.walked) take(digest);
  }
  return span;
}
