import { createHash } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Rule } from '../../core/rules/rule';
import type { IndexIdentity } from './savedIndex';

const ENDING = '.ctindex';
const UNFINISHED = /\.ctindex\.[0-9a-f-]+\.tmp$/;
const DAY = 24 * 60 * 60 * 1000;

/** How much is kept, and for how long after it was last used. */
export interface IndexLimits {
  /** Bytes of all indexes together. */
  readonly mostBytes: number;
  /** Milliseconds. */
  readonly mostAge: number;
}

export const INDEX_LIMITS: IndexLimits = { mostBytes: 2 * 1024 ** 3, mostAge: 30 * DAY };

/** What the index of some sources under some rules is told by. */
export function identityOf(sources: readonly string[], rules: readonly Rule[]): IndexIdentity {
  const conditions = rules.map(({ id, eventSource, eventName, condition }) => [id, eventSource, eventName, condition]);
  return { sources: [...new Set(sources)].sort(), rules: hashOf(conditions) };
}

/** Where the index of the sources is kept: one for the same sources, whatever the rules. */
export function indexPath(folder: string, { sources }: IndexIdentity): string {
  return join(folder, `${hashOf(sources)}${ENDING}`);
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);
}

/** Removes indexes that nobody used for long, then the oldest until the rest is small enough. What cannot be removed stays. */
export async function pruneIndexes(
  folder: string,
  { mostBytes, mostAge }: IndexLimits,
  now = Date.now(),
): Promise<void> {
  const kept = (await indexesIn(folder)).sort((a, b) => b.used - a.used);
  let bytes = 0;
  for (const { path, size, used, isUnfinished } of kept) {
    bytes += size;
    const isOld = now - used > (isUnfinished ? DAY : mostAge);
    if (!isOld && bytes <= mostBytes) continue;
    bytes -= size;
    await rm(path, { force: true }).catch(() => undefined);
  }
}

/** Removes all saved indexes of a folder; answers how many bytes they took. */
export async function clearIndexes(folder: string): Promise<number> {
  let bytes = 0;
  for (const { path, size } of await indexesIn(folder)) {
    await rm(path, { force: true });
    bytes += size;
  }
  return bytes;
}

interface IndexFile {
  readonly path: string;
  readonly size: number;
  /** Epoch milliseconds. */
  readonly used: number;
  /** Left behind by a window that was closed while it wrote, or still being written. */
  readonly isUnfinished: boolean;
}

async function indexesIn(folder: string): Promise<IndexFile[]> {
  const names = await readdir(folder).catch(() => []);
  const files: IndexFile[] = [];
  for (const name of names) {
    const isUnfinished = UNFINISHED.test(name);
    if (!isUnfinished && !name.endsWith(ENDING)) continue;
    const path = join(folder, name);
    const stats = await stat(path).catch(() => undefined);
    if (stats !== undefined) files.push({ path, size: stats.size, used: stats.mtimeMs, isUnfinished });
  }
  return files;
}
