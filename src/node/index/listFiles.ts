import { statSync } from 'node:fs';
import type { Problem } from '../../core/problem';
import { pacer } from '../pacer';
import { walk } from '../walk';

/** A file on disk as an index knows it: unchanged as long as all of this is the same. */
export interface DiskFile {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Last change, epoch milliseconds. */
  readonly modified: number;
  /** True when the user named it, false when a folder held it. */
  readonly named: boolean;
}

export interface Listing {
  /** Ordered by path, each once. */
  readonly files: readonly DiskFile[];
  /** Paths that could not be looked at. */
  readonly problems: readonly { readonly path: string; readonly problem: Problem }[];
}

/** All files under `sources`; `onFile` is told each as it is found. Ends early when aborted. */
export async function listFiles(
  sources: readonly string[],
  signal: AbortSignal | undefined,
  onFile?: (file: DiskFile) => void,
): Promise<Listing> {
  const byPath = new Map<string, DiskFile>();
  const problems: { path: string; problem: Problem }[] = [];
  const pause = pacer();
  const report = (path: string, problem: Problem): void => void problems.push({ path, problem });
  for await (const { path, named } of walk(sources, report)) {
    if (signal?.aborted === true) break;
    await pause();
    const known = byPath.get(path);
    if (known !== undefined && (known.named || !named)) continue;
    // A file that has gone in the meantime is none.
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) continue;
    const file = { path, size: stats.size, modified: stats.mtimeMs, named };
    byPath.set(path, file);
    if (known === undefined) onFile?.(file);
  }
  const files = [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  return { files, problems };
}
