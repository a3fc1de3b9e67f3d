import { formatTime } from '../events/time';
import { type Message, message } from '../message';
import type { Problem } from '../problem';
import type {
  Check,
  ChainName,
  ChainResult,
  DigestResult,
  Finding,
  IntegrityReport,
  LogResult,
  Unproven,
} from './report';

/** `error`: the evidence is broken here. `warning`: something cannot be proven or looks odd. `note`: good to know. */
export type IntegrityLevel = 'error' | 'warning' | 'note';

/** One thing that a person should know, with what it means and what to do about it. */
export interface IntegrityProblem {
  readonly level: IntegrityLevel;
  readonly title: Message;
  readonly meaning: Message;
  readonly action: Message;
  /** The chain it is about; null when it is about the whole copy. */
  readonly chain: ChainName | null;
  /** Keys of the files it is about; for many of one kind the first is enough to begin with. */
  readonly keys: readonly string[];
  /** A file to open: the log or digest itself, or the digest that names it. */
  readonly path: string | null;
  /** The file is not the one it is about but the digest that names it. */
  readonly opensDigest: boolean;
  /** Epoch ms; null where it is about no time. */
  readonly at: number | null;
}

type Texts = readonly [title: Message, meaning: Message, action: Message];

/** Everything that a report has to tell, the worst first; within a level in the order of the chains. */
export function integrityProblems(report: IntegrityReport): IntegrityProblem[] {
  const problems = [...report.chains.flatMap((chain) => [...chainProblems(chain)])];
  problems.push(...unlistedProblems(null, report.unlisted));
  if (!report.hasKeys && report.chains.length > 0) problems.push(noKeys());
  for (const { path, problem } of report.problems) problems.push(inputProblem(path, problem));
  const rank: readonly IntegrityLevel[] = ['error', 'warning', 'note'];
  return problems.sort((a, b) => rank.indexOf(a.level) - rank.indexOf(b.level));
}

function* chainProblems(chain: ChainResult): Generator<IntegrityProblem> {
  for (const digest of chain.digests) {
    if (digest.verdict === 'invalid') yield digestProblem(chain, digest);
    for (const log of digest.logs) if (log.check !== null) yield logProblem(chain, digest, log);
  }
  yield* missingDigests(chain);
  for (const finding of chain.findings) yield findingProblem(chain, finding);
  yield* unprovenDigests(chain);
  yield* unlistedProblems(chain, chain.unlisted);
  for (const { from, to } of chain.gaps) {
    yield {
      ...about(chain, 'note', [
        message('Logging was off from {0} to {1}', formatTime(from), formatTime(to)),
        message('The digest after this span starts a new chain: logging or log file validation had been stopped.'),
        message('Look for StopLogging, DeleteTrail and UpdateTrail before it, and for StartLogging after it.'),
      ]),
      at: from,
    };
  }
}

function about(chain: ChainName | null, level: IntegrityLevel, [title, meaning, action]: Texts): IntegrityProblem {
  return { level, title, meaning, action, chain, keys: [], path: null, opensDigest: false, at: null };
}

function digestProblem(chain: ChainResult, { check, key, path, end }: DigestResult): IntegrityProblem {
  return { ...about(chain, 'error', digestTexts(check ?? 'signature')), keys: [key], path, at: end };
}

function digestTexts(check: Check): Texts {
  switch (check) {
    case 'format':
      return [
        message('A digest cannot be read'),
        message('It is cut off, damaged or no digest: what it said about its logs is lost.'),
        message('Copy it again from the bucket. If it is the same there, it was damaged or replaced in the bucket.'),
      ];
    case 'moved':
      return [
        message('A digest does not stand where it was written'),
        message(
          'The bucket or key in it is not the one it was found at: it was copied, renamed or put in place of another.',
        ),
        message('Compare it with the bucket. Keep the folders of the bucket as they are when you copy it.'),
      ];
    case 'key-not-found':
      return [
        message('The public key of a digest is not among those given'),
        message('Without it nobody can say who signed the digest. A forged digest may name a key that never existed.'),
        message(
          'Fetch the public keys of its home Region and time. If AWS does not know the fingerprint, the digest is forged.',
        ),
      ];
    case 'key-unusable':
      return [
        message('A public key cannot be loaded'),
        message('The list of public keys holds the fingerprint of this digest with a value that is no RSA key.'),
        message('Fetch the public keys again.'),
      ];
    case 'hash-link':
      return [
        message('A digest is not the one that the next digest names'),
        message('The hash in the next digest is another: one of the two was changed.'),
        message('Fetch the public keys to see which. Until then trust neither.'),
      ];
    default:
      return [
        message('The signature of a digest fails'),
        message(
          'The digest was changed after CloudTrail signed it, or the signature belongs to another one. Its logs are not proven.',
        ),
        message('Treat the hour as tampered with: compare with another copy, and ask who could write to the bucket.'),
      ];
  }
}

