import type { ChainResult, DigestResult } from './report';

/** The state of a span of a chain, the worst of what is in it. */
export type StripState = 'valid' | 'unproven' | 'gap' | 'invalid' | 'missing';

/** A span of a chain in which everything is in the same state. */
export interface StripSegment {
  readonly state: StripState;
  /** Epoch ms. */
  readonly from: number;
  readonly to: number;
  readonly digests: number;
  readonly logs: number;
  /** Logs that are invalid or missing. */
  readonly badLogs: number;
  /** The newest digest of the span that is on disk: something to open. */
  readonly path: string | null;
}

/** More are too thin to be seen. */
const MOST_SEGMENTS = 300;
const HOUR_MS = 3600_000;
const WORST: readonly StripState[] = ['valid', 'gap', 'unproven', 'missing', 'invalid'];

/** A chain as spans in time, oldest first, neighbours in the same state as one. */
export function chainStrip(chain: ChainResult): StripSegment[] {
  const spans: StripSegment[] = chain.digests.toReversed().map(segmentOf);
  for (const { from, to } of chain.gaps) spans.push({ ...EMPTY, state: 'gap', from, to });
  for (const { from, to, digests } of chain.holes) spans.push({ ...EMPTY, state: 'missing', from, to, digests });
  spans.sort((a, b) => a.from - b.from || a.to - b.to);
  const merged = merge(spans, (last, next) => last.state === next.state && next.from <= last.to);
  if (merged.length <= MOST_SEGMENTS) return merged;
  const [first, last] = [merged[0]!.from, merged.at(-1)!.to];
  const bin = (time: number): number => Math.floor(((time - first) / (last - first || 1)) * MOST_SEGMENTS);
  return merge(merged, (before, next) => before.state === next.state || bin(before.from) === bin(next.from));
}

const EMPTY = { digests: 0, logs: 0, badLogs: 0, path: null };

function segmentOf({ verdict, start, end, logs, path }: DigestResult): StripSegment {
  const badLogs = logs.reduce((count, { check }) => count + (check === null ? 0 : 1), 0);
  return {
    state: badLogs > 0 ? 'invalid' : verdict,
    from: start ?? end - HOUR_MS,
    to: end,
    // A missing digest is counted by the hole it makes.
    digests: verdict === 'missing' ? 0 : 1,
    logs: logs.length,
    ...{ badLogs, path },
  };
}

function merge(
  segments: readonly StripSegment[],
  joins: (last: StripSegment, next: StripSegment) => boolean,
): StripSegment[] {
  const merged: StripSegment[] = [];
  for (const next of segments) {
    const last = merged.at(-1);
    if (last === undefined || !joins(last, next)) {
      merged.push(next);
      continue;
    }
    const worse = WORST.indexOf(next.state) > WORST.indexOf(last.state);
    merged[merged.length - 1] = {
      state: worse ? next.state : last.state,
      from: last.from,
      to: Math.max(last.to, next.to),
      digests: last.digests + next.digests,
      logs: last.logs + next.logs,
      badLogs: last.badLogs + next.badLogs,
      path: (worse ? next.path : (next.path ?? last.path)) ?? last.path,
    };
  }
  return merged;
}
