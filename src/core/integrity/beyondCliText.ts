import { formatTime } from '../events/time';
import { english } from '../message';
import type { ChainResult, IntegrityReport } from './report';

/** Unlisted logs of one chain are named up to here and counted beyond. */
const MOST_NAMED = 20;

/** What the AWS CLI does not look at, a line each; nothing when there is nothing to tell. */
export function* beyondCliText({ chains, unlisted }: IntegrityReport): Generator<string> {
  const lines = [...chains.flatMap((chain) => [...chainLines(chain)]), ...unlistedLines(unlisted, 'elsewhere')];
  if (lines.length === 0) return;
  yield '';
  yield 'Beyond the AWS CLI:';
  yield* lines;
}

function* chainLines(chain: ChainResult): Generator<string> {
  const name = `${chain.account} ${chain.region} ${chain.trail}${chain.backfill ? ' (backfill)' : ''}`;
  for (const { from, to, digests } of chain.holes) {
    const many = digests === 1 ? 'a digest is missing' : `up to ${digests} digests are missing, unless logging was off`;
    yield `${name}: a hole between ${formatTime(from)} and ${formatTime(to)}: ${many}`;
  }
  for (const { key, message } of chain.findings) yield `${name}: ${key}: ${english(message)}`;
  for (const { walked, inferred, verdict, key, message } of chain.digests) {
    if (!walked && !inferred && verdict !== 'valid') yield `${name}: ${key}: ${english(message)}`;
  }
  yield* unlistedLines(chain.unlisted, name);
}

function* unlistedLines(logs: ChainResult['unlisted'], name: string): Generator<string> {
  for (const { key, message } of logs.slice(0, MOST_NAMED)) yield `${name}: ${key}: ${english(message)}`;
  if (logs.length > MOST_NAMED) yield `${name}: ${logs.length - MOST_NAMED} more logs that no digest names`;
}
