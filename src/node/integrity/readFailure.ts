import type { LogContent } from '../../core/integrity/ports';
import { unreadableReason } from '../readFileChunks';

/** What is to be said of a file that could not be opened or read. */
export function readFailure(error: unknown): LogContent & { kind: 'not-found' | 'unreadable' } {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'not-found' };
  return { kind: 'unreadable', message: unreadableReason(error) };
}
