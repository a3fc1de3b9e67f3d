import type { Message } from '../message';
import type { Pause } from '../slices';
import type { ChainFiles, LoadedDigest } from './chainFiles';
import type { DigestLogEntry } from './digest';
import { chainFindings } from './findings';
import { type Proof, type Prover } from './proof';
import type { IntegrityPorts } from './ports';
import type { ChainResult, DigestResult, LogResult, Unproven, WalkEvent } from './report';
import { judgeLog } from './logs';
import { VALID, cliWords, unprovenReason } from './verdicts';
import { type MissingDigest, type TimeSpan, listed, walkChain } from './walk';
import { mapInWindow } from './window';

/** Hears how a chain gets on. */
export interface ChainProgress {
  digest(): void;
  /** So many logs are to be looked at. */
  expect(logs: number): void;
  log(bytes: number): void;
  isCancelled(): boolean;
  readonly pause: Pause;
}

/** Validates one chain: all its digests first, then the logs they name. */
export async function validateChain(
  chain: ChainFiles,
  prover: Prover,
  span: TimeSpan,
  ports: IntegrityPorts,
  progress: ChainProgress,
): Promise<ChainResult> {
  const inSpan = listed(chain.files, span);
  // The digest after the last one asked for holds its signature.
  const after = chain.files[chain.files.indexOf(inSpan.at(-1)!) + 1];
  await chain.load(after === undefined ? inSpan : [...inSpan, after], () => progress.digest());
  for (const loaded of chain.read) {
    prover.prove(loaded);
    await progress.pause();
  }
  const walk = await walkChain(chain, prover, span);
  const walked = new Set(walk.steps.flatMap((step) => (step.kind === 'digest' ? [step.loaded] : [])));
  const unlinked = inSpan.map((file) => chain.get(file)!).filter((loaded) => !walked.has(loaded));
  const hasher = new LogHasher(chain, prover, ports, progress);
  const named = [...walked, ...unlinked];
  progress.expect(named.reduce((sum, { digest }) => sum + (digest?.logs.length ?? 0), 0));
  const logs = await hasher.hash(named);
  const events = walk.steps.map((step): WalkEvent => {
    if (step.kind === 'gap') return { gap: step.gap };
    if (step.kind === 'missing') return { digest: missingResult(step.missing) };
    return { digest: digestResult(chain, step.loaded, step.proof, true, logs.get(step.loaded)!) };
  });
  const extra = unlinked.map((loaded) => digestResult(chain, loaded, prover.prove(loaded), false, logs.get(loaded)!));
  const digests = [...events.flatMap((event) => ('digest' in event ? [event.digest] : [])), ...extra];
  digests.sort((a, b) => b.end - a.end);
  return {
    ...chain.name,
    ...{ digests, events, holes: walk.holes },
    gaps: walk.steps.flatMap((step) => (step.kind === 'gap' ? [step.gap] : [])),
    findings: chainFindings(chain, prover, walk, new Set(unlinked)),
    unlisted: [],
  };
}

function digestResult(
  chain: ChainFiles,
  loaded: LoadedDigest,
  { verdict, check, provenBy, unproven }: Proof,
  walked: boolean,
  logs: readonly LogResult[],
): DigestResult {
  const { file, digest } = loaded;
  const facts = { homeRegion: chain.name.homeRegion, fingerprint: digest?.fingerprint ?? '' };
  const reason = loaded.content.kind === 'unreadable' ? loaded.content.message : undefined;
  const message = reason ?? textOf(check, unproven, facts);
  return {
    ...{ verdict, check, provenBy, unproven, message, walked, logs },
    // Where it was found, as the AWS CLI says it; where a moved one belongs is in the digest.
    ...(check === 'moved' || digest === undefined
      ? foundPlace(chain, loaded)
      : { bucket: digest.bucket, key: digest.key }),
    path: file.path,
    sha256: loaded.content.kind === 'read' ? loaded.content.sha256 : null,
    start: digest?.startTime ?? null,
    end: digest?.endTime ?? file.parsed.time,
    inferred: false,
  };
}

function textOf(
  check: Proof['check'],
  unproven: Unproven | null,
  facts: { homeRegion: string; fingerprint: string },
): Message {
  if (check !== null) return cliWords(check, facts);
  return unproven === null ? VALID : unprovenReason(unproven);
}

/** Bucket and key of a digest that cannot say it itself: what the copy's folders show, with the prefix of the chain's other digests. */
function foundPlace(chain: ChainFiles, { file, digest }: LoadedDigest): { bucket: string | null; key: string } {
  const { rootKey } = file;
  const other = chain.read.find((each) => {
    const root = each.file.rootKey;
    return each.digest !== undefined && each.file !== file && (root === undefined || each.digest.key.endsWith(root));
  });
  const bucket = digest?.bucket ?? other?.digest?.bucket ?? null;
  const prefix = other?.file.rootKey === undefined ? '' : other.digest!.key.slice(0, -other.file.rootKey.length);
  return { bucket, key: rootKey === undefined ? file.name : prefix + rootKey };
}

function missingResult({ bucket, key, end, inferred }: MissingDigest): DigestResult {
  return {
    ...{ bucket, key, end, inferred },
    verdict: 'missing',
    check: 'not-found',
    unproven: null,
    message: cliWords('not-found', { homeRegion: '', fingerprint: '' }),
    ...{ path: null, provenBy: null, sha256: null, start: null, walked: !inferred, logs: [] },
  };
}

/** Hashes the logs that digests name, all of a chain's in one stream of work. */
class LogHasher {
  constructor(
    private readonly chain: ChainFiles,
    private readonly prover: Prover,
    private readonly ports: IntegrityPorts,
    private readonly progress: ChainProgress,
  ) {}

  async hash(named: readonly LoadedDigest[]): Promise<Map<LoadedDigest, LogResult[]>> {
    const work = named.flatMap((loaded) => (loaded.digest?.logs ?? []).map((entry) => ({ loaded, entry })));
    const results = await mapInWindow(work, ({ loaded, entry }) => this.one(loaded, entry));
    const byDigest = new Map<LoadedDigest, LogResult[]>(named.map((loaded) => [loaded, []]));
    work.forEach(({ loaded }, i) => byDigest.get(loaded)!.push(results[i]!));
    return byDigest;
  }

  private async one(loaded: LoadedDigest, entry: DigestLogEntry): Promise<LogResult> {
    const { verdict } = this.prover.prove(loaded);
    const path = this.chain.copy.at(entry.key)?.path ?? null;
    const doubt = doubtOf(verdict);
    if (this.progress.isCancelled()) return judgeLog(entry, path, { kind: 'cancelled' }, doubt);
    // What an invalid digest says of a log says nothing.
    const content =
      path === null
        ? ({ kind: 'not-found' } as const)
        : doubt === 'digest-invalid'
          ? undefined
          : await this.ports.hashLog(path);
    this.progress.log(content?.kind === 'hashed' ? content.bytes : 0);
    return judgeLog(entry, path, content, doubt);
  }
}

function doubtOf(verdict: Proof['verdict']): Extract<Unproven, 'digest-unproven' | 'digest-invalid'> | null {
  return verdict === 'valid' ? null : verdict === 'unproven' ? 'digest-unproven' : 'digest-invalid';
}
