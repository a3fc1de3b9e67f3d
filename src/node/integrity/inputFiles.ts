import { readFile, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type PublicKey, isPublicKeyFile, parsePublicKeys } from '../../core/integrity/publicKeys';
import { SavedSignatures, isSignatureFile, parseSignatures } from '../../core/integrity/signatures';
import { message } from '../../core/message';
import { type Problem, problem } from '../../core/problem';
import { unreadableReason } from '../readFileChunks';
import { walk } from '../walk';
import { PublicKeyCrypto } from './publicKeyCrypto';
import { sha256 } from './readFiles';

/** Larger files of keys or signatures are something else. */
const LARGEST = 256 * 1024 * 1024;
const SMALLEST_SNIFF = 64 * 1024 * 1024;

export interface LocatedProblem {
  readonly path: string;
  readonly problem: Problem;
}

/** A file that went into a validation, and the hash it had. */
export interface InputFile {
  readonly path: string;
  /** SHA-256 of the file as it is, hex. */
  readonly sha256: string;
}

export interface ReadKeys {
  readonly keys: readonly PublicKey[];
  readonly files: readonly InputFile[];
  readonly problems: readonly LocatedProblem[];
}

/** Reads the public keys in files, and in the `.json` files of folders. */
export async function readPublicKeys(paths: readonly string[]): Promise<ReadKeys> {
  const crypto = new PublicKeyCrypto();
  const keys: PublicKey[] = [];
  const files: InputFile[] = [];
  const problems: LocatedProblem[] = [];
  for (const path of paths) {
    const isFolder = await stat(path).then(
      (stats) => stats.isDirectory(),
      () => false,
    );
    const names = isFolder ? (await readdir(path)).filter((name) => /\.json$/i.test(name)).sort() : [];
    for (const file of isFolder ? names.map((name) => join(path, name)) : [path]) {
      const content = await contentOf(file, problems);
      // A folder may hold other JSON too.
      if (content === undefined || (isFolder && !isPublicKeyFile(content.toString()))) continue;
      const read = parsePublicKeys(content.toString(), (value) => crypto.fingerprints(value));
      keys.push(...read.keys);
      problems.push(...read.problems.map((each) => ({ path: file, problem: each })));
      files.push({ path: file, sha256: sha256(content) });
    }
    if (isFolder && files.length === 0) {
      problems.push({
        path,
        problem: problem('no-public-keys', 'error', null, message('The folder holds no public keys.')),
      });
    }
  }
  return { keys, files, problems };
}

export interface ReadSignatures {
  readonly signatures: SavedSignatures;
  readonly files: readonly InputFile[];
  readonly problems: readonly LocatedProblem[];
}

/** Reads saved signatures; no path, no signatures. */
export async function readSignatures(path: string | undefined): Promise<ReadSignatures> {
  const problems: LocatedProblem[] = [];
  const content = path === undefined ? undefined : await contentOf(path, problems);
  if (path === undefined || content === undefined) return { signatures: new SavedSignatures(), files: [], problems };
  const read = parseSignatures(content.toString());
  problems.push(...read.problems.map((each) => ({ path, problem: each })));
  return { signatures: read.signatures, files: [{ path, sha256: sha256(content) }], problems };
}

export interface ListedCopy {
  readonly paths: readonly string[];
  readonly problems: readonly LocatedProblem[];
}

/** Every file under the folders, in the order of their names. */
export async function listCopy(
  folders: readonly string[],
  isCancelled: () => boolean = () => false,
): Promise<ListedCopy> {
  const problems: LocatedProblem[] = [];
  const paths: string[] = [];
  for await (const { path } of walk(folders, (at, each) => problems.push({ path: at, problem: each }))) {
    paths.push(path);
    if (isCancelled()) break;
  }
  return { paths, problems };
}

/** Files in the folder itself or the one above that hold keys or signatures: what a user most likely means. */
export async function findInputs(folder: string): Promise<{ keys: string[]; signatures: string | undefined }> {
  const found = { keys: [] as string[], signatures: undefined as string | undefined };
  for (const place of [folder, join(folder, '..')]) {
    for (const name of (await readdir(place).catch(() => [])).sort()) {
      if (!/\.json$/i.test(name) || !/key|signature/i.test(basename(name))) continue;
      const path = join(place, name);
      const size = await stat(path).then(
        (stats) => (stats.isFile() ? stats.size : Infinity),
        () => Infinity,
      );
      const text = size > SMALLEST_SNIFF ? undefined : await readFile(path, 'utf8').catch(() => undefined);
      if (text === undefined) continue;
      if (isPublicKeyFile(text)) found.keys.push(path);
      else if (isSignatureFile(text)) found.signatures ??= path;
    }
  }
  return found;
}

async function contentOf(path: string, problems: LocatedProblem[]): Promise<Buffer | undefined> {
  try {
    const { size } = await stat(path);
    if (size <= LARGEST) return await readFile(path);
    problems.push({ path, problem: problem('too-large', 'error', null, message('The file is too large to be that.')) });
  } catch (error) {
    problems.push({ path, problem: problem('unreadable', 'error', null, unreadableReason(error)) });
  }
  return undefined;
}
