import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { message } from '../core/message';
import { type Problem, problem } from '../core/problem';

/** Folders that never hold logs and may hold very many files. */
const PASSED_OVER = new Set(['node_modules', '.git', '.hg', '.svn']);

export interface WalkedFile {
  readonly path: string;
  /** True when the file was named by the user and not found in a folder. */
  readonly named: boolean;
}

/**
 * The files under `paths`, folders walked depth first in the order of their names. Links to folders are not followed, so there are no
 * loops. A path that cannot be looked at is reported.
 */
export async function* walk(
  paths: readonly string[],
  report: (path: string, problem: Problem) => void,
): AsyncGenerator<WalkedFile> {
  for (const path of paths) {
    const stats = await stat(path).catch((error: unknown) => {
      report(path, notFound(error));
      return undefined;
    });
    if (stats?.isDirectory()) yield* walkFolder(path, report);
    else if (stats !== undefined) yield { path, named: true };
  }
}

/** One generator for all levels: through nested ones each file would be handed up level by level. */
async function* walkFolder(
  folder: string,
  report: (path: string, problem: Problem) => void,
): AsyncGenerator<WalkedFile> {
  /** What is still to be looked at; the last is next. */
  const ahead: { readonly path: string; readonly entry?: Dirent }[] = [{ path: folder }];
  for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
    const { path, entry } = next;
    if (entry === undefined || entry.isDirectory()) {
      if (entry !== undefined && PASSED_OVER.has(entry.name)) continue;
      const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
        report(path, notFound(error));
        return [];
      });
      entries.sort((a, b) => (a.name < b.name ? 1 : -1));
      for (const each of entries) ahead.push({ path: join(path, each.name), entry: each });
    } else if (entry.isFile() || (entry.isSymbolicLink() && (await isFile(path)))) yield { path, named: false };
  }
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}

function notFound(error: unknown): Problem {
  const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
  const text = missing
    ? message('There is no such file or folder.')
    : message('It could not be opened: {0}', error instanceof Error ? error.message : String(error));
  return problem('unreadable', 'error', null, text);
}
