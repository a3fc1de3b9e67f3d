import type { Digest } from './digest';
import { parseDigest } from './digest';
import type { CopyFile, LocalCopy } from './localCopy';
import type { DigestName } from './objectKey';
import type { DigestContent, IntegrityPorts } from './ports';
import type { ChainName } from './report';
import { mapInWindow } from './window';

/** A digest file of a chain, read. */
export interface LoadedDigest {
  readonly file: CopyFile<DigestName>;
  readonly content: Exclude<DigestContent, { kind: 'read' }> | { readonly kind: 'read'; readonly sha256: string };
  /** Undefined when it could not be read as one. */
  readonly digest: Digest | undefined;
}

/** The digest files of one chain, oldest first, and what they were found to hold. */
export class ChainFiles {
  private readonly loaded = new Map<CopyFile, LoadedDigest>();
  private newestFirst: LoadedDigest[] | undefined;
  /** The digests that name a digest as the one before them, by its key from `AWSLogs/` on or its name. */
  private readonly successors = new Map<string, LoadedDigest[]>();

  constructor(
    readonly name: ChainName,
    readonly copy: LocalCopy,
    readonly files: readonly CopyFile<DigestName>[],
    private readonly ports: IntegrityPorts,
  ) {}

  /** Reads these files, many at a time. */
  async load(files: readonly CopyFile<DigestName>[], done?: () => void): Promise<void> {
    const unread = files.filter((file) => !this.loaded.has(file));
    await mapInWindow(unread, async (file) => {
      this.keep(file, await this.ports.readDigest(file.path));
      done?.();
    });
  }

  /** Everything read so far, newest first. */
  get read(): readonly LoadedDigest[] {
    this.newestFirst ??= [...this.loaded.values()].sort((one, other) => other.file.parsed.time - one.file.parsed.time);
    return this.newestFirst;
  }

  get(file: CopyFile): LoadedDigest | undefined {
    return this.loaded.get(file);
  }

  /** The digests read so far that name this one as the one before them. */
  successorsOf({ file, digest }: LoadedDigest): readonly LoadedDigest[] {
    const found = new Set(this.successors.get(file.name) ?? []);
    const named = [...found].filter((each) => this.copy.at(each.digest!.previous.key!) === file);
    return named.filter((each) => each.digest !== digest);
  }

  private keep(file: CopyFile<DigestName>, content: DigestContent): void {
    this.newestFirst = undefined;
    if (content.kind !== 'read') {
      this.loaded.set(file, { file, content, digest: undefined });
      return;
    }
    const digest = parseDigest(content.bytes);
    const loaded: LoadedDigest = { file, content: { kind: 'read', sha256: content.sha256 }, digest };
    this.loaded.set(file, loaded);
    const previous = digest?.previous.key;
    if (previous === undefined || previous === null) return;
    const name = previous.slice(previous.lastIndexOf('/') + 1);
    const known = this.successors.get(name);
    if (known === undefined) this.successors.set(name, [loaded]);
    else known.push(loaded);
  }
}

/** The chains of a copy: one for each account, Region, trail and kind of digest, in the order of their names. */
export function chainsOf(copy: LocalCopy, ports: IntegrityPorts): ChainFiles[] {
  const groups = new Map<string, CopyFile<DigestName>[]>();
  for (const file of copy.digests) {
    const { account, region, trail, homeRegion, backfill } = file.parsed;
    const id = [file.organization ?? '', account, trail, homeRegion, region, backfill ? 1 : 0].join('\n');
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [file]);
    else group.push(file);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, files]) => {
      files.sort((a, b) => a.parsed.time - b.parsed.time);
      const [{ parsed, organization }] = files as [CopyFile<DigestName>];
      const { account, region, trail, homeRegion, backfill } = parsed;
      return new ChainFiles({ organization, account, region, trail, homeRegion, backfill }, copy, files, ports);
    });
}
