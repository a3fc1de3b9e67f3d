import * as vscode from 'vscode';
import { LOG_SCHEME } from '../common/contributions';

/** What a laid-out document shows: a file, and which part of it when it is too long for one. */
export interface LogSource {
  readonly uri: vscode.Uri;
  /** From 0. */
  readonly part: number;
}

/**
 * The URI of the read-only document that shows `source` laid out. Its path is the file's own with the ending `.json`, so that tabs, breadcrumbs
 * and the language mode are what people expect; the query says which file it is.
 */
export function laidOutUri({ uri, part }: LogSource): vscode.Uri {
  const path = `${uri.path.replace(/(\.json)?(\.gz|\.zst|\.zip)?$/i, '')}.json`;
  const query = new URLSearchParams({ source: uri.toString(), ...(part > 0 && { part: String(part) }) });
  return vscode.Uri.from({ scheme: LOG_SCHEME, authority: uri.authority, path, query: query.toString() });
}

/** The file that a laid-out document shows; undefined for any other document. */
export function sourceOf(uri: vscode.Uri): LogSource | undefined {
  if (uri.scheme !== LOG_SCHEME) return undefined;
  const query = new URLSearchParams(uri.query);
  const source = query.get('source');
  return source === null ? undefined : { uri: vscode.Uri.parse(source, true), part: Number(query.get('part') ?? 0) };
}

/** The file that a laid-out document shows; throws what a file system provider must for any other document. */
export function requireSource(uri: vscode.Uri): LogSource {
  const source = sourceOf(uri);
  if (source === undefined) throw vscode.FileSystemError.FileNotFound(uri);
  return source;
}
