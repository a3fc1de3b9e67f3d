import type { Problem } from '../problem';
import type { Pause } from '../slices';
import { type ChainFiles, chainsOf } from './chainFiles';
import { validateChain } from './chainResult';
import { countDigests, countLogs, foundSpan } from './counts';
import { KeyRing } from './keyRing';
import { type LocalCopy, localCopies } from './localCopy';
import { baseName, packedName, parseLogName } from './objectKey';
import type { IntegrityPorts } from './ports';
import { Prover } from './proof';
import type { PublicKey } from './publicKeys';
import type { ChainResult, IntegrityReport, LogResult } from './report';
import type { SavedSignatures } from './signatures';
import { endFinding, unlistedLogs } from './unlisted';
import type { TimeSpan } from './walk';

/** What is validated, and by what. */
export interface IntegrityInput {
  /** The files of the copy; those whose names are neither digests' nor logs' are passed over. */
  readonly paths: readonly string[];
  readonly keys: readonly PublicKey[];
  readonly signatures: SavedSignatures;
  /** Epoch ms; the AWS CLI's start and end. */
  readonly span: TimeSpan;
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  /** The bucket the copy was taken from; unknown, it is taken from the digests. */
  readonly bucket?: string | undefined;
  /** What went wrong before, e.g. with folders that could not be listed: passed on into the report. */
  readonly problems?: readonly { readonly path: string; readonly problem: Problem }[];
}

export interface IntegrityProgress {
  readonly digests: number;
  readonly totalDigests: number;
  readonly logs: number;
  /** Grows as digests are read. */
  readonly totalLogs: number;
  /** Unpacked bytes hashed. */
  readonly bytes: number;
}

export interface IntegrityWatch {
  onProgress?(progress: IntegrityProgress): void;
  onChain?(chain: ChainResult): void;
  readonly isCancelled?: () => boolean;
  readonly pause?: Pause;
}

/** Validates every chain in the copy: accounts, Regions, trails, organizations, standard and backfill digests. Cancelled, it answers what it has. */
export async function validate(
  input: IntegrityInput,
  ports: IntegrityPorts,
  watch: IntegrityWatch = {},
): Promise<IntegrityReport> {
  const validation = new Validation(input, ports, watch);
  for (const copy of await localCopies(input.paths, validation.pause)) await validation.copy(copy);
  return validation.report();
}

class Validation {
  readonly pause: Pause;
  private readonly chains: ChainResult[] = [];
  private readonly unlisted: LogResult[] = [];
  private readonly evidence;
  private progress: { -readonly [Key in keyof IntegrityProgress]: number } = {
    ...{ digests: 0, totalDigests: 0, logs: 0, totalLogs: 0, bytes: 0 },
  };

  constructor(
    private readonly input: IntegrityInput,
    private readonly ports: IntegrityPorts,
    private readonly watch: IntegrityWatch,
  ) {
    this.pause = watch.pause ?? (() => Promise.resolve());
    this.evidence = { keys: new KeyRing(input.keys), signatures: input.signatures, bucket: input.bucket };
  }

  async copy(copy: LocalCopy): Promise<void> {
    const all = chainsOf(copy, this.ports);
    const asked = all.filter(({ name }) => this.isAsked(name));
    this.progress.totalDigests += asked.reduce((sum, { files }) => sum + files.length, 0);
    const results = new Map<ChainFiles, ChainResult>();
    const named = new Set<string>();
    for (const chain of asked) {
      if (this.isCancelled) break;
      const result = await this.chain(chain);
      results.set(chain, result);
      for (const { digest } of chain.read)
        for (const { key } of digest?.logs ?? []) named.add(packedName(baseName(key)));
      await this.pause();
    }
    if (this.isCancelled) this.chains.push(...results.values());
    else this.finish(copy, all, results, named);
  }

  private async chain(chain: ChainFiles): Promise<ChainResult> {
    const { progress, input, ports } = this;
    const prover = new Prover(chain, this.evidence, ports);
    const tell = (change: () => void): void => {
      change();
      this.watch.onProgress?.(progress);
    };
    const isCancelled = (): boolean => this.isCancelled;
    const result = await validateChain(chain, prover, input.span, ports, {
      digest: () => tell(() => progress.digests++),
      expect: (logs) => tell(() => (progress.totalLogs += logs)),
      log: (bytes) => tell(() => ((progress.logs += 1), (progress.bytes += bytes))),
      isCancelled,
      pause: this.pause,
    });
    this.watch.onChain?.(result);
    return result;
  }

  /** What shows only when all chains of a copy are known. */
  private finish(
    copy: LocalCopy,
    all: readonly ChainFiles[],
    results: ReadonlyMap<ChainFiles, ChainResult>,
    named: ReadonlySet<string>,
  ): void {
    const { span } = this.input;
    const chains = [...results.values()];
    const { ofChains, ofNone } = unlistedLogs(copy, named, chains, (name) => this.isAsked(name), span);
    this.unlisted.push(...ofNone);
    for (const [files, chain] of results) {
      const unlisted = ofChains.get(chain) ?? [];
      const end = newestOf(files);
      const isWhole = span.to === undefined || end <= span.to;
      const siblings = all.filter((each) => each !== files && isSameTrail(each, files)).map(newestOf);
      const newestLog = unlisted.reduce((newest, { key }) => Math.max(newest, parseLogName(key)?.time ?? 0), 0);
      const ending = isWhole ? endFinding(chain, end, siblings, unlisted, newestLog) : undefined;
      const findings = ending === undefined ? chain.findings : [ending, ...chain.findings];
      this.chains.push({ ...chain, unlisted, findings });
    }
  }

  report(): IntegrityReport {
    const { chains, unlisted } = this;
    const digests = countDigests(chains.filter(({ backfill }) => !backfill));
    const backfillDigests = countDigests(chains.filter(({ backfill }) => backfill));
    const logs = countLogs(chains, unlisted);
    const isShort = chains.some(({ findings }) => findings.some(({ kind }) => kind === 'newest-missing'));
    return {
      ...{ chains, unlisted, digests, backfillDigests, logs },
      unlistedLogs: chains.reduce((sum, chain) => sum + chain.unlisted.length, unlisted.length),
      found: foundSpan(chains, this.input.span),
      isBroken: isShort || [digests, backfillDigests, logs].some(({ invalid, missing }) => invalid > 0 || missing > 0),
      hasKeys: this.input.keys.length > 0,
      problems: this.input.problems ?? [],
      cancelled: this.isCancelled,
    };
  }

  private get isCancelled(): boolean {
    return this.watch.isCancelled?.() ?? false;
  }

  private isAsked({ account, region }: { account: string; region: string }): boolean {
    return (this.input.account ?? account) === account && (this.input.region ?? region) === region;
  }
}

function newestOf({ files }: ChainFiles): number {
  return files.at(-1)?.parsed.time ?? 0;
}

function isSameTrail(a: ChainFiles, b: ChainFiles): boolean {
  const id = ({ name }: ChainFiles): string =>
    [name.organization, name.account, name.trail, name.homeRegion, name.backfill].join('\n');
  return id(a) === id(b);
}