function logProblem(chain: ChainResult, digest: DigestResult, log: LogResult): IntegrityProblem {
  const path = log.path ?? digest.path;
  return {
    ...about(chain, 'error', logTexts(log.check ?? 'hash')),
    keys: [log.key],
    path,
    opensDigest: log.path === null,
    at: digest.end,
  };
}

function logTexts(check: Check): Texts {
  switch (check) {
    case 'not-found':
      return [
        message('A log is missing'),
        message('Its digest names it, and it is not in the copy: it was deleted, or not copied.'),
        message('Look for it in the bucket. If it is not there, somebody deleted it: look for DeleteObject.'),
      ];
    case 'format':
      return [
        message('A log is damaged'),
        message('It is no sound gzip: its content cannot be what CloudTrail delivered.'),
        message('Copy it again from the bucket, and compare.'),
      ];
    case 'trailing-data':
      return [
        message('Something follows the packed data of a log'),
        message(
          'Some tools would read records there that CloudTrail never wrote; the part before it is unchanged or not.',
        ),
        message('Do not use its records beyond the first part. Copy it again from the bucket, and compare.'),
      ];
    default:
      return [
        message('A log was changed'),
        message(
          'Its content is not what CloudTrail delivered: events were changed, added or taken out, or the file is cut off.',
        ),
        message('Do not use it as evidence. Copy it again from the bucket, and compare the two.'),
      ];
  }
}

/** Missing digests, a problem for each hole rather than for each hour. */
function* missingDigests(chain: ChainResult): Generator<IntegrityProblem> {
  const missing = chain.digests.filter(({ verdict }) => verdict === 'missing');
  const told = new Set<DigestResult>();
  for (const { from, to, digests } of chain.holes) {
    const inside = missing.filter(({ end }) => end > from && end <= to);
    inside.forEach((digest) => told.add(digest));
    const certain = Math.max(1, inside.filter((digest) => !digest.inferred).length);
    const title = holeTitle(certain, digests, [formatTime(from), formatTime(to)]);
    const meaning = digests <= certain ? MISSING_MEANS : HOLE_MEANS;
    yield {
      ...about(chain, 'error', [title, meaning, MISSING_ACTION]),
      keys: inside.map(({ key }) => key),
      at: to,
    };
  }
  for (const digest of missing) {
    if (told.has(digest)) continue;
    const texts: Texts = [message('A digest is missing'), MISSING_MEANS, MISSING_ACTION];
    yield { ...about(chain, 'error', texts), keys: [digest.key], at: digest.end };
  }
}

function holeTitle(certain: number, most: number, span: readonly [string, string]): Message {
  if (most <= 1) return message('A digest is missing between {0} and {1}', ...span);
  if (most <= certain) return message('{0} digests are missing between {1} and {2}', certain, ...span);
  return message('At least {0} and up to {1} digests are missing between {2} and {3}', certain, most, ...span);
}

const MISSING_MEANS = message(
  'A later digest names it, and it is not in the copy: it was deleted, or not copied. Logs of its time are not proven.',
);
const HOLE_MEANS = message(
  'A later digest names one that is not in the copy: it was deleted, or not copied. Before it there were others, or logging was off for a time: compare with the other Regions of the trail and with StopLogging and StartLogging in the logs.',
);
const MISSING_ACTION = message(
  'Look for it in the bucket. If it is not there, somebody deleted it: look for DeleteObject.',
);

