import type { ChainFiles, LoadedDigest } from './chainFiles';
import type { CopyFile } from './localCopy';
import { type DigestName, digestKeyAt, parseDigestName } from './objectKey';
import type { Proof, Prover } from './proof';
import type { Gap, Hole } from './report';

const HOUR_MS = 3600_000;
/** A hole longer than this is told by its size alone. */
const MOST_INFERRED = 1000;

/** A span of delivery times, epoch ms; an open end goes on for ever. */
export interface TimeSpan {
  readonly from: number | undefined;
  readonly to: number | undefined;
}

export interface MissingDigest {
  readonly bucket: string | null;
  readonly key: string;
  readonly end: number;
  /** Only the size of the hole tells of it; nothing names it. */
  readonly inferred: boolean;
}

export type Step =
  | { readonly kind: 'digest'; readonly loaded: LoadedDigest; readonly proof: Proof }
  | { readonly kind: 'missing'; readonly missing: MissingDigest }
  | { readonly kind: 'gap'; readonly gap: Gap };

export interface Walk {
  /** Newest first, as the AWS CLI comes by. */
  readonly steps: readonly Step[];
  readonly holes: readonly Hole[];
  /** Where the copy begins: the digest before this one is not part of it. */
  readonly startsAt: { readonly key: string; readonly at: number; readonly previous: string } | undefined;
}

/** The digest files that the AWS CLI lists: named for a time from the start to an hour after the end, oldest first. */
export function listed(files: readonly CopyFile<DigestName>[], { from, to }: TimeSpan): CopyFile<DigestName>[] {
  return files.filter(({ parsed: { time } }) => {
    return (from === undefined || time >= from) && (to === undefined || time <= to + HOUR_MS);
  });
}

/**
 * Goes from digest to digest as the AWS CLI does: by the link to the one before; after a missing or invalid digest, or one that starts a chain, on with
 * the next older file. An unproven digest counts as valid here. Beyond the CLI it tells a deleted digest from the place where the copy begins, and
 * names each digest that a hole must have held.
 */
export async function walkChain(chain: ChainFiles, prover: Prover, span: TimeSpan): Promise<Walk> {
  return new Walker(chain, prover, span).walk();
}

class Walker {
  private readonly steps: Step[] = [];
  private readonly holes: Hole[] = [];
  private readonly stack: CopyFile<DigestName>[];
  private readonly visited = new Set<CopyFile>();
  private bucket: string | null = null;
  /** Where the last valid digest begins: all before it is still to come. */
  private last = 0;
  /** The missing digest at the newer end of a hole under way. */
  private open: { key: string; at: number; to: number } | undefined;
  private startsAt: Walk['startsAt'];

  constructor(
    private readonly chain: ChainFiles,
    private readonly prover: Prover,
    private readonly span: TimeSpan,
  ) {
    this.stack = listed(chain.files, span);
  }

  async walk(): Promise<Walk> {
    let file = this.stack.pop();
    this.last = file?.parsed.time ?? 0;
    while (file !== undefined && (this.span.from === undefined || this.span.from <= this.last)) {
      file = await this.visit(file);
    }
    this.closeLastHole();
    const { steps, holes, startsAt } = this;
    return { steps, holes, startsAt };
  }

  /** Takes one digest and answers the next. */
  private async visit(file: CopyFile<DigestName>): Promise<CopyFile<DigestName> | undefined> {
    await this.chain.load([file]);
    this.visited.add(file);
    const loaded = this.chain.get(file)!;
    const proof = this.prover.prove(loaded);
    this.closeHole(file.parsed.time);
    this.steps.push({ kind: 'digest', loaded, proof });
    const { digest } = loaded;
    this.bucket ??= digest?.bucket ?? null;
    if (digest === undefined || proof.verdict === 'invalid') return this.popOlderThan(file.parsed.time);
    this.last = digest.startTime;
    const { bucket, key } = digest.previous;
    if (bucket === null || key === null) return this.passGap(file.parsed.time);
    this.bucket = bucket;
    return this.follow(key, file);
  }

  private passGap(time: number): CopyFile<DigestName> | undefined {
    const next = this.popOlderThan(time);
    if (next !== undefined) this.steps.push({ kind: 'gap', gap: { from: next.parsed.time, to: this.last } });
    return next;
  }

  private follow(key: string, from: CopyFile<DigestName>): CopyFile<DigestName> | undefined {
    const found = this.chain.copy.at(key);
    const time = parseDigestName(key)?.time;
    // Links go back in time; one that does not would lead in a circle.
    const goesBack = time !== undefined && time < from.parsed.time;
    if (found !== undefined && 'trail' in found.parsed && goesBack && !this.visited.has(found)) {
      return found as CopyFile<DigestName>;
    }
    if (this.span.from !== undefined && this.span.from > this.last) return undefined;
    const at = time ?? this.last;
    const isFirst = !this.chain.files.some((file) => file.parsed.time < Math.min(at, from.parsed.time));
    if (isFirst && this.span.from === undefined) {
      this.startsAt = { key: from.name, at: this.last, previous: key };
      return undefined;
    }
    this.steps.push({ kind: 'missing', missing: { bucket: this.bucket, key, end: at, inferred: false } });
    this.open ??= { key, at, to: this.last };
    return this.popOlderThan(Math.min(at, from.parsed.time));
  }

  /** A hole ends where the next older digest does. Where whole hours fit between, each was the span of a digest. */
  private closeHole(from: number): void {
    const { open } = this;
    if (open === undefined) return;
    this.open = undefined;
    const hours = (open.to - from) / HOUR_MS;
    this.holes.push({ from, to: open.to, digests: Math.max(1, Math.round(hours)) });
    if (!Number.isInteger(hours) || open.at !== open.to || hours > MOST_INFERRED) return;
    for (let back = 1; back < hours; back++) {
      const end = open.to - back * HOUR_MS;
      const missing = { bucket: this.bucket, key: digestKeyAt(open.key, end), end, inferred: true };
      this.steps.push({ kind: 'missing', missing });
    }
  }

  /** The digest at the older end of a hole may be there and not be asked for. */
  private closeLastHole(): void {
    const { open } = this;
    const older = open && this.chain.files.findLast((file) => file.parsed.time < open.at);
    if (older !== undefined) this.closeHole(older.parsed.time);
  }

  private popOlderThan(time: number): CopyFile<DigestName> | undefined {
    for (let file = this.stack.pop(); file !== undefined; file = this.stack.pop()) {
      if (file.parsed.time < time) return file;
    }
    return undefined;
  }
}
