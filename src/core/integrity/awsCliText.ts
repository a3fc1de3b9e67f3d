import { formatTime } from '../events/time';
import { english } from '../message';
import { countVerdicts, foundSpan } from './counts';
import type { ChainName, ChainResult, DigestResult, Gap, IntegrityReport, LogResult } from './report';
import type { TimeSpan } from './walk';

/** Where a bucket is unknown: no digest could be read to say. */
const UNKNOWN_BUCKET = 'unknown-bucket';

/**
 * The report in the words and the order of `aws cloudtrail validate-logs`: a section for each account, Region and trail, standard digests before backfill,
 * newest first. What is valid or unproven is told with `verbose` only. Unproven digests and logs, which the AWS CLI does not know, have a count of
 * their own in the ratio lines.
 */
export function* awsCliText(report: IntegrityReport, span: TimeSpan, verbose: boolean): Generator<string> {
  const trails = groupByTrail(report.chains);
  for (const chains of trails) {
    const [{ account, region }] = chains as [ChainResult];
    // The AWS CLI is run for one account and Region at a time; here the line above its words tells which.
    if (trails.length > 1) yield `Account ${account}, Region ${region}\n`;
    yield* section(chains, span, verbose);
    if (trails.length > 1) yield '\n';
  }
  if (trails.length > 1) yield* total(report);
}

/** The chains of one trail in one account and Region: standard before backfill. */
function groupByTrail(chains: readonly ChainResult[]): ChainResult[][] {
  const groups = new Map<string, ChainResult[]>();
  for (const chain of chains) {
    const id = `${chain.organization ?? ''} ${chain.account} ${chain.region} ${trailArn(chain)}`;
    const copies = groups.get(id);
    if (copies === undefined) groups.set(id, [chain]);
    else copies.push(chain);
  }
  return [...groups.values()].map((group) => group.toSorted((a, b) => Number(a.backfill) - Number(b.backfill)));
}

/** The trail's ARN as far as its digests tell it: that of an organization's trail is in the management account. */
export function trailArn({ homeRegion, account, trail }: ChainName): string {
  const partition = /^(cn|us-gov|us-isob?|eu-isoe)-/.exec(homeRegion)?.[1];
  const name = partition === undefined ? 'aws' : `aws-${partition.replace(/^us-iso/, 'iso')}`;
  return `arn:${name}:cloudtrail:${homeRegion}:${account}:trail/${trail}`;
}

function* section(chains: readonly ChainResult[], span: TimeSpan, verbose: boolean): Generator<string> {
  const [first] = chains as [ChainResult];
  const requested = requestedSpan(chains, span);
  const [from, to] = [formatTime(requested.from), formatTime(requested.to)];
  yield `Validating log files for trail ${trailArn(first)} between ${from} and ${to}\n\n`;
  const printer = new StatusLines(verbose);
  for (const { events, backfill } of chains) {
    const prefix = backfill ? '(backfill) ' : '';
    for (const event of events) {
      if ('gap' in event) yield printer.line(prefix + gapLine(event.gap), true);
      else yield* digestLines(event.digest, prefix, printer);
    }
  }
  yield printer.end();
  yield `Results requested for ${from} to ${to}\n`;
  yield* summary(chains, span);
}

function requestedSpan(chains: readonly ChainResult[], { from, to }: TimeSpan): Gap {
  const digests = chains.flatMap((chain) => chain.digests);
  const first = digests.reduce((least, { start, end }) => Math.min(least, start ?? end), Infinity);
  const last = digests.reduce((most, { end }) => Math.max(most, end), -Infinity);
  // With no digest at all a span that was not asked for has no end.
  const known = Number.isFinite(first) ? { from: first, to: last } : { from: to ?? 0, to: from ?? 0 };
  return { from: from ?? known.from, to: to ?? known.to };
}

function gapLine({ from, to }: Gap): string {
  return `No log files were delivered by CloudTrail between ${formatTime(from)} and ${formatTime(to)}`;
}

function* digestLines(digest: DigestResult, prefix: string, printer: StatusLines): Generator<string> {
  // The AWS CLI sees neither what only the size of a hole tells, nor digests that no link leads to.
  if (!digest.walked) return;
  yield printer.line(`${prefix}Digest file\t${location(digest)}\t${english(digest.message)}`, isWrong(digest));
  if (digest.verdict === 'invalid') return;
  for (const log of digest.logs) {
    yield printer.line(`Log file\t${location(log)}\t${english(log.message)}`, isWrong(log));
  }
}

function location({ bucket, key }: { bucket: string | null; key: string }): string {
  return `s3://${bucket ?? UNKNOWN_BUCKET}/${key}`;
}

function isWrong({ verdict }: { verdict: LogResult['verdict'] }): boolean {
  return verdict === 'invalid' || verdict === 'missing';
}

/** What is wrong stands between blank lines. */
class StatusLines {
  private afterBlank = true;

  constructor(private readonly verbose: boolean) {}

  line(text: string, wrong: boolean): string {
    if (!wrong && !this.verbose) return '';
    const before = wrong && !this.afterBlank ? '\n' : '';
    this.afterBlank = wrong;
    return `${before}${text}\n${wrong ? '\n' : ''}`;
  }

  end(): string {
    return this.afterBlank ? '' : '\n';
  }
}

function* summary(chains: readonly ChainResult[], span: TimeSpan): Generator<string> {
  const walked = (which: readonly ChainResult[]): DigestResult[] =>
    which.flatMap(({ digests }) => digests.filter((digest) => digest.walked));
  const digests = walked(chains);
  if (digests.length === 0) {
    yield 'No digests found\n';
    return;
  }
  const found = foundSpan(chains, span);
  if (found === null) yield 'No valid digests found in range\n';
  else yield `Results found for ${formatTime(found.from)} to ${formatTime(found.to)}:\n`;
  const logs = digests.flatMap((digest) => (digest.verdict === 'invalid' ? [] : digest.logs));
  yield ratio(walked(chains.filter(({ backfill }) => !backfill)), 'digest');
  yield ratio(walked(chains.filter(({ backfill }) => backfill)), 'backfill digest');
  yield ratio(logs, 'log');
  yield '\n';
}

function ratio(results: readonly { readonly verdict: LogResult['verdict'] }[], name: string): string {
  const { total, valid, unproven, invalid, missing } = countVerdicts(results);
  if (total === 0) return '';
  const wrong = invalid + missing;
  const parts = [`${valid}/${total} ${name} files valid`];
  if (wrong > 0) parts.push(`${wrong}/${total} ${name} files INVALID`);
  if (unproven > 0) parts.push(`${unproven}/${total} ${name} files unproven`);
  return `\n${parts.join(', ')}`;
}

function* total({ chains, found }: IntegrityReport): Generator<string> {
  yield `Results for all ${groupByTrail(chains).length} chains above`;
  yield found === null ? '\n' : `, found for ${formatTime(found.from)} to ${formatTime(found.to)}:\n`;
  const digests = (backfill: boolean): DigestResult[] =>
    chains.flatMap((chain) => (chain.backfill === backfill ? chain.digests.filter(({ walked }) => walked) : []));
  const logs = [...digests(false), ...digests(true)].flatMap((digest) =>
    digest.verdict === 'invalid' ? [] : digest.logs,
  );
  yield ratio(digests(false), 'digest');
  yield ratio(digests(true), 'backfill digest');
  yield ratio(logs, 'log');
  yield '\n';
}
