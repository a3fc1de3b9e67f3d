import { formatTime } from '../events/time';
import { english } from '../message';
import type { ChainResult, DigestResult, Finding, Gap, IntegrityReport, LogResult } from './report';
import type { ReportOrigin } from './reportMarkdown';

/** The report for machines, as the README documents it. Times are ISO 8601 in UTC; `message` is the AWS CLI's wording where it has one. */
export function reportJson(report: IntegrityReport, origin: ReportOrigin): object {
  const { chains, unlisted, digests, backfillDigests, logs, unlistedLogs, found, hasKeys, isBroken } = report;
  return {
    ...originJson(origin),
    chains: chains.map(chainJson),
    unlisted: unlisted.map((log) => logJson(log, null)),
    summary: {
      ...{ digests, backfillDigests, logs, unlistedLogs },
      gaps: chains.reduce((sum, chain) => sum + chain.gaps.length, 0),
      holes: chains.reduce((sum, chain) => sum + chain.holes.length, 0),
      found: found && spanJson(found),
      ...{ hasKeys, isBroken, cancelled: report.cancelled },
      problems: report.problems.map(({ path, problem }) => ({
        ...{ path, kind: problem.kind, level: problem.level },
        message: english(problem.message),
      })),
    },
  };
}

function originJson({ tool, version, time, inputs }: ReportOrigin): object {
  return { tool, version, time: formatTime(time), inputs };
}

function chainJson(chain: ChainResult): object {
  const { account, region, trail, homeRegion, organization, backfill } = chain;
  return {
    ...{ account, region, trail, homeRegion, organization, backfill },
    digests: chain.digests.map(digestJson),
    logs: [
      ...chain.digests.flatMap((digest) => digest.logs.map((log) => logJson(log, digest.key))),
      ...chain.unlisted.map((log) => logJson(log, null)),
    ],
    gaps: chain.gaps.map(spanJson),
    holes: chain.holes.map((hole) => ({ ...spanJson(hole), digests: hole.digests })),
    findings: chain.findings.map(findingJson),
  };
}

function digestJson({
  key,
  bucket,
  path,
  verdict,
  provenBy,
  check,
  sha256,
  unproven,
  message,
  start,
  end,
  inferred,
}: DigestResult): object {
  return {
    ...{ key, bucket, path, verdict, provenBy, sha256 },
    message: english(message),
    reason: check ?? unproven,
    start: start === null ? null : formatTime(start),
    end: formatTime(end),
    ...(inferred && { inferred }),
  };
}

/** `digest`: the key of the digest that names the log; null for one that none names. */
function logJson({ key, bucket, path, verdict, check, unproven, message }: LogResult, digest: string | null): object {
  return {
    ...{ key, bucket, path, verdict },
    message: english(message),
    reason: check ?? unproven,
    digest,
  };
}

function findingJson({ kind, key, at, message }: Finding): object {
  return { kind, key, at: at === null ? null : formatTime(at), message: english(message) };
}

function spanJson({ from, to }: Gap): object {
  return { from: formatTime(from), to: formatTime(to) };
}
