import type { Pause } from '../slices';
import {
  type DigestName,
  type LogName,
  baseName,
  fromRoot,
  organizationOf,
  packedName,
  parseDigestName,
  parseLogName,
} from './objectKey';

/** A file of the copy whose name is a digest's or a log's. */
export interface CopyFile<Name = DigestName | LogName> {
  readonly path: string;
  /** The object's name: the file's, with the `.gz` it may have lost. */
  readonly name: string;
  /** The key from `AWSLogs/` on; undefined where the copy has not kept the folders. */
  readonly rootKey: string | undefined;
  readonly organization: string | null;
  readonly parsed: Name;
}

/**
 * The digests and logs of a local copy of a bucket, found by the keys that digests name. A prefix before `AWSLogs/` may be stripped; where that folder is
 * not kept either, names alone tell.
 */
export class LocalCopy {
  readonly digests: CopyFile<DigestName>[] = [];
  readonly logs: CopyFile<LogName>[] = [];
  private readonly byName = new Map<string, CopyFile[]>();

  /** Takes a file with `/` or `\` between its folders, whatever it is. */
  add(path: string): void {
    const slashed = path.replaceAll('\\', '/');
    const name = packedName(baseName(slashed));
    const digest = parseDigestName(name);
    const log = digest === undefined ? parseLogName(name) : undefined;
    if (digest === undefined && log === undefined) return;
    const root = fromRoot(slashed);
    const file = { path, name, rootKey: root && packedName(root), organization: organizationOf(slashed) ?? null };
    if (digest !== undefined) this.remember(this.digests, { ...file, parsed: digest });
    else this.remember(this.logs, { ...file, parsed: log! });
  }

  /** The file that stands where the object with this key belongs. */
  at(key: string): CopyFile | undefined {
    const wanted = fromRoot(key);
    const named = this.byName.get(packedName(baseName(key)));
    return named?.find(({ rootKey }) => rootKey === undefined || wanted === undefined || rootKey === wanted);
  }

  /** Files of this name that stand somewhere else. */
  elsewhere(key: string): CopyFile | undefined {
    return this.at(key) === undefined ? this.byName.get(packedName(baseName(key)))?.[0] : undefined;
  }

  private remember<Name extends DigestName | LogName>(files: CopyFile<Name>[], file: CopyFile<Name>): void {
    files.push(file);
    const named = this.byName.get(file.name);
    if (named === undefined) this.byName.set(file.name, [file]);
    else named.push(file);
  }
}

/**
 * One copy for each bucket found under the folders given: two copies of the same object cannot belong together, so then each folder above an
 * `AWSLogs` is a copy of its own.
 */
export async function localCopies(found: readonly string[], pause: Pause): Promise<LocalCopy[]> {
  // A file that was unpacked beside the packed one is the same object.
  const all = new Set(found);
  const paths = [...all].filter((path) => !all.has(packedName(path)) || packedName(path) === path);
  const whole = new LocalCopy();
  for (const path of paths) {
    whole.add(path);
    await pause();
  }
  const seen = new Set<string>();
  const isTwice = whole.digests.some(({ rootKey, name }) => seen.size === seen.add(rootKey ?? name).size);
  if (!isTwice) return [whole];
  const copies = new Map<string, LocalCopy>();
  for (const path of paths) {
    const slashed = path.replaceAll('\\', '/');
    const root = fromRoot(slashed);
    const base = root === undefined ? '' : slashed.slice(0, slashed.length - root.length);
    const copy = copies.get(base) ?? new LocalCopy();
    copies.set(base, copy);
    copy.add(path);
    await pause();
  }
  return [...copies.values()].filter(({ digests, logs }) => digests.length + logs.length > 0);
}