function findingProblem(chain: ChainResult, { kind, key, at, message: title }: Finding): IntegrityProblem {
  const path = chain.digests.find((digest) => digest.key.endsWith(key))?.path ?? null;
  const level = kind === 'newest-missing' ? 'error' : kind === 'copy-starts' ? 'note' : 'warning';
  return { ...about(chain, level, [title, ...findingTexts(kind)]), keys: [key], path, at };
}

function findingTexts(kind: Finding['kind']): readonly [Message, Message] {
  switch (kind) {
    case 'copy-starts':
      return [
        message('Nothing older can be checked. It is no sign of deletion by itself.'),
        message('If the investigation needs an earlier time, copy that too.'),
      ];
    case 'newest-missing':
    case 'ends-early':
      return [
        message(
          'No digest links forward, so a deleted newest digest leaves no trace in the chain itself; this is the trace beside it.',
        ),
        message('Compare with the bucket, and look for StopLogging, UpdateTrail and DeleteObject around that time.'),
      ];
    case 'unlinked':
    case 'overlap':
      return [
        message(
          'CloudTrail writes one digest for each hour: one that is too many was put there, or validation was switched off and on.',
        ),
        message('Look at its verdict and its logs before you rely on them.'),
      ];
    case 'wrong-sidecar':
      return [
        message('The digest itself may be unchanged, and the saved signature belong to another object.'),
        message('Fetch the signature again.'),
      ];
    case 'link-mismatch':
      return [
        message('Two digests, or a digest and its saved signature, do not say the same about each other.'),
        message('Compare both with the bucket.'),
      ];
    case 'unusual-algorithm':
      return [
        message('CloudTrail signs with SHA256withRSA and hashes with SHA-256; validation went on as if it said so.'),
        message('Ask where the digest comes from.'),
      ];
  }
}

/** Unproven digests, one problem for each reason. */
function* unprovenDigests(chain: ChainResult): Generator<IntegrityProblem> {
  const byReason = new Map<Unproven, DigestResult[]>();
  for (const digest of chain.digests) {
    if (digest.unproven === null || digest.unproven === 'no-keys') continue;
    byReason.set(digest.unproven, [...(byReason.get(digest.unproven) ?? []), digest]);
  }
  for (const [reason, digests] of byReason) {
    const [first] = digests as [DigestResult];
    yield {
      ...about(chain, reason === 'unreadable' ? 'warning' : 'note', [
        digests.length === 1 ? message('A digest is unproven') : message('{0} digests are unproven', digests.length),
        first.message,
        UNPROVEN_ACTION,
      ]),
      keys: digests.map(({ key }) => key),
      path: first.path,
      at: first.end,
    };
  }
}

const UNPROVEN_ACTION = message('Fetch the missing digest signatures from S3, or give the file they were saved in.');

/** Logs that no digest names, one problem for each reason. */
function* unlistedProblems(chain: ChainResult | null, logs: readonly LogResult[]): Generator<IntegrityProblem> {
  const byReason = new Map<string, LogResult[]>();
  for (const log of logs) byReason.set(log.message.template, [...(byReason.get(log.message.template) ?? []), log]);
  for (const same of byReason.values()) {
    const [first] = same as [LogResult];
    yield {
      ...about(chain, 'warning', [
        same.length === 1
          ? message('A log is named by no digest')
          : message('{0} logs are named by no digest', same.length),
        first.message,
        message(
          'Do not rely on them without another proof: copy the digests of their time, or compare with the bucket.',
        ),
      ]),
      keys: same.map(({ key }) => key),
      path: first.path,
    };
  }
}

function noKeys(): IntegrityProblem {
  return about(null, 'warning', [
    message('Nothing is proven: no public keys were given'),
    message('The files agree with each other or not, but whoever rewrote all of them would go unseen.'),
    message('Fetch the digest public keys, or give the output of aws cloudtrail list-public-keys.'),
  ]);
}

function inputProblem(path: string, { level, message: text }: Problem): IntegrityProblem {
  return {
    ...about(null, level === 'note' ? 'note' : 'warning', [
      message('Something could not be read'),
      text,
      message('What is in it was not taken into account. Make it readable and validate again.'),
    ]),
    keys: [path],
  };
}
